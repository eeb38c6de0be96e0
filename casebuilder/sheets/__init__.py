"""Excel bytes → rows whose every cell knows its Place; the columns stand as a table of declarations."""

from __future__ import annotations

from collections.abc import Iterable

from casebuilder.problems import Problem
from casebuilder.sheets.rows import Row, Tables, read_rows
from casebuilder.sheets.workbook import RawSheet, read_workbook

__all__ = ["Row", "Tables", "read_sheets"]


def read_sheets(workbooks: Iterable[tuple[str, bytes]]) -> tuple[Tables, tuple[Problem, ...]]:
    """Read all workbooks, given as (file name, bytes), into one set of tables."""
    raws: list[RawSheet] = []
    problems: list[Problem] = []
    unread = False
    for file, data in workbooks:
        sheets, more = read_workbook(file, data)
        raws += sheets
        problems += more
        unread = unread or bool(more)
    tables, more = read_rows(raws, all_read=not unread)
    return tables, (*problems, *more)
