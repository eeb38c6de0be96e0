from __future__ import annotations

from datetime import date

import pytest

from casebuilder.problems import Severity
from tests.builders import case, cell, decision, unit
from tests.register.rules.breaking import places, problems

UNITS = [unit("3201", "Bærum")]
DAY = date(2026, 1, 15)


@pytest.mark.parametrize(
    ("decided", "precision", "effective"),
    [
        (DAY, "dag", DAY),
        (DAY, "dag", date(2027, 1, 1)),
        (date(2026, 1, 31), "måned", date(2026, 1, 15)),
        (DAY, "år", date(2026, 1, 1)),
        (DAY, "dag", None),
        (None, "dag", DAY),
    ],
)
def test_a_decision_may_take_effect_from_the_first_day_it_can_have_been_made(
    decided: date | None, precision: str, effective: date | None
) -> None:
    made = decision(
        "V", "3201", vedtaksdato=decided, vedtaksdato_presisjon=precision, virkningsdato=effective
    )
    assert places("virkning-før-vedtak", enheter=UNITS, vedtak=[made]) == []


@pytest.mark.parametrize(
    ("precision", "effective"),
    [("dag", date(2026, 1, 14)), ("måned", date(2025, 12, 31)), ("år", date(2025, 12, 31))],
)
def test_an_effect_before_the_decision_is_an_error(precision: str, effective: date) -> None:
    made = decision("V", "3201", vedtaksdato=DAY, vedtaksdato_presisjon=precision, virkningsdato=effective)
    found = problems("virkning-før-vedtak", enheter=UNITS, vedtak=[made])
    assert [(each.place, each.severity, each.cases) for each in found] == [
        (cell("vedtak", "virkningsdato"), Severity.ERROR, None)
    ]


def test_a_decision_made_by_the_standdato_is_right() -> None:
    made = decision("V", "3201", vedtaksdato=DAY)
    assert places("vedtak-etter-standdato", enheter=UNITS, vedtak=[made], saker=[case(standdato=DAY)]) == []


@pytest.mark.parametrize("status", ["vedtatt", "avslått"])
def test_a_decision_after_the_standdato_holds_back_the_papers_of_before_it(status: str) -> None:
    cases = [
        case("A", standdato=date(2026, 1, 14)),
        case("B", standdato=DAY, løpenr=13),
        case("C", standdato=date(2026, 1, 1), løpenr=14, status="utsendt"),
    ]
    made = decision("V", "3201", vedtaksdato=DAY, status=status)
    found = problems("vedtak-etter-standdato", enheter=UNITS, vedtak=[made], saker=cases)
    assert [(each.place, each.cases) for each in found] == [(cell("vedtak", "vedtaksdato"), frozenset({"A"}))]


def test_a_coarse_decision_is_after_the_standdato_only_when_all_its_days_are() -> None:
    coarse = decision("V", "3201", vedtaksdato=DAY, vedtaksdato_presisjon="måned")
    inside, before = case(standdato=date(2026, 1, 1)), case(standdato=date(2025, 12, 31))
    assert places("vedtak-etter-standdato", enheter=UNITS, vedtak=[coarse], saker=[inside]) == []
    assert places("vedtak-etter-standdato", enheter=UNITS, vedtak=[coarse], saker=[before]) != []


@pytest.mark.parametrize("status", ["planlagt", "til behandling", "innstilt", "utsatt"])
def test_a_decision_that_waits_for_a_day_gone_by_is_warned_of(status: str) -> None:
    late = case(standdato=date(2026, 1, 16))
    pending = decision("V", "3201", status=status, behandles_dato=DAY)
    found = problems("behandling-passert", enheter=UNITS, vedtak=[pending], saker=[late])
    assert [(each.place, each.severity) for each in found] == [
        (cell("vedtak", "behandles_dato"), Severity.WARNING)
    ]


def test_a_decision_can_wait_until_its_day_and_is_told_once_for_all_papers() -> None:
    pending = decision("V", "3201", status="innstilt", behandles_dato=DAY)
    on_the_day = [case("A", standdato=DAY)]
    assert places("behandling-passert", enheter=UNITS, vedtak=[pending], saker=on_the_day) == []
    after = [case(f"S-{at}", løpenr=at, standdato=date(2026, 1, 15 + at)) for at in (1, 2, 3)]
    assert len(places("behandling-passert", enheter=UNITS, vedtak=[pending], saker=after)) == 1


def test_no_day_has_passed_when_no_paper_is_to_be_made() -> None:
    pending = decision("V", "3201", status="innstilt", behandles_dato=DAY)
    assert places("behandling-passert", enheter=UNITS, vedtak=[pending], saker=[case(status="trukket")]) == []


def test_a_decision_that_is_made_waits_no_longer() -> None:
    made = decision("V", "3201", vedtaksdato=DAY, behandles_dato=DAY)
    assert places("behandling-passert", enheter=UNITS, vedtak=[made], saker=[case()]) == []
