"""The XML of a worksheet and of the shared strings → raw cells (ECMA-376 part 1, 18.3.1 and 18.4).

Read with expat, cell by cell, so that a million empty formatted cells cost neither memory nor minutes. A
document type, the only way to an entity of one's own, is refused: no workbook has one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import reduce
from typing import IO
from xml.parsers import expat

_CHUNK = 2**16
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LETTERS = re.compile(r"[A-Z]{1,3}(?=[0-9])")
_MERGE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7}):\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_YES = ("1", "true")
_MOST_SLOTS = 2_000_000  # 50,000 rows of 40 columns
_MOST_STRINGS = 3_000_000


class XmlNotReadable(Exception):
    """A part of the workbook is not what it should be."""


class TooLarge(Exception):
    """The workbook holds more than a computer should be asked to keep."""


@dataclass(frozen=True, slots=True)
class Area:
    """Cells that are merged: rows from 1, columns from 0, the last ones included."""

    top: int
    left: int
    bottom: int
    right: int

    def hides(self, row: int, column: int) -> bool:
        """Tell whether a cell is in the area without being its first."""
        inside = self.top <= row <= self.bottom and self.left <= column <= self.right
        return inside and (row, column) != (self.top, self.left)


@dataclass(slots=True)
class Layout:
    """What of a sheet the eye does not see as it stands: hidden rows and columns, merged cells."""

    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merged: list[Area] = field(default_factory=list)


@dataclass(slots=True)
class RawCell:
    """A cell as it is stored: its type (18.18.11), style, text, and whether a formula stands in it."""

    type: str
    style: int
    text: str = ""
    has_formula: bool = False


def cell_rows(source: IO[bytes], layout: Layout) -> Iterator[tuple[int, dict[int, RawCell]]]:
    """Yield each row's number and its cells, by their column from 0, that hold anything.

    The layout is filled in meanwhile; it is whole when the rows are.
    """
    sheet = _SheetXml(layout)
    slots = 0
    for _ in _fed(source, sheet):
        slots += sum(max(cells) + 1 for _number, cells in sheet.rows)
        if slots > _MOST_SLOTS:
            raise TooLarge
        yield from sheet.rows
        sheet.rows.clear()


def shared_strings(source: IO[bytes]) -> Iterator[str]:
    """Yield the workbook's strings in their order."""
    strings = _StringsXml()
    count = 0
    for _ in _fed(source, strings):
        count += len(strings.strings)
        if count > _MOST_STRINGS:
            raise TooLarge
        yield from strings.strings
        strings.strings.clear()


def _fed(source: IO[bytes], reader: _Xml) -> Iterator[None]:
    """Feed a reader chunk by chunk; it has read something new at every step."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.characters
    parser.StartDoctypeDeclHandler = _refuse_document_type
    try:
        while chunk := source.read(_CHUNK):
            parser.Parse(chunk, False)  # noqa: FBT003 - expat takes it by position only
            yield
        parser.Parse(b"", True)  # noqa: FBT003
    except expat.ExpatError as fault:
        raise XmlNotReadable from fault
    yield


def _refuse_document_type(*_declaration: object) -> None:
    raise XmlNotReadable


def _unescaped(text: str) -> str:
    """Undo Excel's escapes of characters that XML cannot hold (ECMA-376 part 1, 22.9.2.19)."""
    return _ESCAPED.sub(lambda match: chr(int(match.group(1), 16)), text) if "_x" in text else text


class _Xml:
    """What both parts share: texts are gathered only where they are meant to be read."""

    def __init__(self) -> None:
        self.listening = False
        self.pieces: list[str] = []
        self.phonetic = False  # 18.4.6: how a Japanese text is pronounced, not what the cell says

    def characters(self, text: str) -> None:
        """Gather text."""
        if self.listening and not self.phonetic:
            self.pieces.append(text)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Meet a start tag."""

    def end(self, name: str) -> None:
        """Meet an end tag."""


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


class _StringsXml(_Xml):
    def __init__(self) -> None:
        super().__init__()
        self.strings: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002 - expat's signature
        match _local(name):
            case "si":
                self.pieces = []
            case "rPh":
                self.phonetic = True
            case "t":
                self.listening = True

    def end(self, name: str) -> None:
        match _local(name):
            case "si":
                self.strings.append(_unescaped("".join(self.pieces)))
            case "rPh":
                self.phonetic = False
            case "t":
                self.listening = False


def _column_number(letters: str) -> int:
    return reduce(lambda at, letter: 26 * at + ord(letter) - 64, letters, 0) - 1


class _SheetXml(_Xml):
    def __init__(self, layout: Layout) -> None:
        super().__init__()
        self._layout = layout
        self._is_hidden = False
        self.rows: list[tuple[int, dict[int, RawCell]]] = []
        self._number = 0
        self._column = -1
        self._cells: dict[int, RawCell] = {}
        self._cell: RawCell | None = None
        self._attributes: dict[str, str] | None = None
        self._columns: dict[str, int] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = _local(name)
        if local == "c":
            self._attributes = attributes
            self._cell = None
            self._column = self._at(attributes["r"]) if "r" in attributes else self._column + 1
        elif local == "row":
            self._number = int(attributes["r"]) if "r" in attributes else self._number + 1
            self._column = -1
            self._is_hidden = attributes.get("hidden") in _YES or attributes.get("ht") == "0"
        elif local in ("v", "t", "f", "is"):
            self._inside(local)
        elif local == "rPh":
            self.phonetic = True
        elif local == "col":
            self._hide_columns(attributes)
        elif local == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def _hide_columns(self, attributes: dict[str, str]) -> None:
        if attributes.get("hidden") in _YES or attributes.get("width") == "0":
            self._layout.hidden_columns.append((int(attributes["min"]) - 1, int(attributes["max"]) - 1))

    def _merge(self, area: str) -> None:
        match = _MERGE.fullmatch(area)
        if match:
            left, top, right, bottom = match.groups()
            columns = (_column_number(left), _column_number(right))
            self._layout.merged.append(Area(int(top), columns[0], int(bottom), columns[1]))

    def _inside(self, local: str) -> None:
        given = self._attributes
        if given is None:
            return
        if self._cell is None:
            self._cell = RawCell(given.get("t", "n"), int(given.get("s", "0")))
            self.pieces = []
        self._cell.has_formula = self._cell.has_formula or local == "f"
        self.listening = local in ("v", "t")

    def end(self, name: str) -> None:
        local = _local(name)
        if local == "c":
            if self._cell is not None:
                text = "".join(self.pieces)
                textual = self._cell.type in ("inlineStr", "str")
                self._cell.text = _unescaped(text) if textual else text
                self._cells[self._column] = self._cell
            self._attributes, self._cell = None, None
        elif local == "row":
            if self._cells:
                self.rows.append((self._number, self._cells))
                if self._is_hidden:
                    self._layout.hidden_rows.append(self._number)
            self._cells = {}
        elif local in ("v", "t"):
            self.listening = False
        elif local == "rPh":
            self.phonetic = False

    def _at(self, address: str) -> int:
        """Return the column (from 0) of an address such as «AB12»."""
        letters = _LETTERS.match(address)
        if letters is None:
            raise XmlNotReadable
        name = letters.group()
        if name not in self._columns:
            self._columns[name] = _column_number(name)
        return self._columns[name]
