"""Numbers typed in front of headings: taken away where they number the headings, else left (pure).

They read as a numbering when each has as many parts as its heading has levels, continues its parent's,
none falls back, and the first starts at 1. «2 kommuner melder seg ut» alone is a title.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from casebuilder.paper import Block, Heading, Text
from casebuilder.problems import Place, Problem, info, msg, warning
from casebuilder.prose.inlines import plain

_TYPED = re.compile(r"(?P<number>\d{1,3}(?:\.\d{1,3})*)(?P<stop>\.?)[ \t\xa0]+(?=\S)")

Number = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Typed:
    index: int  # among the blocks
    number: Number
    stop: bool
    length: int  # of what was typed, with the space


def without_typed_numbers(
    blocks: Sequence[Block], place: Place
) -> tuple[tuple[Block, ...], tuple[Problem, ...]]:
    """Take typed heading numbers away, or say why they stay; gaps that Word will close are told."""
    headings = [(at, block) for at, block in enumerate(blocks) if isinstance(block, Heading)]
    typed = {each.index: each for at, heading in headings if (each := _typed(at, heading))}
    if not typed:
        return tuple(blocks), ()
    if not _reads_as_numbering(headings, typed):
        return tuple(blocks), tuple(_stays(heading, place) for at, heading in headings if at in typed)
    result = list(blocks)
    problems = []
    for at, heading, derived in _derived(headings):
        if at in typed:
            result[at] = _stripped(heading, typed[at].length)
            if typed[at].number != derived:
                problems.append(_mended(heading, typed[at].number, derived, place))
    return tuple(result), tuple(problems)


def _typed(at: int, heading: Heading) -> _Typed | None:
    first = heading.content[0] if heading.content else None
    match = _TYPED.match(first.text) if isinstance(first, Text) and not first.origin else None
    if match is None:
        return None
    number = tuple(int(part) for part in match["number"].split("."))
    return _Typed(at, number, bool(match["stop"]), match.end())


def _reads_as_numbering(headings: Sequence[tuple[int, Heading]], typed: dict[int, _Typed]) -> bool:
    top = min(heading.level for _at, heading in headings)
    last: Number = ()
    parents: dict[int, Number] = {}
    for at, heading in headings:
        level = heading.level - top + 1
        parents = {depth: number for depth, number in parents.items() if depth < level}
        if at not in typed:
            continue
        number = typed[at].number
        parent = parents.get(level - 1)
        if len(number) != level or number <= last or (parent and number[:-1] != parent):
            return False
        parents[level] = last = number
    first = min(typed.values(), key=lambda each: each.index)
    alone = len(typed) == 1 and not first.stop and len(first.number) == 1
    return first.number[0] == 1 and not alone


def _derived(headings: Sequence[tuple[int, Heading]]) -> list[tuple[int, Heading, Number]]:
    """Return the number that Word gives each heading."""
    top = min(heading.level for _at, heading in headings)
    counters: list[int] = []
    result = []
    for at, heading in headings:
        level = heading.level - top + 1
        counters = (counters + [0] * level)[:level]
        counters[-1] += 1
        result.append((at, heading, tuple(counters)))
    return result


def _stripped(heading: Heading, length: int) -> Heading:
    first, *rest = heading.content
    if not isinstance(first, Text):
        return heading
    return replace(heading, content=(replace(first, text=first.text[length:]), *rest))


def _written(number: Number) -> str:
    return ".".join(str(part) for part in number)


def _mended(heading: Heading, typed: Number, derived: Number, place: Place) -> Problem:
    told = msg(
        "the heading's typed number {typed} becomes {derived}.",
        typed=_written(typed),
        derived=_written(derived),
    )
    return info("heading-number", replace(place, heading=plain(heading.content)), told)


def _stays(heading: Heading, place: Place) -> Problem:
    told = msg("the number typed in front of the heading stays; it does not fit the other headings' numbers.")
    expected = msg("Delete it if it is a number: Word numbers the headings itself.")
    return warning("heading-number", replace(place, heading=plain(heading.content)), told, expected)
