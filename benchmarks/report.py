"""What was measured → docs/benchmarks.md; words and tables only, the plot is beside it."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from importlib.metadata import version

from benchmarks import names
from benchmarks.curves import Curve
from benchmarks.goals import Reached
from benchmarks.measuring import Measured
from benchmarks.peers import node
from benchmarks.plan import FULL, Plan
from benchmarks.reaching import spoken
from benchmarks.timing import Times

_INTRO = """\
# Benchmarks

Made by `python -m benchmarks`: everybody makes the same papers, in turn in one run (A B C A B C …), and
medians are compared. Only the ratios travel to another machine. The papers are the sample's longest case,
multiplied, each with a sentence of its own; after every race each paper is opened and that sentence is
looked for.

«Texts known» is what the peers do too, in one process on one core: at the beginning values and trees of
texts are in memory, at the end the papers lie in place. We fill in the values, compose, write, check the
package, zip, and write whole to the disk; a cell that every paper prints is changed before each round. The
whole build, which has a line of its own, also reads the sheets, holds texts and figures against every rule,
keeps pristine copies with their cells, and writes reports. The peers are given their words ready-made, write
no notes and check nothing. The naive pipeline gets its texts with the figures already in.
"""
_GOAL_NOTES = """\
Times are medians of whole rounds. From nothing, and where nothing has changed, the command is a clerk's, a
whole process on all cores, its modules compiled as pip leaves them. Growth is
held against the steeper of two slopes: the one fitted to all sizes, and the one between the two largest,
where the start of the program hides the least. Memory is that of all processes together at the worst
moment, what they share counted once, pandoc's included.
"""
_AXES = ("papers", "rows", "pages", "notes", "edits")


def markdown(measured: Measured, reached: Sequence[Reached], plan: Plan) -> str:
    """Return the whole page."""
    sections = (
        _INTRO,
        _size_note(plan),
        busy_note(*_load()),
        "## Goals\n",
        goals_table(reached),
        _GOAL_NOTES,
        "## A paper, each way\n",
        _paper_table(measured, plan),
        measured.no_node and f"Not measured, because {measured.no_node}: {', '.join(node.NAMES)}.\n",
        "## Growth\n",
        growth_table(measured.curves),
        _plot(measured, reached, plan),
        "## Made with\n",
        _machine(),
    )
    return "\n".join(section for section in sections if section)


def goals_table(reached: Iterable[Reached]) -> str:
    """Return the goals, what they came to and whether they were met."""
    rows = [(each.goal.what, each.goal.asked, _value(each), each.verdict, each.detail) for each in reached]
    return _table(("what", "goal", "reached", "", "ours / theirs"), rows, "lrrll")


def growth_table(curves: Iterable[Curve]) -> str:
    """Return every curve's points and slopes."""
    rows = [
        (
            curve.name,
            ", ".join(f"{size:,}: {spoken(seconds)}" for size, seconds in curve.points),
            f"{curve.slope:.2f}",
            f"{curve.last_slope:.2f}",
        )
        for curve in curves
    ]
    return _table(("in", "size: time", "slope, fitted", "slope, last step"), rows, "llrr")


def paper_times(measured: Measured, plan: Plan) -> list[tuple[str, Times, int]]:
    """Return everybody who made papers, with their times and how many they made, the fastest paper first."""
    found = [
        (name, times, plan.known)
        for race in (measured.known, measured.scratch)
        for name, times in race.items()
    ]
    found.append((names.NAIVE, measured.naive[names.NAIVE], plan.naive))
    return sorted(found, key=lambda each: each[1].median / each[2])


def _paper_table(measured: Measured, plan: Plan) -> str:
    beside = measured.known[names.DOCXTPL].median / plan.known
    rows = [
        (
            name,
            f"{times.median / count * 1000:.1f}",
            f"{times.median / count / beside:.2f}",
            str(len(times.seconds)),
            f"{times.spread:.0%}" if len(times.seconds) > 1 else "–",
        )
        for name, times, count in paper_times(measured, plan)
    ]
    return _table(("who", "ms a paper", "against docxtpl", "rounds", "spread"), rows, "lrrrr")


def _size_note(plan: Plan) -> str:
    if (plan.known, plan.naive, plan.many) == (FULL.known, FULL.naive, FULL.many):
        return ""
    return (
        "**This run made fewer papers than the goals speak of**: "
        f"{plan.known} for {FULL.known}, {plan.naive} for {FULL.naive}, {plan.many} for {FULL.many}. "
        "Its verdicts are those of the smaller run.\n"
    )


def busy_note(load: float, cores: int) -> str:
    """Tell when others have used the machine too: what runs on all cores is then measured too slow."""
    if load <= cores + 1:
        return ""
    return (
        f"**The machine had other work meanwhile**: load average {load:.1f} on {cores} cores. "
        "Ratios between those who run in turn hold roughly; rounds were few, and two cores were not free.\n"
    )


def _load() -> tuple[float, int]:
    """Return the load of the last quarter of an hour, where the system tells it, and the cores there are."""
    cores = os.cpu_count() or 1
    return (os.getloadavg()[2] if hasattr(os, "getloadavg") else 0.0), cores


def _plot(measured: Measured, reached: Sequence[Reached], plan: Plan) -> str:
    first, *_others = paper_times(measured, plan)
    slopes = (
        f"{each.goal.key} {each.value:.2f}" for each in reached if each.goal.key in _AXES and each.value
    )
    alternative = (
        "Two panels. Above, a bar for everybody who makes papers, milliseconds a paper as in the table, "
        f"{first[0]} the shortest. Below, seconds over size on logarithmic axes, a line each; "
        f"slopes: {', '.join(slopes)}."
    )
    return f"![{alternative}](benchmarks.svg)\n"


def _machine() -> str:
    packages = ("docxtpl", "docxcompose", "pypandoc_binary", "openpyxl", "python-docx")
    found = [f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.system()}"]
    found.append(", ".join(f"{name} {version(name)}" for name in packages))
    if shutil.which("node"):
        said = subprocess.run(
            ["node", "--version"], capture_output=True, text=True, check=True
        ).stdout.strip()
        found.append(f"Node {said}; {', '.join(node.PACKAGES)}")
    return "".join(f"- {line}\n" for line in found)


def _value(each: Reached) -> str:
    return "–" if each.value is None else f"{each.value:.2f}"


def _table(headers: Sequence[str], rows: Iterable[Sequence[str]], sides: str) -> str:
    rule = ("---:" if side == "r" else "---" for side in sides)
    lines = [f"| {' | '.join(cells)} |" for cells in (headers, tuple(rule), *rows)]
    return "\n".join(lines) + "\n"
