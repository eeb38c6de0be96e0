"""A case paper as a value: what prose and registers become before any of it is Word.

Imports nothing of ours but the Place, so that every other room can meet here. Sizes are in EMU
(914,400 an inch), as in DrawingML. `key` names a block the same way in every build from the same
source, whatever its values are; `sources` are the cells that a text came from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from casebuilder.problems import Place


@dataclass(frozen=True, slots=True)
class Format:
    """Character formatting; `language` is a BCP 47 tag where it differs from the paper's.

    `exempt` is text that is not for the public (offentleglova); the public version has none of it.
    """

    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    superscript: bool = False
    subscript: bool = False
    small_caps: bool = False
    code: bool = False
    language: str = ""
    exempt: bool = False


PLAIN = Format()


@dataclass(frozen=True, slots=True)
class Text:
    """A run of text; `origin` is the expression it answers, if it is not the author's own words.

    `as_of` is the day that the expression asks about, where it asks about one.
    """

    text: str
    format: Format = PLAIN
    sources: tuple[Place, ...] = ()
    origin: str = ""
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A line break inside a paragraph."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link to an http, https or mailto address."""

    address: str
    content: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Jump:
    """A link to a heading of the same paper, by the heading's anchor."""

    anchor: str
    content: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote at its place in the text; `name` is what a NoteAgain refers back to."""

    content: tuple[Block, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class NoteAgain:
    """A live reference back to the number of an earlier note, with the author's words around it."""

    name: str
    prefix: str = ""
    suffix: str = ""
    exempt: bool = False


@dataclass(frozen=True, slots=True)
class Image:
    """A picture with its alternative text; `width` in EMU where the author gave one."""

    file: str
    data: bytes = field(repr=False)
    alt: str
    width: int | None = None
    exempt: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """A body is named here; compose makes it a full name with a note, or a short name."""

    body_id: str
    format: Format = PLAIN
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """A source is cited here; compose makes it a note, or a reference back to one.

    `prefix` and `suffix` are the author's words around it: «jf.», «s. 12».
    """

    source_id: str
    prefix: str
    suffix: str
    place: Place
    exempt: bool = False


Inline = Text | LineBreak | Link | Jump | Note | NoteAgain | Image | Mention | Citation


class Align(Enum):
    """How a table column is aligned."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


class NumberFormat(Enum):
    """How the items of an ordered list are numbered (ECMA-376 part 1, 17.18.59)."""

    DECIMAL = "decimal"
    LOWER_LETTER = "lowerLetter"
    UPPER_LETTER = "upperLetter"
    LOWER_ROMAN = "lowerRoman"
    UPPER_ROMAN = "upperRoman"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 9; Word numbers it. `anchor` is what a Jump refers to."""

    level: int
    content: tuple[Inline, ...]
    anchor: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text."""

    content: tuple[Inline, ...]
    key: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """A block quotation."""

    content: tuple[Block, ...]
    key: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """Preformatted text, lines separated by line feeds."""

    text: str
    key: str = ""
    exempt: bool = False


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list; `format` is None for bullets. Each item is a row of blocks."""

    items: tuple[tuple[Block, ...], ...]
    format: NumberFormat | None = None
    start: int = 1
    key: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell; it spans `rows` rows and `columns` columns."""

    content: tuple[Block, ...]
    rows: int = 1
    columns: int = 1
    align: Align | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A table column; `width` is its share of the text width, None where the content decides."""

    align: Align = Align.LEFT
    width: float | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `head` are the rows that repeat on each page."""

    columns: tuple[Column, ...]
    head: tuple[tuple[Cell, ...], ...]
    body: tuple[tuple[Cell, ...], ...]
    caption: tuple[Inline, ...] = ()
    key: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture of its own with a numbered caption."""

    image: Image
    caption: tuple[Inline, ...] = ()
    key: str = ""


@dataclass(frozen=True, slots=True)
class Landscape:
    """Blocks that stand on pages turned sideways."""

    content: tuple[Block, ...]
    key: str = ""


Block = Heading | Paragraph | Quote | Code | ListBlock | Table | Figure | Landscape


@dataclass(frozen=True, slots=True)
class Datum:
    """A value that the template prints, with the cells it came from; `exempt` as in Format."""

    text: str
    sources: tuple[Place, ...] = ()
    exempt: bool = False


@dataclass(frozen=True, slots=True)
class Properties:
    """The document's properties; `day` stands for created and modified (never the clock)."""

    title: str
    author: str
    subject: str
    language: str
    day: date


FrameValue = Datum | None | tuple["FrameValue", ...] | Mapping[str, "FrameValue"]


@dataclass(frozen=True)
class Paper:
    """A whole case paper: the values of its frame and the three parts written by casebuilder itself."""

    case_id: str
    properties: Properties
    words: Mapping[str, str]  # the fixed words in the paper's language
    frame: Mapping[str, FrameValue]
    summary: tuple[Block, ...] = ()
    body: tuple[Block, ...] = ()
    sources: tuple[Block, ...] = ()
