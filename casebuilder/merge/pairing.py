"""Which block of the base is which block of another version: by words, by hidden name, by likeness.

What says the same is paired first, in order; then what carries the same hidden name, wherever it
stands; then what is most alike between its neighbours; then what was moved without a change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from casebuilder.merge.model import (
    Block,
    Para,
    Row,
    bag_of,
    saying,
    saying_of_row,
    text_of,
    words_of,
    words_of_row,
)
from casebuilder.merge.sequences import likeness, pairs_outside, regions, share

_ALIKE = 0.5
_HALF = 0.6
_MOST = 40_000
"""Pairs of a gap that are compared at most; a larger gap is told by names and moves alone."""

Pairs = dict[int, int]
Bags = tuple[Sequence[Counter[str]], Sequence[Counter[str]]]


@dataclass(frozen=True, slots=True)
class Group:
    """Blocks of the base and of the other that are the same: mostly one each, more where some were joined."""

    base: tuple[int, ...]
    other: tuple[int, ...]


def paired(base: Sequence[Block], other: Sequence[Block], *, trust_names: bool) -> Pairs:
    """Return base index → other index. Names of two builds say more than those a person has moved about."""
    pairs: Pairs = {}
    bags = [_bag(each) for each in base], [_bag(each) for each in other]
    if trust_names:
        _by_name(base, other, bags, pairs, least=0.0)
    first, second = _numbered([saying(each) for each in base], [saying(each) for each in other])
    _exactly(first, second, pairs)
    if not trust_names:
        _by_name(base, other, bags, pairs, least=0.3)
    _alike(base, other, bags, pairs)
    _alone(base, other, pairs)
    if not trust_names:
        _by_name(base, other, bags, pairs, least=0.0)
    _moved(first, second, bags, pairs)
    return pairs


def paired_rows(base: Sequence[Row], other: Sequence[Row]) -> Pairs:
    """Return base index → other index of a table's rows."""
    pairs: Pairs = {}
    _exactly(*_numbered([saying_of_row(row) for row in base], [saying_of_row(row) for row in other]), pairs)
    bags = [bag_of(words_of_row(row)) for row in base], [bag_of(words_of_row(row)) for row in other]
    heads = [_head(row) for row in base], [_head(row) for row in other]
    for low, high, start, stop in _gaps(pairs, len(base), len(other)):
        taken = start
        for at in range(low, high):
            same = (each for each in range(taken, stop) if heads[0][at] == heads[1][each])
            found = next(same, None) if heads[0][at].strip("0123456789. ") else None
            if found is not None:
                pairs[at], taken = found, found + 1
    for gap in _gaps(pairs, len(base), len(other)):
        _best(gap, bags, pairs, lambda _one, _two: True)
    return pairs


def groups(base: Sequence[Block], other: Sequence[Block], pairs: Mapping[int, int]) -> list[Group]:
    """Return the pairs, joined where a person has split a paragraph or joined two."""
    joined: dict[int, Group] = {one: Group((one,), (two,)) for one, two in pairs.items()}
    taken = set(pairs.values())
    by_other = {two: one for one, two in pairs.items()}
    for at in range(len(other)):
        if at not in taken:
            _claim_split(at, base, other, joined, by_other)
    for at in range(len(base)):
        if at not in joined:
            _claim_join(at, base, other, joined)
    return list({id(group): group for group in joined.values()}.values())


def _claim_split(
    at: int, base: Sequence[Block], other: Sequence[Block], joined: dict[int, Group], by_other: dict[int, int]
) -> None:
    """Give a block without partner to a neighbour's group if its words are the base block's."""
    for beside in (at - 1, at + 1):
        one = by_other.get(beside)
        if one is None or not _are_paragraphs(base[one], other[at], other[beside]):
            continue
        group = joined[one]
        left = _bag(base[one]) - sum((_bag(other[each]) for each in group.other), Counter[str]())
        if share(_bag(other[at]), left) >= _HALF:
            joined[one] = Group(group.base, tuple(sorted({*group.other, at})))
            by_other[at] = one
            return


def _claim_join(at: int, base: Sequence[Block], other: Sequence[Block], joined: dict[int, Group]) -> None:
    """Give a base block without partner to a neighbour's group if its words stand in that."""
    for beside in (at - 1, at + 1):
        group = joined.get(beside)
        if group is None or not _are_paragraphs(base[at], other[group.other[0]]):
            continue
        there = sum((_bag(other[each]) for each in group.other), Counter[str]())
        left = there - sum((_bag(base[each]) for each in group.base), Counter[str]())
        if share(_bag(base[at]), left) >= _HALF:
            made = Group(tuple(sorted({*group.base, at})), group.other)
            for each in made.base:
                joined[each] = made
            return


def _are_paragraphs(*blocks: Block) -> bool:
    return all(isinstance(block, Para) for block in blocks)


