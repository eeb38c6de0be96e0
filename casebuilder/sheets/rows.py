"""Raw sheets → rows by the table of columns, every cell with its Place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from casebuilder.problems import Place, Problem, info, msg, warning
from casebuilder.sheets.cells import read_cell
from casebuilder.sheets.columns import BY_NAME, SHEETS
from casebuilder.sheets.declarations import Column, Kind, Sheet
from casebuilder.sheets.headers import header_missing, header_of, normal, row_place
from casebuilder.sheets.layout import merged_over, merged_problem, remarks
from casebuilder.sheets.raw import RawRow, RawSheet
from casebuilder.sheets.sheet_xml import Area
from casebuilder.suggest import did_you_mean, nearest

_ADD_SHEET = msg("Add it to one of the workbooks in the folder sources.")
_HELPERS = frozenset({"kodelister", "lesmeg"})
"""Sheets that are there for the clerk, and need no mention."""


@dataclass(frozen=True)
class Row:
    """One row of a sheet: the value and the Place of every declared column; None is empty."""

    sheet: str
    number: int
    values: Mapping[str, object]
    places: Mapping[str, Place]
    faulty: bool = False

    @cached_property
    def name(self) -> str:
        """What the row is called: by its id, or by the fields that it is known by; empty if they are."""
        sheet = BY_NAME[self.sheet]
        if sheet.key and self.values[sheet.key.field] is not None:
            return str(self.values[sheet.key.field])
        known = (self.values[field] for field in sheet.known_by)
        return " ".join(str(value) for value in known if value is not None)

    def place(self, field: str) -> Place:
        """Return the Place of the cell that holds `field`, also where it is empty, with the row's name."""
        if field not in self._named:
            place = self.places[field]
            self._named[field] = Place(place.file, place.sheet, place.cell, row=self.name)
        return self._named[field]

    @cached_property
    def _named(self) -> dict[str, Place]:
        """The places that have been asked for; many papers ask for the same ones."""
        return {}


@dataclass(frozen=True)
class Tables:
    """The rows of every sheet that was found, by the sheet's name.

    `repeated` are rows whose key an earlier row has. `incomplete` names the sheets that may have had more
    keys than could be read: what is not found in them cannot be called missing.
    """

    rows: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    repeated: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    incomplete: frozenset[str] = frozenset()

    def __getitem__(self, sheet: str) -> tuple[Row, ...]:
        """Return the rows of a sheet; none if the sheet is optional and absent."""
        return self.rows.get(sheet, ())


def read_rows(sheets: Iterable[RawSheet], *, all_read: bool = True) -> tuple[Tables, tuple[Problem, ...]]:
    """Read the declared sheets out of all workbooks' sheets, whichever file each stands in.

    Unless all workbooks were read (`all_read`), a sheet that is not found is not called missing.
    """
    found: defaultdict[str, list[RawSheet]] = defaultdict(list)
    for raw in sheets:
        found[normal(raw.name)].append(raw)
    rows: dict[str, tuple[Row, ...]] = {}
    repeated: dict[str, tuple[Row, ...]] = {}
    incomplete = set()
    problems: list[Problem] = []
    for sheet in SHEETS:
        raws = found.get(normal(sheet.name), [])
        problems += [each for each in _presence(sheet, raws, found) if all_read or _is_sure(each)]
        if raws:
            kept, more = _sheet_rows(raws[0], sheet)
            rows[sheet.name], repeated[sheet.name], again = _unique(kept, sheet)
            problems += more + again
        absent = not raws and (not sheet.optional or not all_read)
        if absent or len(raws) > 1 or any(_lacks_keys(raw, rows[sheet.name], sheet) for raw in raws):
            incomplete.add(sheet.name)
    return Tables(rows, repeated, frozenset(incomplete)), (*problems, *_left_alone(found, problems))


def _is_sure(problem: Problem) -> bool:
    """Tell whether a problem with a sheet stands also when some workbook could not be read."""
    return problem.rule != "sheet-missing" or problem.expected != _ADD_SHEET


def _left_alone(found: Mapping[str, list[RawSheet]], problems: Iterable[Problem]) -> list[Problem]:
    """Tell once a workbook which sheets are not read, but for those that were asked after."""
    asked = {
        value
        for each in problems
        if each.rule == "sheet-missing" and each.expected
        for _name, value in each.expected.values
    }
    strangers: defaultdict[str, list[str]] = defaultdict(list)
    for name, raws in found.items():
        for raw in raws:
            if name not in BY_NAME and name not in _HELPERS and raw.rows and raw.name not in asked:
                strangers[raw.file].append(raw.name)
    return [
        info(
            "sheet-unknown", Place(file), msg("these sheets are not read: {sheets}.", sheets=", ".join(names))
        )
        for file, names in strangers.items()
    ]


def _lacks_keys(raw: RawSheet, rows: tuple[Row, ...], sheet: Sheet) -> bool:
    key = sheet.key
    if key is None or not key.required:
        return False
    is_there = key.field in header_of(raw, sheet).at
    return not is_there or any(row.values[key.field] is None for row in rows)


