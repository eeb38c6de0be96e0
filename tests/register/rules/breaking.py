"""What a rule says of a small register: the places of its problems, or the problems whole."""

from __future__ import annotations

from collections.abc import Sequence

from casebuilder.problems import Place, Problem
from casebuilder.register.reading import read_register
from casebuilder.register.rules import RULES, broken
from tests.builders import Values, body, case, meeting, tables


def broken_by(**sheets: Sequence[Values]) -> tuple[Problem, ...]:
    """Every problem that the rules find in a register with one body, meeting and case unless given."""
    given = tables(**{"organer": [body()], "møter": [meeting()], "saker": [case()], **sheets})
    made, _problems = read_register(given)
    return broken(made, given)


def problems(rule: str, **sheets: Sequence[Values]) -> list[Problem]:
    """The problems of one rule."""
    assert rule in {each.name for each in RULES}
    return [problem for problem in broken_by(**sheets) if problem.rule == rule]


def places(rule: str, **sheets: Sequence[Values]) -> list[Place]:
    """The places where one rule is broken."""
    return [problem.place for problem in problems(rule, **sheets)]
