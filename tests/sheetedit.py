"""Changing the sample's workbooks in a test, as a clerk would in Excel: by sheet, row key and header."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

BOOKS = {
    "organer": "medlemmer", "organhistorikk": "medlemmer", "enheter": "medlemmer", "medlemmer": "medlemmer",
    "vedtak": "vedtak", "møter": "saker", "saker": "saker", "vedlegg": "saker", "kilder": "kilder",
}  # fmt: skip


def set_cell(folder: Path, sheet: str, key: str, header: str, value: Any) -> str:
    """Set one cell in the row whose first column is `key`; return its address, such as «F7»."""
    path = folder / "sources" / f"{BOOKS[sheet]}.xlsx"
    workbook = load_workbook(path)
    worksheet = workbook[sheet]
    column = _headers(worksheet).index(header) + 1
    row = next(each[0].row for each in worksheet.iter_rows(min_row=2) if each[0].value == key)
    cell = worksheet.cell(row, column)
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"  # also where the text begins with =
    workbook.save(path)
    return str(cell.coordinate)


def add_row(folder: Path, sheet: str, values: Mapping[str, Any]) -> None:
    """Add a row below the others; values are given by header."""
    path = folder / "sources" / f"{BOOKS[sheet]}.xlsx"
    workbook = load_workbook(path)
    worksheet = workbook[sheet]
    worksheet.append([values.get(header) for header in _headers(worksheet)])
    workbook.save(path)


def _headers(worksheet: Worksheet) -> list[str]:
    return [str(cell.value) for cell in worksheet[1]]


def empty_sheet(folder: Path, sheet: str) -> None:
    """Delete all rows of a sheet, the headers too."""
    path = folder / "sources" / f"{BOOKS[sheet]}.xlsx"
    workbook = load_workbook(path)
    workbook[sheet].delete_rows(1, workbook[sheet].max_row)
    workbook[sheet].tables.clear()
    workbook.save(path)
