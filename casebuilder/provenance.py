"""Which cells the values of a paper came from, block by block (pure)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from casebuilder.cells import in_order
from casebuilder.paper import (
    Block,
    Datum,
    Figure,
    FrameValue,
    Heading,
    Inline,
    Jump,
    Landscape,
    Link,
    ListBlock,
    Note,
    Paper,
    Paragraph,
    Quote,
    Table,
    Text,
)
from casebuilder.problems import Place


@dataclass(frozen=True, slots=True)
class Told:
    """Words of a paper in a row, and the cells they stand on; the author's own words stand on none.

    `as_of` is the day that the cells were asked about: the case's standdato, or one that the text names.
    """

    text: str
    sources: tuple[Place, ...] = ()
    as_of: date | None = None


Line = tuple[Told, ...]
"""The words of one paragraph, in order."""

Provenance = Mapping[str, tuple[Line, ...]]
"""The paragraphs of each block by its key, a note's after the one that refers to it; a caption has the
table's key and a «c». The values that the template prints are under the empty key, a line each."""


def provenance_of(paper: Paper) -> Provenance:
    """Return the words of every block of a paper with their cells."""
    told = partial(_told, paper.properties.day)
    frame = _of_frame(tuple(paper.frame.values()))
    found: dict[str, tuple[Line, ...]] = {"": tuple((told(each.text, each.sources),) for each in frame)}
    for block in _keyed((*paper.summary, *paper.body, *paper.sources)):
        if isinstance(block, Table | Figure):
            found[f"{block.key}c"] = _with_cells(_lines(block.caption), told)
        found[block.key] = _with_cells(_of_block(block), told)
    return found


def _with_cells(lines: Iterable[Sequence[Text]], told: Callable[..., Told]) -> tuple[Line, ...]:
    return tuple(tuple(told(each.text, each.sources, each.as_of) for each in line) for line in lines)


def _told(standdato: date, text: str, sources: tuple[Place, ...], asked: date | None = None) -> Told:
    ordered = in_order(sources) if len(sources) > 1 else sources
    return Told(text, ordered, asked or standdato) if sources else Told(text)


def cells_behind(provenance: Provenance, key: str, text: str) -> tuple[Place, ...]:
    """Return the cells that words of a block came from: of the values among the words, else of them all."""
    lines = provenance.get(key, ()) or provenance.get("", ())
    told = [each for line in lines for each in line if each.sources]
    words = text.strip().casefold()
    close = [each for each in told if words and _share(words, each.text.casefold())]
    if not close and not (key and provenance.get(key)):
        return ()
    return tuple(dict.fromkeys(place for each in close or told for place in each.sources))


def _share(words: str, value: str) -> bool:
    """Tell whether one text stands in the other, as whole words: «2» does not stand in «12»."""
    short, long = sorted((words, value), key=len)
    return bool(short) and re.search(rf"(?<!\w){re.escape(short)}(?!\w)", long) is not None


def _of_frame(values: Sequence[FrameValue]) -> Iterator[Datum]:
    for value in values:
        if isinstance(value, Datum):
            yield value
        elif isinstance(value, Mapping):
            yield from _of_frame(tuple(value.values()))
        elif value is not None:
            yield from _of_frame(value)


def _keyed(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield every block that has a key, those inside others among them."""
    for block in blocks:
        if block.key:
            yield block
        if isinstance(block, ListBlock):
            for item in block.items:
                yield from _keyed(item)
        elif isinstance(block, Quote | Landscape):
            yield from _keyed(block.content)


def _of_block(block: Block) -> Iterator[tuple[Text, ...]]:
    """Yield a block's paragraphs; those of a list or quote stand under keys of their own, but in a cell."""
    match block:
        case Heading() | Paragraph():
            yield from _lines(block.content)
        case Table():
            for row in (*block.head, *block.body):
                for cell in row:
                    yield from _inside(cell.content)


def _inside(blocks: Sequence[Block]) -> Iterator[tuple[Text, ...]]:
    """Yield the paragraphs of blocks in a cell or a note."""
    for block in blocks:
        if isinstance(block, ListBlock):
            for item in block.items:
                yield from _inside(item)
        elif isinstance(block, Quote | Landscape):
            yield from _inside(block.content)
        else:
            yield from _of_block(block)


def _lines(inlines: Sequence[Inline]) -> Iterator[tuple[Text, ...]]:
    """Yield the words of a paragraph, and then those of its notes."""
    yield tuple(_words(inlines))
    for inline in inlines:
        if isinstance(inline, Note):
            yield from _inside(inline.content)


def _words(inlines: Sequence[Inline]) -> Iterator[Text]:
    for inline in inlines:
        if isinstance(inline, Text):
            yield inline
        elif isinstance(inline, Link | Jump):
            yield from _words(inline.content)
