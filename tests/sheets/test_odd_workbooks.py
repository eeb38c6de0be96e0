"""Workbooks as people and programs leave them: what is odd → the data, or the message at its cell."""

# ruff: noqa: E501 - a workbook a line

from __future__ import annotations

import io
import subprocess
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import openpyxl.utils.datetime
import pytest
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.table import Table

from casebuilder.problems import Problem
from casebuilder.sheets import read_sheets
from casebuilder.workspace import Workspace
from tests.sheets.builders import by_openpyxl, by_xlsxwriter
from tests.sheets.oddbooks import (
    DECISIONS,
    HEAD,
    MAIN,
    REL,
    REST,
    SERIAL,
    TABLE,
    book_of,
    by_writer,
    by_xml,
    edited,
    hide_column,
    hide_rows,
    merge,
    number,
    put,
    row_xml,
    saved,
    text,
)
from tests.tools import tool

BOOK = "sources/kilder.xlsx"
ALL = ["K1 Første 12.02.2026", "K2 Andre 13.02.2026", "K3 Tredje 14.02.2026"]
ONE = ["K1 Første 12.02.2026"]
NO_DAY = ["K1 Første –"]


@dataclass(frozen=True)
class Odd:
    """What is odd, the workbook, each row as «id title day», and each message as «severity rule cell»."""

    what: str
    data: bytes
    rows: list[str]
    told: tuple[str, ...] = ()
    words: str = ""  # that the first message must hold among its values


def read(files: Mapping[str, bytes]) -> tuple[list[str], tuple[Problem, ...]]:
    tables, problems = read_sheets(
        {"sources/rest.xlsx": REST, "sources/vedtak.xlsx": DECISIONS, **files}.items()
    )

    def shown(value: object) -> str:
        return f"{value:%d.%m.%Y}" if isinstance(value, date) else str(value or "–")

    rows = [
        [shown(row.values[field]) for field in ("kilde_id", "tittel", "utgitt_dato")]
        for row in tables["kilder"]
    ]
    return [" ".join(row) for row in rows], problems


def told(problems: tuple[Problem, ...]) -> tuple[str, ...]:
    return tuple(f"{each.severity.value} {each.rule} {each.place.cell}".strip() for each in problems)


def check(odd: Odd) -> None:
    rows, problems = read({BOOK: odd.data})
    assert (rows, told(problems)) == (odd.rows, odd.told)
    assert not odd.words or odd.words in {str(value) for _name, value in problems[0].found.values}


def with_second_sheet(name: str, *values: object) -> bytes:
    return by_openpyxl({"kilder": TABLE, name: [values] if values else []})


def in_calendar_of_1904() -> bytes:
    workbook = openpyxl.Workbook()
    workbook.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    workbook.worksheets[0].title = "kilder"
    for values in TABLE:
        workbook.worksheets[0].append(list(values))
    return saved(workbook)


def table_with_rows(*rows: tuple[object, ...]) -> list[tuple[object, ...]]:
    return [*TABLE[:2], *rows, *TABLE[2:]]


def add_chart(workbook: xlsxwriter.Workbook, _sheet: object) -> None:
    chart = workbook.add_chart({"type": "bar"})
    chart.add_series({"values": "=kilder!$D$2:$D$4"})
    workbook.add_chartsheet("Diagram").set_chart(chart)


RICH = CellRichText("Før", TextBlock(InlineFont(b=True), "ste"))
FILTERED = "<autoFilter ref='A1:E2'/>"

