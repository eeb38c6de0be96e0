from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from casebuilder.problems import Place, Problem, Severity, msg, warning
from casebuilder.register.acknowledged import acknowledged
from casebuilder.sheets import Tables
from tests.builders import Values, attachment, case, cell, event, member, tables, unit

ABOUT_CASE = warning("punktum-i-tittel", cell("saker", "tittel"), msg("a"))


def signed(rule: str, about: str) -> Values:
    signature = {"begrunnelse": "Slik skal det være", "initialer": "KE", "dato": date(2026, 2, 1)}
    return {"regel": rule, "gjelder": about, **signature}


def sheets(*rows: Values, **more: list[Values]) -> Tables:
    return tables(**{"saker": [case(), case("S-2", løpenr=13)], **more, "avvik": rows})


def rules(problems: tuple[Problem, ...]) -> list[str]:
    return [problem.rule for problem in problems]


def test_without_the_sheet_every_problem_stays() -> None:
    problems = (ABOUT_CASE, Problem("empty", cell("saker", "tittel"), msg("b")))
    assert acknowledged(problems, tables(saker=[case()])) == problems


def test_a_signed_warning_is_taken_away_and_counted() -> None:
    [note] = acknowledged((ABOUT_CASE,), sheets(signed("punktum-i-tittel", "S-1")))
    assert (note.rule, note.severity, note.place) == (
        "acknowledged", Severity.INFO, Place("avvik.xlsx", "avvik"),
    )  # fmt: skip
    assert dict(note.found.values) == {"count": 1}


@pytest.mark.parametrize(
    "row", [signed("punktum-i-tittel", "S-2"), signed("rekkefølge", "S-1"), signed("punktum-i-tittel", "S")]
)
def test_another_rule_or_another_row_signs_for_nothing_and_is_told(row: Values) -> None:
    kept, note = acknowledged((ABOUT_CASE,), sheets(row))
    assert kept == ABOUT_CASE
    assert (note.rule, note.severity, note.place) == (
        "acknowledged-nothing", Severity.INFO, cell("avvik", "regel"),
    )  # fmt: skip


def test_capitals_make_no_difference() -> None:
    assert rules(acknowledged((ABOUT_CASE,), sheets(signed("Punktum-i-tittel", "s-1")))) == ["acknowledged"]


def test_an_error_stays_and_the_attempt_is_told() -> None:
    error = Problem("ulik-virkningsdato", cell("saker", "tittel"), msg("a"))
    kept, told = acknowledged((error,), sheets(signed("ulik-virkningsdato", "S-1")))
    assert kept == error
    assert (told.rule, told.severity, told.place) == (
        "acknowledged-error", Severity.WARNING, cell("avvik", "regel"),
    )  # fmt: skip


def test_a_slip_in_the_name_of_a_rule_is_told_with_the_nearest_one() -> None:
    _, note = acknowledged((ABOUT_CASE,), sheets(signed("punktum-tittel", "S-1")))
    assert note.expected == msg("Did you mean «{name}»?", name="punktum-i-tittel")


def test_a_row_with_a_fault_of_its_own_signs_for_nothing() -> None:
    given = sheets(signed("punktum-i-tittel", "S-1"))
    [row] = given["avvik"]
    faulty = type(row)(row.sheet, row.number, row.values, row.places, faulty=True)
    spoilt = Tables({**given.rows, "avvik": (faulty,)})
    assert acknowledged((ABOUT_CASE,), spoilt) == (ABOUT_CASE,)


def test_what_was_signed_for_a_paper_that_is_sent_is_left_in_peace() -> None:
    given = sheets(signed("punktum-i-tittel", "S-9"), saker=[case("S-9", status="utsendt")])
    assert acknowledged((), given) == ()


def test_a_run_about_some_cases_tells_of_no_row_without_a_match() -> None:
    assert acknowledged((), sheets(signed("punktum-i-tittel", "S-1")), is_whole=False) == ()


@pytest.mark.parametrize(
    ("place", "about"),
    [
        (cell("vedlegg", "fil"), "S-1"),
        (cell("organhistorikk", "kilde_id"), "RAAD"),
        (cell("medlemmer", "medlem_fra"), "RAAD-3201"),
        (cell("medlemmer", "medlem_fra", 3), "M-2"),
        (cell("enheter", "navn"), "3201"),
        (Place("sources/tekster/S-1.md", line=3), "S-1"),
        (Place("sources/tekster/S-1/02 drøfting.docx", paragraph=3), "S-1"),
        (Place("sources/tekster/Felles.docx", paragraph=1), "S-2"),
        (Place("sources/tekster/Ukjent.docx", paragraph=1), "ukjent.docx"),
        (Place("output/M-1/Sak 12-26 Samarbeid.docx", paragraph=1), "S-1"),
        (Place("sources/saker.xlsx", "saker"), "saker.xlsx"),
        (Place("sources/saker.xlsx", "saker"), "saker"),
        (Place("templates/brev.docx"), "brev.docx"),
    ],
)
def test_a_row_a_case_or_a_file_is_what_a_warning_is_about(place: Place, about: str) -> None:
    given = sheets(
        signed("regel", about),
        saker=[case(), case("S-2", løpenr=13, tekst="felles.docx")],
        vedlegg=[attachment(1, "Notat")],
        organhistorikk=[event("stiftet", date(2005, 1, 1))],
        enheter=[unit("3201", "Bærum")],
        medlemmer=[member("3201"), member("3201", medlemskap_id="M-2")],
    )
    papers: Mapping[str, str] = {"output/M-1/Sak 12-26 Samarbeid.docx": "S-1"}
    found = acknowledged((warning("regel", place, msg("a")),), given, papers)
    assert rules(found) == ["acknowledged"]
