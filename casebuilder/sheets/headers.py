"""The header of a sheet: which row it is, and which column each declared header stands in."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from casebuilder.problems import Place, Problem, info, msg, warning
from casebuilder.sheets.declarations import Column, Kind, Sheet
from casebuilder.sheets.raw import RawRow, RawSheet
from casebuilder.suggest import did_you_mean, nearest

_LAST_HEADER_ROW = 10


@dataclass(frozen=True)
class Header:
    """The row of headers, each field's column from 0, what is wrong with it, and what was asked after."""

    row: RawRow
    at: Mapping[str, int]
    problems: tuple[Problem, ...]
    asked: frozenset[str]


def normal(text: object) -> str:
    """Return a name as it is compared: without regard to case and spacing."""
    return re.sub(r"\s+", " ", str(text)).strip().casefold()


def row_place(raw: RawSheet, line: RawRow) -> Place:
    """Return the Place of a whole row."""
    return Place(raw.file, raw.name, f"{line.number}:{line.number}")


def header_of(raw: RawSheet, sheet: Sheet) -> Header:
    """Find the row of headers and each column in it; a header found twice or missing is a problem."""
    row = _header_row(raw, sheet)
    by_text: defaultdict[str, list[int]] = defaultdict(list)
    for index, value in enumerate(row.values):
        by_text[normal(value)].append(index)
    at: dict[str, int] = {}
    problems = _told_of_rows_above(raw, row)
    asked = set()
    for column in sheet.columns:
        indexes = by_text.get(normal(column.header), [])
        near = (
            None if indexes or column.kind is Kind.FORMULA else nearest(column.header, strangers(sheet, row))
        )
        if indexes:
            at[column.field] = indexes[0]
        elif column.required or near:
            problem = header_missing(sheet, column, raw, row)
            mild = warning(problem.rule, problem.place, problem.found, problem.expected)
            problems.append(problem if column.required else mild)
            asked.add(normal(near))
        if len(indexes) > 1:
            told = msg("the header «{header}» stands twice.", header=column.header)
            place = raw.place(row.number, indexes[1])
            problems.append(Problem("header-twice", place, told, msg("Delete or rename one of them.")))
    return Header(row, at, tuple(problems), frozenset(asked))


def _header_row(raw: RawSheet, sheet: Sheet) -> RawRow:
    """Return the row among the first ones that has most of the declared headers, else the first row."""
    known = {normal(column.header) for column in sheet.columns}
    near_top = [row for row in raw.rows[:_LAST_HEADER_ROW] if row.number <= _LAST_HEADER_ROW]
    counts = [len(known & {normal(value) for value in row.values}) for row in near_top]
    if counts and max(counts) > max(1, counts[0]):
        return near_top[counts.index(max(counts))]
    return raw.rows[0] if raw.rows else RawRow(1, ())


def _told_of_rows_above(raw: RawSheet, row: RawRow) -> list[Problem]:
    if not raw.rows or row is raw.rows[0]:
        return []
    told = msg("the headers stand in row {number}; what stands above them is not read.", number=row.number)
    return [info("header-lower", row_place(raw, row), told)]


def header_missing(sheet: Sheet, column: Column, raw: RawSheet, header: RawRow) -> Problem:
    """Return the problem that a column is not there, asking after the nearest header."""
    told = msg("the column «{column}» is missing.", column=column.header)
    expected = did_you_mean(column.header, strangers(sheet, header), msg("Add a column with that header."))
    return Problem("column-missing", row_place(raw, header), told, expected)


def strangers(sheet: Sheet, header: RawRow) -> list[str]:
    """Return the headers that are no column of the sheet."""
    known = {normal(column.header) for column in sheet.columns}
    return [value for value in header.values if isinstance(value, str) and normal(value) not in known]
