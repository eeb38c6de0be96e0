"""Going through a paper's blocks in reading order and changing their inlines (pure).

What a change leaves alone is handed on itself and not made anew: most of a paper is, in most changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from operator import is_

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


def inlines(blocks: Sequence[Block]) -> Iterator[Inline]:
    """Yield every inline of the blocks in reading order, those of notes and links after what holds them."""
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                yield from _with_inner(block.content)
            case Quote() | Landscape():
                yield from inlines(block.content)
            case ListBlock():
                for item in block.items:
                    yield from inlines(item)
            case Table():
                yield from _with_inner(block.caption)
                for row in (*block.head, *block.body):
                    for cell in row:
                        yield from inlines(cell.content)
            case Figure():
                yield from _with_inner(block.caption)


def _with_inner(line: Sequence[Inline]) -> Iterator[Inline]:
    for inline in line:
        yield inline
        if isinstance(inline, Note):
            yield from inlines(inline.content)
        elif isinstance(inline, Link | Jump):
            yield from inline.content


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


def same(old: Sequence[object], new: Sequence[object]) -> bool:
    """Tell whether a change has left every part of a row as it was."""
    return len(old) == len(new) and all(map(is_, old, new))


def _mapped(block: Block, change: ChangeLine) -> Block:
    match block:
        case Heading() | Paragraph():
            line = change(block.content, block)
            return block if same(block.content, line) else replace(block, content=line)
        case Quote() | Landscape():
            blocks = mapped_lines(block.content, change)
            return block if same(block.content, blocks) else replace(block, content=blocks)
        case ListBlock():
            items = tuple(mapped_lines(item, change) for item in block.items)
            return block if all(map(same, block.items, items)) else replace(block, items=items)
        case Table():
            return _table(block, change)
        case Figure():
            line = change(block.caption, block)
            return block if same(block.caption, line) else replace(block, caption=line)
        case _:
            return block


def _table(table: Table, change: ChangeLine) -> Table:
    caption = change(table.caption, table)
    head, body = _rows(table.head, change), _rows(table.body, change)
    if same(table.caption, caption) and all(map(same, (*table.head, *table.body), (*head, *body))):
        return table
    return replace(table, caption=caption, head=head, body=body)


def _rows(rows: Sequence[Sequence[Cell]], change: ChangeLine) -> tuple[tuple[Cell, ...], ...]:
    return tuple(tuple(_cell(cell, change) for cell in row) for row in rows)


def _cell(cell: Cell, change: ChangeLine) -> Cell:
    content = mapped_lines(cell.content, change)
    return cell if same(cell.content, content) else replace(cell, content=content)


def _line(inlines: Sequence[Inline], change: Change) -> tuple[Inline, ...]:
    result: list[Inline] = []
    for inline in inlines:
        result += change(_inside(inline, change))
    return tuple(result)


def _inside(inline: Inline, change: Change) -> Inline:
    match inline:
        case Note():
            blocks = mapped_inlines(inline.content, change)
            return inline if same(inline.content, blocks) else replace(inline, content=blocks)
        case Link() | Jump():
            changed = (each for word in inline.content for each in change(word))
            words = tuple(each for each in changed if isinstance(each, Text))
            return inline if same(inline.content, words) else replace(inline, content=words)
        case _:
            return inline
