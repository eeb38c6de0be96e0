"""Contestants in turn: A B C A B C …, so that whatever else the machine does falls on all of them alike."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Contestant:
    """Somebody who makes papers: `run` does what it likes before, and returns the seconds that count."""

    name: str
    run: Callable[[], float]
    warm_up: bool = True  # a first round that does not count


@dataclass(frozen=True)
class Times:
    """The seconds of every round that counted."""

    name: str
    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """Return the median."""
        return statistics.median(self.seconds)

    @property
    def spread(self) -> float:
        """Return how far apart the fastest and the slowest round were, as a part of the median."""
        return (max(self.seconds) - min(self.seconds)) / self.median


@dataclass(frozen=True)
class Rules:
    """How long a race goes on: so many rounds, or as many as the seconds allow, and one at least."""

    rounds: int
    budget: float
    warms_up: bool = True  # those who ask for it


def race(contestants: Sequence[Contestant], rules: Rules) -> dict[str, Times]:
    """Time everybody in turn, after a first round that does not count."""
    for each in contestants:
        if each.warm_up and rules.warms_up:
            each.run()
    seconds: dict[str, list[float]] = {each.name: [] for each in contestants}
    start = time.perf_counter()
    for done in range(rules.rounds):
        spent = time.perf_counter() - start
        if done and spent + spent / done > rules.budget:
            break
        for each in contestants:
            seconds[each.name].append(each.run())
    return {name: Times(name, tuple(each)) for name, each in seconds.items()}


def timed(action: Callable[[], object]) -> float:
    """Return how many seconds an action takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start
