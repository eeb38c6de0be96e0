"""What is told of a sheet as it lies: columns left alone, what is hidden, and what merged cells cover."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from casebuilder.problems import Place, Problem, info, msg, warning
from casebuilder.sheets.declarations import Kind, Sheet
from casebuilder.sheets.headers import Header, normal
from casebuilder.sheets.raw import RawRow, RawSheet
from casebuilder.sheets.sheet_xml import Area

_MOST_TOLD = 10
_MOST_MERGED = 200_000


def remarks(
    raw: RawSheet, sheet: Sheet, header: Header, body: Sequence[RawRow], lines: Sequence[RawRow]
) -> list[Problem]:
    """Return what a clerk should know of a sheet, though nothing of it stops a paper."""
    return [
        *_left_alone(raw, sheet, header, body),
        *_hidden_sheet(raw),
        *_hidden_columns(raw, sheet, header),
        *_hidden_rows(raw, lines),
    ]


def _left_alone(raw: RawSheet, sheet: Sheet, header: Header, body: Sequence[RawRow]) -> list[Problem]:
    """Tell once which columns are not read, but for those that were asked after."""
    known = {normal(column.header) for column in sheet.columns} | header.asked
    names = {
        at: str(value).strip()
        for at, value in enumerate(header.row.values)
        if value is not None and normal(value) and normal(value) not in known
    }
    headed = {at for at, value in enumerate(header.row.values) if value is not None and normal(value)}
    for line in body:
        names |= {
            at: _letters(raw, at)
            for at, value in enumerate(line.values)
            if value is not None and at not in headed and at not in names and str(value).strip()
        }
    if not names:
        return []
    told = msg("these columns are not read: {columns}.", columns=_listed([names[at] for at in sorted(names)]))
    return [info("column-unknown", raw.place(header.row.number, min(names)), told)]


def _letters(raw: RawSheet, column: int) -> str:
    return raw.place(1, column).cell.removesuffix("1")


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:_MOST_TOLD]) + (" …" if len(names) > _MOST_TOLD else "")


def _hidden_sheet(raw: RawSheet) -> list[Problem]:
    if not raw.is_hidden:
        return []
    found = msg("the sheet is hidden in Excel, but is read.")
    return [warning("hidden", Place(raw.file, raw.name), found, msg("Unhide it, so that all can see it."))]


def _hidden_columns(raw: RawSheet, sheet: Sheet, header: Header) -> list[Problem]:
    hidden = [
        (header.at[column.field], column.header)
        for column in sheet.columns
        if column.field in header.at
        and column.kind is not Kind.FORMULA
        and any(first <= header.at[column.field] <= last for first, last in raw.layout.hidden_columns)
    ]
    if not hidden:
        return []
    found = msg(
        "these columns are hidden in Excel, but are read: {columns}.",
        columns=_listed([name for _at, name in hidden]),
    )
    place = raw.place(header.row.number, min(hidden)[0])
    return [warning("hidden", place, found, msg("Unhide them, so that all can see them."))]


def _hidden_rows(raw: RawSheet, lines: Iterable[RawRow]) -> list[Problem]:
    out_of_sight = set(raw.layout.hidden_rows)
    hidden = [line.number for line in lines if line.number in out_of_sight]
    if not hidden:
        return []
    found = msg(
        "these rows are hidden or filtered away in Excel, but are read: {rows}.", rows=_listed(_spans(hidden))
    )
    place = Place(raw.file, raw.name, f"{hidden[0]}:{hidden[0]}")
    return [warning("hidden", place, found, msg("Delete them if they are not to count; else unhide them."))]


def _spans(numbers: Sequence[int]) -> list[str]:
    """Return ascending numbers as spans, such as «3–5» and «8»."""
    spans: list[tuple[int, int]] = []
    for number in numbers:
        if spans and spans[-1][1] == number - 1:
            spans[-1] = (spans[-1][0], number)
        else:
            spans.append((number, number))
    return [f"{first}–{last}" if last > first else str(first) for first, last in spans]


def merged_over(raw: RawSheet, lines: Sequence[RawRow]) -> Mapping[int, Sequence[Area]]:
    """Return the merged areas that reach each of these rows."""
    found: defaultdict[int, list[Area]] = defaultdict(list)
    numbers = [line.number for line in lines]
    left = _MOST_MERGED // max(1, len(numbers))
    for area in raw.layout.merged[:left]:
        for at in range(bisect_left(numbers, area.top), bisect_right(numbers, area.bottom)):
            found[numbers[at]].append(area)
    return found


def merged_problem(raw: RawSheet, area: Area, content: object, place: Place) -> Problem:
    """Return the problem of a cell that lies under another one with which it is merged."""
    name = f"{raw.place(area.top, area.left).cell}:{raw.place(area.bottom, area.right).cell}"
    if content is None:
        found = msg("the cells {area} are merged, so that this one holds nothing of its own.", area=name)
    else:
        found = msg(
            "the cells {area} are merged, and «{value}» is hidden under them.", area=name, value=content
        )
    return Problem("merged", place, found, msg("Unmerge the cells and fill in each of them."))
