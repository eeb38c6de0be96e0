"""Excel bytes → raw sheets whose every cell knows its address. The only module that uses openpyxl.

openpyxl reads the package, the list of sheets and the styles. The cells are read by `sheet_xml`: openpyxl
cannot tell a formula that gave an empty text from one that was never computed, takes «x005F_» out of texts,
and stops at features that casebuilder has no use for.
"""

from __future__ import annotations

import io
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import PurePosixPath

from openpyxl.packaging.relationship import get_dependents, get_rels_path
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils.datetime import from_excel, from_ISO8601
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.xml.constants import SHARED_STRINGS
from openpyxl.xml.functions import fromstring

from casebuilder.problems import Message, Place, Problem, msg
from casebuilder.sheets.raw import BY_OTHER_PROGRAMS, FORMULA_WITHOUT_VALUE, Percent, RawRow, RawSheet
from casebuilder.sheets.sheet_xml import (
    Layout,
    RawCell,
    TooLarge,
    XmlNotReadable,
    cell_rows,
    shared_strings,
)

_OLE_SIGNATURE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument"
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_ZEROS = re.compile(r"0{2,}")
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
    OSError,
    struct.error,
    zlib.error,
    RuntimeError,  # an encrypted zip entry; a compression that is not known
)
_SAVE_AS_XLSX = msg("Open it in Excel and save it as .xlsx.")


class _StrictFormat(Exception):
    """The workbook is of the format's strict kind, which openpyxl does not know."""


def read_workbook(file: str, data: bytes) -> tuple[tuple[RawSheet, ...], tuple[Problem, ...]]:
    """Read every worksheet of a workbook; a file that is no workbook is a Problem."""
    refused = _another_kind(file, data)
    if refused:
        return (), (_unreadable(file, *refused),)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl's notes on what it would lose on saving
            return tuple(_sheets(file, data)), ()
    except TooLarge:
        found = msg("the workbook is far too large; it may hold rows or columns by accident.")
        expected = msg("Copy what is needed into a new workbook.")
        return (), (_unreadable(file, found, expected),)
    except _StrictFormat:
        found = msg("the workbook is saved as «Strict Open XML Spreadsheet», which is not read.")
        return (), (_unreadable(file, found, _SAVE_AS_XLSX),)
    except _UNREADABLE:
        found = msg("the file cannot be read as an Excel workbook; it may be damaged.")
        return (), (_unreadable(file, found, _SAVE_AS_XLSX),)


def _another_kind(file: str, data: bytes) -> tuple[Message, Message] | None:
    """Return what to say of a file that is a workbook of a kind that is not read."""
    suffix = PurePosixPath(file).suffix.lower()
    if suffix in BY_OTHER_PROGRAMS:
        found = msg("a {suffix} file is not read.", suffix=suffix)
        expected = msg(
            "Open it in {program}, save or export it as an Excel workbook (.xlsx) and move this one away.",
            program=BY_OTHER_PROGRAMS[suffix],
        )
        return found, expected
    if data.startswith(_OLE_SIGNATURE) and _ENCRYPTED in data:
        return msg("the workbook is protected with a password."), msg(
            "Open it in Excel, take the password away (File, Info, Protect Workbook) and save it."
        )
    if data.startswith(_OLE_SIGNATURE):
        found = msg("the workbook is password-protected or of the old .xls kind.")
    elif _OPEN_DOCUMENT in data[:120]:
        found = msg("the file is an OpenDocument spreadsheet (.ods), whatever its name says.")
    elif not data:
        found = msg("the file is empty; it may not have been fetched from OneDrive yet.")
    else:
        return None
    return found, _SAVE_AS_XLSX


def _unreadable(file: str, found: Message, expected: Message) -> Problem:
    return Problem("workbook-unreadable", Place(file), found, expected)


def _sheets(file: str, data: bytes) -> Iterator[RawSheet]:
    reader = ExcelReader(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    if sum(part.file_size for part in reader.archive.infolist()) > _MOST_UNPACKED:
        raise TooLarge
    if "xl/workbook.xml" in reader.archive.namelist():
        with reader.archive.open("xl/workbook.xml") as part:
            if _STRICT in part.read(4096):
                raise _StrictFormat
    reader.read_manifest()
    reader.read_workbook()
    apply_stylesheet(reader.archive, reader.wb)
    values = _Values(reader, tuple(_strings(reader)))
    for sheet, relation in reader.parser.find_sheets():
        if relation.Type.endswith("/worksheet"):
            layout = Layout()
            with reader.archive.open(relation.target) as source:
                rows = tuple(_rows(cell_rows(source, layout), values))
            totals = _rows_of_totals(reader, relation.target)
            rows = tuple(row for row in rows if row.number not in totals)
            hidden = sheet.state != "visible"
            yield RawSheet(file, str(sheet.name), rows, layout, hidden, reader.wb.epoch)


def _rows_of_totals(reader: ExcelReader, part: str) -> set[int]:
    """Return the rows where Excel's tables in a sheet add themselves up; they are no data."""
    path = get_rels_path(part)  # type: ignore[no-untyped-call]
    if path not in reader.archive.namelist():
        return set()
    totals = set()
    for relation in get_dependents(reader.archive, path):
        if relation.Type.endswith("/table") and relation.target in reader.archive.namelist():
            table = fromstring(reader.archive.read(relation.target))
            bottom = re.search(r"[0-9]+$", table.get("ref", ""))
            if bottom and table.get("totalsRowCount", "0") != "0":
                totals.add(int(bottom.group()))
    return totals


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
        self._cell_styles = reader.wb._cell_styles  # type: ignore[attr-defined]  # noqa: SLF001
        self._own_formats = reader.wb._number_formats  # type: ignore[attr-defined]  # noqa: SLF001
        self._formats: dict[int, str] = {}

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
            return self._shown(number, cell.style)  # Excel shows «####» for a date before its first day
        try:
            return from_excel(number, self._epoch, timedelta=cell.style in self._spans)
        except (OverflowError, ValueError):
            return number  # and for one after its last

    def _shown(self, number: float, style: int) -> object:
        """Return a number as its format means it: a percentage, or a text with its leading zeros."""
        if style not in self._formats:
            self._formats[style] = _QUOTED.sub("", self._format(style))
        shown = self._formats[style]
        if "%" in shown:
            return Percent(number)
        if _ZEROS.fullmatch(shown) and number >= 0 and float(number).is_integer():
            return f"{int(number):0{len(shown)}d}"
        return number

    def _format(self, style: int) -> str:
        number_format = self._cell_styles[style].numFmtId if style < len(self._cell_styles) else 0
        own = number_format - BUILTIN_FORMATS_MAX_SIZE
        if 0 <= own < len(self._own_formats):
            return str(self._own_formats[own])
        return BUILTIN_FORMATS.get(number_format, "General")
