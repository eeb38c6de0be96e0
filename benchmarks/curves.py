"""How time grows with size: points measured in turn, and the slope of the line through their logarithms."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

Point = tuple[int, float]
"""A size and the seconds it took."""


@dataclass(frozen=True)
class Curve:
    """What one kind of size costs; sizes in rising order."""

    name: str
    points: tuple[Point, ...]

    @property
    def slope(self) -> float:
        """Return the slope of the straight line nearest to log(seconds) over log(size).

        1 means twice the size, twice the time. A size of 0 has no logarithm and is left out.
        """
        return _slope([point for point in self.points if point[0] > 0])

    @property
    def last_slope(self) -> float:
        """Return the slope between the two largest sizes, where the start of a program hides the least."""
        return _slope(self.points[-2:])

    @property
    def steepest(self) -> float:
        """Return the larger of both slopes: what the goal is held against."""
        return max(self.slope, self.last_slope)


def _slope(points: Sequence[Point]) -> float:
    sizes = [math.log(size) for size, _seconds in points]
    return statistics.linear_regression(sizes, [math.log(seconds) for _size, seconds in points]).slope
