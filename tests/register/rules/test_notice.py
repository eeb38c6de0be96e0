from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebuilder.problems import Place, Severity
from casebuilder.register.records import Body
from casebuilder.register.rules.notice import first_day_outside
from tests.builders import Values, body, case, cell, decision, member, register, unit
from tests.register.rules.breaking import broken_by

UNITS = [unit("3201", "Bærum")]
HALF_YEAR: Values = {
    "uttreden_regel": "måneder",
    "uttreden_varsel_mnd": 6,
    "uttreden_virkning": "årsskifte",
    "uttreden_hjemmel": "samarbeidsavtalen punkt 9",
}
WHOLE_YEAR: Values = {
    "uttreden_regel": "helt kalenderår",
    "uttreden_virkning": "årsskifte",
    "uttreden_hjemmel": "avtalen",
}
RULES = {"kort-varsel", "usikkert-varsel", "langt-varsel"}


def told(rule: Values, decided: date, precision: str, effective: date, **leaving: object) -> dict[str, Place]:
    """What is told of one leaving, by rule."""
    made = decision(
        "V", "3201", vedtaksdato=decided, vedtaksdato_presisjon=precision, virkningsdato=effective
    )
    found = broken_by(
        organer=[{**body(), **rule}],
        enheter=UNITS,
        vedtak=[made],
        medlemmer=[member("3201", utmelding_vedtak_id="V", **leaving)],
        saker=[case(standdato=date(2026, 2, 5))],
    )
    return {each.rule: each.place for each in found if each.rule in RULES}


@pytest.mark.parametrize(
    ("decided", "precision", "effective", "rule"),
    [
        (date(2026, 1, 10), "dag", date(2027, 1, 1), None),
        (date(2026, 6, 30), "dag", date(2027, 1, 1), None),
        (date(2026, 7, 1), "dag", date(2027, 1, 1), None),
        (date(2026, 7, 2), "dag", date(2027, 1, 1), "kort-varsel"),
        (date(2026, 6, 1), "måned", date(2027, 1, 1), None),
        (date(2026, 7, 1), "måned", date(2027, 1, 1), "usikkert-varsel"),
        (date(2026, 8, 1), "måned", date(2027, 1, 1), "kort-varsel"),
        (date(2026, 1, 1), "år", date(2027, 1, 1), "usikkert-varsel"),
        (date(2026, 1, 10), "dag", date(2026, 7, 10), "kort-varsel"),
        (date(2026, 1, 10), "dag", date(2028, 1, 1), "langt-varsel"),
    ],
)
def test_six_months_and_then_the_turn_of_the_year(
    decided: date, precision: str, effective: date, rule: str | None
) -> None:
    place = cell("vedtak", "virkningsdato")
    assert told(HALF_YEAR, decided, precision, effective) == ({rule: place} if rule else {})


@pytest.mark.parametrize(
    ("decided", "precision", "effective", "rule"),
    [
        (date(2024, 1, 1), "år", date(2026, 1, 1), None),
        (date(2025, 12, 31), "dag", date(2027, 1, 1), None),
        (date(2025, 1, 1), "år", date(2026, 1, 1), "kort-varsel"),
        (date(2026, 1, 1), "dag", date(2027, 1, 1), "kort-varsel"),
        (date(2025, 1, 1), "år", date(2028, 1, 1), "langt-varsel"),
    ],
)
def test_one_whole_calendar_year(decided: date, precision: str, effective: date, rule: str | None) -> None:
    assert set(told(WHOLE_YEAR, decided, precision, effective)) == ({rule} if rule else set())


@pytest.mark.parametrize("rule", ["ingen", "ukjent"])
def test_a_body_whose_rule_is_not_known_or_that_has_none_has_no_period(rule: str) -> None:
    assert told({"uttreden_regel": rule}, date(2026, 1, 1), "dag", date(2026, 1, 2)) == {}


def test_the_written_notice_counts_before_the_decision() -> None:
    late, early = date(2026, 7, 2), date(2026, 6, 1)
    assert told(HALF_YEAR, late, "dag", date(2027, 1, 1), utmelding_varslet=early) == {}
    assert set(told(HALF_YEAR, early, "dag", date(2027, 1, 1), utmelding_varslet=late)) == {"kort-varsel"}


def test_an_end_before_its_decision_is_told_as_such_and_not_as_short_notice() -> None:
    assert told(HALF_YEAR, date(2026, 1, 10), "dag", date(2025, 1, 1)) == {}


def test_a_typed_last_day_is_the_place() -> None:
    leaving = {"utmelding_virkning": date(2027, 1, 1)}
    assert told(HALF_YEAR, date(2026, 7, 2), "dag", date(2027, 1, 1), **leaving) == {
        "kort-varsel": cell("medlemmer", "utmelding_virkning")
    }


def test_a_coarse_last_day_that_can_be_in_time_or_not_cannot_be_decided() -> None:
    leaving = {"utmelding_virkning": date(2026, 1, 1), "utmelding_virkning_presisjon": "år"}
    months = {**HALF_YEAR, "uttreden_virkning": "dato"}
    assert set(told(months, date(2026, 1, 10), "dag", date(2026, 7, 10), **leaving)) == {"usikkert-varsel"}


def test_more_notice_than_needed_is_no_news_once_the_member_has_left() -> None:
    assert told(HALF_YEAR, date(2023, 1, 1), "dag", date(2026, 1, 1)) == {}


def test_a_short_notice_says_by_which_agreement_and_from_when() -> None:
    made = decision("V", "3201", vedtaksdato=date(2026, 7, 2), virkningsdato=date(2027, 1, 1))
    [found] = [
        each
        for each in broken_by(
            organer=[{**body(), **HALF_YEAR}],
            enheter=UNITS,
            vedtak=[made],
            medlemmer=[member("3201", utmelding_vedtak_id="V")],
            saker=[case(status="utsendt")],
        )
        if each.rule == "kort-varsel"
    ]
    assert found.severity is Severity.WARNING
    assert found.expected is not None
    assert dict(found.expected.values) == {"basis": "samarbeidsavtalen punkt 9", "day": "01.01.2028"}


def a_body(rule: Values) -> Body:
    return register(organer=[{**body(), **rule}]).bodies["RAAD"]


def test_months_end_with_the_month_and_calendars_with_their_last_year() -> None:
    months = a_body({**HALF_YEAR, "uttreden_virkning": "dato"})
    assert first_day_outside(date(2025, 8, 31), months) == date(2026, 2, 28)
    assert first_day_outside(date(9999, 12, 31), months) == date(9999, 6, 30)
    assert first_day_outside(date(9999, 12, 31), a_body(WHOLE_YEAR)) == date(9999, 1, 1)


@given(
    st.dates(max_value=date(2100, 1, 1)),
    st.dates(max_value=date(2100, 1, 1)),
    st.sampled_from([HALF_YEAR, WHOLE_YEAR]),
)
def test_who_gives_notice_later_leaves_no_earlier(one: date, other: date, rule: Values) -> None:
    known = a_body(rule)
    earlier, later = sorted((one, other))
    assert earlier < first_day_outside(earlier, known) <= first_day_outside(later, known)
