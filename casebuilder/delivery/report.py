"""The reports of a run, each beside its meeting's papers; never over a page that is not ours."""

from __future__ import annotations

from pathlib import Path

from casebuilder.delivery.problems import report_not_written
from casebuilder.filenames import safe
from casebuilder.looking import NotReadable, is_dir, listed
from casebuilder.problem_values import NotKept, value_of
from casebuilder.problems import Problem
from casebuilder.program import fingerprint
from casebuilder.report.page import MARK, Run, is_of, page
from casebuilder.workspace import Workspace, WriteRefused, sha256

NAME = "rapport.html"
_KIND = "sider"


def write_reports(workspace: Workspace, run: Run) -> list[Problem]:
    """Write the report of every meeting that the run was about; what cannot be written is noted, no more."""
    problems = []
    for meeting_id in dict.fromkeys(outcome.case.meeting_id for outcome in run.outcomes):
        path = workspace.output / safe(meeting_id) / NAME
        key = _key(meeting_id, run)
        try:
            old = workspace.read_output(path)
            if old is not None and _is_known(workspace, path, key, old):
                continue
            data = page(run.register.meetings[meeting_id], run).encode()
            if old is not None and MARK.encode() not in old:
                problems.append(report_not_written(workspace.name(path), is_other=True))
                continue
            if old != data:
                workspace.write(path, data, None if old is None else sha256(old))
            if key:
                workspace.keeping.put(
                    _KIND, sha256(workspace.name(path).encode()), f"{key} {sha256(data)}".encode()
                )
        except (WriteRefused, NotReadable):
            problems.append(report_not_written(workspace.name(path), is_other=False))
    return problems + _without_the_lonely(workspace, run)


def _key(meeting_id: str, run: Run) -> str:
    """Return a name for all that a report is made from; empty if that cannot be told."""
    if not run.sources:
        return ""
    cases = run.register.cases_of(meeting_id)
    try:
        problems = [value_of(each) for each in run.problems if is_of(each, cases)]
    except NotKept:
        return ""
    own = [outcome for case in cases if (outcome := run.outcome(case))]
    papers = [(each.case.id, each.status, each.path, each.news, each.cells.data) for each in own]
    made_of = (fingerprint(), run.sources, run.say.language, meeting_id, papers, problems)
    return sha256(repr(made_of).encode("utf-8", "surrogatepass"))


def _is_known(workspace: Workspace, path: Path, key: str, data: bytes) -> bool:
    """Tell whether a page is the very one that would be made, without making it."""
    kept = workspace.keeping.get(_KIND, sha256(workspace.name(path).encode())) if key else None
    return kept == f"{key} {sha256(data)}".encode()


def _without_the_lonely(workspace: Workspace, run: Run) -> list[Problem]:
    """Remove the reports whose papers are gone to another meeting, where nothing else lies beside them."""
    try:
        for folder in listed(workspace.output):
            path = folder / NAME
            data = workspace.read_output(path) if is_dir(folder) and listed(folder) == [path] else None
            is_stale = data is not None and MARK.encode() in data and b'.docx"' in data
            if data is not None and is_stale and not _is_about(run, folder.name):
                workspace.remove(path, sha256(data))
    except (WriteRefused, NotReadable):
        return [report_not_written(NAME, is_other=False)]
    return []


def _is_about(run: Run, folder: str) -> bool:
    return any(safe(outcome.case.meeting_id) == folder for outcome in run.outcomes)
