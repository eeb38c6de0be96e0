"""Counts typed by hand, held against the register on the standdato."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from casebuilder.problems import Place, Severity, msg
from casebuilder.prose.passages import plain_passages
from casebuilder.prose.review import figures_in, reviewed
from casebuilder.register.records import Register
from tests.builders import BODY, body, case, case_of, cell, member, register, unit
from tests.prose.language import told

ORGANS = [body(BODY, "Fjordrådet IPR", kortnavn="Fjordrådet"), body("TOM", "Fjellrådet")]


def twelve() -> Register:
    """Fjordrådet has twelve kommuner, one of which leaves on 1 January 2027, and two fylkeskommuner."""
    kommuner = [unit(f"30{number:02}", f"Kommune{chr(64 + number)}") for number in range(1, 13)]
    fylker = [unit("30", "Viken", type="fylkeskommune"), unit("34", "Innlandet", type="fylkeskommune")]
    rows = [member(str(each["enhet_id"]), medlem_fra=date(2015, 1, 1)) for each in (*kommuner, *fylker)]
    rows[0] = {**rows[0], "utmelding_virkning": date(2027, 1, 1)}
    return register(
        organer=ORGANS,
        enheter=[*kommuner, *fylker],
        medlemmer=rows,
        saker=[case(standdato=date(2026, 2, 5))],
    )


WRONG = [
    ("Fjordrådet har 13 kommuner.", 16),
    ("Fjordrådet har tretten medlemskommuner.", 16),
    ("Fjordrådet har 13 kommuner som medlemmer.", 16),
    ("Fjordrådet har 13 kommuner, og flere vil inn.", 16),
    ("Fjordrådet IPR har nå 13 kommuner.", 23),
    ("I 2026 består Fjordrådet IPR av 13 kommuner.", 33),
    ("Fjordrådet (FR) består i dag av 13 kommuner og to fylkeskommuner.", 33),
    ("Fjordrådet består av tolv kommuner og tre fylkeskommuner.", 39),
    ("Fjordrådet er et politisk samarbeid mellom 13 kommuner.", 44),
    ("Fjordrådets 13 medlemskommuner betaler.", 13),
    ("Alle de 13 kommunene i Fjordrådet er enige.", 9),
    ("De 15 medlemmene i Fjordrådet er enige.", 4),
    ("Det er 13 kommuner i Fjordrådet.", 8),
    ("I Fjordrådet er det 13 kommuner.", 21),
    ("Fjordrådet har tjue-to medlemmer.", 16),
    ("Fjordrådet har sekstito medlemmer.", 16),
    ("Fra 1. januar 2027 har Fjordrådet 12 kommuner.", 35),
    ('{{ organ("RAAD") }} har 13 kommuner.', 25),
    ('{{ organ_kortnavn("RAAD") }}s 13 kommuner er enige.', 31),
]

RIGHT = """\
Det er 357 kommuner i Norge.
Fjordrådet har 12 kommuner, og Norge har 357 kommuner.
Fjordrådet har tolv kommuner og to fylkeskommuner.
Fjordrådet har fjorten medlemmer.
Fjordrådets 12 medlemskommuner betaler.
Fra 1. januar 2027 har Fjordrådet 11 kommuner.
Tre kommuner i Fjordrådet har innført ordningen.
Fjordrådet har tre kommuner som vurderer saken.
Fjordrådet har tre kommuner i Viken.
De tre kommunene i Fjordrådet som grenser til havet, er små.
Alle de tre kommunene i Fjordrådet som grenser til havet, er små.
To av de 12 medlemskommunene i Fjordrådet er store.
Styret i Fjordrådet har 9 medlemmer. Fjordrådets styre har 9 medlemmer.
Fjordrådet har 9 medlemmer i styret. Fjordrådet har 9 styremedlemmer.
Fjordrådet har mistet fem kommuner og fått tre nye medlemmer.
Fjordrådet hadde 15 kommuner. I 2020 har Fjordrådet 15 kommuner.
Fjordrådet har rundt 15 kommuner, mer enn 10 kommuner og inntil 20 medlemmer.
Fjordrådet har 12 av 357 kommuner.
Fjordrådet og Fjellrådet har 30 kommuner. Fjellrådet har 30 kommuner.
«Fjordrådet har 15 kommuner», sa han.
Fem kommuner har gått ut av Fjordrådet.
Fjordrådet har to kommuner færre, to kommuner mindre, fem kommuner igjen og fem kommuner til gode.
Fjordrådet har to kommuner på venteliste. Fjordrådets tre største kommuner er enige.
Fjordrådets to kommuner i Viken, og Fjordrådets fem kommuner som går ut, betaler.
Fjordrådet har invitert 3 kommuner. Fjordrådet omfatter kommuner i fem fylker.
Representantskapet i Fjordrådet IPR har 30 medlemmer. Fjordrådet, som har 12 kommuner, er lite.
Fjordrådet har to fylkeskommuner og tolv kommuner som medlemmer.
{{ organ("RAAD") }} har {{ antall("RAAD") }} medlemmer, og {{ organ("RAAD") }} har 12 kommuner.
Ved {{ dato("2020-01-01") }} har Fjordrådet 15 kommuner.
""".splitlines()


@pytest.mark.parametrize(("sentence", "column"), WRONG, ids=[each[0] for each in WRONG])
def test_a_count_that_is_not_the_register_s_is_told_at_its_place(sentence: str, column: int) -> None:
    assert told(sentence, twelve()) == [("tall-og-register", f"1:{column}")]


@pytest.mark.parametrize("sentence", RIGHT)
def test_a_right_count_or_one_of_something_else_is_left_in_peace(sentence: str) -> None:
    assert told(sentence, twelve()) == []


def test_a_paper_edited_by_hand_is_held_against_the_register_by_its_paragraphs() -> None:
    known = twelve()
    where = Place("output/M-1/12-26.docx", paragraph=7, heading="Bakgrunn")
    passages = plain_passages([(where, "Rådet er lite."), (where, "Fjordrådet har\xa013\xa0kommuner.")])
    (problem,) = figures_in(passages, known, case_of(known))
    assert (problem.rule, problem.place, problem.severity) == ("tall-og-register", where, Severity.WARNING)
    values = dict(problem.found.values)
    assert (values["text"], values["number"]) == ("13 kommuner", 12)


def test_nothing_is_said_where_members_are_missing_for_a_fault_in_the_sheet() -> None:
    known = twelve()
    partial = Register(**{**vars(known), "is_partial": True})
    assert told("Fjordrådet har 13 kommuner.", partial) == []


def test_a_count_in_the_sheet_s_own_summary_is_told_at_its_cell_where_no_expression_can_stand() -> None:
    known = twelve()
    row = case(sammendrag="Fjordrådet har 13 kommuner.", standdato=date(2026, 2, 5))
    with_summary = replace(known, cases=register(organer=ORGANS, saker=[row]).cases)
    (problem,) = reviewed([], with_summary, case_of(with_summary))[1]
    assert (problem.rule, problem.place) == ("tall-og-register", cell("saker", "sammendrag"))
    assert problem.expected == msg("Correct it here, or the sheet medlemmer.")
