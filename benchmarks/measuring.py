"""Everything in one run, in a folder that is thrown away; what was measured comes back as values."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks import ours, races
from benchmarks.curves import Curve, Point
from benchmarks.lots import make_lot
from benchmarks.memory import Peak, may_measure, peak_of
from benchmarks.papers import Size, make_workspace
from benchmarks.peers import node
from benchmarks.plan import Plan
from benchmarks.races import Races
from benchmarks.timing import timed
from benchmarks.workers import may_choose_cores


@dataclass(frozen=True)
class Measured:
    """What one run found."""

    known: Races
    scratch: Races
    naive: Races
    one: Races
    unchanged: Races
    cores: Races | None  # None where a process cannot be held to one core
    peaks: tuple[Peak, Peak] | None  # ours, docxtpl's; None where the system does not tell
    curves: tuple[Curve, ...]
    no_node: str  # why the peers in Node were not measured; empty if they were


def measure(folder: Path, plan: Plan, say: Callable[[str], None]) -> Measured:
    """Run every race of a plan, with the peers that can be had."""
    no_node = node.install() if plan.installs else "" if node.are_there() else "they are not installed"
    say(f"papers for everybody ({plan.known})")
    lot = make_lot(folder / "known", Size(plan.known))
    say("papers anew, texts known")
    known = races.known(lot, plan, () if no_node else node.NAMES)
    say("papers from nothing")
    scratch = races.scratch(lot, plan)
    say(f"the naive pipeline ({plan.naive})")
    naive = races.naive(
        lot if plan.naive == plan.known else make_lot(folder / "naive", Size(plan.naive)), plan
    )
    say("one paper")
    one = races.naive(make_lot(folder / "one", Size(1)), plan, text=True)
    many = make_workspace(folder / "many", Size(plan.many))
    say(f"growth in papers, from nothing, to {plan.many}")
    sizes = {size: Size(size) for size in sorted({1, plan.naive, plan.known})}
    of_papers = races.growth(folder / "papers", sizes, plan)
    seconds, peaks = _watched(many, folder / "known")
    say("many papers, nothing changed")
    unchanged = races.unchanged(many, plan)
    say("many papers, one core and two")
    cores = races.cores(many, plan) if may_choose_cores() else None
    curves = (_curve("papers", [*of_papers, (plan.many, seconds)]), *_curves(folder, plan, say))
    return Measured(known, scratch, naive, one, unchanged, cores, peaks, curves, no_node)


def _watched(many: Path, known: Path) -> tuple[float, tuple[Peak, Peak] | None]:
    """Build many papers from nothing and watch how much memory that takes, and docxtpl."""
    if not may_measure():
        return timed(lambda: races.command(ours.command(many))), None
    peak, seconds = peak_of(ours.command(many))
    theirs, _seconds = peak_of([sys.executable, "-m", "benchmarks.peers", "docxtpl", str(known), "--once"])
    return seconds, (peak, theirs)


def _curves(folder: Path, plan: Plan, say: Callable[[str], None]) -> list[Curve]:
    shapes = {
        "rows": {size: Size(rows=size) for size in plan.rows},
        "pages": {size: Size(pages=size) for size in plan.pages},
        "notes": {size: Size(notes=size) for size in plan.notes},
    }
    curves = []
    for name, sizes in shapes.items():
        say(f"growth in {name}")
        curves.append(_curve(name, races.growth(folder / name, sizes, plan)))
    say("growth in edits")
    return [*curves, _curve("edits", races.merges(folder / "edits", plan))]


def _curve(name: str, points: list[Point]) -> Curve:
    return Curve(name, tuple(points))
