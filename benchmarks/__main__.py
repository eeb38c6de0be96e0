"""`python -m benchmarks`: the peers and us on the same papers; prints tables, writes `docs/benchmarks.*`.

`--quick` takes a moment, on papers so few that its ratios mean nothing, and writes nothing.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks import names
from benchmarks.measuring import measure
from benchmarks.papers import ROOT
from benchmarks.plan import FULL, QUICK
from benchmarks.plot import svg
from benchmarks.reaching import reached
from benchmarks.report import goals_table, growth_table, markdown, paper_times

DOCS = ROOT / "docs"


def main(words: Sequence[str] | None = None) -> None:
    """Measure, print, and write the report unless it was only a quick look."""
    asked = _parser().parse_args(words)
    plan = QUICK if asked.quick else FULL if asked.scale == 1 else FULL.scaled(asked.scale)
    start = time.monotonic()

    def say(what: str) -> None:
        print(f"{time.monotonic() - start:6.0f} s  {what}", flush=True)

    with tempfile.TemporaryDirectory() as folder:
        measured = measure(Path(folder), plan, say)
    goals = reached(measured, plan)
    print(f"\n{goals_table(goals)}\n{growth_table(measured.curves)}")
    if not asked.quick:
        bars = [(name, times.median / count) for name, times, count in paper_times(measured, plan)]
        (DOCS / "benchmarks.svg").write_text(svg(bars, measured.curves, names.OF_OURS), encoding="utf-8")
        (DOCS / "benchmarks.md").write_text(markdown(measured, goals, plan), encoding="utf-8")
    say("done")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="The peers and us on the same papers."
    )
    parser.add_argument(
        "--quick", action="store_true", help="a few small papers; nothing is written to docs/"
    )
    parser.add_argument(
        "--scale", type=float, default=1, help="a part of the papers, where the whole takes too long"
    )
    return parser


if __name__ == "__main__":
    main()
