from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebuilder.register import Register
from casebuilder.register.dates import CoarseDate, Period, Precision
from casebuilder.register.questions import (
    Change,
    decisions_of,
    events_of,
    joined,
    left,
    members_on,
    pending,
)
from tests.register.builders import decision, membership, register_from, sound_register, unit
from tests.sheets.builders import Given, row


def units_on(register: Register, day: date, unit_type: str | None = None, role: str = "medlem") -> list[str]:
    return [each.unit_id for each in members_on(register, "RÅDET", day, unit_type, role)]


def changed(changes: tuple[Change, ...]) -> list[tuple[str, date]]:
    return [(change.unit.id, change.effective.first) for change in changes]


def test_a_member_joins_on_the_first_day_and_leaves_on_the_first_day_of_effect() -> None:
    register = sound_register(
        medlemmer=[membership(medlem_fra=date(2020, 1, 1), utmelding_virkning=date(2026, 1, 1))]
    )
    days = (date(2019, 12, 31), date(2020, 1, 1), date(2025, 12, 31), date(2026, 1, 1))
    assert [units_on(register, day) for day in days] == [[], ["0301"], ["0301"], []]


def test_a_member_without_a_first_day_has_been_one_as_far_back_as_is_known() -> None:
    register = sound_register(medlemmer=[membership()])
    assert units_on(register, date.min) == ["0301"]


def test_coarse_dates_count_from_their_first_day() -> None:
    coarse = membership(
        medlem_fra=date(2020, 3, 15),
        medlem_fra_presisjon="måned",
        utmelding_virkning=date(2026, 6, 1),
        utmelding_virkning_presisjon="år",
    )
    register = sound_register(medlemmer=[coarse])
    days = (date(2020, 2, 29), date(2020, 3, 1), date(2025, 12, 31), date(2026, 1, 1))
    assert [units_on(register, day) for day in days] == [[], ["0301"], ["0301"], []]


def test_an_empty_day_of_effect_is_that_of_the_decision() -> None:
    register = sound_register(vedtak=[decision("V1")], medlemmer=[membership(utmelding_vedtak_id="V1")])
    assert [units_on(register, day) for day in (date(2026, 12, 31), date(2027, 1, 1))] == [["0301"], []]


@pytest.mark.parametrize(
    "status",
    ["planlagt", "til behandling", "innstilt", "avslått", "utsatt", "trukket", "opphevet"],
)
def test_a_decision_that_is_not_made_ends_no_membership_and_begins_none(status: str) -> None:
    register = sound_register(
        enheter=[unit("0301"), unit("3201")],
        vedtak=[
            decision("UT", status=status),
            decision("INN", "innmelding", enhet_id="3201", status=status),
        ],
        medlemmer=[
            membership(utmelding_vedtak_id="UT", utmelding_virkning=date(2027, 1, 1)),
            membership("3201", innmelding_vedtak_id="INN", medlem_fra=date(2027, 1, 1)),
        ],
    )
    assert units_on(register, date(2030, 1, 1)) == ["0301"]
    assert (left(register, "RÅDET"), joined(register, "RÅDET")) == ((), ())


def test_members_are_asked_for_by_type_and_role_in_the_order_of_the_sheet() -> None:
    register = sound_register(
        enheter=[unit("0301"), unit("32", "fylkeskommune"), unit("3201")],
        medlemmer=[
            membership("3201"),
            membership("32"),
            membership("0301"),
            membership("0301", rolle="observatør"),
        ],
    )
    day = date(2026, 1, 1)
    assert units_on(register, day) == ["3201", "32", "0301"]
    assert units_on(register, day, "kommune") == ["3201", "0301"]
    assert units_on(register, day, "regionråd") == []
    assert units_on(register, day, role="observatør") == ["0301"]


def test_leavers_and_joiners_are_asked_for_by_the_year_decided_and_by_the_time_of_effect() -> None:
    register = sound_register(
        enheter=[unit("0301"), unit("3201"), unit("3203"), unit("3205")],
        vedtak=[
            decision(
                "A", vedtaksdato=date(2024, 1, 1), vedtaksdato_presisjon="år", virkningsdato=date(2026, 1, 1)
            ),
            decision("B", vedtaksdato=date(2025, 12, 31), virkningsdato=date(2027, 1, 1)),
            decision("C", "innmelding", vedtaksdato=date(2025, 1, 1), virkningsdato=date(2026, 1, 1)),
        ],
        medlemmer=[
            membership("0301", utmelding_vedtak_id="A"),
            membership("3201", utmelding_vedtak_id="B"),
            membership("3203", utmelding_virkning=date(2026, 7, 1)),
            membership("3205", innmelding_vedtak_id="C", medlem_fra=date(2026, 1, 1)),
            membership("3205", rolle="partner", utmelding_vedtak_id="A"),
        ],
    )
    assert changed(left(register, "RÅDET", decided=2024)) == [("0301", date(2026, 1, 1))]
    assert changed(left(register, "RÅDET", decided=2025)) == [("3201", date(2027, 1, 1))]
    assert changed(left(register, "RÅDET", effective=Period.of_year(2026))) == [
        ("0301", date(2026, 1, 1)),
        ("3203", date(2026, 7, 1)),
    ]
    assert changed(left(register, "RÅDET", decided=2024, effective=Period.of_year(2027))) == []
    assert changed(left(register, "RÅDET", role="partner")) == [("3205", date(2026, 1, 1))]
    assert changed(joined(register, "RÅDET", decided=2025)) == [("3205", date(2026, 1, 1))]
    assert changed(joined(register, "RÅDET", effective=Period.of_year(2027))) == []
    assert left(register, "ANNET") == ()


