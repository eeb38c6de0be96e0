from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time

import openpyxl
import openpyxl.utils.datetime
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebuilder.problems import Place, Problem, msg
from casebuilder.sheets.raw import FORMULA_WITHOUT_VALUE, RawRow, RawSheet
from casebuilder.sheets.workbook import read_workbook
from tests.sheets.builders import Book, by_hand, by_openpyxl, by_xlsxwriter

DAMAGED = Problem(
    "workbook-unreadable",
    Place("bok.xlsx"),
    msg("the file cannot be read as an Excel workbook; it may be damaged."),
    msg("Open it in Excel and save it as .xlsx."),
)
TOO_LARGE = Problem(
    "workbook-unreadable",
    Place("bok.xlsx"),
    msg("the workbook is far too large; it may hold rows or columns by accident."),
    msg("Copy what is needed into a new workbook."),
)
PROTECTED = Problem(
    "workbook-unreadable",
    Place("bok.xlsx"),
    msg("the workbook is password-protected or of the old .xls kind."),
    msg("Open it in Excel and save it as .xlsx."),
)


def rows_of(data: bytes) -> list[tuple[int, tuple[object, ...]]]:
    sheets, problems = read_workbook("bok.xlsx", data)
    assert problems == ()
    return [(row.number, row.values) for sheet in sheets for row in sheet.rows]


def by_hand_rows(rows: str, strings: str = "") -> list[tuple[int, tuple[object, ...]]]:
    return rows_of(by_hand({"ark": rows}, strings))


@pytest.mark.parametrize("write", [by_openpyxl, by_xlsxwriter])
def test_texts_numbers_truth_and_dates_are_read_whoever_wrote_them(write: Callable[[Book], bytes]) -> None:
    table = [
        ("tekst «æøå» ŋ 🙂 & <", 12, 1.5, True, date(2026, 2, 12), datetime(2026, 2, 12, 10, 30)),  # noqa: DTZ001
        (None, None, "0301"),
    ]
    sheets, problems = read_workbook("bok.xlsx", write({"ark": table}))
    moment = datetime(2026, 2, 12, 10, 30)  # noqa: DTZ001
    first = ("tekst «æøå» ŋ 🙂 & <", 12, 1.5, True, datetime(2026, 2, 12), moment)  # noqa: DTZ001
    rows = (RawRow(1, first), RawRow(2, (None, None, "0301")))
    assert (sheets, problems) == ((RawSheet("bok.xlsx", "ark", rows),), ())


def test_a_time_of_day_is_read() -> None:
    assert rows_of(by_openpyxl({"ark": [(time(10, 30),)]})) == [(1, (time(10, 30),))]


def test_inline_and_shared_strings_are_read_with_all_their_runs_and_without_their_phonetics() -> None:
    strings = (
        "<si><r><t>to </t></r><r><t xml:space='preserve'>løp </t></r><rPh sb='0' eb='1'><t>x</t></rPh></si>"
    )
    rows = "<row r='1'><c r='A1' t='inlineStr'><is><t>i cellen</t></is></c><c r='B1' t='s'><v>0</v></c></row>"
    assert by_hand_rows(rows, strings) == [(1, ("i cellen", "to løp "))]


def test_cells_and_rows_without_addresses_follow_each_other() -> None:
    rows = "<row><c><v>1</v></c><c><v>2</v></c></row><row r='7'><c r='C7'><v>3</v></c><c><v>4</v></c></row>"
    assert by_hand_rows(rows) == [(1, (1, 2)), (7, (None, None, 3, 4))]


def test_a_row_far_down_costs_nothing() -> None:
    rows = "<row r='1'><c r='A1'><v>1</v></c></row><row r='999999999'><c r='B999999999'><v>2</v></c></row>"
    assert by_hand_rows(rows) == [(1, (1,)), (999999999, (None, 2))]


def test_empty_formatted_cells_are_no_rows() -> None:
    blank = "".join(f"<row r='{at}'><c r='A{at}' s='0'/><c r='B{at}' s='0'/></row>" for at in range(2, 20000))
    assert by_hand_rows(f"<row r='1'><c r='A1'><v>1</v></c></row>{blank}") == [(1, (1,))]


def test_a_formula_gives_its_stored_value_and_without_one_it_says_so() -> None:
    rows = (
        "<row r='1'><c r='A1'><f>1+1</f><v>2</v></c><c r='B1'><f>1+1</f></c><c r='C1'><f>1+1</f><v/></c>"
        "<c r='D1' t='str'><f>\"a\"</f><v>a</v></c><c r='E1' t='e'><f>A0</f><v>#REF!</v></c></row>"
    )
    missing = FORMULA_WITHOUT_VALUE
    assert by_hand_rows(rows) == [(1, (2, missing, missing, "a", "#REF!"))]


def test_a_formula_that_gave_an_empty_text_is_an_empty_cell() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="str"><f>""</f><v></v></c></row>'
    assert by_hand_rows(rows) == [(1, (1,))]


def test_a_formula_from_openpyxl_has_no_value() -> None:
    assert rows_of(by_openpyxl({"ark": [("=1+1",)]})) == [(1, (FORMULA_WITHOUT_VALUE,))]


@pytest.mark.parametrize(
    ("stored", "meant"),
    [
        ("a_x000B_b", "a\x0bb"),
        ("_x005F_x000B_", "_x000B_"),
        ("x005F_", "x005F_"),
        ("a_x000D_\nb", "a\r\nb"),
        ("_xyz_", "_xyz_"),
    ],
)
def test_excels_escapes_are_undone_once_wherever_the_text_is_stored(stored: str, meant: str) -> None:
    rows = (
        "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='str'><f>A1</f>"
        f"<v>{stored}</v></c><c r='C1' t='inlineStr'><is><t>{stored}</t></is></c></row>"
    )
    assert by_hand_rows(rows, f"<si><t>{stored}</t></si>") == [(1, (meant, meant, meant))]


