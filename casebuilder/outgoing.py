"""Papers that are to leave the house, by archive or publication: read, chosen, made ready, held back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from casebuilder.archive.papers import Final, Paper, papers_of, unnumbered
from casebuilder.problems import Problem
from casebuilder.register import register_of
from casebuilder.register.records import Register
from casebuilder.rendering import finals_of
from casebuilder.sheets import Tables, read_sheets
from casebuilder.workspace import Workspace


@dataclass(frozen=True)
class Outgoing:
    """The papers that are named, those of them that are ready, and what is wrong."""

    workspace: Workspace
    register: Register
    tables: Tables
    names: Sequence[str]
    papers: tuple[Paper, ...]
    finals: tuple[Final, ...]
    problems: tuple[Problem, ...]

    @property
    def meetings(self) -> tuple[str, ...]:
        """Return the ids of the meetings that the papers are of, in order."""
        return tuple(dict.fromkeys(paper.meeting.id for paper in self.papers))

    def finals_of(self, meeting: str) -> list[Final]:
        """Return a meeting's papers that are ready."""
        return [final for final in self.finals if final.paper.meeting.id == meeting]

    def is_held(self, meeting: str, problems: Iterable[Problem]) -> bool:
        """Tell whether a problem concerns a case of a meeting: it goes out whole or not at all."""
        cases = [case.id for case in self.register.cases_of(meeting)]
        return any(problem.concerns(case) for problem in problems for case in cases)


def outgoing(workspace: Workspace, names: Sequence[str], *, accept: bool | None) -> Outgoing:
    """Return the papers of the meetings and cases that are named, or all that lie in `output/`."""
    tables, sheet_problems = read_sheets(workspace.workbooks())
    register, problems = register_of(tables, sheet_problems)
    papers, found = papers_of(workspace, register, names)
    finals, more = finals_of(workspace, papers, accept=accept)
    found += more
    found += tuple(each for each in problems if any(each.concerns(paper.case.id) for paper in papers))
    found += tuple(unnumbered(paper.case) for paper in papers if paper.case.number is None)
    return Outgoing(workspace, register, tables, names, papers, finals, found)
