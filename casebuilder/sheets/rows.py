"""Raw sheets → rows by the table of columns, every cell with its Place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from casebuilder.problems import Place, Problem, msg
from casebuilder.sheets.cells import read_cell
from casebuilder.sheets.columns import BY_NAME, SHEETS
from casebuilder.sheets.declarations import Column, Kind, Sheet
from casebuilder.sheets.workbook import RawRow, RawSheet
from casebuilder.suggest import did_you_mean


@dataclass(frozen=True)
class Row:
    """One row of a sheet: the value and the Place of every declared column; None is empty."""

    sheet: str
    number: int
    values: Mapping[str, object]
    places: Mapping[str, Place]
    faulty: bool = False

    def place(self, field: str) -> Place:
        """Return the Place of the cell that holds `field`, also where it is empty."""
        return self.places[field]


@dataclass(frozen=True)
class Tables:
    """The rows of every sheet that was found, by the sheet's name."""

    rows: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)

    def __getitem__(self, sheet: str) -> tuple[Row, ...]:
        """Return the rows of a sheet; none if the sheet is optional and absent."""
        return self.rows.get(sheet, ())


def read_rows(sheets: Iterable[RawSheet]) -> tuple[Tables, tuple[Problem, ...]]:
    """Read the declared sheets out of all workbooks' sheets, whichever file each stands in."""
    found: defaultdict[str, list[RawSheet]] = defaultdict(list)
    for raw in sheets:
        found[_normal(raw.name)].append(raw)
    rows: dict[str, tuple[Row, ...]] = {}
    problems: list[Problem] = []
    for sheet in SHEETS:
        raws = found.get(_normal(sheet.name), [])
        problems += _presence(sheet, raws, found)
        if raws:
            rows[sheet.name], more = _sheet_rows(raws[0], sheet)
            problems += more
    return Tables(rows), tuple(problems)


def _normal(text: object) -> str:
    return re.sub(r"\s+", " ", str(text)).strip().casefold()


def _presence(sheet: Sheet, raws: list[RawSheet], found: Mapping[str, list[RawSheet]]) -> list[Problem]:
    if len(raws) > 1:
        told = msg(
            "the sheet «{sheet}» stands both in {first} and in {second}.",
            sheet=sheet.name,
            first=raws[0].file,
            second=raws[1].file,
        )
        return [Problem("sheet-twice", Place(raws[1].file, sheet.name), told, msg("Keep it in one of them."))]
    if raws or sheet.optional:
        return []
    others = [raw.name for group in found.values() for raw in group if _normal(raw.name) not in BY_NAME]
    told = msg("no workbook has the sheet «{sheet}».", sheet=sheet.name)
    expected = did_you_mean(sheet.name, others, msg("Add it to one of the workbooks in the folder sources."))
    return [Problem("sheet-missing", Place("sources"), told, expected)]


def _sheet_rows(raw: RawSheet, sheet: Sheet) -> tuple[tuple[Row, ...], list[Problem]]:
    if not raw.rows:
        return (), [_header_missing(sheet, column, raw, 1) for column in sheet.columns if column.required]
    header, *body = raw.rows
    at, problems = _header(raw, header, sheet)
    rows = []
    for line in body:
        if not any(line.values[index] is not None for index in at.values() if index < len(line.values)):
            continue
        row, more = _row(raw, line, sheet, at)
        rows.append(row)
        problems += more
    unique, more = _unique(rows, sheet)
    return unique, problems + more


def _header(raw: RawSheet, header: RawRow, sheet: Sheet) -> tuple[dict[str, int], list[Problem]]:
    """Find each column's index by its header; a header found twice or missing is a problem."""
    by_text: defaultdict[str, list[int]] = defaultdict(list)
    for index, value in enumerate(header.values):
        by_text[_normal(value)].append(index)
    at: dict[str, int] = {}
    problems = []
    for column in sheet.columns:
        indexes = by_text.get(_normal(column.header), [])
        if indexes:
            at[column.field] = indexes[0]
        elif column.required:
            problems.append(_header_missing(sheet, column, raw, header.number, header.values))
        if len(indexes) > 1:
            told = msg("the header «{header}» stands twice.", header=column.header)
            place = raw.place(header.number, indexes[1])
            problems.append(Problem("header-twice", place, told, msg("Delete or rename one of them.")))
    return at, problems


def _header_missing(
    sheet: Sheet, column: Column, raw: RawSheet, number: int, headers: tuple[object, ...] = ()
) -> Problem:
    told = msg("the column «{column}» is missing.", column=column.header)
    known = {_normal(other.header) for other in sheet.columns}
    strangers = [str(header) for header in headers if header is not None and _normal(header) not in known]
    expected = did_you_mean(column.header, strangers, msg("Add a column with that header."))
    return Problem("column-missing", Place(raw.file, sheet.name, f"{number}:{number}"), told, expected)


def _row(raw: RawSheet, line: RawRow, sheet: Sheet, at: Mapping[str, int]) -> tuple[Row, list[Problem]]:
    values: dict[str, object] = {}
    places: dict[str, Place] = {}
    problems: list[Problem] = []
    for column in sheet.columns:
        index = at.get(column.field)
        place = raw.place(line.number, index) if index is not None else _row_place(raw, line)
        content = line.values[index] if index is not None and index < len(line.values) else None
        value, more = read_cell(content, column, place)
        problems += more
        refused = any(problem.is_error for problem in more)
        values[column.field] = column.default if value is None and not refused else value
        places[column.field] = place
    failed = {problem.place for problem in problems if problem.is_error}
    problems += [problem for problem in _demands(sheet, values, places, at) if problem.place not in failed]
    faulty = any(problem.is_error for problem in problems)
    return Row(sheet.name, line.number, values, places, faulty), problems


def _row_place(raw: RawSheet, line: RawRow) -> Place:
    return Place(raw.file, raw.name, f"{line.number}:{line.number}")


def _demands(
    sheet: Sheet, values: Mapping[str, object], places: Mapping[str, Place], at: Mapping[str, int]
) -> list[Problem]:
    """Report what is empty though it is required, always or by the row's other values."""
    problems = []
    for column in sheet.columns:
        if values[column.field] is not None or column.kind is Kind.FORMULA:
            continue
        place = places[column.field]
        found = msg("«{column}» is empty.", column=column.header)
        if column.required and column.field in at:
            problems.append(Problem("empty", place, found, msg("It must be filled in.")))
        elif column.required_when and column.required_when.holds(values):
            other = sheet.column(column.required_when.field)
            expected = msg(
                "It must be filled in when «{other}» is «{value}».",
                other=other.header,
                value=values[other.field],
            )
            problems.append(Problem("empty", place, found, expected))
    return problems


def _unique(rows: list[Row], sheet: Sheet) -> tuple[tuple[Row, ...], list[Problem]]:
    """Keep the first row of each key; the later ones are problems naming the first one's cell."""
    key = sheet.key
    if key is None:
        return tuple(rows), []
    first: dict[object, Row] = {}
    kept, problems = [], []
    for row in rows:
        value = row.values[key.field]
        if value is not None and value in first:
            told = msg("«{value}» is also in {cell}.", value=value, cell=first[value].place(key.field).cell)
            expected = msg("Each row needs a «{column}» of its own.", column=key.header)
            problems.append(Problem("not-unique", row.place(key.field), told, expected))
            continue
        if value is not None:
            first[value] = row
        kept.append(row)
    return tuple(kept), problems
