from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebuilder.register.dates import CoarseDate, Precision
from casebuilder.sheets.codes import CODES
from casebuilder.wording import (
    LANGUAGE_TAGS,
    WORDS,
    at,
    capital,
    coarse,
    counted,
    day,
    in_a_row,
    proposal,
    sorted_names,
    status_of_decision,
    type_of_decision,
)

NBSP = "\xa0"
DAY = date(2004, 12, 17)


def test_both_forms_of_norwegian_have_the_same_words() -> None:
    assert set(WORDS) == set(LANGUAGE_TAGS) == set(CODES["målform"])
    assert set(WORDS["nb"]) == set(WORDS["nn"])


def test_every_code_that_a_paper_prints_has_its_words() -> None:
    assert set(CODES["tilgang"]) <= set(WORDS["nb"])
    assert {f"sak {kind}" for kind in CODES["vedtakstype"]} <= set(WORDS["nb"])


@pytest.mark.parametrize(
    ("precision", "alone", "in_a_sentence"),
    [
        (Precision.DAY, f"17.{NBSP}desember 2004", f"17.{NBSP}desember 2004"),
        (Precision.MONTH, "desember 2004", f"i{NBSP}desember 2004"),
        (Precision.YEAR, "2004", f"i{NBSP}2004"),
    ],
)
def test_a_date_is_written_as_exactly_as_it_is_known(
    precision: Precision, alone: str, in_a_sentence: str
) -> None:
    when = CoarseDate(DAY, precision)
    assert [(coarse(when, each), at(when, each)) for each in ("nb", "nn")] == [(alone, in_a_sentence)] * 2


def test_a_day_has_neither_a_leading_zero_nor_a_capital() -> None:
    assert day(date(2026, 5, 1), "nn") == f"1.{NBSP}mai 2026"


@pytest.mark.parametrize(
    ("number", "kind", "nb", "nn"),
    [
        (62, "kommune", "62 kommuner", "62 kommunar"),
        (1, "kommune", "1 kommune", "1 kommune"),
        (0, "fylkeskommune", "0 fylkeskommuner", "0 fylkeskommunar"),
        (2, "regionråd", "2 regionråd", "2 regionråd"),
        (3, None, "3 medlemmer", "3 medlemmer"),
        (1, "annet", "1 medlem", "1 medlem"),
    ],
)
def test_a_number_has_its_noun(number: int, kind: str | None, nb: str, nn: str) -> None:
    written = [counted(number, kind, language).replace(NBSP, " ") for language in ("nb", "nn")]
    assert written == [nb, nn]


@pytest.mark.parametrize(
    ("names", "row"), [([], ""), (["A"], "A"), (["A", "B"], "A og B"), (["A", "B", "C"], "A, B og C")]
)
def test_names_stand_in_a_row(names: list[str], row: str) -> None:
    assert [in_a_row(names, language) for language in ("nb", "nn")] == [row, row]


def test_names_are_sorted_by_the_norwegian_alphabet() -> None:
    names = ["Ålesund", "Øystre", "Ærfugl", "Zorro", "Aasen", "Alta", "alta", "Ås", "Örebro"]
    assert sorted_names(names) == [
        "Alta",
        "alta",
        "Zorro",
        "Ærfugl",
        "Örebro",
        "Øystre",
        "Ålesund",
        "Ås",
        "Aasen",
    ]


@given(st.text())
def test_a_capital_changes_the_first_letter_only(text: str) -> None:
    assert capital(text)[len(capital(text[:1])) :] == text[1:]


def test_the_codes_of_a_decision_have_nynorsk_forms_where_they_differ() -> None:
    statuses = {code: status_of_decision(code, "nn") for code in CODES["vedtakstatus"]}
    assert {code: written for code, written in statuses.items() if written != code} == {
        "innstilt": "tilrådd",
        "vedtatt": "vedteke",
        "avslått": "avslege",
        "utsatt": "utsett",
        "trukket": "trekt",
        "opphevet": "oppheva",
    }
    types = {code: type_of_decision(code, "nn") for code in CODES["vedtakstype"]}
    assert {code: written for code, written in types.items() if written != code} == {
        "valg": "val",
        "annet": "anna",
    }
    assert [status_of_decision(code, "nb") for code in CODES["vedtakstatus"]] == list(CODES["vedtakstatus"])


@pytest.mark.parametrize(
    ("by", "text", "nb"),
    [
        (None, None, ""),
        ("fylkesrådet", None, ""),
        ("fylkesrådet", "utmelding", ". Fylkesrådet har innstilt på utmelding"),
        ("fylkesrådet", "Utmelding", ". Fylkesrådet har innstilt på utmelding"),
        ("fylkesrådet", "at rådet består", ". Fylkesrådet har innstilt på at rådet består"),
        ("styret", "IPR", ". Innstillingen fra styret lyder: «IPR»"),
        ("styret", "Vi går.\nNå.", ". Innstillingen fra styret lyder: «Vi går. Nå»"),
        (None, "Vi går!", ". Innstillingen lyder: «Vi går!»"),
    ],
)
def test_a_proposal_is_part_of_a_sentence_or_quoted(by: str | None, text: str | None, nb: str) -> None:
    assert proposal(by, text, "nb") == nb
