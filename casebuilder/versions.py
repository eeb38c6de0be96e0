"""Earlier versions of a paper: listed, brought back, compared; each a straight list of steps."""

from __future__ import annotations

from pathlib import Path

from casebuilder.delivery.history import Reason, Version, keep_version, versions
from casebuilder.delivery.problems import refused_version
from casebuilder.filenames import lock_names
from casebuilder.pipeline import Report
from casebuilder.problems import Place, Problem, msg
from casebuilder.suggest import did_you_mean
from casebuilder.word.merging import NotMerged
from casebuilder.word.properties import read_identity
from casebuilder.word.redline import redline
from casebuilder.workspace import OutputFile, Workspace, WriteRefused, sha256

_MOST = 99


def history(workspace: Workspace, case_id: str) -> tuple[tuple[Version, ...], tuple[Problem, ...]]:
    """Return the versions of a case's paper that were kept, the oldest first."""
    found = versions(workspace, case_id)
    if found or paper_of(workspace, case_id):
        return found, ()
    return (), (no_paper(workspace, case_id),)


def restore(workspace: Workspace, case_id: str, number: int | None) -> tuple[str, tuple[Problem, ...]]:
    """Bring an earlier version back to its place; what stands there goes to the history first.

    Returns the path of the paper; without a number the newest version is brought back.
    """
    kept, problems = history(workspace, case_id)
    paper = paper_of(workspace, case_id)
    if problems or paper is None:
        return "", problems or (no_paper(workspace, case_id),)
    wanted = max((each.number for each in kept), default=0) if number is None else number
    chosen = next((each for each in kept if each.number == wanted), None)
    if chosen is None:
        return "", (_no_version(workspace, paper, kept, number),)
    try:
        workspace.refuse_if_locked(paper.path, lock_names(paper.path.name))
        keep_version(workspace, case_id, paper.data, Reason.RESTORED)
        workspace.write(paper.path, chosen.file.data, paper.hash)
    except WriteRefused as refusal:
        return "", (refused_version(workspace.name(refusal.path), refusal),)
    return workspace.name(paper.path), ()


def compare(
    workspace: Workspace, case_id: str, first: int, second: int | None
) -> tuple[str, tuple[Problem, ...]]:
    """Write a redline from one version to another, or to the paper as it stands; return its path."""
    kept, problems = history(workspace, case_id)
    paper = paper_of(workspace, case_id)
    if problems or paper is None:
        return "", problems or (no_paper(workspace, case_id),)
    data = {each.number: each.file.data for each in kept}
    missing = next((each for each in (first, second) if each is not None and each not in data), None)
    if missing is not None:
        return "", (_no_version(workspace, paper, kept, missing),)
    new = paper.data if second is None else data[second]
    try:
        return write_beside(workspace, paper.path, "endringer", redline(data[first], new))
    except NotMerged:
        found = msg("the two versions cannot be compared.")
        return "", (Problem("not-compared", Place(workspace.name(paper.path)), found),)


def write_redlines(workspace: Workspace, report: Report) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Write beside each paper that has news what would change in it; return the paths."""
    paths: list[str] = []
    problems: list[Problem] = []
    for outcome in report.outcomes:
        if outcome.redline:
            paper = workspace.root / outcome.path
            path, more = write_beside(workspace, paper, "endringer", outcome.redline)
            paths += [path] if path else []
            problems += more
    return tuple(paths), tuple(problems)


def write_beside(
    workspace: Workspace, paper: Path, what: str, data: bytes
) -> tuple[str, tuple[Problem, ...]]:
    """Write «… endringer.docx» beside a paper, under a number where the name is another file's."""
    for number in range(1, _MOST):
        path = paper.with_name(f"{paper.stem} {what}{f' {number}' if number > 1 else ''}.docx")
        there = workspace.read_output(path)
        if there is not None and there != data:
            continue
        try:
            workspace.write(path, data, None if there is None else sha256(there))
        except WriteRefused as refusal:
            return "", (refused_version(workspace.name(path), refusal),)
        return workspace.name(path), ()
    found = msg("there are too many files of this kind already.")
    return "", (Problem("not-written", Place(workspace.name(paper)), found, msg("Delete the old ones.")),)


def paper_of(workspace: Workspace, case_id: str) -> OutputFile | None:
    """Return the newest version of a case's paper in `output/`."""
    papers = ((paper, read_identity(paper.data)) for paper in workspace.papers())
    own = [(each.version, paper) for paper, each in papers if each and each.case_id == case_id]
    return max(own, key=lambda each: each[0])[1] if own else None


def no_paper(workspace: Workspace, case_id: str) -> Problem:
    """Tell that a case has no paper, with what could have been meant."""
    identities = (read_identity(paper.data) for paper in workspace.papers())
    known = sorted({each.case_id for each in identities if each})
    found = msg("there is no paper of the case «{case}» in the folder output.", case=case_id)
    expected = did_you_mean(case_id, known, msg("Known: {values}.", values=", ".join(known)))
    return Problem("no-paper", Place(), found, expected)


def _no_version(
    workspace: Workspace, paper: OutputFile, kept: tuple[Version, ...], number: int | None
) -> Problem:
    place = Place(workspace.name(paper.path))
    if not kept:
        return Problem("no-version", place, msg("no earlier version of this paper has been kept."))
    found = msg("there is no version {number} of this paper.", number=number)
    known = ", ".join(str(each.number) for each in kept)
    return Problem("no-version", place, found, msg("Known: {values}.", values=known))
