"""Going through a paper's blocks in reading order and changing their inlines (pure)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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


def mapped_inlines(blocks: Sequence[Block], change: Change) -> tuple[Block, ...]:
    """Return the blocks with every inline changed, in the order in which they are read."""
    return tuple(_mapped(block, change) for block in blocks)


def _mapped(block: Block, change: Change) -> Block:
    match block:
        case Heading() | Paragraph():
            return replace(block, content=_line(block.content, change))
        case Quote() | Landscape():
            return replace(block, content=mapped_inlines(block.content, change))
        case ListBlock():
            return replace(block, items=tuple(mapped_inlines(item, change) for item in block.items))
        case Table():
            caption = _line(block.caption, change)
            return replace(
                block, caption=caption, head=_rows(block.head, change), body=_rows(block.body, change)
            )
        case Figure():
            return replace(block, caption=_line(block.caption, change))
        case _:
            return block


def _rows(rows: Sequence[Sequence[Cell]], change: Change) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        tuple(replace(cell, content=mapped_inlines(cell.content, change)) for cell in row) for row in rows
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
