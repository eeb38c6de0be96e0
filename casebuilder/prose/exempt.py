"""What is marked as exempt from the public: every word, note, picture and citation of it knows it (pure).

In Markdown a division or a stretch of words has the class «unntatt»; in a Word text the style
«Unntatt offentlighet» has been made into marks around the words (`word/source_exempt.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from casebuilder.blockwalk import inlines, mapped_inlines
from casebuilder.paper import (
    Block,
    Cell,
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
    NoteAgain,
    Quote,
    Table,
    Text,
)
from casebuilder.problems import Place, Problem, msg
from casebuilder.suggest import did_you_mean, nearest

CLASS = "unntatt"
"""The class of a division or span in Markdown."""
_UNREAD = re.compile(r"(?i)\{[^{}]*unntatt[^{}]*\}|:::+ *\{?\.?\w*|(?<!:):: *\{?\.?unntatt")


def unread_mark(text: str) -> str:
    """Return what looks like a mark of exempt text, or of a division, and was read as words; else nothing."""
    found = _UNREAD.search(text)
    return found.group() if found else ""


def mark_not_read(mark: str, place: Place) -> Problem:
    """Tell that a mark was read as words: what it was meant for would be open to all."""
    found = msg("«{mark}» was read as text, and marks nothing as exempt.", mark=mark)
    return Problem("exempt-mark", place, found, _WRITE_IT_SO)


def misspelt(classes: Iterable[str], locate: Callable[[str], Place]) -> Iterator[Problem]:
    """Yield a problem for each class that is nearly, but not, the one that marks exempt text."""
    for name in classes:
        if name != CLASS and nearest(name, (CLASS,)):
            found = msg("«{mark}» marks nothing as exempt.", mark=name)
            expected = did_you_mean(name, (CLASS,), _WRITE_IT_SO)
            yield Problem("exempt-mark", locate(name), found, expected)


_WRITE_IT_SO = msg(
    "Write [words]{{.unntatt}}, or a line with ::: unntatt before the paragraphs and one with ::: after them."
)


def exempt_blocks(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return blocks with everything in them exempt."""
    return tuple(_whole(block) for block in mapped_inlines(blocks, lambda inline: (_one(inline),)))


def exempt_inlines(line: Iterable[Inline]) -> tuple[Inline, ...]:
    """Return inlines that are exempt, with what stands in their notes and links."""
    return tuple(exempt_inline(inline) for inline in line)


def exempt_inline(inline: Inline) -> Inline:
    """Return an inline that is exempt, with what stands in it."""
    if isinstance(inline, Note):
        return replace(inline, content=exempt_blocks(inline.content))
    if isinstance(inline, Link | Jump):
        words = (_one(each) for each in inline.content)
        return replace(inline, content=tuple(each for each in words if isinstance(each, Text)))
    return _one(inline)


def is_exempt(inline: Inline) -> bool:
    """Tell whether an inline is exempt as a whole; a link or a note is if all its words are."""
    match inline:
        case Text() | Mention():
            return inline.format.exempt
        case Image() | Citation() | NoteAgain():
            return inline.exempt
        case Link() | Jump():
            return bool(inline.content) and all(map(is_exempt, inline.content))
        case Note():
            return has_exempt(inline.content, every=True)
        case _:
            return False


def has_exempt(blocks: Sequence[Block], *, every: bool = False) -> bool:
    """Tell whether anything in blocks is exempt, or everything that says something."""
    found = [each.exempt for each in _apart(blocks)]
    said = (
        each for each in inlines(blocks) if isinstance(each, Text | Mention | Image | Citation | NoteAgain)
    )
    found += map(is_exempt, said)
    return bool(found) and all(found) if every else any(found)


def _one(inline: Inline) -> Inline:
    if isinstance(inline, Text | Mention):
        return replace(inline, format=replace(inline.format, exempt=True))
    if isinstance(inline, Image | Citation | NoteAgain):
        return replace(inline, exempt=True)
    return inline


def _whole(block: Block) -> Block:
    """Make the pictures and preformatted lines of a block exempt, which are no inlines."""
    match block:
        case Code():
            return replace(block, exempt=True)
        case Figure():
            return replace(block, image=replace(block.image, exempt=True))
        case Quote() | Landscape():
            return replace(block, content=tuple(map(_whole, block.content)))
        case ListBlock():
            return replace(block, items=tuple(tuple(map(_whole, item)) for item in block.items))
        case Table():
            return replace(block, head=_rows(block.head), body=_rows(block.body))
        case _:
            return block


def _rows(rows: Sequence[Sequence[Cell]]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        tuple(replace(cell, content=tuple(map(_whole, cell.content))) for cell in row) for row in rows
    )


def _apart(blocks: Sequence[Block]) -> Iterator[Code | Image]:
    """Yield what blocks hold besides their inlines: preformatted lines, and pictures of their own."""
    for block in blocks:
        match block:
            case Code():
                yield block
            case Figure():
                yield block.image
            case Quote() | Landscape():
                yield from _apart(block.content)
            case ListBlock():
                yield from (each for item in block.items for each in _apart(item))
            case Table():
                cells = (cell for row in (*block.head, *block.body) for cell in row)
                yield from (each for cell in cells for each in _apart(cell.content))
            case _:
                pass
