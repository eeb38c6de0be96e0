"""How large everything is in a whole run, and in one that only shows that the harness works."""

from __future__ import annotations

from dataclasses import dataclass, replace

from benchmarks.timing import Rules

_RULES = Rules(rounds=7, budget=75)


@dataclass(frozen=True)
class Plan:
    """Sizes, and for how long each race may go on."""

    known: int = 100  # papers whose texts are known, and papers from scratch
    naive: int = 30  # papers of the naive pipeline
    many: int = 1000
    styles: int = 350_000  # bytes of the large styles part
    rows: tuple[int, ...] = (65, 1_000, 10_000, 50_000)
    pages: tuple[int, ...] = (5, 50, 500)
    notes: tuple[int, ...] = (0, 20, 200, 2_000)
    edits: tuple[int, ...] = (0, 5, 50, 500)
    rules: Rules = _RULES
    installs: bool = True  # what is missing of the peers that run in Node

    def scaled(self, part: float) -> Plan:
        """Return a plan with fewer papers, for a machine or a program that is too slow for the whole."""
        fewer = {name: max(2, round(getattr(self, name) * part)) for name in ("known", "naive", "many")}
        return replace(self, **fewer)


FULL = Plan()
QUICK = Plan(
    known=2,
    naive=2,
    many=3,
    rows=(65, 130),
    pages=(1, 2),
    notes=(2, 4),
    edits=(0, 1, 2),
    rules=Rules(rounds=1, budget=1, warms_up=False),
    installs=False,
)