def test_a_date_that_no_calendar_has_stays_a_number() -> None:
    workbook = openpyxl.Workbook()
    workbook.worksheets[0].append([-5, 10**8])
    for cell in workbook.worksheets[0][1]:
        cell.number_format = "dd.mm.yyyy"
    target = io.BytesIO()
    workbook.save(target)
    assert rows_of(target.getvalue()) == [(1, (-5, 10**8))]


def test_dates_of_the_1904_calendar_are_the_days_they_show() -> None:
    workbook = openpyxl.Workbook()
    workbook.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    workbook.worksheets[0].append([date(2026, 2, 12)])
    target = io.BytesIO()
    workbook.save(target)
    assert rows_of(target.getvalue()) == [(1, (datetime(2026, 2, 12),))]  # noqa: DTZ001


def test_a_password_protected_workbook_says_so() -> None:
    assert read_workbook("bok.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)) == ((), (PROTECTED,))


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"Organ-ID;Navn\n", bytes(1000)])
def test_what_is_no_workbook_is_a_problem(data: bytes) -> None:
    assert read_workbook("bok.xlsx", data) == ((), (DAMAGED,))


def test_a_zip_without_a_workbook_is_a_problem() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("tekst.txt", "hei")
    assert read_workbook("bok.xlsx", target.getvalue()) == ((), (DAMAGED,))


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_truncated_workbook_is_a_problem(share: float) -> None:
    data = by_xlsxwriter({"ark": [("a", 1)] * 50})
    assert read_workbook("bok.xlsx", data[: int(len(data) * share)]) == ((), (DAMAGED,))


@given(at=st.floats(0, 0.9999), byte=st.integers(0, 255))
@settings(max_examples=150, deadline=None)
def test_a_workbook_with_a_wrong_byte_is_read_or_is_a_problem(at: float, byte: int) -> None:
    data = bytearray(BOOK)
    data[int(at * len(data))] = byte
    sheets, problems = read_workbook("bok.xlsx", bytes(data))
    assert problems == () or (sheets, problems) in [
        ((), (problem,)) for problem in (DAMAGED, PROTECTED, TOO_LARGE)
    ]


BOOK = by_hand(
    {"ark": "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1'><v>5</v></c></row>"}, "<si><t>a</t></si>"
)


@pytest.mark.parametrize(
    "rows",
    [
        "<row r='1'><c r='A1' t='s'><v>99</v></c></row>",
        "<row r='1'><c r='?1'><v>1</v></c></row>",
        "<row r='1'><c r='A1'><v>en</v></c></row>",
        "<row r='1'><c r='A1'><v>1</c></row>",
        "<row r='en'><c><v>1</v></c></row>",
    ],
)
def test_a_sheet_with_wrong_xml_is_a_problem(rows: str) -> None:
    assert read_workbook("bok.xlsx", by_hand({"ark": rows})) == ((), (DAMAGED,))


BOMB = (
    "<!DOCTYPE b [<!ENTITY a0 'ha'>"
    + "".join(f"<!ENTITY a{at} '{f'&a{at - 1};' * 10}'>" for at in range(1, 12))
    + "]>"
)
EXTERNAL = "<!DOCTYPE b [<!ENTITY a11 SYSTEM 'file:///etc/hostname'>]>"


@pytest.mark.parametrize("prolog", [BOMB, EXTERNAL])
def test_a_sheet_with_entities_of_its_own_is_a_problem(prolog: str) -> None:
    rows = "<row r='1'><c r='A1' t='inlineStr'><is><t>&a11;</t></is></c></row>"
    assert read_workbook("bok.xlsx", by_hand({"ark": rows}, prolog=prolog)) == ((), (DAMAGED,))


@pytest.mark.parametrize("prolog", [BOMB, EXTERNAL])
def test_a_list_of_sheets_with_entities_of_its_own_is_a_problem(prolog: str) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BOOK)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = old.read(name).decode()
            changed = prolog + content.replace('name="ark"', 'name="&a11;"')
            new.writestr(name, changed if name == "xl/workbook.xml" else content)
    assert read_workbook("bok.xlsx", target.getvalue()) == ((), (DAMAGED,))


def test_a_workbook_that_unpacks_to_more_than_any_real_one_is_a_problem() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BOOK)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        huge = zipfile.ZipInfo("xl/media/stor.bin")
        new.writestr(huge, b"")
        huge.file_size = 2**31
    assert read_workbook("bok.xlsx", target.getvalue()) == ((), (TOO_LARGE,))


def test_parts_that_casebuilder_does_not_read_may_be_odd() -> None:
    rows = "<row r='1'><c r='A1'><v>1</v></c></row>"
    odd = "<conditionalFormatting sqref='A1'><cfRule type='ukjent'/></conditionalFormatting>"
    assert by_hand_rows(f"{rows}</sheetData>{odd}<sheetData>") == [(1, (1,))]


def test_a_place_names_file_sheet_and_cell() -> None:
    assert RawSheet("bok.xlsx", "ark", ()).place(12, 27) == Place("bok.xlsx", "ark", "AB12")


def test_a_package_without_a_workbook_part_is_told() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr(
            "[Content_Types].xml",
            "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>",
        )
    sheets, problems = read_workbook("a.xlsx", buffer.getvalue())
    assert (sheets, [problem.rule for problem in problems]) == ((), ["workbook-unreadable"])