BY_OPENPYXL = [
    Odd("nothing", edited(), ALL),
    Odd("headers in capitals and spaces", edited(put("A1", " KILDE-ID "), put("C1", "tittel\xa0")), ALL),
    Odd("a header over two lines", edited(put("E1", "\nForfatter\n")), ALL),
    Odd("columns in another order", edited(table=[row[::-1] for row in TABLE]), ALL),
    Odd("a column of one's own", edited(put("F1", "Eget"), put("F2", 1)), ALL, ("info column-unknown F1",), "Eget"),
    Odd("a note beside the table", edited(put("G3", "husk!")), ALL, ("info column-unknown G1",), "G"),
    Odd("spaces beside the table", edited(put("G3", "  ")), ALL),
    Odd("a header of one's own and nothing below", edited(put("F1", "Eget")), ALL, ("info column-unknown F1",)),
    Odd("a sheet of one's own", with_second_sheet("Utkast", "noe"), ALL, ("info sheet-unknown",), "Utkast"),
    Odd("an empty sheet of one's own", with_second_sheet("Ark2"), ALL),
    Odd("a sheet with code lists", with_second_sheet("kodelister", "ja"), ALL),
    Odd("a sheet with help", with_second_sheet("LESMEG", "hei"), ALL),
    Odd("the sheet's name in capitals", edited(name="KILDER"), ALL),
    Odd("the sheet's name with a space after", edited(name="kilder "), ALL),
    Odd("the calendar of 1904", in_calendar_of_1904(), ALL),
    Odd("trailing spaces", edited(put("C2", "Første  ")), ALL, ("info outer-spaces C2",)),
    Odd("non-breaking spaces", edited(put("C2", "\xa0Første\xa0")), ALL, ("info outer-spaces C2",)),
    Odd("blank rows in the middle", edited(table=table_with_rows((), (None, " "))), ALL),
    Odd("a blank row below the header", edited(table=[HEAD, (), *TABLE[1:]]), ALL),
    Odd("blank rows above the header", edited(table=[(), (), *TABLE]), ALL),
    Odd("a title above", edited(table=[("Kilder 2026",), *TABLE]), ALL, ("info header-lower 2:2",), "2"),
    Odd("a title and a blank row above", edited(table=[("Kilder",), (), *TABLE]), ALL, ("info header-lower 3:3",)),
    Odd("a merged title above", edited(merge("A1:E1"), table=[("K",), *TABLE]), ALL, ("info header-lower 2:2",)),
    Odd("groups of headers above", edited(table=[("ID", None, "Tittel"), *TABLE]), ALL, ("info header-lower 2:2",)),
    Odd("nine rows above", edited(table=[*[("Kilder",)] * 9, *TABLE]), ALL, ("info header-lower 10:10",)),
    Odd("cells merged downwards", edited(merge("D2:D3")), [ALL[0], "K2 Andre –", ALL[2]], ("error merged D3",), "D2:D3"),
    Odd("cells merged over three rows", edited(merge("E2:E4")), ALL, ("error merged E3", "error merged E4")),
    Odd("keys merged downwards", edited(merge("A2:A3")), [ALL[0], "– Andre 13.02.2026", ALL[2]], ("error merged A3",)),
    Odd("cells merged sideways", edited(merge("D3:E3")), ALL, ("error merged E3",)),
    Odd("cells merged out of the table", edited(merge("E3:F3")), ALL),
    Odd("cells merged below the table", edited(merge("A6:E8")), ALL),
    Odd("cells merged beside the table", edited(merge("H1:J4")), ALL),
    Odd("a hidden row", edited(hide_rows(3)), ALL, ("warning hidden 3:3",), "3"),
    Odd("hidden rows", edited(hide_rows(2, 4)), ALL, ("warning hidden 2:2",), "2, 4"),
    Odd("hidden rows in a row", edited(hide_rows(2, 3, 4)), ALL, ("warning hidden 2:2",), "2–4"),
    Odd("a hidden blank row", edited(hide_rows(9)), ALL),
    Odd("a hidden column", edited(hide_column("D")), ALL, ("warning hidden D1",), "Utgitt"),
    Odd("a hidden column of one's own", edited(hide_column("F")), ALL),
    Odd("a hidden sheet", edited(lambda s: book_of(s).create_sheet("Ark2"), lambda s: setattr(s, "sheet_state", "hidden")),
        ALL, ("warning hidden",)),
    Odd("a filter that shows all", edited(lambda s: setattr(s.auto_filter, "ref", "A1:E4")), ALL),
    Odd("a formula never computed", edited(put("C2", '="Før"&"ste"')), ["K1 – 12.02.2026", *ALL[1:]],
        ("error formula-without-value C2",)),
    Odd("a formula in a column of one's own", edited(put("F1", "Sum"), put("F2", "=1+1")), ALL,
        ("info column-unknown F1",)),
    Odd("#REF!", edited(put("C2", "#REF!")), ["K1 – 12.02.2026", *ALL[1:]], ("error cell-error C2",), "#REF!"),
    Odd("#N/A", edited(put("D2", "#N/A")), ["K1 Første –", *ALL[1:]], ("error cell-error D2",), "#N/A"),
    Odd("a percentage as a title", edited(put("C2", 0.3, "0%")), ["K1 – 12.02.2026", *ALL[1:]],
        ("error not-text C2",), "30 %"),
    Odd("a whole percentage", edited(put("C2", 1, "0.0%")), ["K1 – 12.02.2026", *ALL[1:]],
        ("error not-text C2",), "100 %"),
    Odd("a fraction as a title", edited(put("C2", 1.5)), ["K1 – 12.02.2026", *ALL[1:]], ("error not-text C2",)),
    Odd("a number as a title", edited(put("C2", 1984)), ["K1 1984 12.02.2026", *ALL[1:]]),
    Odd("a number with two decimals", edited(put("C2", 1984, "0.00")), ["K1 1984 12.02.2026", *ALL[1:]]),
    Odd("a number with leading zeros by format", edited(put("C2", 7, "000")), ["K1 007 12.02.2026", *ALL[1:]]),
    Odd("a date as a title", edited(put("C2", date(2026, 1, 2))), ["K1 – 12.02.2026", *ALL[1:]],
        ("error not-text C2",), "02.01.2026"),
    Odd("a tick as a title", edited(put("C2", value=True)), ["K1 – 12.02.2026", *ALL[1:]], ("error not-text C2",)),
    Odd("a serial date", edited(put("D2", SERIAL, "General")), ALL, ("info serial-date D2",), "12.02.2026"),
    Odd("a year as a date", edited(put("D2", 2026, "General")), ["K1 Første –", *ALL[1:]], ("error not-a-date D2",)),
    Odd("a text date", edited(put("D2", "12.2.2026")), ALL, ("info text-date D2",)),
    Odd("a text date in the order of ISO", edited(put("D2", "2026-02-12")), ALL, ("info text-date D2",)),
    Odd("a date with words", edited(put("D2", "i vår")), ["K1 Første –", *ALL[1:]], ("error not-a-date D2",)),
    Odd("a date with time of day", edited(put("D2", datetime(2026, 2, 12, 9, 30))), ALL,  # noqa: DTZ001
        ("info time-dropped D2",)),
    Odd("a time as a date", edited(put("D2", time(9, 30))), ["K1 Første –", *ALL[1:]], ("error not-a-date D2",)),
    Odd("a long Norwegian date format", edited(put("D2", date(2026, 2, 12), "[$-414]d\\.\\ mmmm\\ yyyy;@")), ALL),
    Odd("rich text", edited(put("C2", RICH)), ALL),
    Odd("a comment on a cell", edited(lambda s: setattr(s["C2"], "comment", Comment("hei", "Ola"))), ALL),
    Odd("a link on a cell", edited(lambda s: setattr(s["C2"], "hyperlink", "https://a.no/")), ALL),
    Odd("an Excel table", edited(lambda s: s.add_table(Table(displayName="Kilder", ref="A1:E4"))), ALL),
    Odd("a named range", edited(lambda s: book_of(s).defined_names.add(DefinedName("k", attr_text="kilder!$A$1"))), ALL),
    Odd("a frozen header", edited(lambda s: setattr(s, "freeze_panes", "B2")), ALL),
    Odd("a protected sheet", edited(lambda s: s.protection.enable()), ALL),
    Odd("a stray cell far away", edited(put("XFD4000", " ")), ALL),
    Odd("the header twice", edited(put("F1", "tittel")), ALL, ("error header-twice F1",)),
    Odd("a header misspelt", edited(put("E1", "Forfattar")), ALL, ("warning column-missing 1:1",), "Forfatter"),
    Odd("an id twice", edited(put("A3", "K1")), [ALL[0], ALL[2]], ("error not-unique A3",), "A2"),
    Odd("a code in capitals", edited(put("B2", "ANNET")), ALL),
]  # fmt: skip

