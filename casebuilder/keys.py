"""A name for every block that stays the same while values change (pure).

It is made of the author's words and of expressions rather than their answers, so that a new figure
in a sheet leaves the key, and with it the hidden bookmark in Word, as it was.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from casebuilder.paper import (
    Block,
    Citation,
    Code,
    Figure,
    Image,
    Inline,
    Jump,
    Landscape,
    Link,
    ListBlock,
    Mention,
    Note,
    Paragraph,
    Quote,
    Table,
    Text,
)


def keyed(blocks: Sequence[Block], part: str) -> tuple[Block, ...]:
    """Return the blocks with their keys, unique within the paper if each part has its own letter."""
    return _keyed(blocks, part, Counter())


def keyed_by(names: Iterable[str], blocks: Iterable[Paragraph], part: str) -> tuple[Block, ...]:
    """Return the paragraphs with keys made of their names, one each, rather than of their words."""
    return tuple(
        replace(block, key=f"{part}{_digest(name)}") for name, block in zip(names, blocks, strict=True)
    )


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def _keyed(blocks: Sequence[Block], part: str, seen: Counter[str]) -> tuple[Block, ...]:
    return tuple(_with_key(block, part, seen) for block in blocks)


def _with_key(block: Block, part: str, seen: Counter[str]) -> Block:
    digest = _digest(f"{type(block).__name__}:{_of_block(block)}")
    seen[digest] += 1
    key = f"{part}{digest}" if seen[digest] == 1 else f"{part}{digest}_{seen[digest]}"
    if isinstance(block, ListBlock):
        return replace(block, key=key, items=tuple(_keyed(item, part, seen) for item in block.items))
    if isinstance(block, Quote | Landscape):
        return replace(block, key=key, content=_keyed(block.content, part, seen))
    return replace(block, key=key)


def _of_block(block: Block) -> str:
    match block:
        case ListBlock():
            return "|".join(_of_blocks(item) for item in block.items)
        case Quote() | Landscape():
            return _of_blocks(block.content)
        case Table():
            rows = (*block.head, *block.body)
            cells = "|".join(_of_blocks(cell.content) for row in rows for cell in row)
            return _of_inlines(block.caption) or cells
        case Figure():
            return f"{block.image.file}{_of_inlines(block.caption)}"
        case Code():
            return block.text
        case _:
            return _of_inlines(block.content)


def _of_blocks(blocks: Iterable[Block]) -> str:
    return "\n".join(_of_block(block) for block in blocks)


def _of_inlines(inlines: Iterable[Inline]) -> str:
    return "".join(_of_inline(inline) for inline in inlines)


def _of_inline(inline: Inline) -> str:
    match inline:
        case Text(origin="", text=text):
            return text.replace("\xa0", " ")  # which space it is may depend on the value beside it
        case Text() | Mention():
            return "{{" + inline.origin + "}}"
        case Link() | Jump():
            return _of_inlines(inline.content)
        case Note():
            return _of_blocks(inline.content)
        case Citation():
            return f"[@{inline.source_id}]"
        case _:
            return inline.file if isinstance(inline, Image) else " "
