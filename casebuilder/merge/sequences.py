"""Two or three rows of things compared: what changed where, and how alike two texts are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True, slots=True)
class Region:
    """Items [start, stop) of the base became items [first, last) of the other."""

    start: int
    stop: int
    first: int
    last: int


def regions(base: Sequence[Hashable], other: Sequence[Hashable]) -> tuple[Region, ...]:
    """Return the regions in which two rows differ, in order."""
    head = _common(base, other)
    most = min(len(base), len(other)) - head
    tail = min(_common(base[::-1], other[::-1]), most)
    first, second = base[head : len(base) - tail], other[head : len(other) - tail]
    found = SequenceMatcher(None, first, second, autojunk=False).get_opcodes()
    return tuple(
        Region(head + start, head + stop, head + low, head + high)
        for tag, start, stop, low, high in found
        if tag != "equal"
    )


def _common(base: Sequence[Hashable], other: Sequence[Hashable]) -> int:
    """Return how many items two rows begin with in common."""
    at = 0
    for one, two in zip(base, other, strict=False):
        if one != two:
            break
        at += 1
    return at


def pairs_outside(found: Iterable[Region], length: int) -> list[tuple[int, int]]:
    """Return (base, other) of every item that stands outside the regions."""
    result = []
    at = other = 0
    for region in (*found, Region(length, length, 0, 0)):
        while at < region.start:
            result.append((at, other))
            at, other = at + 1, other + 1
        at, other = region.stop, region.last
    return result


def likeness(first: Counter[str], second: Counter[str]) -> float:
    """Return how much of two bags of words is common: 0 nothing, 1 all (Dice's coefficient)."""
    total = first.total() + second.total()
    return 2 * (first & second).total() / total if total else 1.0


def share(part: Counter[str], whole: Counter[str]) -> float:
    """Return how much of a bag of words is found in another: 0 nothing, 1 all."""
    return (part & whole).total() / part.total() if part else 0.0


def collide(one: Region, two: Region) -> bool:
    """Tell whether two regions change the same place of their common base.

    Words put in beside what the other replaced do not; words put in at the same place do.
    """
    if one.start == one.stop and two.start == two.stop:
        return one.start == two.start
    if one.start == one.stop:
        return two.start < one.start < two.stop
    if two.start == two.stop:
        return one.start < two.start < one.stop
    return max(one.start, two.start) < min(one.stop, two.stop)
