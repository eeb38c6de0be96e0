"""Workbooks for a new secretariat, made from the same declarations that reading uses.

Excel tables, drop-downs from the code lists, date formats, a frozen header, and a word of help that
shows when a cell is chosen. openpyxl writes; nothing here is read again by itself.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from casebuilder.sheets.codes import CODES
from casebuilder.sheets.columns import BY_NAME
from casebuilder.sheets.declarations import Column, Is, Kind, Sheet
from casebuilder.sheets.notes import NOTES

Rows = Sequence[Mapping[str, object]]

HELP_SHEET = "lesmeg"
_LAST_ROW = 2000  # how far down drop-downs and help reach
_WIDTHS = {Kind.LONG_TEXT: 48, Kind.DATE: 13, Kind.TIME: 10, Kind.INTEGER: 11, Kind.CODE: 19, Kind.URL: 32}
_FORMATS = {Kind.DATE: "dd.mm.yyyy", Kind.TIME: "hh:mm", Kind.INTEGER: "0"}
_HEAD = PatternFill("solid", fgColor="1F4E5F")
_MUST = PatternFill("solid", fgColor="123A48")


def starter_workbook(sheets: Sequence[str], rows: Mapping[str, Rows]) -> bytes:
    """Return a workbook with these sheets and what is known to stand in them, and a sheet of help."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for name in sheets:
        _fill(workbook.create_sheet(name), BY_NAME[name], rows.get(name, ()))
    _explain(workbook.create_sheet(HELP_SHEET), [BY_NAME[name] for name in sheets])
    workbook.properties.creator = "casebuilder"
    workbook.properties.created = workbook.properties.modified = datetime(2026, 1, 1)  # noqa: DTZ001 - no clock
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def _fill(worksheet: Worksheet, sheet: Sheet, rows: Rows) -> None:
    worksheet.append([column.header for column in sheet.columns])
    for row in rows:
        worksheet.append([row.get(column.field) for column in sheet.columns])
    last = max(len(rows), 1) + 1
    for index, column in enumerate(sheet.columns, start=1):
        _design(worksheet, index, column, last)
        area = f"{get_column_letter(index)}2:{get_column_letter(index)}{_LAST_ROW}"
        worksheet.add_data_validation(_guide(sheet, column, area))
    area = f"A1:{get_column_letter(len(sheet.columns))}{last}"
    table = Table(displayName=f"tabell_{_ascii(sheet.name)}", ref=area)
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
    worksheet.add_table(table)
    worksheet.freeze_panes = "B2"
    worksheet.row_dimensions[1].height = 32


def _design(worksheet: Worksheet, index: int, column: Column, last: int) -> None:
    letter = get_column_letter(index)
    header = worksheet.cell(1, index)
    header.font = Font(name="Calibri", size=11, bold=True, color="FFFFFF")
    header.fill = _MUST if column.required else _HEAD
    header.alignment = Alignment(wrap_text=True, vertical="center")
    number_format = _FORMATS.get(column.kind, "@")
    dimension = worksheet.column_dimensions[letter]
    dimension.width = _WIDTHS.get(column.kind, 24)
    dimension.number_format = number_format
    for row in range(2, last + 1):
        cell = worksheet.cell(row, index)
        cell.number_format = number_format
        cell.alignment = Alignment(wrap_text=column.kind is Kind.LONG_TEXT, vertical="top")


def _guide(sheet: Sheet, column: Column, area: str) -> DataValidation:
    """Return the drop-down of a coded column, and for every column its help when a cell is chosen."""
    codes = CODES.get(column.codes, ())
    guide = DataValidation(
        type="list" if codes else None,
        formula1=f'"{",".join(codes)}"' if codes else None,
        allow_blank=True,
        showErrorMessage=bool(codes),
        showInputMessage=True,
    )
    guide.promptTitle = column.header[:32]
    guide.prompt = help_text(sheet, column)[:255]
    if codes:
        guide.errorTitle, guide.error = "Velg fra listen", f"Velg en av verdiene: {', '.join(codes)}."[:225]
    guide.add(area)
    return guide


def help_text(sheet: Sheet, column: Column) -> str:
    """Return what a clerk should know of a column, as its declaration and the notes say it."""
    said = [_demand(sheet, column), _kind(column)]
    if column.default:
        said.append(f"Tom celle betyr «{column.default}».")
    said.append(NOTES.get(f"{sheet.name}.{column.field}") or NOTES.get(column.field, ""))
    return " ".join(part for part in said if part)


def _demand(sheet: Sheet, column: Column) -> str:
    if column.required:
        return "Må fylles ut."
    if column.required_when is None:
        return "Valgfri."
    other = sheet.column(column.required_when.field).header
    if isinstance(column.required_when, Is):
        return f"Må fylles ut når «{other}» er {' eller '.join(column.required_when.codes)}."
    return f"Må fylles ut når «{other}» er fylt ut."


def _kind(column: Column) -> str:
    several = column.kind is Kind.REFERENCES
    if column.refers_to:
        return f"ID fra arket {column.refers_to}" + ("; flere skilles med semikolon." if several else ".")
    kinds = {
        Kind.DATE: "Dato, som 31.12.2026.",
        Kind.TIME: "Klokkeslett, som 12.00.",
        Kind.INTEGER: "Et helt tall.",
        Kind.URL: "En adresse som begynner med https://.",
        Kind.LONG_TEXT: "Flere linjer går an (Alt+Enter).",
        Kind.CODE: f"Velg: {', '.join(CODES.get(column.codes, ()))}.",
        Kind.FORMULA: "Bare til visning; skrives aldri i et papir.",
    }
    return kinds.get(column.kind, "")


def _explain(worksheet: Worksheet, sheets: Sequence[Sheet]) -> None:
    worksheet.append(["Ark", "Kolonne", "Forklaring"])
    for sheet in sheets:
        for column in sheet.columns:
            worksheet.append([sheet.name, column.header, help_text(sheet, column)])
    for letter, width in (("A", 16), ("B", 28), ("C", 100)):
        worksheet.column_dimensions[letter].width = width
    for cells in worksheet.iter_rows():
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for cell in worksheet[1]:
        cell.font = Font(name="Calibri", size=11, bold=True)
    worksheet.freeze_panes = "A2"


def _ascii(name: str) -> str:
    return name.replace("ø", "o").replace("æ", "ae").replace("å", "a")