def _presence(sheet: Sheet, raws: list[RawSheet], found: Mapping[str, list[RawSheet]]) -> list[Problem]:
    if len(raws) > 1:
        told = msg(
            "the sheet «{sheet}» stands both in {first} and in {second}.",
            sheet=sheet.name,
            first=raws[0].file,
            second=raws[1].file,
        )
        return [Problem("sheet-twice", Place(raws[1].file, sheet.name), told, msg("Keep it in one of them."))]
    known = BY_NAME.keys() | _HELPERS
    strangers = {raw.name: raw for name, group in found.items() for raw in group if name not in known}
    near = nearest(sheet.name, strangers)
    if raws or (sheet.optional and near is None):
        return []
    told = msg("no workbook has the sheet «{sheet}».", sheet=sheet.name)
    expected = did_you_mean(sheet.name, strangers, _ADD_SHEET)
    if sheet.optional and near is not None:
        return [warning("sheet-missing", Place(strangers[near].file, near), told, expected)]
    return [Problem("sheet-missing", Place("sources"), told, expected)]


def _sheet_rows(raw: RawSheet, sheet: Sheet) -> tuple[tuple[Row, ...], list[Problem]]:
    header = header_of(raw, sheet)
    body = [line for line in raw.rows if line.number > header.row.number]
    lines = [line for line in body if not _is_blank(line, sheet, header.at)]
    merged = merged_over(raw, lines)
    problems = [*header.problems, *remarks(raw, sheet, header, body, lines)]
    rows = []
    demanded: dict[str, Problem] = {}
    for line in lines:
        row, more = _row(raw, line, sheet, header.at, merged.get(line.number, ()))
        lacking = _lacking(row, sheet, header.at)
        for column in lacking:
            if not column.required:
                demanded[column.field] = header_missing(sheet, column, raw, header.row)
        rows.append(replace(row, faulty=True) if lacking else row)
        problems += more
    return tuple(rows), problems + list(demanded.values())


def _is_blank(line: RawRow, sheet: Sheet, at: Mapping[str, int]) -> bool:
    """Tell whether a row holds nothing but spaces and formulas that are for the eye only."""
    return all(
        content is None or (isinstance(content, str) and not content.strip())
        for column in sheet.columns
        if column.kind is not Kind.FORMULA and (content := _content(line, at.get(column.field))) is not None
    )


def _content(line: RawRow, index: int | None) -> object:
    return line.values[index] if index is not None and index < len(line.values) else None


def _lacking(row: Row, sheet: Sheet, at: Mapping[str, int]) -> list[Column]:
    """Return the columns that the sheet does not have though this row needs them."""
    return [column for column in sheet.columns if column.field not in at and _is_demanded(column, row.values)]


def _is_demanded(column: Column, values: Mapping[str, object]) -> bool:
    return column.required or bool(column.required_when and column.required_when.holds(values))


def _row(
    raw: RawSheet, line: RawRow, sheet: Sheet, at: Mapping[str, int], merged: Iterable[Area]
) -> tuple[Row, list[Problem]]:
    values: dict[str, object] = {}
    places: dict[str, Place] = {}
    problems: list[Problem] = []
    more: tuple[Problem, ...]
    for column in sheet.columns:
        index = at.get(column.field)
        place = raw.place(line.number, index) if index is not None else row_place(raw, line)
        content = _content(line, index)
        hiding = [area for area in merged if index is not None and area.hides(line.number, index)]
        if hiding and column.kind is not Kind.FORMULA:
            value, more = None, (merged_problem(raw, hiding[0], content, place),)
        else:
            value, more = read_cell(content, column, place, raw.epoch)
        problems += more
        refused = any(problem.is_error for problem in more)
        values[column.field] = column.default if value is None and not refused else value
        places[column.field] = place
    failed = {problem.place for problem in problems if problem.is_error}
    problems += [problem for problem in _demands(sheet, values, places, at) if problem.place not in failed]
    faulty = any(problem.is_error for problem in problems)
    return Row(sheet.name, line.number, values, places, faulty), problems


def _demands(
    sheet: Sheet, values: Mapping[str, object], places: Mapping[str, Place], at: Mapping[str, int]
) -> list[Problem]:
    """Report what is empty though it is required, always or by the row's other values."""
    problems = []
    for column in sheet.columns:
        if values[column.field] is not None or column.field not in at:
            continue
        place = places[column.field]
        found = msg("«{column}» is empty.", column=column.header)
        if column.required:
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


def _unique(rows: tuple[Row, ...], sheet: Sheet) -> tuple[tuple[Row, ...], tuple[Row, ...], list[Problem]]:
    """Part the first row of each key from later ones, which are problems naming the first one's cell."""
    key = sheet.key
    if key is None:
        return rows, (), []
    first: dict[object, Row] = {}
    kept, repeated, problems = [], [], []
    for row in rows:
        value = row.values[key.field]
        if value is not None and value in first:
            told = msg("«{value}» is also in {cell}.", value=value, cell=first[value].place(key.field).cell)
            expected = msg("Each row needs a «{column}» of its own.", column=key.header)
            problems.append(Problem("not-unique", row.place(key.field), told, expected))
            repeated.append(row)
            continue
        if value is not None:
            first[value] = row
        kept.append(row)
    return tuple(kept), tuple(repeated), problems
