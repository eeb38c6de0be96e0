"""Which papers a faulty row holds back (pure).

A row of a case holds back that case, a row of a meeting its cases, a row of a source the cases that
list it. A fault anywhere else may change any figure, and so holds back every paper.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from casebuilder.problems import Problem
from casebuilder.sheets import Row, Tables

_RowKey = tuple[str, str, int]


def narrowed(problems: Iterable[Problem], tables: Tables) -> tuple[Problem, ...]:
    """Return the problems, each holding back only the cases that its row concerns."""
    cases = _cases_by_row(tables)
    return tuple(_narrow(problem, cases) for problem in problems)


def _narrow(problem: Problem, cases: Mapping[_RowKey, frozenset[str]]) -> Problem:
    number = re.search(r"\d+", problem.place.cell)
    if problem.cases is not None or number is None:
        return problem
    key = (problem.place.file, problem.place.sheet.strip().casefold(), int(number.group()))
    return problem.only_for(*cases[key]) if key in cases else problem


def _cases_by_row(tables: Tables) -> dict[_RowKey, frozenset[str]]:
    by_meeting: defaultdict[object, set[str]] = defaultdict(set)
    by_source: defaultdict[object, set[str]] = defaultdict(set)
    for row in tables["saker"]:
        by_meeting[row.values["møte_id"]].add(str(row.values["sak_id"]))
        listed = row.values["kilder"]
        for source in listed if isinstance(listed, tuple) else ():
            by_source[source].add(str(row.values["sak_id"]))
    result: dict[_RowKey, frozenset[str]] = {}
    for sheet in ("saker", "vedlegg", "behandling"):
        for row in tables[sheet]:
            result[_key(row)] = frozenset({str(row.values["sak_id"])})
    for sheet in ("møter", "deltakere"):
        for row in tables[sheet]:
            result[_key(row)] = frozenset(by_meeting[row.values["møte_id"]])
    for row in tables["kilder"]:
        result[_key(row)] = frozenset(by_source[row.values["kilde_id"]])
    return result


def _key(row: Row) -> _RowKey:
    place = next(iter(row.places.values()))
    return (place.file, place.sheet.strip().casefold(), row.number)
