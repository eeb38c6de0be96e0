"""What the secretariat knows, as frozen records, and the questions that papers put to it. All pure."""

from __future__ import annotations

from casebuilder.problems import Problem
from casebuilder.register.reading import read_register
from casebuilder.register.records import Register
from casebuilder.register.scope import narrowed
from casebuilder.register.uniqueness import repeated
from casebuilder.sheets import Tables

__all__ = ["Register", "register_of"]


def register_of(
    tables: Tables, sheet_problems: tuple[Problem, ...] = ()
) -> tuple[Register, tuple[Problem, ...]]:
    """Make the register; its problems and the sheets' hold back only the cases they concern."""
    register, problems = read_register(tables)
    problems += repeated(register)
    return register, narrowed((*sheet_problems, *problems), tables)
