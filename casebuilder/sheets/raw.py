"""Sheets as they stand in a workbook, before any column is known, and as plain values that can be kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import PurePosixPath
from typing import Any

from casebuilder.problems import Place
from casebuilder.sheets.sheet_xml import Area, Layout

FIRST_DAY = datetime(1899, 12, 30)  # noqa: DTZ001 - a calendar has no time zone
"""The day before the first one of Excel's usual calendar."""

FORMULA_WITHOUT_VALUE = object()
"""Stands in a raw cell whose formula no program has computed yet."""

BY_OTHER_PROGRAMS = {
    ".xls": "Excel",
    ".xlsb": "Excel",
    ".ods": "LibreOffice",
    ".fods": "LibreOffice",
    ".csv": "Excel",
    ".tsv": "Excel",
    ".numbers": "Numbers",
}
"""Kinds of files that hold tables and are not read, and what saves them as one that is."""


class Percent(float):
    """A number that Excel shows as a percentage."""

    def __str__(self) -> str:
        """Return the number as Excel shows it in Norway, such as «30 %»."""
        return f"{self * 100:.10g} %".replace(".", ",")


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row as it stands: its number from 1 and the values of its cells from column A on."""

    number: int
    values: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A sheet as it stands, with the name of the workbook file it came from."""

    file: str
    name: str
    rows: tuple[RawRow, ...]
    layout: Layout = field(default_factory=Layout)
    is_hidden: bool = False
    epoch: datetime = FIRST_DAY

    def place(self, row: int, column: int) -> Place:
        """Return the Place of the cell in `row` (from 1) and `column` (from 0)."""
        return Place(self.file, self.name, f"{_letters(column + 1)}{row}")


def is_foreign(file: str) -> bool:
    """Tell whether a file holds a table in a format that is not read, by the end of its name."""
    return PurePosixPath(file).suffix.lower() in BY_OTHER_PROGRAMS


def _letters(column: int) -> str:
    """Return a column's name: A to Z, AA to ZZ and so on."""
    before, last = divmod(column - 1, 26)
    return (_letters(before) if before else "") + chr(ord("A") + last)


class NotPlain(Exception):
    """A cell has a value of a kind that cannot be kept."""


def to_json(sheets: tuple[RawSheet, ...]) -> str:
    """Return sheets as a text that can be kept; raises NotPlain."""
    return json.dumps([_sheet_values(sheet) for sheet in sheets])


def from_json(text: str) -> tuple[RawSheet, ...]:
    """Return the sheets that `to_json` was given; raises ValueError if they were none."""
    try:
        return tuple(_sheet(each) for each in json.loads(text))
    except (TypeError, LookupError, AttributeError) as fault:
        raise ValueError(text[:40]) from fault


def _sheet_values(sheet: RawSheet) -> list[object]:
    merged = [[each.top, each.left, each.bottom, each.right] for each in sheet.layout.merged]
    layout = [sheet.layout.hidden_rows, sheet.layout.hidden_columns, merged]
    rows = [[row.number, [_plain(value) for value in row.values]] for row in sheet.rows]
    return [sheet.file, sheet.name, rows, layout, sheet.is_hidden, sheet.epoch.isoformat()]


def _sheet(kept: list[Any]) -> RawSheet:
    file, name, rows, (hidden_rows, hidden_columns, merged), is_hidden, epoch = kept
    layout = Layout(
        [int(number) for number in hidden_rows],
        [(int(first), int(last)) for first, last in hidden_columns],
        [Area(*map(int, each)) for each in merged],
    )
    made = tuple(RawRow(int(number), tuple(map(_value, values))) for number, values in rows)
    return RawSheet(str(file), str(name), made, layout, bool(is_hidden), datetime.fromisoformat(epoch))


def _plain(value: object) -> object:
    kind = type(value)
    if value is None or kind in (str, bool, int, float):
        return value
    if value is FORMULA_WITHOUT_VALUE:
        return ["formula", ""]
    if isinstance(value, timedelta):
        return ["span", [value.days, value.seconds, value.microseconds]]
    for name, (made, write, _read) in _KINDS.items():
        if kind is made:
            return [name, write(value)]
    raise NotPlain


def _value(kept: object) -> object:
    if not isinstance(kept, list):
        return kept
    name, said = kept
    if name == "formula":
        return FORMULA_WITHOUT_VALUE
    return timedelta(*said) if name == "span" else _KINDS[name][2](said)


_KINDS: dict[str, tuple[type, Callable[[Any], object], Callable[[Any], object]]] = {
    "percent": (Percent, float, Percent),
    "moment": (datetime, datetime.isoformat, datetime.fromisoformat),
    "day": (date, date.isoformat, date.fromisoformat),
    "time": (time, time.isoformat, time.fromisoformat),
}