def test_pending_decisions_come_with_their_proposal_earliest_hearing_first() -> None:
    register = sound_register(
        vedtak=[
            decision("C", status="utsatt", behandles_dato=None),
            decision("B", status="planlagt", behandles_dato=date(2026, 3, 1)),
            decision("A", status="innstilt", behandles_dato=date(2026, 2, 26), innstilling="utmelding"),
            decision("D"),
        ]
    )
    assert [(each.id, each.proposal) for each in pending(register, "RÅDET")] == [
        ("A", "utmelding"),
        ("B", None),
        ("C", None),
    ]
    assert [each.id for each in decisions_of(register, "RÅDET")] == ["C", "B", "A", "D"]


def test_events_come_oldest_first_with_their_precision() -> None:
    events: list[Given] = [
        row("organhistorikk", hendelse="omdannet", ny_form="IPR", dato=date(2020, 10, 28)),
        row("organhistorikk", dato=date(2003, 12, 1), presisjon="måned"),
        row("organhistorikk", hendelse="virksomhet startet", dato=date(2003, 1, 1), presisjon="år"),
    ]
    register = sound_register(organhistorikk=events)
    assert [(each.kind, each.date) for each in events_of(register, "RÅDET")] == [
        ("virksomhet startet", CoarseDate(date(2003, 1, 1), Precision.YEAR)),
        ("stiftet", CoarseDate(date(2003, 12, 1), Precision.MONTH)),
        ("omdannet", CoarseDate(date(2020, 10, 28))),
    ]
    assert [each.kind for each in events_of(register, "RÅDET", "omdannet")] == ["omdannet"]


# -- the laws, against a plain count day by day ---------------------------------------------------

FIRST = date(2024, 1, 1)
SPAN = 120
UNITS = ("0301", "3201", "32")
days = st.none() | st.integers(0, SPAN).map(lambda at: FIRST + timedelta(at))
rows = st.tuples(st.sampled_from(UNITS), days, days, st.sampled_from(["medlem", "observatør"]))


def _made(given_rows: list[tuple[str, date | None, date | None, str]]) -> Register:
    register, problems = register_from(
        enheter=[unit("0301"), unit("3201"), unit("32", "fylkeskommune")],
        medlemmer=[
            membership(unit_id, medlem_fra=start, utmelding_virkning=end, rolle=role)
            for unit_id, start, end, role in given_rows
        ],
    )
    assert {problem.rule for problem in problems} <= {"member-twice"}
    return register


@given(st.lists(rows, max_size=8))
@settings(max_examples=60, deadline=None)
def test_members_on_every_day_are_those_a_plain_count_finds(
    given_rows: list[tuple[str, date | None, date | None, str]],
) -> None:
    register = _made(given_rows)
    for at in range(-1, SPAN + 2):
        day = FIRST + timedelta(at)
        counted = []
        for unit_id, start, end, role in given_rows:
            has_begun = start is None or day.toordinal() >= start.toordinal()
            is_over = end is not None and day.toordinal() >= end.toordinal()
            if role == "medlem" and has_begun and not is_over:
                counted.append(unit_id)
        assert units_on(register, day) == counted
        assert units_on(register, day, "kommune") == [each for each in counted if each != "32"]


@given(st.lists(rows, max_size=8), st.integers(0, SPAN), st.integers(0, SPAN))
@settings(max_examples=100, deadline=None)
def test_members_after_a_period_are_those_before_with_the_joined_and_without_the_left(
    given_rows: list[tuple[str, date | None, date | None, str]], one: int, other: int
) -> None:
    lasting = [each for each in given_rows if each[1] is None or each[2] is None or each[1] < each[2]]
    register = _made(lasting)
    start, end = FIRST + timedelta(min(one, other)), FIRST + timedelta(max(one, other))
    period = Period(start + timedelta(1), end + timedelta(1))

    def rows_of(changes: tuple[Change, ...]) -> list[int]:
        return [change.membership.row.number for change in changes]

    before = [each.row.number for each in members_on(register, "RÅDET", start)]
    after = [each.row.number for each in members_on(register, "RÅDET", end)]
    came, went = (rows_of(ask(register, "RÅDET", effective=period)) for ask in QUESTIONS)
    assert sorted([*after, *went]) == sorted([*before, *came])


QUESTIONS: tuple[Callable[..., tuple[Change, ...]], ...] = (joined, left)
