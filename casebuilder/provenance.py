"""Which cells the values of a paper came from, block by block (pure)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from casebuilder.paper import (
    Block,
    Cell,
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
    """A value that a paper shows, and the cells it stands on."""

    text: str
    sources: tuple[Place, ...]


Provenance = Mapping[str, tuple[Told, ...]]
"""The values of each block by its key; those that the template prints are under the empty key."""


def provenance_of(paper: Paper) -> Provenance:
    """Return the values of every block of a paper with their cells."""
    found: dict[str, tuple[Told, ...]] = {"": tuple(_of_frame(tuple(paper.frame.values())))}
    for block in _keyed((*paper.summary, *paper.body, *paper.sources)):
        found[block.key] = tuple(_of_block(block))
    return found


def cells_behind(provenance: Provenance, key: str, text: str) -> tuple[Place, ...]:
    """Return the cells that words of a block came from: of the values among the words, else of them all."""
    told = provenance.get(key) or provenance.get(key.removesuffix("c")) or provenance.get("", ())
    words = text.strip().casefold()
    close = [each for each in told if words and _share(words, each.text.casefold())]
    if not close and not provenance.get(key):
        return ()
    return tuple(dict.fromkeys(place for each in close or told for place in each.sources))


def _share(words: str, value: str) -> bool:
    """Tell whether one text stands in the other."""
    return bool(value) and (words in value or value in words)


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


def _of_block(block: Block) -> Iterator[Told]:
    match block:
        case Heading() | Paragraph():
            yield from _of_inlines(block.content)
        case Table():
            yield from _of_inlines(block.caption)
            for row in (*block.head, *block.body):
                yield from _of_cells(row)
        case Figure():
            yield from _of_inlines(block.caption)


def _of_cells(row: Sequence[Cell]) -> Iterator[Told]:
    for cell in row:
        for block in cell.content:
            yield from _of_block(block)


def _of_inlines(inlines: Sequence[Inline]) -> Iterator[Told]:
    for inline in inlines:
        match inline:
            case Text() if inline.sources:
                yield Told(inline.text, inline.sources)
            case Link() | Jump():
                yield from _of_inlines(inline.content)
            case Note():
                for block in inline.content:
                    yield from _of_block(block)
