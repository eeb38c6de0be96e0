"""Cells as a clerk finds them: workbook, sheet, ranges, and what their rows are called (pure).

Cells are sorted as they stand in a workbook: by file, sheet, column and row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby

from casebuilder.language import Speaker
from casebuilder.problems import Place, msg

_CELL = re.compile(r"([A-Z]*)(\d*)")
_MOST_RANGES = 8
_MOST_NAMES = 4


@lru_cache(maxsize=1 << 16)
def column_and_row(cell: str) -> tuple[str, int]:
    """Return «C», 12 for «C12»; no row, 0, for what is not a cell."""
    match = _CELL.fullmatch(cell)
    return (match[1], int(match[2] or 0)) if match else (cell, 0)


def in_order(places: Iterable[Place]) -> tuple[Place, ...]:
    """Return every place once, as they stand in the workbooks."""
    return tuple(sorted(dict.fromkeys(places), key=_position))


def told_cells(places: Iterable[Place], say: Speaker) -> str:
    """Return «saker.xlsx, ark saker, H4, J4 (STYRET-2026-014)»; of many the first few."""
    told = []
    for file, of_file in groupby(in_order(places), key=lambda each: each.file):
        sheets = [
            _of_sheet(sheet, list(cells), say)
            for sheet, cells in groupby(of_file, key=lambda each: each.sheet)
        ]
        told.append(f"{file.rpartition('/')[2]}, {'; '.join(sheets)}")
    return "; ".join(told)


def ranges(cells: Iterable[str]) -> list[str]:
    """Return cells as Excel names them, neighbours as one: «B2:C2», «D2:D9»; of many the first few."""
    columns: dict[tuple[tuple[int, int], ...], list[str]] = {}
    for column, rows in _by_column(cells).items():
        columns.setdefault(tuple(_runs(rows)), []).append(column)
    found = []
    for runs, names in columns.items():
        for group in _neighbours(names):
            found += [_range(group[0], group[-1], *run) for run in runs]
    return _first(found, _MOST_RANGES)


def _position(place: Place) -> tuple[str, str, int, str, int]:
    column, row = column_and_row(place.cell)
    return place.file, place.sheet, len(column), column, row


def _of_sheet(sheet: str, places: Sequence[Place], say: Speaker) -> str:
    where = say.say(
        msg("sheet {sheet}, {cells}", sheet=sheet, cells=", ".join(ranges(p.cell for p in places)))
    )
    names = {column_and_row(place.cell)[1]: place.row for place in places if place.row}
    told = ", ".join(_names(names))
    if len(names) < 2:
        return f"{where} ({told})" if told else where
    rows = say.say(msg("{number} rows: {names}", number=len(names), names=told))
    return f"{where} ({rows})"


def _names(names: dict[int, str]) -> list[str]:
    """Return what rows are called, those that follow each other as «M-001–M-062»; of many the first few."""
    found = []
    for first, last in _runs(sorted(names)):
        one, other = names[first], names[last]
        found.append(one if first == last else f"{one}, {other}" if last == first + 1 else f"{one}–{other}")
    return _first(found, _MOST_NAMES)


def _first(told: list[str], most: int) -> list[str]:
    return told if len(told) <= most else [*told[: most - 1], "…"]


def _by_column(cells: Iterable[str]) -> dict[str, list[int]]:
    columns: dict[str, list[int]] = {}
    for column, row in map(column_and_row, dict.fromkeys(cells)):
        columns.setdefault(column, []).append(row)
    return {column: sorted(columns[column]) for column in sorted(columns, key=lambda name: (len(name), name))}


def _runs(rows: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and last of rows that follow each other."""
    for _key, group in groupby(enumerate(rows), key=lambda each: each[1] - each[0]):
        run = [row for _at, row in group]
        yield run[0], run[-1]


def _neighbours(columns: Sequence[str]) -> Iterator[list[str]]:
    for _key, group in groupby(enumerate(columns), key=lambda each: _number(each[1]) - each[0]):
        yield [column for _at, column in group]


def _number(column: str) -> int:
    """Return 1 for «A», 27 for «AA»."""
    number = 0
    for letter in column:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _range(first: str, last: str, start: int, stop: int) -> str:
    one, other = f"{first}{start or ''}", f"{last}{stop or ''}"
    return one if one == other else f"{one}:{other}"