BY_XLSXWRITER = [
    Odd("nothing", by_xlsxwriter({"kilder": TABLE}), ALL),
    Odd("a formula with its value", by_writer(lambda _b, s: s.write_formula("C2", "=1", None, "Første")), ALL),
    Odd("a formula never computed", by_writer(lambda _b, s: s.write_formula("D2", "=A1", None, "")),
        ["K1 Første –", *ALL[1:]], ("error formula-without-value D2",)),
    Odd("a formula that failed", by_writer(lambda _b, s: s.write_formula("C2", "=A0", None, "#REF!")),
        ["K1 – 12.02.2026", *ALL[1:]], ("error cell-error C2",)),
    Odd("an array formula", by_writer(lambda _b, s: s.write_array_formula("C2", "{=A1}", None, "Første")), ALL),
    Odd("rich text", by_writer(lambda b, s: s.write_rich_string("C2", "Før", b.add_format({"bold": True}), "ste")), ALL),
    Odd("merged cells", by_writer(lambda _b, s: s.merge_range("C2:C3", "Første")),
        [ALL[0], "K2 – 13.02.2026", ALL[2]], ("error merged C3",)),
    Odd("a filtered row", by_writer(lambda _b, s: (s.autofilter("A1:E4"), s.set_row(2, None, None, {"hidden": True}))),
        ALL, ("warning hidden 3:3",)),
    Odd("a hidden column", by_writer(lambda _b, s: s.set_column("C:C", 9, None, {"hidden": True})), ALL,
        ("warning hidden C1",)),
    Odd("collapsed rows", by_writer(lambda _b, s: s.set_row(1, None, None, {"level": 1, "hidden": True})), ALL,
        ("warning hidden 2:2",)),
    Odd("an Excel table", by_writer(lambda _b, s: s.add_table("A1:E4", {"columns": [{"header": h} for h in HEAD]})), ALL),
    Odd("an Excel table with totals", by_writer(lambda _b, s: s.add_table("A1:E5", {"total_row": True, "columns": [
        {"header": "Kilde-ID", "total_string": "Totalt"}, *({"header": h} for h in HEAD[1:])]})), ALL),
    Odd("blank formatted cells", by_writer(lambda b, s: s.write_blank(900, 40, None, b.add_format({"bold": True}))), ALL),
    Odd("a chart sheet", by_writer(add_chart), ALL),
    Odd("drop-downs", by_writer(lambda _b, s: s.data_validation("B2:B9", {"validate": "list", "source": ["annet"]})), ALL),
    Odd("a coloured rule", by_writer(lambda b, s: s.conditional_format("A1:E9",
        {"type": "blanks", "format": b.add_format({"bold": True})})), ALL),
]  # fmt: skip