def _exactly(first: Sequence[int], second: Sequence[int], pairs: Pairs) -> None:
    """Pair what says the same, in order, leaving alone what is paired: first what is said only once."""
    for low, high, start, stop in list(_gaps(pairs, len(first), len(second))):
        once = _only_once(first[low:high]), _only_once(second[start:stop])
        found = sorted((low + at, start + once[1][said]) for said, at in once[0].items() if said in once[1])
        pairs.update(_in_order(found))
    for low, high, start, stop in list(_gaps(pairs, len(first), len(second))):
        differ = regions(first[low:high], second[start:stop])
        pairs.update((low + one, start + two) for one, two in pairs_outside(differ, high - low))


def _only_once(said: Sequence[int]) -> dict[int, int]:
    """Return what is said once, and where."""
    counts = Counter(said)
    return {each: at for at, each in enumerate(said) if counts[each] == 1}


def _numbered(first: Sequence[object], second: Sequence[object]) -> tuple[list[int], list[int]]:
    """Return two rows of things as numbers, equal where the things are."""
    numbers: dict[object, int] = {}
    one, two = ([numbers.setdefault(each, len(numbers)) for each in row] for row in (first, second))
    return one, two


def _by_name(
    base: Sequence[Block], other: Sequence[Block], bags: Bags, pairs: Pairs, *, least: float
) -> None:
    """Pair by hidden name; of several that carry it, the one most alike."""
    carriers: dict[str, list[int]] = {}
    for at, block in enumerate(other):
        for name in block.names:
            carriers.setdefault(name, []).append(at)
    taken = set(pairs.values())
    for at, block in enumerate(base):
        if at in pairs:
            continue
        found = {each for name in block.names for each in carriers.get(name, ())} - taken
        alike = {
            each: likeness(bags[0][at], bags[1][each]) for each in found if type(other[each]) is type(block)
        }
        best = max(alike, key=lambda each: (alike[each], -each), default=None)
        if best is not None and alike[best] >= least:
            pairs[at] = best
            taken.add(best)


def _alike(
    base: Sequence[Block],
    other: Sequence[Block],
    bags: Bags,
    pairs: Pairs,
) -> None:
    for gap in _gaps(pairs, len(base), len(other)):
        _best(gap, bags, pairs, lambda one, two: type(base[one]) is type(other[two]))


def _alone(base: Sequence[Block], other: Sequence[Block], pairs: Pairs) -> None:
    """Pair two paragraphs that each stand alone between the same neighbours: the words were all replaced."""
    taken = set(pairs.values())
    for low, high, start, stop in list(_gaps(pairs, len(base), len(other))):
        if (high - low, stop - start) == (1, 1) and low not in pairs and start not in taken:
            one, two = base[low], other[start]
            if isinstance(one, Para) and isinstance(two, Para) and one.style == two.style:
                pairs[low] = start


def _best(
    gap: tuple[int, int, int, int],
    bags: Bags,
    pairs: Pairs,
    may: Callable[[int, int], bool],
) -> None:
    """Pair what is most alike in a gap, best first, as long as the order stays."""
    low, high, start, stop = gap
    if (high - low) * (stop - start) > _MOST:
        return
    taken = set(pairs.values())
    scores = sorted(
        (
            (-likeness(bags[0][one], bags[1][two]), one, two)
            for one in range(low, high)
            if one not in pairs and bags[0][one]
            for two in range(start, stop)
            if two not in taken and bags[1][two] and may(one, two)
        ),
    )
    found: list[tuple[int, int]] = []
    for score, one, two in scores:
        if -score < _ALIKE:
            break
        if all((one < each) == (two < beside) and one != each and two != beside for each, beside in found):
            found.append((one, two))
    pairs.update(found)


def _moved(
    first: Sequence[int],
    second: Sequence[int],
    bags: Bags,
    pairs: Pairs,
) -> None:
    """Pair what says the same somewhere else, if it says enough to be told by."""
    taken = set(pairs.values())
    left: dict[int, list[int]] = {}
    for at, each in enumerate(second):
        if at not in taken:
            left.setdefault(each, []).append(at)
    for at, each in enumerate(first):
        if at not in pairs and len(bags[0][at]) > 2 and left.get(each):
            pairs[at] = left[each].pop(0)


def _gaps(pairs: Pairs, length: int, other: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield (low, high, start, stop) of the stretches between pairs that are in order."""
    rising = _in_order(sorted(pairs.items()))
    low = start = 0
    for one, two in (*rising, (length, other)):
        if one > low and two > start:
            yield low, one, start, two
        low, start = one + 1, two + 1


def _in_order(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return a longest row of pairs whose second numbers rise (patience sorting)."""
    tops: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for at, (_one, two) in enumerate(pairs):
        low, high = 0, len(tops)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if tops[middle] < two else (low, middle)
        before.append(ends[low - 1] if low else -1)
        tops[low:] = [two, *tops[low + 1 :]]
        ends[low:] = [at, *ends[low + 1 :]]
    result = []
    at = ends[-1] if ends else -1
    while at >= 0:
        result.append(pairs[at])
        at = before[at]
    return result[::-1]


def _bag(block: Block) -> Counter[str]:
    return bag_of(words_of(block))


def _head(row: Row) -> str:
    """Return what a row begins with, which tells it from the others."""
    cell = row.cells[0] if row.cells else ()
    return text_of(cell)
