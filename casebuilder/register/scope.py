"""Which papers a faulty row holds back (pure).

A row of a case holds back that case, a row of a meeting its cases, a row of a source the cases that
list it (a text that cites it without listing it is held back where it cites). A row of «avvik» changes
no paper. A fault anywhere else may change any figure, and so holds back every paper; so does a row that
does not say, or not rightly, which case, meeting or source it is about.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from casebuilder.problems import Problem
from casebuilder.sheets import Row, Tables

_RowKey = tuple[str, str, int]
_ABOUT = {
    "saker": "sak_id",
    "vedlegg": "sak_id",
    "behandling": "sak_id",
    "møter": "møte_id",
    "deltakere": "møte_id",
    "kilder": "kilde_id",
}
"""Sheet → the column that says what a row is about."""


def narrowed(problems: Iterable[Problem], tables: Tables) -> tuple[Problem, ...]:
    """Return the problems, each holding back only the cases that its row concerns."""
    cases = _cases_by_row(tables)
    return tuple(_narrow(problem, cases) for problem in problems)


def _narrow(problem: Problem, cases: Mapping[_RowKey, frozenset[str]]) -> Problem:
    number = re.search(r"\d+", problem.place.cell)
    if problem.cases is not None or number is None:
        return problem
    key = (problem.place.file, problem.place.sheet, int(number.group()))
    return problem.only_for(*cases[key]) if key in cases else problem


def _cases_by_row(tables: Tables) -> dict[_RowKey, frozenset[str]]:
    cases = _cases_by_name(tables)
    result: dict[_RowKey, frozenset[str]] = {}
    for sheet, column in _ABOUT.items():
        for row in (*tables[sheet], *tables.repeated.get(sheet, ())):
            name = row.values[column]
            if (column, name) in cases:
                result[_key(row)] = cases[column, name]
            elif sheet == "saker":
                result[_key(row)] = frozenset()  # no case has it, so it has no paper either
    for row in tables["avvik"]:
        result[_key(row)] = frozenset()
    return result


def _cases_by_name(tables: Tables) -> dict[tuple[str, object], frozenset[str]]:
    """Return the cases that each case, meeting and source concerns, by its column and id."""
    found: defaultdict[tuple[str, object], set[str]] = defaultdict(set)
    for sheet in ("møter", "kilder"):
        for row in tables[sheet]:
            found[_ABOUT[sheet], row.values[_ABOUT[sheet]]] = set()
    for row in (*tables["saker"], *tables.repeated.get("saker", ())):
        name = row.values["sak_id"]
        if name is None:
            continue
        found["sak_id", name].add(str(name))
        found["møte_id", row.values["møte_id"]].add(str(name))
        listed = row.values["kilder"]
        for source in listed if isinstance(listed, tuple) else ():
            found["kilde_id", source].add(str(name))
    return {about: frozenset(names) for about, names in found.items() if about[1] is not None}


def _key(row: Row) -> _RowKey:
    place = next(iter(row.places.values()))
    return (place.file, place.sheet, row.number)