DAY = number("D2", SERIAL, 1)
SHEET = "xl/worksheets/sheet1.xml"
_SHARED = "".join(f"<si><t>{each}</t></si>" for each in (*HEAD, "K1", "annet", "Første"))
_SHARED_ROWS = (
    "<row>" + "".join(f"<c t='s'><v>{at}</v></c>" for at in range(5)) + "</row>"
    "<row>"
    + "".join(f"<c t='s'><v>{at}</v></c>" for at in range(5, 8))
    + f"<c s='1'><v>{SERIAL}</v></c></row>"
)
PREFIXED = (
    f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>Kilde-ID</x:t></x:is></x:c>'
    '<x:c r="B1" t="inlineStr"><x:is><x:t>Type</x:t></x:is></x:c><x:c r="C1" t="inlineStr"><x:is><x:t>Tittel</x:t>'
    '</x:is></x:c></x:row><x:row r="2"><x:c r="A2" t="inlineStr"><x:is><x:t>K1</x:t></x:is></x:c><x:c r="B2" '
    't="inlineStr"><x:is><x:t>annet</x:t></x:is></x:c><x:c r="C2" t="inlineStr"><x:is><x:t>Første</x:t></x:is></x:c>'
    "</x:row></x:sheetData></x:worksheet>"
)
PREFIXED_BOOK = (
    f'<x:workbook xmlns:x="{MAIN}" xmlns:r="{REL}"><x:sheets><x:sheet name="kilder" sheetId="1" r:id="rId1"/>'
    "</x:sheets></x:workbook>"
)
STRICT = '<workbook xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"><sheets/></workbook>'


def day_as(number_format: str, day: object = SERIAL) -> bytes:
    return by_xml(row_xml(day=number("D2", day, 1)), formats=[number_format])


def title_as(cell: str, strings: str = "", number_format: str = "0") -> bytes:
    return by_xml(row_xml(title=cell), strings=strings, formats=[number_format])


