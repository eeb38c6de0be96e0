"""Cells as a clerk finds them: by workbook and sheet, neighbours below each other as one range."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from casebuilder.problems import Place

_MOST = 12
"""Ranges of one sheet that are named; more are no help."""


def told_ranges(places: Iterable[Place]) -> str:
    """Return «medlemmer.xlsx, medlemmer!C2–C9, C11» for cells of any number of sheets."""
    cells = sorted({(each.file, each.sheet, *_position(each.cell)) for each in places})
    told = []
    for (file, sheet), group in groupby(cells, key=lambda each: each[:2]):
        ranges = list(_ranges([(column, row) for _file, _sheet, _width, column, row in group]))
        more = " …" if len(ranges) > _MOST else ""
        told.append(f"{file.rpartition('/')[2]}, {sheet}!{', '.join(ranges[:_MOST])}{more}")
    return "; ".join(told)


def _position(cell: str) -> tuple[int, str, int]:
    """Return a cell's column, shorter names first, and its row; a place that is no cell sorts first."""
    match = re.fullmatch(r"([A-Z]+)(\d+)", cell)
    return (len(match[1]), match[1], int(match[2])) if match else (0, cell, 0)


def _ranges(cells: Sequence[tuple[str, int]]) -> Iterable[str]:
    start = 0
    for at, (column, row) in enumerate(cells):
        last = at + 1 == len(cells) or cells[at + 1] != (column, row + 1)
        if last:
            first = f"{cells[start][0]}{cells[start][1] or ''}"
            yield first if start == at else f"{first}–{column}{row}"
            start = at + 1
