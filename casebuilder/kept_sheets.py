"""Workbooks that were read before, kept by the hash of their bytes: of such a one no cell is read again."""

from __future__ import annotations

from casebuilder.keeping import Keeping
from casebuilder.problems import Problem
from casebuilder.program import key_of
from casebuilder.sheets import workbook_sheets
from casebuilder.sheets.raw import NotPlain, RawSheet, from_json, to_json

_KIND = "ark"
_MOST = 50


def known_sheets(
    keeping: Keeping, file: str, data: bytes
) -> tuple[tuple[RawSheet, ...], tuple[Problem, ...]]:
    """Return the sheets of a workbook; one that cannot be read is looked at each time."""
    key = key_of(file, data)
    kept = keeping.get(_KIND, key)
    if kept is not None:
        try:
            return from_json(kept.decode()), ()
        except ValueError:
            pass
    sheets, problems = workbook_sheets(file, data)
    if not problems:
        try:
            keeping.put(_KIND, key, to_json(sheets).encode())
        except NotPlain:
            return sheets, problems
        keeping.forget(_KIND, _MOST)
    return sheets, problems