BY_HAND = [
    Odd("the least", by_xml(row_xml(DAY and "", DAY), formats=["dd.mm.yyyy"]), ONE),
    Odd("Google's date format", day_as("dd&quot;.&quot;mm&quot;.&quot;yyyy"), ONE),
    Odd("Google's date with time zero", day_as("yyyy-mm-dd", f"{SERIAL}.0"), ONE),
    Odd("Numbers' date format", day_as("d. mmm yyyy"), ONE),
    Odd("a date format with a colour", day_as("[Red]dd/mm/yy"), ONE),
    Odd("a date in capitals", day_as("DD.MM.YYYY"), ONE),
    Odd("a date in scientific notation", day_as("dd.mm.yyyy", "4.6065E4"), ONE),
    Odd("a date as ISO text", by_xml(row_xml(day="<c r='D2' t='d'><v>2026-02-12</v></c>")), ONE),
    Odd("a date before the calendar", day_as("dd.mm.yyyy", -5), NO_DAY, ("error not-a-date D2",)),
    Odd("a date format with words only", day_as("&quot;dag&quot; 0"), ONE, ("info serial-date D2",)),
    Odd("the calendar of 1904", by_xml(row_xml(day=number("D2", SERIAL - 1462, 1)), formats=["dd.mm.yyyy"],
        setup="<workbookPr date1904='true'/>"), ONE),
    Odd("a serial date in the calendar of 1904", by_xml(row_xml(day=number("D2", SERIAL - 1462)),
        setup="<workbookPr date1904='1'/>"), ONE, ("info serial-date D2",)),
    Odd("shared strings without a count", by_xml("", strings=_SHARED, formats=["dd.mm.yyyy"], changed={
        SHEET: f'<worksheet xmlns="{MAIN}"><sheetData>{_SHARED_ROWS}</sheetData></worksheet>'}), ONE, ()),
    Odd("a dimension that lies", by_xml(row_xml(), before="<dimension ref='A1:A1'/>"), NO_DAY),
    Odd("a dimension of everything", by_xml(row_xml(), before="<dimension ref='A1:XFD1048576'/>"), NO_DAY),
    Odd("an absolute target", by_xml(row_xml(), target="/xl/worksheets/sheet1.xml"), NO_DAY),
    Odd("namespace prefixes", by_xml("", changed={SHEET: PREFIXED, "xl/workbook.xml": PREFIXED_BOOK}), NO_DAY),
    Odd("no stylesheet's formats", by_xml(row_xml(day=DAY)), ONE, ("info serial-date D2",)),
    Odd("an unknown element", by_xml(row_xml(), before="<nytt xmlns='urn:a'><c r='A1'><v>x</v></c></nytt>"), NO_DAY),
    Odd("a cell that is empty inside", by_xml(row_xml(day="<c r='D2' t='s'><v></v></c>")), NO_DAY),
    Odd("a text of no length", by_xml(row_xml(day="<c r='D2' t='inlineStr'><is><t/></is></c>")), NO_DAY),
    Odd("spaces kept", title_as("<c r='C2' t='inlineStr'><is><t xml:space='preserve'>Første </t></is></c>"), NO_DAY,
        ("info outer-spaces C2",)),
    Odd("runs in a cell", title_as("<c r='C2' t='inlineStr'><is><r><t>Før</t></r><r><t>ste</t></r></is></c>"), NO_DAY),
    Odd("runs in the strings", title_as("<c r='C2' t='s'><v>0</v></c>",
        "<si><r><t>Før</t></r><r><rPr><b/></rPr><t>ste</t></r></si>"), NO_DAY),
    Odd("phonetics", title_as("<c r='C2' t='s'><v>0</v></c>",
        "<si><t>Første</t><rPh sb='0' eb='1'><t>x</t></rPh></si>"), NO_DAY),
    Odd("a shared formula", title_as("<c r='C2' t='str'><f t='shared' si='0'/><v>Første</v></c>"), NO_DAY),
    Odd("a formula without value", title_as("<c r='C2'><f>A1</f></c>"), ["K1 – –"],
        ("error formula-without-value C2",)),
    Odd("an error that newer Excels know", title_as("<c r='C2' t='e'><f>A1</f><v>#SPILL!</v></c>"), ["K1 – –"],
        ("error cell-error C2",), "#SPILL!"),
    Odd("a percentage", title_as(number("C2", 0.125, 1), number_format="0.0%"), ["K1 – –"], ("error not-text C2",),
        "12,5 %"),
    Odd("a percent sign in a text", title_as(number("C2", 5, 1), number_format="0&quot; %&quot;"), ["K1 5 –"]),
    Odd("a row of no height", by_xml(row_xml(attributes="ht='0' customHeight='1'")), NO_DAY, ("warning hidden 2:2",)),
    Odd("a column of no width", by_xml(row_xml(), before="<cols><col min='3' max='3' width='0'/></cols>"), NO_DAY,
        ("warning hidden C1",)),
    Odd("every column hidden to the end", by_xml(row_xml(), before="<cols><col min='5' max='16384' hidden='true'/></cols>"),
        NO_DAY, ("warning hidden E1",)),
    Odd("a filter that hides", by_xml(row_xml(attributes="hidden='1'"), after=FILTERED), NO_DAY, ("warning hidden 2:2",)),
    Odd("a value hidden by a merge", by_xml(row_xml(day=DAY), formats=["dd.mm.yyyy"],
        after="<mergeCells><mergeCell ref='C2:D2'/></mergeCells>"), NO_DAY, ("error merged D2",), "C2:D2"),
    Odd("a merge of everything", by_xml(row_xml(), after="<mergeCells><mergeCell ref='A1:XFD1048576'/></mergeCells>"),
        ["– – –"], tuple(f"error merged {at}2" for at in "ABCED")),
    Odd("a merge of nothing", by_xml(row_xml(), after="<mergeCells><mergeCell ref='#REF!'/></mergeCells>"), NO_DAY),
    Odd("rows out of order", by_xml(row_xml().replace("'2'", "'9'").replace("2'", "9'").replace('2"', '9"')), NO_DAY),
    Odd("a control character", title_as(text("C2", "a_x0007_b")), ["K1 – –"], ("error control-character C2",)),
    Odd("an id with a tab", by_xml(row_xml(title=text("C2", "Første&#9;"))), NO_DAY, ("info outer-spaces C2",)),
]  # fmt: skip


