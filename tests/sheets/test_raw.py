"""Sheets as plain values: kept and read again they are the very same."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from casebuilder.keeping import Keeping
from casebuilder.kept_sheets import known_sheets
from casebuilder.problems import Place
from casebuilder.sheets import workbook_sheets
from casebuilder.sheets.raw import (
    FORMULA_WITHOUT_VALUE,
    NotPlain,
    Percent,
    RawRow,
    RawSheet,
    from_json,
    to_json,
)
from casebuilder.sheets.sheet_xml import Area, Layout
from tests.conftest import ROOT

VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(), st.datetimes(),
    st.dates(), st.times(), st.timedeltas(),
    st.floats(allow_nan=False).map(Percent), st.just(FORMULA_WITHOUT_VALUE),
)  # fmt: skip


@given(values=st.lists(VALUES), number=st.integers(1, 2**20), name=st.text())
def test_whatever_a_cell_holds_comes_back(values: list[object], number: int, name: str) -> None:
    layout = Layout([2, 5], [(0, 3)], [Area(1, 0, 2, 4)])
    sheet = RawSheet("a.xlsx", name, (RawRow(number, tuple(values)),), layout, is_hidden=True)
    (again,) = from_json(to_json((sheet,)))
    assert again == sheet
    assert [type(value) for value in again.rows[0].values] == [type(value) for value in values]


def test_a_kind_that_is_not_known_is_not_kept() -> None:
    with pytest.raises(NotPlain):
        to_json((RawSheet("a.xlsx", "ark", (RawRow(1, (object(),)),)),))


@pytest.mark.parametrize(
    "text", ["", "{}", "[1]", '[["a"]]', '[["a","b",[[1,[["x",1]]]],[[],[],[]],false,"x"]]']
)
def test_what_is_no_sheet_is_a_named_fault(text: str) -> None:
    if text == "{}":
        assert from_json(text) == ()
        return
    with pytest.raises(ValueError):  # noqa: PT011 - json's own is one of them
        from_json(text)


def test_columns_have_excel_s_names() -> None:
    named = [RawSheet("a.xlsx", "ark", ()).place(7, column) for column in range(16384)]
    assert named == [Place("a.xlsx", "ark", f"{get_column_letter(each + 1)}7") for each in range(16384)]


@pytest.mark.parametrize("path", sorted((ROOT / "sources").glob("*.xlsx")), ids=lambda path: path.name)
def test_a_known_workbook_is_read_once(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data, keeping = path.read_bytes(), Keeping(tmp_path)
    fresh = workbook_sheets("a.xlsx", data)
    read: list[str] = []

    def counted(file: str, given: bytes) -> object:
        read.append(file)
        return workbook_sheets(file, given)

    monkeypatch.setattr("casebuilder.kept_sheets.workbook_sheets", counted)
    assert [known_sheets(keeping, "a.xlsx", data) for _ in range(3)] == [fresh] * 3
    assert read == ["a.xlsx"]
    assert known_sheets(keeping, "b.xlsx", data)[0][0].file == "b.xlsx"


def test_what_is_no_workbook_is_told_each_time(tmp_path: Path) -> None:
    told = [known_sheets(Keeping(tmp_path), "a.xlsx", b"ikke Excel") for _ in range(2)]
    assert [problem.rule for _sheets, problems in told for problem in problems] == ["workbook-unreadable"] * 2
    assert list(tmp_path.iterdir()) == []
