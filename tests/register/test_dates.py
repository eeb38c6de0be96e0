from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebuilder.register.dates import CoarseDate, Period, Precision

DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))


@pytest.mark.parametrize(
    ("precision", "first", "last"),
    [
        (Precision.DAY, date(2024, 2, 12), date(2024, 2, 12)),
        (Precision.MONTH, date(2024, 2, 1), date(2024, 2, 29)),
        (Precision.YEAR, date(2024, 1, 1), date(2024, 12, 31)),
    ],
)
def test_a_coarse_date_reaches_from_its_first_to_its_last_day(
    precision: Precision, first: date, last: date
) -> None:
    when = CoarseDate(date(2024, 2, 12), precision)
    assert (when.first, when.last, when.year) == (first, last, 2024)


@given(DAYS, st.sampled_from(Precision))
def test_a_coarse_date_covers_its_day_and_only_its_own_month_or_year(day: date, precision: Precision) -> None:
    when = CoarseDate(day, precision)
    assert when.first <= day <= when.last
    beside = [
        day.fromordinal(at)
        for at in (when.first.toordinal() - 1, when.last.toordinal() + 1)
        if 1 <= at <= date.max.toordinal()
    ]
    kept = {Precision.DAY: "%Y-%m-%d", Precision.MONTH: "%Y-%m", Precision.YEAR: "%Y"}[precision]
    assert {format(each, kept) for each in (when.first, when.last)} == {format(day, kept)}
    assert format(day, kept) not in {format(each, kept) for each in beside}


def test_dates_that_mean_the_same_month_or_year_are_equal() -> None:
    month, year = Precision.MONTH, Precision.YEAR
    assert CoarseDate(date(2025, 12, 24), month) == CoarseDate(date(2025, 12, 1), month)
    assert CoarseDate(date(2025, 12, 24), year) == CoarseDate(date(2025, 1, 1), year)
    assert CoarseDate(date(2025, 1, 1), month) != CoarseDate(date(2025, 1, 1), year)


@given(DAYS, st.none() | DAYS, st.none() | DAYS)
def test_a_period_is_half_open(day: date, first: date | None, end: date | None) -> None:
    assert (day in Period(first, end)) == ((first or date.min) <= day and (end is None or day < end))


@given(DAYS, st.integers(1, 9999))
def test_the_period_of_a_year_has_the_days_of_that_year(day: date, year: int) -> None:
    assert (day in Period.of_year(year)) == (day.year == year)
