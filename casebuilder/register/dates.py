"""Dates as coarse as they are known: a day, a month or a year."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, date
from enum import Enum


class Precision(Enum):
    """How exactly a date is known; the values are the code list «presisjon»."""

    DAY = "dag"
    MONTH = "måned"
    YEAR = "år"


@dataclass(frozen=True, slots=True)
class CoarseDate:
    """A date with its precision; `day` becomes the first day of the month or year that is meant."""

    day: date
    precision: Precision = Precision.DAY

    def __post_init__(self) -> None:
        """Make dates that mean the same month or year equal."""
        if self.precision is not Precision.DAY:
            month = 1 if self.precision is Precision.YEAR else self.day.month
            object.__setattr__(self, "day", date(self.day.year, month, 1))

    @property
    def year(self) -> int:
        """The calendar year."""
        return self.day.year

    @property
    def first(self) -> date:
        """The first day that can be meant."""
        return self.day

    @property
    def last(self) -> date:
        """The last day that can be meant."""
        if self.precision is Precision.DAY:
            return self.day
        if self.precision is Precision.YEAR:
            return date(self.day.year, 12, 31)
        return self.first.replace(day=monthrange(self.day.year, self.day.month)[1])


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `first` up to, but not including, `end`; None is open."""

    first: date | None = None
    end: date | None = None

    def __contains__(self, day: date) -> bool:
        """Tell whether `first ≤ day < end`."""
        return (self.first is None or self.first <= day) and (self.end is None or day < self.end)

    def overlaps(self, other: Period) -> bool:
        """Tell whether some day lies in both."""
        starts = [each for each in (self.first, other.first) if each is not None]
        ends = [each for each in (self.end, other.end) if each is not None]
        return not starts or not ends or max(starts) < min(ends)

    @classmethod
    def of_year(cls, year: int) -> Period:
        """Return the period of one calendar year."""
        return cls(date(year, 1, 1), date(year + 1, 1, 1) if year < MAXYEAR else None)
