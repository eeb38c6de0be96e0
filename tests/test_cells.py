"""Cells are told as a clerk finds them in Excel, with what their rows are called."""

from __future__ import annotations

import pytest

from casebuilder.cells import in_order, ranges, told_cells
from casebuilder.language import speaker
from casebuilder.problems import Place

BOKMÅL = speaker("nb")


def place(cell: str, row: str = "", sheet: str = "medlemmer", file: str = "sources/m.xlsx") -> Place:
    return Place(file, sheet, cell, row=row)


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (["B4", "B2", "B3"], ["B2:B4"]),
        (["C2", "B4", "B2"], ["B2", "B4", "C2"]),
        (["B2", "C2", "B3", "C3"], ["B2:C3"]),
        (["C2", "E2", "C3", "E3"], ["C2:C3", "E2:E3"]),
        (["AA1", "Z1", "B1"], ["B1", "Z1:AA1"]),
        (["B2", "B2"], ["B2"]),
        ([f"B{at}" for at in range(2, 40, 2)], ["B2", "B4", "B6", "B8", "B10", "B12", "B14", "…"]),
    ],
)
def test_neighbouring_cells_are_one_range_and_of_many_the_first_few_are_told(
    cells: list[str], told: list[str]
) -> None:
    assert ranges(cells) == told


def test_a_row_is_told_by_its_name_and_several_are_counted() -> None:
    assert told_cells([place("D12", "M-001")], BOKMÅL) == "m.xlsx, ark medlemmer, D12 (M-001)"
    two = [place("D12", "M-001"), place("D14", "M-003")]
    assert told_cells(two, BOKMÅL) == "m.xlsx, ark medlemmer, D12, D14 (2 rader: M-001, M-003)"
    many = [place(f"D{row}", f"M-{row - 11:03}") for row in range(12, 69)]
    assert told_cells(many, BOKMÅL) == "m.xlsx, ark medlemmer, D12:D68 (57 rader: M-001–M-057)"


def test_of_many_names_the_first_few_are_told() -> None:
    many = [place(f"D{row}", f"M-{row}") for row in range(2, 20, 2)]
    assert told_cells(many, BOKMÅL).endswith("(9 rader: M-2, M-4, M-6, …)")


def test_a_row_of_several_cells_is_counted_once() -> None:
    assert told_cells([place("D2", "M-1"), place("F2", "M-1")], BOKMÅL).endswith("D2, F2 (M-1)")


def test_rows_without_names_are_told_by_their_cells_alone() -> None:
    assert told_cells([place("D2")], BOKMÅL) == "m.xlsx, ark medlemmer, D2"


def test_each_workbook_and_sheet_is_named_once() -> None:
    cells = [place("A2", "V-1", "vedtak", "sources/v.xlsx"), place("B2", "M-1"), place("A2", "R", "organer")]
    assert told_cells(cells, BOKMÅL) == (
        "m.xlsx, ark medlemmer, B2 (M-1); ark organer, A2 (R); v.xlsx, ark vedtak, A2 (V-1)"
    )


def test_cells_stand_in_the_order_of_the_sheet() -> None:
    cells = [place(cell) for cell in ("AA1", "B10", "B9", "A2", "B9")]
    assert [each.cell for each in in_order(cells)] == ["A2", "B9", "B10", "AA1"]


def test_what_a_row_is_called_makes_no_other_place_of_its_cell() -> None:
    assert {place("D2", "M-1"), place("D2")} == {place("D2")}
