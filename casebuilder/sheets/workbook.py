"""Excel bytes → raw sheets whose every cell knows its address. The only module that uses openpyxl.

openpyxl reads the package, the list of sheets and the styles. The cells are read by `sheet_xml`: openpyxl
cannot tell a formula that gave an empty text from one that was never computed, takes «x005F_» out of texts,
and stops at features that casebuilder has no use for.
"""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import from_excel, from_ISO8601
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.xml.constants import SHARED_STRINGS

from casebuilder.problems import Place, Problem, msg
from casebuilder.sheets.sheet_xml import RawCell, XmlNotReadable, cell_rows, shared_strings

FORMULA_WITHOUT_VALUE = object()
"""Stands in a raw cell whose formula no program has computed yet."""

_OLE_SIGNATURE = b"\xd0\xcf\x11\xe0"
_MOST_UNPACKED = 2**30  # bytes; a million rows of formatted cells take less
_UNREADABLE = (
    XmlNotReadable,
    zipfile.BadZipFile,
    InvalidFileException,
    SyntaxError,  # what every XML parser's error is derived from
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    OverflowError,
    EOFError,
    struct.error,
    zlib.error,
    RuntimeError,  # an encrypted zip entry; a compression that is not known
)


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row as it stands: its number from 1 and the values of its cells from column A on."""

    number: int
    values: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A sheet as it stands, with the name of the workbook file it came from."""

    file: str
    name: str
    rows: tuple[RawRow, ...]

    def place(self, row: int, column: int) -> Place:
        """Return the Place of the cell in `row` (from 1) and `column` (from 0)."""
        return Place(self.file, self.name, f"{get_column_letter(column + 1)}{row}")


def read_workbook(file: str, data: bytes) -> tuple[tuple[RawSheet, ...], tuple[Problem, ...]]:
    """Read every worksheet of a workbook; a file that is no workbook is a Problem."""
    if data.startswith(_OLE_SIGNATURE):
        return (), (_unreadable(file, encrypted=True),)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl's notes on what it would lose on saving
            return tuple(_sheets(file, data)), ()
    except _UNREADABLE:
        return (), (_unreadable(file, encrypted=False),)


def _unreadable(file: str, *, encrypted: bool) -> Problem:
    if encrypted:
        found = msg("the workbook is password-protected or of the old .xls kind.")
    else:
        found = msg("the file cannot be read as an Excel workbook; it may be damaged.")
    return Problem("workbook-unreadable", Place(file), found, msg("Open it in Excel and save it as .xlsx."))


def _sheets(file: str, data: bytes) -> Iterator[RawSheet]:
    reader = ExcelReader(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    if sum(part.file_size for part in reader.archive.infolist()) > _MOST_UNPACKED:
        raise XmlNotReadable
    reader.read_manifest()
    reader.read_workbook()
    apply_stylesheet(reader.archive, reader.wb)
    values = _Values(reader, tuple(_strings(reader)))
    for sheet, relation in reader.parser.find_sheets():
        if relation.Type.endswith("/worksheet"):
            with reader.archive.open(relation.target) as source:
                rows = tuple(_rows(cell_rows(source), values))
            yield RawSheet(file, str(sheet.name), rows)


def _strings(reader: ExcelReader) -> Iterator[str]:
    part = reader.package.find(SHARED_STRINGS)  # type: ignore[no-untyped-call]
    if part is not None:
        with reader.archive.open(part.PartName.removeprefix("/")) as source:
            yield from shared_strings(source)


def _rows(rows: Iterator[tuple[int, dict[int, RawCell]]], values: _Values) -> Iterator[RawRow]:
    for number, cells in rows:
        row = {at: value for at, cell in cells.items() if (value := values.of(cell)) is not None}
        if row:
            yield RawRow(number, tuple(row.get(at) for at in range(max(row) + 1)))


class _Values:
    """What the cells of one workbook hold, by its strings, date formats and calendar."""

    def __init__(self, reader: ExcelReader, strings: tuple[str, ...]) -> None:
        self._strings = strings
        self._epoch: datetime = reader.wb.epoch
        self._dates: set[int] = reader.wb._date_formats  # type: ignore[attr-defined]  # noqa: SLF001
        self._spans: set[int] = reader.wb._timedelta_formats  # type: ignore[attr-defined]  # noqa: SLF001

    def of(self, cell: RawCell) -> object:
        """Return a cell's value: a text, number, truth value, date, time or None (ECMA-376, 18.18.11)."""
        if cell.type == "inlineStr":
            return cell.text or None
        if not cell.text:
            return FORMULA_WITHOUT_VALUE if cell.has_formula and cell.type != "str" else None
        match cell.type:
            case "s":
                value: object = self._strings[int(cell.text)] or None
            case "b":
                value = cell.text.strip() in ("1", "true")
            case "d":
                value = from_ISO8601(cell.text)  # type: ignore[no-untyped-call]
            case "n":
                value = self._number(cell)
            case _:
                value = cell.text
        return value

    def _number(self, cell: RawCell) -> object:
        text = cell.text.strip()
        number = int(text) if text.isdigit() else float(text)
        if cell.style not in self._dates or number < 0:
            return number  # Excel shows «####» for a date before its first day
        try:
            return from_excel(number, self._epoch, timedelta=cell.style in self._spans)
        except (OverflowError, ValueError):
            return number  # and for one after its last
