"""Going through a paper's blocks in reading order and changing their inlines (pure)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from casebuilder.paper import (
    Block,
    Cell,
    Figure,
    Heading,
    Inline,
    Jump,
    Landscape,
    Link,
    ListBlock,
    Note,
    Paragraph,
    Quote,
    Table,
    Text,
)

Change = Callable[[Inline], tuple[Inline, ...]]
"""Gives what stands in an inline's place."""


ChangeLine = Callable[[Sequence[Inline], Block], tuple[Inline, ...]]
"""Gives what stands in place of all the inlines of a paragraph, heading or caption of a block."""


def mapped_inlines(blocks: Sequence[Block], change: Change) -> tuple[Block, ...]:
    """Return the blocks with every inline changed, in the order in which they are read."""
    return mapped_lines(blocks, lambda line, _block: _line(line, change))


def mapped_lines(blocks: Sequence[Block], change: ChangeLine) -> tuple[Block, ...]:
    """Return the blocks with every line of inlines changed, in the order in which they are read."""
    return tuple(_mapped(block, change) for block in blocks)


def headings(blocks: Sequence[Block]) -> Iterator[Heading]:
    """Yield the headings that divide the text, also those of pages turned sideways."""
    for block in blocks:
        if isinstance(block, Heading):
            yield block
        elif isinstance(block, Landscape):
            yield from headings(block.content)


def mapped_headings(blocks: Sequence[Block], change: Callable[[Heading], Heading]) -> tuple[Block, ...]:
    """Return the blocks with the headings that divide the text changed, in reading order."""
    result: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading):
            result.append(change(block))
        elif isinstance(block, Landscape):
            result.append(replace(block, content=mapped_headings(block.content, change)))
        else:
            result.append(block)
    return tuple(result)


def _mapped(block: Block, change: ChangeLine) -> Block:
    match block:
        case Heading() | Paragraph():
            return replace(block, content=change(block.content, block))
        case Quote() | Landscape():
            return replace(block, content=mapped_lines(block.content, change))
        case ListBlock():
            return replace(block, items=tuple(mapped_lines(item, change) for item in block.items))
        case Table():
            caption = change(block.caption, block)
            return replace(
                block, caption=caption, head=_rows(block.head, change), body=_rows(block.body, change)
            )
        case Figure():
            return replace(block, caption=change(block.caption, block))
        case _:
            return block


def _rows(rows: Sequence[Sequence[Cell]], change: ChangeLine) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        tuple(replace(cell, content=mapped_lines(cell.content, change)) for cell in row) for row in rows
    )


def _line(inlines: Sequence[Inline], change: Change) -> tuple[Inline, ...]:
    result: list[Inline] = []
    for inline in inlines:
        if isinstance(inline, Note):
            result += change(replace(inline, content=mapped_inlines(inline.content, change)))
        elif isinstance(inline, Link | Jump):
            changed = (each for word in inline.content for each in change(word))
            words = tuple(each for each in changed if isinstance(each, Text))
            result += change(replace(inline, content=words))
        else:
            result += change(inline)
    return tuple(result)
