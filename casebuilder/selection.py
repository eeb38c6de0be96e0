"""Which cases a run is about: those named by sak_id or møte_id, or every one that is not sent (pure)."""

from __future__ import annotations

from collections.abc import Sequence

from casebuilder.problems import Place, Problem, msg
from casebuilder.register.records import Case, Register
from casebuilder.suggest import did_you_mean


def selected(register: Register, names: Sequence[str]) -> tuple[tuple[Case, ...], tuple[Problem, ...]]:
    """Return the cases in the order of meetings and agendas; an unknown name is a problem."""
    agenda = [case for meeting in register.meetings for case in register.cases_of(meeting)]
    if not names:
        return tuple(case for case in agenda if case.is_at_work), ()
    known = [*register.meetings, *register.cases]
    refused = {name for sheet in ("møter", "saker") for name in register.faulty.get(sheet, ())}
    is_whole = not register.incomplete & {"møter", "saker"}
    problems = [_unknown(name, known) for name in names if is_whole and name not in {*known, *refused}]
    return tuple(case for case in agenda if {case.id, case.meeting_id} & set(names)), tuple(problems)


def _unknown(name: str, known: Sequence[str]) -> Problem:
    found = msg("there is no meeting or case «{name}».", name=name)
    expected = did_you_mean(name, known, msg("Use an id from the sheets møter or saker."))
    return Problem("unknown-case", Place(), found, expected, cases=frozenset())
