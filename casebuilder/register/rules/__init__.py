"""The rules that the register and its papers must keep, as one table. All pure."""

from __future__ import annotations

from casebuilder.problems import Problem
from casebuilder.register.records import Register
from casebuilder.register.rules.rule import Known
from casebuilder.register.rules.table import RULES
from casebuilder.register.scope import narrowed
from casebuilder.sheets import Tables

__all__ = ["RULES", "broken"]


def broken(register: Register, tables: Tables) -> tuple[Problem, ...]:
    """Return a problem for every place where a rule is broken, holding back the cases it concerns."""
    known = Known(register, tables)
    problems = (problem for rule in RULES for problem in rule.problems(known))
    return narrowed(dict.fromkeys(problems), tables)
