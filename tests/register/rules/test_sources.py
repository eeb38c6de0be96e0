from __future__ import annotations

from datetime import date

from casebuilder.problems import Place
from casebuilder.register.reading import read_register
from casebuilder.register.rules import broken
from casebuilder.sheets import Tables
from tests.builders import BODY, Values, body, case, cell, decision, event, member, row, source, unit
from tests.register.rules.breaking import places, problems

UNITS = [unit("3201", "Bærum")]
SOURCES = [source("K")]
FOUNDED = event("stiftet", date(2005, 1, 1))


def test_facts_with_a_source_are_right() -> None:
    sheets: dict[str, list[Values]] = {
        "organer": [body(kilde_id="K")],
        "organhistorikk": [{**FOUNDED, "kilde_id": "K"}],
        "enheter": UNITS,
        "medlemmer": [member("3201", kilde_id=("K",)), member("3201", innmelding_vedtak_id="V")],
        "vedtak": [decision("V", "3201", type="innmelding", kilde_id=("K",))],
        "kilder": SOURCES,
    }
    assert places("uten-kilde", **sheets) == []


def test_a_body_an_event_and_a_membership_without_a_source_are_each_told() -> None:
    found = places("uten-kilde", organhistorikk=[FOUNDED], enheter=UNITS, medlemmer=[member("3201")])
    assert found == [cell(sheet, "kilde_id") for sheet in ("organer", "organhistorikk", "medlemmer")]


def test_a_sheet_without_the_column_is_told_once() -> None:
    rows = []
    for number in (2, 3):
        made = row("medlemmer", number, member("3201", medlem_fra=date(2000 + number, 1, 1)))
        gone = Place("medlemmer.xlsx", "medlemmer", f"{number}:{number}")
        rows.append(type(made)(made.sheet, number, made.values, {**made.places, "kilde_id": gone}))
    given = Tables(
        {
            "organer": (row("organer", 2, body(BODY, kilde_id="K")),),
            "enheter": (row("enheter", 2, UNITS[0]),),
            "kilder": (row("kilder", 2, SOURCES[0]),),
            "medlemmer": tuple(rows),
        }
    )
    told = [each.place for each in broken(read_register(given)[0], given) if each.rule == "uten-kilde"]
    assert told == [Place("medlemmer.xlsx", "medlemmer")]


def test_a_source_read_by_the_standdato_of_the_papers_that_list_it_is_right() -> None:
    cases = [
        case("A", standdato=date(2026, 1, 1)),
        case("B", løpenr=13, standdato=date(2026, 2, 1), kilder=("K",)),
    ]
    given = [source("K", lest_dato=date(2026, 2, 1)), source("L")]
    assert places("lest-etter-standdato", kilder=given, saker=cases) == []


def test_a_source_read_later_is_told_at_the_day_it_was_read() -> None:
    given = [source("K", lest_dato=date(2026, 1, 2)), source("L", lest_dato=date(2026, 1, 2))]
    listing = case(standdato=date(2026, 1, 1), kilder=("K",))
    found = problems("lest-etter-standdato", kilder=given, saker=[listing])
    assert [each.place for each in found] == [cell("kilder", "lest_dato"), cell("kilder", "lest_dato", 3)]
    assert not any(each.is_error for each in found)


def test_a_source_is_held_against_no_paper_that_is_sent() -> None:
    given = [source("K", lest_dato=date(2026, 3, 1))]
    sent = case(standdato=date(2026, 1, 1), kilder=("K",), status="utsendt")
    assert places("lest-etter-standdato", kilder=given, saker=[sent]) == []
