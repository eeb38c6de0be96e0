"""The papers as they stand in `output/`, made ready to be kept: decided on, without hidden state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path

from casebuilder.archive.mending import About
from casebuilder.problems import Message, Place, Problem, msg
from casebuilder.register.records import RESTING, Body, Case, Meeting, Register
from casebuilder.suggest import did_you_mean
from casebuilder.word.cleaning import cleaned, said_of_itself
from casebuilder.word.package import UNREADABLE, digest, parts_of
from casebuilder.word.properties import Identity, read_identity
from casebuilder.word.settling import Pending, pending, settled
from casebuilder.workspace import OutputFile, Workspace


@dataclass(frozen=True, slots=True)
class Paper:
    """A case's paper as it lies in `output/`."""

    case: Case
    meeting: Meeting
    body: Body
    file: OutputFile
    identity: Identity


@dataclass(frozen=True, slots=True)
class Final:
    """A paper that is ready to be kept: every change decided, no hidden state; `key` names its contents."""

    paper: Paper
    data: bytes
    key: str
    about: About

    @property
    def path(self) -> Path:
        """Where the paper lies."""
        return self.paper.file.path


def papers_of(
    workspace: Workspace, register: Register, names: Sequence[str]
) -> tuple[tuple[Paper, ...], tuple[Problem, ...]]:
    """Return the newest paper of each case that is named by itself or its meeting, or of all cases.

    A case that is named and has no paper is a problem, unless it rests.
    """
    newest = _newest(workspace)
    known = [*register.meetings, *register.cases]
    problems = [_unknown(name, known) for name in names if name not in known]
    agenda = [case for meeting in register.meetings for case in register.cases_of(meeting)]
    papers = []
    for case in agenda:
        found = newest.get(case.id)
        is_named = bool({case.id, case.meeting_id} & set(names))
        meeting = register.meetings[case.meeting_id]
        if found and (is_named or not names) and meeting.body_id in register.bodies:
            papers.append(Paper(case, meeting, register.bodies[meeting.body_id], *found))
        elif is_named and not found and (case.id in names or case.status not in RESTING):
            problems.append(_no_paper(case))
    if not papers and not problems:
        problems.append(_none_at_all())
    return tuple(papers), tuple(problems)


def _newest(workspace: Workspace) -> dict[str, tuple[OutputFile, Identity]]:
    """Return each case's paper of the highest version, under its own name where there are several."""
    found = ((file, read_identity(file.data)) for file in workspace.papers())
    ours = [(file, identity) for file, identity in found if identity]
    ours.sort(key=lambda each: (each[1].version, each[0].path.name == each[1].name))
    return {identity.case_id: (file, identity) for file, identity in ours}


def final_of(
    workspace: Workspace, paper: Paper, *, accept: bool | None
) -> tuple[Final | None, tuple[Problem, ...]]:
    """Return a paper ready to be kept; what is undecided stops it unless `accept` says which way."""
    name = workspace.name(paper.file.path)
    at = datetime.combine(paper.case.as_of, time(12), UTC)
    try:
        waiting = pending(paper.file.data)
        problems = [*_undecided(name, waiting, accept), *_hidden(name, waiting)]
        if problems:
            return None, tuple(each.only_for(paper.case.id) for each in problems)
        data = cleaned(settled(paper.file.data, accept=accept is not False), paper.body.name, at)
        said = said_of_itself(data)
    except UNREADABLE:
        return None, (unreadable(name).only_for(paper.case.id),)
    title = said.get("title") or paper.case.title
    language = said.get("language") or f"{paper.case.language}-NO"
    about = About(title, paper.body.name, said.get("subject", ""), language, at)
    return Final(paper, data, digest(parts_of(data)), about), ()


def _undecided(name: str, waiting: Pending, accept: bool | None) -> list[Problem]:  # noqa: FBT001 - three answers
    if accept is not None or not (waiting.changes or waiting.comments):
        return []
    found = msg(
        "{changes} tracked changes and {comments} comments wait for somebody to decide on them.",
        changes=waiting.changes,
        comments=waiting.comments,
    )
    return [Problem("undecided", Place(name), found, _DECIDE)]


_DECIDE = msg(
    "Accept or reject them and delete the comments in Word, or add --godta (as if all were accepted) or "
    "--avvis (as if all were rejected). Your own file is not changed by that."
)


def _hidden(name: str, waiting: Pending) -> list[Problem]:
    if not waiting.hidden:
        return []
    found = msg("there is hidden text in the paper: «{words}».", words=waiting.hidden[:80])
    expected = msg("Delete it, or make it visible: mark it in Word, press Ctrl + D and untick «Hidden».")
    return [Problem("hidden-text", Place(name), found, expected)]


def _unknown(name: str, known: Sequence[str]) -> Problem:
    found = msg("there is no meeting or case «{name}».", name=name)
    return Problem("unknown-case", Place(), found, did_you_mean(name, known, _USE_AN_ID))


_USE_AN_ID: Message = msg("Use an id from the sheets møter or saker.")


def _no_paper(case: Case) -> Problem:
    found = msg("there is no paper of the case «{case}» in the folder output.", case=case.id)
    expected = msg("Run «casebuilder build {case}» first.", case=case.id)
    return Problem("no-paper", Place(), found, expected).only_for(case.id)


def unreadable(name: str) -> Problem:
    """Tell that a paper is no Word file any more."""
    found = msg("the file cannot be read as a Word file.")
    expected = msg("Open it in Word, save it and close it. If that fails, run «casebuilder restore».")
    return Problem("paper-unreadable", Place(name), found, expected)


def unnumbered(case: Case) -> Problem:
    """Tell that a case has no number: what goes out of the house has one."""
    found = msg("the case {case} has no number, which papers that go out must have.", case=case.id)
    expected = msg("Fill in «Løpenummer».")
    return Problem("case-unnumbered", case.place("løpenr"), found, expected).only_for(case.id)


def _none_at_all() -> Problem:
    found = msg("there are no papers in the folder output.")
    return Problem("no-paper", Place(), found, msg("Run «casebuilder build» first."))
