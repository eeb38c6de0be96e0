"""Which cells the values of a paper came from, block by block (pure)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

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
    """Words of a paper in a row, and the cells they stand on; the author's own words stand on none."""

    text: str
    sources: tuple[Place, ...] = ()


Line = tuple[Told, ...]
"""The words of one paragraph, in order."""

Provenance = Mapping[str, tuple[Line, ...]]
"""The paragraphs of each block by its key, a note's after the one that refers to it; a caption has the
table's key and a «c». The values that the template prints are under the empty key, a line each."""


def provenance_of(paper: Paper) -> Provenance:
    """Return the words of every block of a paper with their cells."""
    found: dict[str, tuple[Line, ...]] = {
        "": tuple((each,) for each in _of_frame(tuple(paper.frame.values())))
    }
    for block in _keyed((*paper.summary, *paper.body, *paper.sources)):
        if isinstance(block, Table | Figure):
            found[f"{block.key}c"] = tuple(_lines(block.caption))
        found[block.key] = tuple(_of_block(block))
    return found


def cells_behind(provenance: Provenance, key: str, text: str) -> tuple[Place, ...]:
    """Return the cells that words of a block came from: of the values among the words, else of them all."""
    lines = provenance.get(key, ()) or provenance.get("", ())
    told = [each for line in lines for each in line if each.sources]
    words = text.strip().casefold()
    close = [each for each in told if words and _share(words, each.text.casefold())]
    if not close and not (key and provenance.get(key)):
        return ()
    return tuple(dict.fromkeys(place for each in close or told for place in each.sources))


def to_json(provenance: Provenance) -> str:
    """Return the provenance of a paper as a text that can be kept; cells that many words share stand once."""
    cells: list[list[list[str]]] = []
    numbers: dict[tuple[Place, ...], int] = {}
    seen: dict[int, int] = {}  # by identity: the words of a table share one long tuple

    def number(sources: tuple[Place, ...]) -> int:
        if id(sources) not in seen:
            if sources not in numbers:
                numbers[sources] = len(cells)
                cells.append([[at.file, at.sheet, at.cell] for at in sources])
            seen[id(sources)] = numbers[sources]
        return seen[id(sources)]

    words = {
        key: [[[each.text, number(each.sources)] for each in line] for line in lines]
        for key, lines in provenance.items()
    }
    return json.dumps({"cells": cells, "words": words}, ensure_ascii=False, sort_keys=True)


def from_json(text: str) -> Provenance:
    """Return the provenance that was kept; raises ValueError if it is none."""
    try:
        kept = json.loads(text)
        cells = [
            tuple(Place(str(one), str(two), str(three)) for one, two, three in at) for at in kept["cells"]
        ]
        return {
            str(key): tuple(tuple(Told(str(said), cells[number]) for said, number in line) for line in lines)
            for key, lines in kept["words"].items()
        }
    except (AttributeError, IndexError, KeyError, TypeError) as fault:
        raise ValueError(text[:40]) from fault


def _share(words: str, value: str) -> bool:
    """Tell whether one text stands in the other, as whole words: «2» does not stand in «12»."""
    short, long = sorted((words, value), key=len)
    return bool(short) and re.search(rf"(?<!\w){re.escape(short)}(?!\w)", long) is not None


def _of_frame(values: Sequence[FrameValue]) -> Iterator[Told]:
    for value in values:
        if isinstance(value, Datum):
            yield Told(value.text, value.sources)
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


def _of_block(block: Block) -> Iterator[Line]:
    """Yield a block's paragraphs; those of a list or quote stand under keys of their own, but in a cell."""
    match block:
        case Heading() | Paragraph():
            yield from _lines(block.content)
        case Table():
            for row in (*block.head, *block.body):
                for cell in row:
                    yield from _inside(cell.content)


def _inside(blocks: Sequence[Block]) -> Iterator[Line]:
    """Yield the paragraphs of blocks in a cell or a note."""
    for block in blocks:
        if isinstance(block, ListBlock):
            for item in block.items:
                yield from _inside(item)
        elif isinstance(block, Quote | Landscape):
            yield from _inside(block.content)
        else:
            yield from _of_block(block)


def _lines(inlines: Sequence[Inline]) -> Iterator[Line]:
    """Yield the words of a paragraph, and then those of its notes."""
    yield tuple(_words(inlines))
    for inline in inlines:
        if isinstance(inline, Note):
            yield from _inside(inline.content)


def _words(inlines: Sequence[Inline]) -> Iterator[Told]:
    for inline in inlines:
        if isinstance(inline, Text):
            yield Told(inline.text, inline.sources)
        elif isinstance(inline, Link | Jump):
            yield from _words(inline.content)