@pytest.mark.parametrize("odd", BY_OPENPYXL, ids=lambda odd: odd.what)
def test_an_odd_workbook_by_openpyxl(odd: Odd) -> None:
    check(odd)


@pytest.mark.parametrize("odd", BY_XLSXWRITER, ids=lambda odd: odd.what)
def test_an_odd_workbook_by_xlsxwriter(odd: Odd) -> None:
    check(odd)


@pytest.mark.parametrize("odd", BY_HAND, ids=lambda odd: odd.what)
def test_an_odd_workbook_by_hand(odd: Odd) -> None:
    check(odd)


# -- LibreOffice: what Calc itself makes of its own format ------------------------

CSV = "Kilde-ID,Type,Tittel,Utgitt,Forfatter\nK1,annet,Første,2026-02-12,Ola\n"
_FODS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" '
    'xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" office:version="1.3" '
    'office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:automatic-styles>'
    '<number:date-style style:name="N1"><number:day/><number:text>.</number:text><number:month/><number:text>.'
    '</number:text><number:year number:style="long"/></number:date-style>'
    '<number:percentage-style style:name="N2"><number:number/><number:text>%</number:text></number:percentage-style>'
    '<style:style style:name="day" style:family="table-cell" style:data-style-name="N1"/>'
    '<style:style style:name="share" style:family="table-cell" style:data-style-name="N2"/>'
    "</office:automatic-styles><office:body><office:spreadsheet>"
    '<table:table table:name="kilder">{}</table:table></office:spreadsheet></office:body></office:document>'
)


def calc_row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def calc_text(value: str, attributes: str = "") -> str:
    return f'<table:table-cell office:value-type="string" {attributes}><text:p>{value}</text:p></table:table-cell>'


CALC_DAY = (
    '<table:table-cell table:style-name="day" office:value-type="date" office:date-value="2026-02-12"/>'
)
CALC_HEAD = calc_row(*(calc_text(each) for each in HEAD))


def calc(title: str = "", day: str = CALC_DAY, attributes: str = "", above: str = "") -> str:
    cells = (calc_text("K1"), calc_text("annet"), title or calc_text("Første"), day, calc_text("Ola"))
    return _FODS.format(above + CALC_HEAD + calc_row(*cells, attributes=attributes))


CALC_MERGED = calc_text("Første", 'table:number-columns-spanned="2" table:number-rows-spanned="1"')
CALC_COVERED = "<table:covered-table-cell/>"
CALC_FAILS = '<table:table-cell table:formula="of:=1/0" office:value-type="float" office:value="0"/>'
CALC_COMPUTES = (
    '<table:table-cell table:formula="of:=&quot;Før&quot;&amp;&quot;ste&quot;" office:value-type="string">'
    "<text:p>Første</text:p></table:table-cell>"
)

