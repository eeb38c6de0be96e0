"""What the paper of 2026 states as facts about the three bodies, asked of the sample's own sheets."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from casebuilder.register import Register, register_of
from casebuilder.register.dates import CoarseDate, Period, Precision
from casebuilder.register.questions import Change, events_of, left, members_on, pending
from casebuilder.sheets import read_sheets

SOURCES = Path(__file__).parents[2] / "sources"


@pytest.fixture(scope="module")
def register() -> Register:
    books = [(path.name, path.read_bytes()) for path in sorted(SOURCES.glob("*.xlsx"))]
    made, problems = register_of(*read_sheets(books))
    assert problems == ()
    return made


def told(changes: tuple[Change, ...]) -> list[tuple[str, CoarseDate | None, date]]:
    return [
        (each.unit.full_name, each.decision.decided if each.decision else None, each.effective.first)
        for each in changes
    ]


@pytest.mark.parametrize(
    ("day", "number"),
    [(date(2026, 1, 1), 62), (date(2026, 12, 31), 62), (date(2027, 1, 1), 57), (date(2025, 12, 31), 65)],
)
def test_osloregionen_has_62_kommuner_in_2026_and_57_from_2027(
    register: Register, day: date, number: int
) -> None:
    assert len(members_on(register, "OSLOREGIONEN", day, "kommune")) == number


def test_three_decided_in_2024_to_leave_osloregionen_from_2026(register: Register) -> None:
    year, first = CoarseDate(date(2024, 1, 1), Precision.YEAR), date(2026, 1, 1)
    names = {"Bærum kommune", "Lørenskog kommune", "Frogn kommune"}
    changes = left(register, "OSLOREGIONEN", decided=2024)
    assert sorted(told(changes)) == sorted((name, year, first) for name in names)
    assert changes == left(register, "OSLOREGIONEN", effective=Period.of_year(2026))


def test_five_decided_in_2025_to_leave_osloregionen_from_2027(register: Register) -> None:
    year, first = CoarseDate(date(2025, 1, 1), Precision.YEAR), date(2027, 1, 1)
    kommuner = ("Øvre Eiker", "Holmestrand", "Horten", "Modum", "Rollag")
    changes = left(register, "OSLOREGIONEN", decided=2025)
    assert sorted(told(changes)) == sorted((f"{name} kommune", year, first) for name in kommuner)
    assert changes == left(register, "OSLOREGIONEN", effective=Period.of_year(2027))


def test_buskerud_decided_in_december_2025_to_leave_ostlandssamarbeidet_from_2027(register: Register) -> None:
    december = CoarseDate(date(2025, 12, 1), Precision.MONTH)
    assert told(left(register, "OSTLANDSSAMARBEIDET", decided=2025)) == [
        ("Buskerud fylkeskommune", december, date(2027, 1, 1))
    ]


def test_akershus_decides_on_26_february_2026_on_a_proposal_from_its_fylkesråd(register: Register) -> None:
    [decision] = pending(register, "OSTLANDSSAMARBEIDET")
    assert decision.unit_id is not None
    assert (
        register.units[decision.unit_id].full_name,
        decision.decided_by,
        decision.hearing,
        decision.proposed_by,
        decision.proposal,
        decision.effective,
    ) == (
        "Akershus fylkeskommune",
        "fylkestinget",
        date(2026, 2, 26),
        "fylkesrådet",
        "utmelding",
        date(2027, 1, 1),
    )


def test_ostlandssamarbeidet_has_six_fylkeskommuner_and_five_when_only_buskerud_has_left(
    register: Register,
) -> None:
    def names(day: date) -> set[str]:
        members = members_on(register, "OSTLANDSSAMARBEIDET", day, "fylkeskommune")
        return {register.units[each.unit_id].name for each in members}

    six = {"Akershus", "Østfold", "Innlandet", "Buskerud", "Telemark", "Vestfold"}
    assert (names(date(2026, 2, 12)), names(date(2027, 1, 1))) == (six, six - {"Buskerud"})


@pytest.mark.parametrize(
    ("body", "kind", "when"),
    [
        ("OSTLANDSSAMARBEIDET", "stiftet", CoarseDate(date(1993, 1, 1), Precision.YEAR)),
        ("ORE", "stiftet", CoarseDate(date(2003, 12, 1), Precision.MONTH)),
        ("ORE", "virksomhet startet", CoarseDate(date(2004, 1, 1), Precision.YEAR)),
    ],
)
def test_a_body_has_its_event_as_exactly_as_it_is_known(
    register: Register, body: str, kind: str, when: CoarseDate
) -> None:
    assert [event.date for event in events_of(register, body, kind)] == [when]


@pytest.mark.parametrize(
    ("body", "kind", "year", "form"),
    [
        ("OSLOREGIONEN", "virksomhet startet", 2005, None),
        ("OSLOREGIONEN", "omdannet", 2020, "IPR"),
        ("OSTLANDSSAMARBEIDET", "omdannet", 2020, "IPR"),
    ],
)
def test_a_body_has_its_event_in_the_year_the_paper_gives(
    register: Register, body: str, kind: str, year: int, form: str | None
) -> None:
    assert [(each.date.year, each.new_form) for each in events_of(register, body, kind)] == [(year, form)]


def test_oslo_and_bærum_have_left_the_europakontor(register: Register) -> None:
    names = {change.unit.full_name for change in left(register, "ORE", effective=Period.of_year(2025))}
    assert names == {"Oslo kommune", "Bærum kommune"}
