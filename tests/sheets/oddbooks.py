"""Odd workbooks with the sheet «kilder», from openpyxl, XlsxWriter and written by hand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date

import openpyxl
import xlsxwriter
from openpyxl.worksheet.worksheet import Worksheet

from tests.sheets.builders import BASE, NEEDED, by_openpyxl, lines

HEAD = ("Kilde-ID", "Type", "Tittel", "Utgitt", "Forfatter")
TABLE: list[tuple[object, ...]] = [
    HEAD,
    ("K1", "annet", "Første", date(2026, 2, 12), "Ola"),
    ("K2", "annet", "Andre", date(2026, 2, 13), "Kari"),
    ("K3", "annet", "Tredje", date(2026, 2, 14), "Per"),
]
REST = by_openpyxl({name: lines(name, [BASE[name]]) for name in NEEDED if name not in ("kilder", "vedtak")})
"""Every needed sheet but «kilder» and «vedtak»."""
DECISIONS = by_openpyxl({"vedtak": lines("vedtak", [])})

Edit = Callable[[Worksheet], object]


def saved(workbook: openpyxl.Workbook) -> bytes:
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def edited(*edits: Edit, table: Sequence[Sequence[object]] = TABLE, name: str = "kilder") -> bytes:
    """Return a workbook by openpyxl with the table, after the edits."""
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = name
    for values in table:
        sheet.append(list(values))
    for edit in edits:
        edit(sheet)
    return saved(workbook)


def book_of(sheet: Worksheet) -> openpyxl.Workbook:
    assert sheet.parent is not None
    return sheet.parent


def put(at: str, value: object, number_format: str = "") -> Edit:
    def edit(sheet: Worksheet) -> None:
        cell = sheet[at]
        cell.value = value
        if number_format:
            cell.number_format = number_format

    return edit


def merge(area: str) -> Edit:
    return lambda sheet: sheet.merge_cells(area)


def hide_rows(*numbers: int) -> Edit:
    def edit(sheet: Worksheet) -> None:
        for number in numbers:
            sheet.row_dimensions[number].hidden = True

    return edit


def hide_column(letter: str) -> Edit:
    return lambda sheet: setattr(sheet.column_dimensions[letter], "hidden", True)


def by_writer(fill: Callable[[xlsxwriter.Workbook, xlsxwriter.worksheet.Worksheet], object]) -> bytes:
    """Return a workbook by XlsxWriter with the table, after `fill`."""
    target = io.BytesIO()
    workbook = xlsxwriter.Workbook(target, {"in_memory": True, "default_date_format": "dd.mm.yyyy"})
    sheet = workbook.add_worksheet("kilder")
    for number, values in enumerate(TABLE):
        sheet.write_row(number, 0, values)
    fill(workbook, sheet)
    workbook.close()
    return target.getvalue()


# -- by hand: every part in the open ---------------------------------------------------------------

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
SERIAL = 46065  # 12 February 2026 in Excel's calendar


def text(at: str, value: str) -> str:
    return f'<c r="{at}" t="inlineStr"><is><t>{value}</t></is></c>'


def number(at: str, value: object, style: int = 0) -> str:
    return f'<c r="{at}" s="{style}"><v>{value}</v></c>'


HEAD_XML = (
    "<row r='1'>" + "".join(text(f"{at}1", name) for at, name in zip("ABCDE", HEAD, strict=True)) + "</row>"
)


def row_xml(title: str = "", day: str = "", attributes: str = "", author: str = "") -> str:
    """Return the row of K1, with these cells for its title and day."""
    return (
        f"<row r='2' {attributes}>{text('A2', 'K1')}{text('B2', 'annet')}{title or text('C2', 'Første')}"
        f"{day}{author}</row>"
    )


def styles(*formats: str) -> str:
    """Return a stylesheet with these number formats as the cell styles 1, 2, …, and nothing else."""
    own = "".join(f'<numFmt numFmtId="{at}" formatCode="{each}"/>' for at, each in enumerate(formats, 164))
    uses = "".join(f'<xf numFmtId="{at}" applyNumberFormat="1"/>' for at in range(164, 164 + len(formats)))
    return (
        f'<styleSheet xmlns="{MAIN}"><numFmts>{own}</numFmts>'
        f'<cellXfs><xf numFmtId="0"/>{uses}</cellXfs></styleSheet>'
    )


def by_xml(
    rows: str,
    *,
    strings: str = "",
    formats: Sequence[str] = (),
    before: str = "",
    after: str = "",
    target: str = "worksheets/sheet1.xml",
    setup: str = "",
    changed: Mapping[str, str | None] | None = None,
) -> bytes:
    """Return a workbook with the rows, and the XML that stands before and after them in the sheet."""
    override = '<Override PartName="/xl/{}" ContentType="' + _KIND + '.{}+xml"/>'
    relation = f'<Relationship Id="{{}}" Type="{REL}/{{}}" Target="{{}}"/>'
    parts: dict[str, str | None] = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/>'
            + override.format("workbook.xml", "sheet.main")
            + override.format("worksheets/sheet1.xml", "worksheet")
            + override.format("styles.xml", "styles")
            + (override.format("sharedStrings.xml", "sharedStrings") if strings else "")
            + "</Types>"
        ),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{REL}">{setup}'
            '<sheets><sheet name="kilder" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            + relation.format("rId1", "worksheet", target)
            + relation.format("rId2", "styles", "styles.xml")
            + "</Relationships>"
        ),
        "xl/styles.xml": styles(*formats),
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>' if strings else None,
        "xl/worksheets/sheet1.xml": (
            f'<worksheet xmlns="{MAIN}">{before}<sheetData>{HEAD_XML}{rows}</sheetData>{after}</worksheet>'
        ),
        **(changed or {}),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            if content is not None:
                package.writestr(name, content)
    return buffer.getvalue()
