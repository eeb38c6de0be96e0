"""What was measured → what each goal came to."""

from __future__ import annotations

from dataclasses import asdict

from benchmarks import names
from benchmarks.curves import Curve
from benchmarks.goals import GOALS, Goal, Reached
from benchmarks.measuring import Measured
from benchmarks.memory import Peak
from benchmarks.plan import Plan
from benchmarks.timing import Times


def reached(measured: Measured, plan: Plan) -> tuple[Reached, ...]:
    """Return every goal with what it came to, in the order of the table."""
    known, one = measured.known, measured.one
    name, best = fastest(measured)
    came_to = {
        "known": _ratio(known[names.OURS], known[names.DOCXTPL]),
        "fastest": _ratio(known[names.OURS], best, name),
        "styles": _ratio(known[names.STYLES], known[names.OURS]),
        "scratch": _ratio(measured.scratch[names.SCRATCH], measured.scratch[names.PANDOC]),
        "naive": _ratio(measured.naive[names.SCRATCH], measured.naive[names.NAIVE]),
        "one": _ratio(one[names.SCRATCH], one[names.NAIVE]),
        "one-text": _ratio(one[names.TEXT], one[names.NAIVE]),
        "unchanged": _ratio(measured.unchanged[names.NOTHING], measured.unchanged[names.IMPORTS]),
        "cores": _cores(measured),
        "memory": _memory(measured.peaks),
        **{curve.name: _growth(curve) for curve in measured.curves},
    }
    if measured.no_node:
        value, detail = came_to["fastest"]
        came_to["fastest"] = None, f"{detail}: {value:.2f}, but none in Node was measured: {measured.no_node}"
    return tuple(Reached(_named(goal, plan), *came_to[goal.key]) for goal in GOALS)


def fastest(measured: Measured) -> tuple[str, Times]:
    """Return the peer that filled its template fastest, whatever it is written in."""
    peers = {
        name: times for name, times in measured.known.items() if name not in {names.FLOOR, *names.OF_OURS}
    }
    name = min(peers, key=lambda each: peers[each].median)
    return name, peers[name]


def _named(goal: Goal, plan: Plan) -> Goal:
    said = {**asdict(plan), "styles": plan.styles / 1000}
    return Goal(goal.key, goal.what.format(**said), goal.limit, goal.at_least)


def _ratio(first: Times, second: Times, name: str = "") -> tuple[float, str]:
    beside = f" ({name})" if name else ""
    rounds = f"{len(first.seconds)} round" + ("s" if len(first.seconds) > 1 else "")
    return first.median / second.median, f"{spoken(first.median)} / {spoken(second.median)}{beside}, {rounds}"


def _cores(measured: Measured) -> tuple[float | None, str]:
    if measured.cores is None:
        return None, "a process cannot be held to one core here, or there is but one"
    return _ratio(measured.cores[names.ONE], measured.cores[names.TWO])


def _memory(peaks: tuple[Peak, Peak] | None) -> tuple[float | None, str]:
    if peaks is None:
        return None, "this system does not tell how much memory a process has"
    ours, theirs = peaks
    largest = f"largest process {megabytes(ours.largest)} / {megabytes(theirs.largest)}"
    return (
        ours.together / theirs.together,
        f"{megabytes(ours.together)} / {megabytes(theirs.together)}, all processes together; {largest}",
    )


def _growth(curve: Curve) -> tuple[float, str]:
    return curve.steepest, f"fitted {curve.slope:.2f}, last step {curve.last_slope:.2f}"


def spoken(seconds: float) -> str:
    """Return a time as people say it."""
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.0f} ms"


def megabytes(size: int) -> str:
    """Return a size in memory."""
    return f"{size / 1e6:.0f} MB"
