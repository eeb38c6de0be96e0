"""Numbers typed in front of headings: taken away where they number the headings, else left (pure).

They read as a numbering when each has as many parts as its heading has levels, continues its parent's,
none falls back, and the first starts at 1. «2 kommuner melder seg ut» and «1. mai» are titles.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from casebuilder.blockwalk import headings, mapped_headings
from casebuilder.paper import Block, Heading, Text
from casebuilder.problems import Place, Problem, info, msg, warning
from casebuilder.prose.inlines import plain

_TYPED = re.compile(r"(?P<number>\d{1,3}(?:\.\d{1,3})*)(?P<stop>\.?)[ \t\xa0]+(?P<title>\S+)")
_DATED = re.compile(
    r"januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember"
    r"|kvartal|tertial|halvår|gang|gangs|behandling|plass|juledag|nyttårsdag",
    re.IGNORECASE,
)
"""What an ordinal number in front belongs to: «1. mai», «2. kvartal», «1. gangs behandling»."""

Number = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Typed:
    number: Number
    length: int  # of what was typed, with the space
    sure: bool  # that it is a number and not the first word of a title, even where it stands alone


def without_typed_numbers(
    blocks: Sequence[Block], place: Place, first: int = 1
) -> tuple[tuple[Block, ...], tuple[Problem, ...]]:
    """Take typed heading numbers away, or say why they stay; gaps that Word will close are told.

    `first` is the number that the first heading has if it is typed, where a summary had one before it.
    """
    every = list(headings(blocks))
    typed = [_typed(heading) for heading in every]
    if not any(typed):
        return tuple(blocks), ()
    if not _reads_as_numbering(every, typed, first):
        stay = (heading for heading, each in zip(every, typed, strict=True) if each)
        return tuple(blocks), tuple(_stays(heading, place) for heading in stay)
    numbered = iter(zip(typed, _derived(every), strict=True))
    problems: list[Problem] = []

    def strip(heading: Heading) -> Heading:
        each, derived = next(numbered)
        if each is None:
            return heading
        if each.number != derived:
            problems.append(_mended(heading, each.number, derived, place))
        return _stripped(heading, each.length)

    return mapped_headings(blocks, strip), tuple(problems)


def title_and_number(heading: Heading) -> tuple[str, int]:
    """Return a heading's words without a number typed in front, and that number, or 0."""
    each = _typed(heading)
    words = plain(heading.content)
    return (words[each.length :], each.number[0]) if each else (words, 0)


def _typed(heading: Heading) -> _Typed | None:
    """Return the number typed in front of a heading; None where it can only be the title's first word.

    A number without a stop before a small letter counts what follows («2 kommuner»), and one before a
    month or the like is an ordinal («1. januar»).
    """
    first = heading.content[0] if heading.content else None
    match = _TYPED.match(first.text) if isinstance(first, Text) and not first.origin else None
    if match is None:
        return None
    number = tuple(int(part) for part in match["number"].split("."))
    small = match["title"][0].islower()
    if len(number) == 1 and (_DATED.match(match["title"]) if match["stop"] else small):
        return None
    return _Typed(number, match.start("title"), len(number) > 1 or (bool(match["stop"]) and not small))


def _reads_as_numbering(every: Sequence[Heading], typed: Sequence[_Typed | None], first: int) -> bool:
    last: Number = ()
    parents: dict[int, Number] = {}
    for heading, each in zip(every, typed, strict=True):
        parents = {level: number for level, number in parents.items() if level < heading.level}
        if each is None:
            continue
        parent = parents.get(heading.level - 1)
        fits = len(each.number) == heading.level and (parent is None or each.number[:-1] == parent)
        if not fits or each.number <= last:
            return False
        parents[heading.level] = last = each.number
    found = [each for each in typed if each]
    return found[0].number[0] == first and (len(found) > 1 or found[0].sure)


def _derived(every: Sequence[Heading]) -> list[Number]:
    """Return the number that Word gives each heading."""
    counters: list[int] = []
    result = []
    for heading in every:
        counters = (counters + [0] * heading.level)[: heading.level]
        counters[-1] += 1
        result.append(tuple(counters))
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
