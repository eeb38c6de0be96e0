"""Two workbooks with the same sheets: which one is a copy, and whether that may be passed over.

OneDrive («saker-PC01.xlsx»), Explorer («Kopi av saker.xlsx», «saker - Kopi.xlsx») and browsers
(«saker (1).xlsx») leave copies in the folder. A copy with the same content is passed over with a warning;
one with another content stops the work, for nobody but the clerk knows which of the two is right.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations
from pathlib import PurePosixPath

from casebuilder.problems import Place, Problem, msg, warning
from casebuilder.sheets.columns import BY_NAME
from casebuilder.sheets.headers import normal
from casebuilder.sheets.raw import RawSheet

_COPY_WORD = r"(?:kopi|kopia|copy)"
_COPY_NAMES = (
    re.compile(rf"{_COPY_WORD}(?: ?\(\d+\))? (?:av|of) (?P<stem>.+)", re.IGNORECASE),
    re.compile(rf"(?P<stem>.+?)[ _]?[-–]?[ _]?{_COPY_WORD}(?: ?\(?\d+\)?)?", re.IGNORECASE),
    re.compile(r"(?P<stem>.+?) ?\(\d+\)"),
    re.compile(r"(?P<stem>.+?)-[\w .-]*"),
)


def without_copies(sheets: Sequence[RawSheet]) -> tuple[list[RawSheet], list[Problem]]:
    """Return the sheets of the workbooks that are no copies of others, and what is to be said of the rest."""
    by_file: defaultdict[str, dict[str, RawSheet]] = defaultdict(dict)
    for sheet in sheets:
        if normal(sheet.name) in BY_NAME:
            by_file[sheet.file].setdefault(normal(sheet.name), sheet)
    dropped: set[str] = set()
    problems = []
    for pair in combinations(by_file, 2):
        first, second = pair if not _is_copy_of(*pair) else reversed(pair)
        if first in dropped or second in dropped:
            continue
        problem = _copy_problem(first, second, by_file)
        if problem:
            dropped.add(second)
            problems.append(problem)
    return [sheet for sheet in sheets if sheet.file not in dropped], problems


def _copy_problem(first: str, second: str, by_file: dict[str, dict[str, RawSheet]]) -> Problem | None:
    """Return what to say of `second` as a copy of `first`, or None if it is no copy."""
    shared = [name for name in by_file[second] if name in by_file[first]]
    names = {"file": PurePosixPath(first).name}
    if not shared:
        return None
    changed = [name for name in shared if by_file[first][name].rows != by_file[second][name].rows]
    if not changed and len(shared) == len(by_file[second]):
        found = msg("the workbook has the same content as {file}; it is passed over.", **names)
        return warning("workbook-copy", Place(second), found, msg("Move it out of the folder sources."))
    if not _is_copy_of(second, first) and len(shared) == 1:
        return None  # told of as a sheet that stands twice
    listed = ", ".join(changed or shared)
    if _is_copy_of(second, first):
        found = msg(
            "the workbook looks like a copy of {file}, but differs from it in {sheets}.",
            sheets=listed,
            **names,
        )
    else:
        found = msg("the workbook has the same sheets as {file}: {sheets}.", sheets=listed, **names)
    expected = msg("Gather what is right in one of them and move the other one out of the folder sources.")
    return Problem("workbook-copy", Place(second), found, expected)


def _is_copy_of(name: str, other: str) -> bool:
    """Tell whether a file is named as programs name their copies of the other."""
    stem, original = (normal(PurePosixPath(each).stem) for each in (name, other))
    return any((match := form.fullmatch(stem)) and match["stem"] == original for form in _COPY_NAMES)
