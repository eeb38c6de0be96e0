"""What a text's blocks are made into before they enter a paper (pure).

The top heading level becomes 1, a first part headed «Sammendrag» becomes the summary, typed heading
numbers go, and hard spaces come.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from casebuilder.blockwalk import mapped_inlines, mapped_lines
from casebuilder.paper import Block, Citation, Heading, Inline, Text
from casebuilder.problems import Place, Problem, msg, warning
from casebuilder.prose.inlines import plain
from casebuilder.prose.numbering import without_typed_numbers
from casebuilder.prose.typography import with_hard_spaces

SUMMARY_HEADINGS = ("sammendrag", "samandrag")


@dataclass(frozen=True, slots=True)
class Prose:
    """A case's text: its summary, if it has one, and the rest."""

    summary: tuple[Block, ...] = ()
    body: tuple[Block, ...] = ()


def shaped(blocks: Sequence[Block], place: Place) -> tuple[Prose, tuple[Problem, ...]]:
    """Return a case's blocks as its Prose, with what had to be said about headings."""
    levelled, problems = _levelled(blocks, place)
    unnumbered, more = without_typed_numbers(levelled, place)
    summary, body = _summary_apart(unnumbered)
    again, _ = _levelled(body, place)
    return Prose(_set_in_type(summary), _set_in_type(again)), (*problems, *more)


def _levelled(blocks: Sequence[Block], place: Place) -> tuple[tuple[Block, ...], tuple[Problem, ...]]:
    """Let the topmost level be 1 and no heading skip a level (WCAG 1.3.1)."""
    top = min((block.level for block in blocks if isinstance(block, Heading)), default=1)
    result: list[Block] = []
    problems = []
    last = 0
    for block in blocks:
        if isinstance(block, Heading):
            level = min(block.level - top + 1, last + 1, 9)
            if level < block.level - top + 1:
                told = msg("the heading skips a level; it is written as level {level}.", level=level)
                where = replace(place, heading=plain(block.content))
                problems.append(warning("heading-level", where, told, msg("Use the next level down.")))
            result.append(replace(block, level=level))
            last = level
        else:
            result.append(block)
    return tuple(result), tuple(problems)


def _summary_apart(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """Take the part under a first heading «Sammendrag» out of the body."""
    first = blocks[0] if blocks else None
    if not isinstance(first, Heading) or plain(first.content).strip().casefold() not in SUMMARY_HEADINGS:
        return (), tuple(blocks)
    ends = (at for at, block in enumerate(blocks) if at and isinstance(block, Heading))
    end = next(ends, len(blocks))
    return tuple(blocks[1:end]), tuple(blocks[end:])


def _set_in_type(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks with hard spaces, and with no space before a citation's note."""
    return hard_spaced(mapped_lines(blocks, _notes_close_up))


def _notes_close_up(line: Sequence[Inline]) -> tuple[Inline, ...]:
    """Take away the space that authors write before «[@kilde]»: a note mark follows its word closely."""
    followers = (*line[1:], None)[: len(line)]
    return tuple(
        replace(inline, text=inline.text.rstrip(" "))
        if isinstance(inline, Text) and isinstance(follower, Citation)
        else inline
        for inline, follower in zip(line, followers, strict=True)
    )


def hard_spaced(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks with non-breaking spaces in all their words, code excepted."""
    return mapped_inlines(blocks, _hard)


def _hard(inline: Inline) -> tuple[Inline, ...]:
    if isinstance(inline, Text) and not inline.format.code:
        return (replace(inline, text=with_hard_spaces(inline.text)),)
    return (inline,)
