"""A new secretariat's folder: what is in it, and that it makes a paper at once."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from casebuilder.delivery import Status
from casebuilder.pipeline import build
from casebuilder.sheets.codes import CODES
from casebuilder.sheets.columns import BY_NAME, SHEETS
from casebuilder.sheets.declarations import Kind
from casebuilder.sheets.starter import help_text
from casebuilder.starter import WORKBOOKS, starter_files
from casebuilder.workspace import Workspace
from tests.conftest import ROOT
from tests.papertext import paper_text

FILES = starter_files()


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    for name, data in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return tmp_path


def test_the_fresh_folder_makes_a_paper_without_a_word_of_complaint(fresh: Path) -> None:
    report = build(Workspace(fresh))
    assert report.problems == ()
    assert [outcome.status for outcome in report.outcomes] == [Status.NEW]
    text = paper_text((fresh / report.outcomes[0].path).read_bytes())
    assert "har 2~kommuner per 14.~januar 2027" in text
    assert "[Forslag til vedtak] Styret tar saken til orientering." in text


def test_every_required_sheet_and_column_is_there() -> None:
    for name, sheets in WORKBOOKS.items():
        workbook = load_workbook(io.BytesIO(FILES[f"sources/{name}"]))
        assert workbook.sheetnames == [*sheets, "lesmeg"]
        for sheet in sheets:
            headers = [cell.value for cell in workbook[sheet][1]]
            assert headers == [column.header for column in BY_NAME[sheet].columns]
    required = {sheet.name for sheet in SHEETS if not sheet.optional}
    assert {sheet for sheets in WORKBOOKS.values() for sheet in sheets} == required


@pytest.mark.parametrize("name", WORKBOOKS)
def test_sheets_are_tables_with_a_frozen_header_drop_downs_help_and_formats(name: str) -> None:
    workbook = load_workbook(io.BytesIO(FILES[f"sources/{name}"]))
    for sheet in WORKBOOKS[name]:
        worksheet = workbook[sheet]
        assert (len(worksheet.tables), worksheet.freeze_panes) == (1, "B2")
        guides = {str(each.sqref).split("2:")[0]: each for each in worksheet.data_validations.dataValidation}
        for index, column in enumerate(BY_NAME[sheet].columns, start=1):
            letter = get_column_letter(index)
            guide = guides[letter]
            assert guide.prompt == help_text(BY_NAME[sheet], column)[:255]
            if column.codes:
                assert guide.formula1 == f'"{",".join(CODES[column.codes])}"'
            if column.kind is Kind.DATE:
                assert worksheet.column_dimensions[letter].number_format == "dd.mm.yyyy"


def test_a_drop_down_is_no_longer_than_excel_allows() -> None:
    assert max(len(",".join(codes)) for codes in CODES.values()) <= 255


def test_the_units_are_all_there_with_their_zeros_and_the_fylker_that_are_gone() -> None:
    sheet = load_workbook(io.BytesIO(FILES["sources/medlemmer.xlsx"]))["enheter"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    kinds = [row[1] for row in rows]
    assert (kinds.count("kommune"), kinds.count("fylkeskommune")) == (357, 16)
    by_id = {row[0]: row for row in rows}
    assert by_id["0301"][2] == "Oslo"
    assert (by_id["30"][2], f"{by_id['30'][6]:%d.%m.%Y}") == ("Viken", "31.12.2023")


def test_the_template_is_the_one_of_the_sample() -> None:
    assert (
        FILES["templates/saksfremstilling.docx"]
        == (ROOT / "templates" / "saksfremstilling.docx").read_bytes()
    )


def test_texts_for_windows_have_a_mark_and_its_line_ends() -> None:
    assert FILES["LESMEG.txt"].startswith(b"\xef\xbb\xbfSLIK BEGYNNER DU\r\n")
    script = FILES["Lag sakspapirer.cmd"]
    assert script.isascii()
    assert script.count(b"\n") == script.count(b"\r\n")