BY_LIBREOFFICE: dict[str, tuple[str, list[str], tuple[str, ...]]] = {
    "plain.fods": (calc(), ONE, ()),
    "spaces.fods": (calc(calc_text("Første<text:s/>")), ONE, ("info outer-spaces C2",)),
    "title above.fods": (calc(above=calc_row(calc_text("Kilder"))), ONE, ("info header-lower 2:2",)),
    "computed.fods": (calc(CALC_COMPUTES), ONE, ()),
    "failed.fods": (calc(CALC_FAILS), ["K1 – 12.02.2026"], ("error cell-error C2",)),
    "merged.fods": (calc(CALC_MERGED, CALC_COVERED), NO_DAY, ("error merged D2",)),
    "hidden.fods": (calc(attributes='table:visibility="collapse"'), ONE, ("warning hidden 2:2",)),
    "filtered.fods": (calc(attributes='table:visibility="filter"'), ONE, ("warning hidden 2:2",)),
    "percent.fods": (
        calc(
            '<table:table-cell table:style-name="share" office:value-type="percentage" office:value="0.3"/>'
        ),
        ["K1 – 12.02.2026"],
        ("error not-text C2",),
    ),
    "rich.fods": (calc(calc_text("Før<text:span>ste</text:span>")), ONE, ()),
}


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder where LibreOffice saved its workbooks as .xlsx."""
    program = tool("soffice", "needs LibreOffice")
    folder = tmp_path_factory.mktemp("calc")
    for name, (content, _rows, _told) in BY_LIBREOFFICE.items():
        (folder / name).write_text(content, encoding="utf-8")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    names = [str(folder / name) for name in BY_LIBREOFFICE]
    subprocess.run(
        [program, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder), *names],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return folder


@pytest.mark.parametrize("name", BY_LIBREOFFICE)
def test_an_odd_workbook_by_libreoffice(name: str, converted: Path) -> None:
    _content, expected, messages = BY_LIBREOFFICE[name]
    data = (converted / name).with_suffix(".xlsx").read_bytes()
    rows, problems = read({BOOK: data})
    assert (rows, told(problems)) == (expected, messages)


# -- files that are no workbooks, or more than one --------------------------------------------------

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
DOCTYPE = "<!DOCTYPE w [<!ENTITY a SYSTEM 'file:///etc/hostname'>]>"
SOUND = edited()

UNREADABLE = [
    ("an old workbook", "kilder.xls", OLE, "a {suffix} file is not read."),
    ("a binary workbook", "kilder.xlsb", SOUND, "a {suffix} file is not read."),
    ("a workbook of LibreOffice", "kilder.ods", b"PK", "a {suffix} file is not read."),
    ("a flat workbook of LibreOffice", "kilder.fods", calc().encode(), "a {suffix} file is not read."),
    ("a text file", "kilder.csv", CSV.encode(), "a {suffix} file is not read."),
    ("a text file with tabs", "kilder.TSV", CSV.encode(), "a {suffix} file is not read."),
    ("a workbook of Numbers", "kilder.numbers", b"PK", "a {suffix} file is not read."),
    ("an old workbook by another name", "kilder.xlsx", OLE,
        "the workbook is password-protected or of the old .xls kind."),
    ("a password", "kilder.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"),
        "the workbook is protected with a password."),
    ("an .ods by another name", "kilder.xlsx",
        b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
        "the file is an OpenDocument spreadsheet (.ods), whatever its name says."),
    ("a file not fetched", "kilder.xlsx", b"", "the file is empty; it may not have been fetched from OneDrive yet."),
    ("a web page", "kilder.xlsx", b"<html><table></table></html>",
        "the file cannot be read as an Excel workbook; it may be damaged."),
    ("a truncated file", "kilder.xlsx", SOUND[: len(SOUND) // 2],
        "the file cannot be read as an Excel workbook; it may be damaged."),
    ("the strict format", "kilder.xlsx", by_xml("", changed={"xl/workbook.xml": STRICT}),
        "the workbook is saved as «Strict Open XML Spreadsheet», which is not read."),
    ("external entities", "kilder.xlsx", by_xml("", changed={SHEET: DOCTYPE + "<worksheet>&a;</worksheet>"}),
        "the file cannot be read as an Excel workbook; it may be damaged."),
    ("a sheet that is not there", "kilder.xlsx", by_xml("", changed={SHEET: None}),
        "the file cannot be read as an Excel workbook; it may be damaged."),
    ("rows that reach far to the right", "kilder.xlsx",
        by_xml("".join(f"<row r='{at}'>{number(f'XFD{at}', 1)}</row>" for at in range(2, 1000))),
        "the workbook is far too large; it may hold rows or columns by accident."),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "data", "found"), [each[1:] for each in UNREADABLE], ids=[u[0] for u in UNREADABLE]
)
def test_a_file_that_cannot_be_read_is_one_error(name: str, data: bytes, found: str) -> None:
    rows, problems = read({f"sources/{name}": data})
    assert (rows, told(problems), problems[0].found.id) == ([], ("error workbook-unreadable",), found)


@pytest.mark.parametrize("suffix", [".xls", ".ods", ".csv", ".numbers"])
def test_a_file_of_another_kind_is_a_warning_when_no_sheet_is_missing(suffix: str) -> None:
    rows, problems = read({BOOK: SOUND, f"sources/kilder{suffix}": b"x"})
    assert (rows, told(problems)) == (ALL, ("warning workbook-unreadable",))


def test_a_misspelt_sheet_is_asked_after_although_a_file_cannot_be_read() -> None:
    _, problems = read({BOOK: edited(name="kildr"), "sources/notat.csv": b"x"})
    assert told(problems) == ("error workbook-unreadable", "error sheet-missing")


def test_a_workbook_with_macros_is_read() -> None:
    types = zipfile.ZipFile(io.BytesIO(SOUND)).read("[Content_Types].xml").decode()
    macros = types.replace(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(SOUND)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, macros if name == "[Content_Types].xml" else old.read(name))
    assert macros != types
    assert read({"sources/kilder.xlsm": target.getvalue()}) == (ALL, ())


COPIES = [
    "Kopi av kilder.xlsx",
    "Kopi (2) av kilder.xlsx",
    "Copy of kilder.xlsx",
    "kilder - Kopi.xlsx",
    "kilder – kopi (2).xlsx",
    "kilder (1).xlsx",
    "kilder-PC01.xlsx",
    "kilder-DESKTOP-1A2B3C.xlsx",
    "kilder-Karis MacBook.xlsx",
    "KILDER (1).XLSX",
]
CHANGED = edited(put("C2", "Ny"))


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_that_differs_is_one_error_and_the_original_is_read(name: str) -> None:
    rows, problems = read({f"sources/{name}": CHANGED, BOOK: SOUND})
    assert (rows, told(problems), problems[0].place.file) == (
        ALL,
        ("error workbook-copy",),
        f"sources/{name}",
    )
    assert dict(problems[0].found.values) == {"file": "kilder.xlsx", "sheets": "kilder"}


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_with_the_same_content_is_passed_over_with_a_warning(name: str) -> None:
    rows, problems = read({f"sources/{name}": by_xlsxwriter({"kilder": TABLE}), BOOK: SOUND})
    assert (rows, told(problems), problems[0].place.file) == (
        ALL,
        ("warning workbook-copy",),
        f"sources/{name}",
    )


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_without_its_original_is_read(name: str) -> None:
    assert read({f"sources/{name}": SOUND}) == (ALL, ())


def test_a_workbook_with_other_sheets_is_no_copy_whatever_its_name() -> None:
    rows, problems = read({BOOK: SOUND, "sources/kilder-2026.xlsx": by_openpyxl({"notat": [("hei",)]})})
    assert (rows, told(problems)) == (ALL, ("info sheet-unknown",))


def test_sheets_that_stand_in_two_other_workbooks_are_an_error_each() -> None:
    rows, problems = read(
        {BOOK: SOUND, "sources/siste.xlsx": by_openpyxl({"kilder": TABLE[:2], "vedtak": []})}
    )
    assert (rows, told(problems)) == (ALL, ("error sheet-twice", "error sheet-twice"))


def test_a_whole_workbook_twice_is_one_error() -> None:
    _, problems = read({BOOK: SOUND, "sources/siste.xlsx": REST_CHANGED})
    assert told(problems) == ("error workbook-copy",)


REST_CHANGED = by_openpyxl({"organer": [("Organ-ID",)], "enheter": [("Enhet-ID",)], "møter": [("Møte-ID",)]})


def test_fifty_thousand_rows_are_read() -> None:
    rows = "".join(
        f"<row r='{at}'>{text(f'A{at}', f'K{at}')}{text(f'B{at}', 'annet')}{text(f'C{at}', 'Tittel')}</row>"
        for at in range(2, 50_002)
    )
    read_rows, problems = read({BOOK: by_xml(rows)})
    assert (len(read_rows), read_rows[-1], problems) == (50_000, "K50001 Tittel –", ())


def test_every_file_that_looks_like_a_table_is_seen_and_a_lock_file_is_not(tmp_path: Path) -> None:
    folder = tmp_path / "sources"
    folder.mkdir()
    names = ["a.xlsx", "b.XLSM", "c.xls", "d.ods", "e.csv", "f.numbers", "~$a.xlsx", "._a.xlsx", "notat.txt"]
    for name in names:
        (folder / name).write_bytes(b"x")
    (folder / "g.numbers").mkdir()
    seen = ["a.xlsx", "b.XLSM", "c.xls", "d.ods", "e.csv", "f.numbers", "g.numbers"]
    expected = tuple((f"sources/{name}", b"" if name[0] == "g" else b"x") for name in seen)
    assert Workspace(tmp_path).workbooks() == expected
