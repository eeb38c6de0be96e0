"""The reports of a run, each beside its meeting's papers; never over a page that is not ours."""

from __future__ import annotations

from casebuilder.delivery.problems import report_not_written
from casebuilder.filenames import safe
from casebuilder.looking import NotReadable, is_dir, listed
from casebuilder.problems import Problem
from casebuilder.report.page import MARK, Run, page
from casebuilder.workspace import Workspace, WriteRefused, sha256

NAME = "rapport.html"


def write_reports(workspace: Workspace, run: Run) -> list[Problem]:
    """Write the report of every meeting that the run was about; what cannot be written is noted, no more."""
    problems = []
    for meeting_id in dict.fromkeys(outcome.case.meeting_id for outcome in run.outcomes):
        path = workspace.output / safe(meeting_id) / NAME
        data = page(run.register.meetings[meeting_id], run).encode()
        try:
            old = workspace.read_output(path)
            if old is not None and MARK.encode() not in old:
                problems.append(report_not_written(workspace.name(path), is_other=True))
            elif old != data:
                workspace.write(path, data, None if old is None else sha256(old))
        except (WriteRefused, NotReadable):
            problems.append(report_not_written(workspace.name(path), is_other=False))
    return problems + _without_the_lonely(workspace, run)


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
