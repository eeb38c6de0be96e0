"""A new secretariat's folder, filled with everything that it begins with; what is there stays as it is."""

from __future__ import annotations

from pathlib import Path

from casebuilder.problems import CasebuilderError, msg
from casebuilder.starter import starter_files
from casebuilder.workspace import Workspace, WriteRefused


class CannotBegin(CasebuilderError):
    """A new folder could not be filled."""

    sentence = msg("{file} cannot be written. Choose a folder that you may write in.")


def begin(root: Path) -> tuple[tuple[str, bool], ...]:
    """Fill a new secretariat's folder; return each file's name and whether it was made or was there."""
    workspace = Workspace(root, must_exist=False)
    files = []
    for name, data in starter_files().items():
        path = root / name
        is_new = workspace.read_output(path) is None
        try:
            if is_new:
                workspace.write(path, data, None)
        except WriteRefused as refusal:
            raise CannotBegin(file=refusal.path) from refusal
        files.append((name, is_new))
    return tuple(files)
