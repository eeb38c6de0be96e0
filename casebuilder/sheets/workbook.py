"""Excel bytes → raw sheets whose every cell knows its address. The only module that uses openpyxl."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook

from casebuilder.problems import Place, Problem, msg

FORMULA_WITHOUT_VALUE = object()
"""Stands in a raw cell whose formula no program has computed yet."""

_OLE_SIGNATURE = b"\xd0\xcf\x11\xe0"
_FORMULA_TAG = re.compile(rb"<(?:\w+:)?f[\s/>]")
_WORKSHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_UNREADABLE = (
    zipfile.BadZipFile,
    InvalidFileException,
    ParseError,
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    AttributeError,
    EOFError,
    zlib.error,
    NotImplementedError,
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
    values = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    formulas = _formulas(data)
    for sheet in values.worksheets:
        rows = tuple(_rows(sheet, formulas.get(sheet.title, frozenset())))
        yield RawSheet(file, sheet.title, rows)


def _rows(sheet: object, formulas: frozenset[tuple[int, int]]) -> Iterator[RawRow]:
    sheet.reset_dimensions()  # type: ignore[attr-defined]  # a file may state wrong dimensions
    for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):  # type: ignore[attr-defined]
        values = tuple(_value(value, (number, at) in formulas) for at, value in enumerate(cells))
        if any(value is not None for value in values):
            yield RawRow(number, values)


def _value(value: object, has_formula: bool) -> object:  # noqa: FBT001 - one private caller
    """Undo Excel's escapes of characters that XML cannot hold (ECMA-376 part 1, 22.9.2.19)."""
    if value is None and has_formula:
        return FORMULA_WITHOUT_VALUE
    if isinstance(value, str) and "_x" in value:
        return _ESCAPED.sub(lambda match: chr(int(match.group(1), 16)), value)
    return value


def _formulas(data: bytes) -> dict[str, frozenset[tuple[int, int]]]:
    """Return where each sheet has formulas; the second reading is spared when there are none."""
    if not _mentions_formulas(data):
        return {}
    workbook: Workbook = load_workbook(io.BytesIO(data), read_only=True)
    return {sheet.title: frozenset(_formula_cells(sheet)) for sheet in workbook.worksheets}


def _formula_cells(sheet: object) -> Iterator[tuple[int, int]]:
    sheet.reset_dimensions()  # type: ignore[attr-defined]  # as above
    for cells in sheet.iter_rows():  # type: ignore[attr-defined]
        for cell in cells:
            if cell.data_type == "f":
                yield cell.row, cell.column - 1


def _mentions_formulas(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = [name for name in package.namelist() if _WORKSHEET.fullmatch(name)]
        return any(_FORMULA_TAG.search(package.read(name)) for name in names)
