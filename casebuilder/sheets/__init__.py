"""Excel bytes → rows whose every cell knows its Place; the columns stand as a table of declarations."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from casebuilder.problems import Problem, Severity
from casebuilder.sheets.columns import SHEETS
from casebuilder.sheets.copies import without_copies
from casebuilder.sheets.headers import normal
from casebuilder.sheets.raw import RawSheet, is_foreign
from casebuilder.sheets.rows import Row, Tables, read_rows

__all__ = ["Row", "Tables", "read_sheets", "workbook_sheets"]

Sheets = tuple[tuple[RawSheet, ...], tuple[Problem, ...]]


def workbook_sheets(file: str, data: bytes) -> Sheets:
    """Read every worksheet of a workbook; a file that is no workbook is a Problem."""
    from casebuilder.sheets.workbook import read_workbook  # noqa: PLC0415 - it loads openpyxl

    return read_workbook(file, data)


def read_sheets(
    workbooks: Iterable[tuple[str, bytes]], read: Callable[[str, bytes], Sheets] = workbook_sheets
) -> tuple[Tables, tuple[Problem, ...]]:
    """Read all workbooks, given as (file name, bytes), into one set of tables."""
    found: list[RawSheet] = []
    problems: list[Problem] = []
    for file, data in workbooks:
        sheets, more = read(file, data)
        found += sheets
        problems += more
    raws, copies = without_copies(found)
    if _is_complete(raws):
        problems = [_mild(problem) for problem in problems]
    unread = any(problem.is_error for problem in problems)
    tables, faults = read_rows(raws, all_read=not unread)
    return tables, (*problems, *copies, *faults)


def _is_complete(raws: Iterable[RawSheet]) -> bool:
    """Tell whether every sheet that must be there is there."""
    names = {normal(raw.name) for raw in raws}
    return all(sheet.optional or sheet.name in names for sheet in SHEETS)


def _mild(problem: Problem) -> Problem:
    """Make a warning of a file of another kind that nothing seems to be missing from."""
    if not is_foreign(problem.place.file):
        return problem
    return replace(problem, severity=Severity.WARNING, cases=frozenset())
