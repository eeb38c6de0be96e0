"""The goals, as ratios of what was measured in one run, and whether they were met."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Goal:
    """What is measured, and what it may come to at most, or must come to at least."""

    key: str
    what: str
    limit: float
    at_least: bool = False

    @property
    def asked(self) -> str:
        """Return the goal as it is written."""
        return f"{'≥' if self.at_least else '≤'} {self.limit:.2f}"


GOALS = (
    Goal("known", "{known} papers, texts known, against docxtpl rendering and saving the same text", 0.25),
    Goal("fastest", "the same, against the fastest peer of any language", 0.7),
    Goal("styles", "the same with a {styles:.0f} kB styles part, against the lean template", 1.15),
    Goal("scratch", "{known} papers from scratch, against pandoc alone md→docx", 0.30),
    Goal("naive", "{naive} papers from scratch, start and sheets included, against the naive pipeline", 0.22),
    Goal("one", "one paper, cold start and sheets included, against the naive pipeline", 0.7),
    Goal("one-text", "the same when only its text changed", 0.45),
    Goal(
        "unchanged",
        "nothing changed among {many} papers, against importing what the naive pipeline imports",
        0.4,
    ),
    Goal("cores", "{many} papers on one core, against two", 1.6, at_least=True),
    Goal("memory", "peak memory of {many} papers, against docxtpl's for {known}", 1.5),
    Goal("papers", "growth in papers: slope of log-log", 1.1),
    Goal("rows", "growth in rows", 1.1),
    Goal("pages", "growth in pages", 1.1),
    Goal("notes", "growth in notes", 1.1),
    Goal("edits", "growth in edits of a merge", 1.1),
)


@dataclass(frozen=True)
class Reached:
    """What a goal came to; without a value it could not be measured here, for a reason."""

    goal: Goal
    value: float | None
    detail: str  # both sides as they were measured, or the reason

    @property
    def is_met(self) -> bool:
        """Tell whether it was measured and reached."""
        if self.value is None:
            return False
        return self.value >= self.goal.limit if self.goal.at_least else self.value <= self.goal.limit

    @property
    def verdict(self) -> str:
        """Say whether it was met."""
        return "not measured" if self.value is None else "met" if self.is_met else "not met"
