"""What a text's blocks are made into before they enter a paper (pure).

The top heading level becomes 1, a first part headed «Sammendrag» becomes the summary, typed heading
numbers go, and hard spaces come.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from casebuilder.blockwalk import headings, mapped_headings, mapped_lines
from casebuilder.paper import Block, Citation, Heading, Inline, Text
from casebuilder.problems import Place, Problem, msg, warning
from casebuilder.prose.inlines import plain
from casebuilder.prose.lookalikes import bold_only
from casebuilder.prose.numbering import title_and_number, without_typed_numbers
from casebuilder.prose.typography import hard_spaced

SUMMARY_HEADINGS = ("sammendrag", "samandrag")


@dataclass(frozen=True, slots=True)
class Prose:
    """A case's text: its summary, if it has one, and the rest."""

    summary: tuple[Block, ...] = ()
    body: tuple[Block, ...] = ()


def shaped(blocks: Sequence[Block], place: Place) -> tuple[Prose, tuple[Problem, ...]]:
    """Return a case's blocks as its Prose, with what had to be said about headings."""
    summary, body, number = _summary_apart(blocks)
    levelled, problems = _levelled(body, place)
    unnumbered, more = without_typed_numbers(levelled, place, first=number + 1)
    lookalikes = bold_only(unnumbered, place)
    return Prose(_set_in_type(summary), _set_in_type(unnumbered)), (*problems, *more, *lookalikes)


def _summary_apart(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], tuple[Block, ...], int]:
    """Take the part under a first heading «Sammendrag» out of the body; tell the number typed before it."""
    first = blocks[0] if blocks else None
    if not isinstance(first, Heading) or any(
        isinstance(each, Text) and each.origin for each in first.content
    ):
        return (), tuple(blocks), 0  # a value that happens to be the word heads an ordinary part
    title, number = title_and_number(first)
    if title.strip(" .:\xa0").casefold() not in SUMMARY_HEADINGS:
        return (), tuple(blocks), 0
    ends = (at for at, block in enumerate(blocks) if at and any(headings([block])))
    end = next(ends, len(blocks))
    return tuple(blocks[1:end]), tuple(blocks[end:]), number


def _levelled(blocks: Sequence[Block], place: Place) -> tuple[tuple[Block, ...], tuple[Problem, ...]]:
    """Let the topmost level be 1 and no heading skip a level (WCAG 1.3.1)."""
    top = min((heading.level for heading in headings(blocks)), default=1)
    above: list[int] = []
    problems = []

    def level(heading: Heading) -> Heading:
        above[:] = [*(each for each in above if each < heading.level), heading.level]
        if len(above) < heading.level - top + 1:
            told = msg("the heading skips a level; it is written as level {level}.", level=len(above))
            where = replace(place, heading=plain(heading.content))
            problems.append(warning("heading-level", where, told, msg("Use the next level down.")))
        return replace(heading, level=len(above))

    return mapped_headings(blocks, level), tuple(problems)


def _set_in_type(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks with hard spaces, and with no space before a citation's note."""
    return hard_spaced(mapped_lines(blocks, lambda line, _block: _notes_close_up(line)))


def _notes_close_up(line: Sequence[Inline]) -> tuple[Inline, ...]:
    """Take away the space that authors write before «[@kilde]»: a note mark follows its word closely."""
    if not any(isinstance(inline, Citation) for inline in line):
        return tuple(line)
    result: list[Inline] = []
    for inline in line:
        last = result[-1] if result else None
        if isinstance(inline, Citation) and isinstance(last, Text):
            result[-1:] = [replace(last, text=kept)] if (kept := last.text.rstrip(" \xa0")) else []
        result.append(inline)
    return tuple(result)
