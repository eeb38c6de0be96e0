"""Earlier versions of papers that people have worked on, kept before anything is written over them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from casebuilder.filenames import safe
from casebuilder.workspace import OutputFile, Workspace

_NAME = re.compile(r"(\d+) (\S+)\.docx")


class Reason(Enum):
    """Why a version was kept; the value stands in its file name."""

    MERGED = "flettet"  # before news were put in
    RESTORED = "hentet-fram"  # before an older version was brought back


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a case's paper: its number from 1, when it was kept and why."""

    number: int
    kept: datetime
    reason: Reason
    file: OutputFile


def versions(workspace: Workspace, case_id: str) -> tuple[Version, ...]:
    """Return the versions of a case's paper, the oldest first."""
    found = []
    for file, kept in workspace.kept_files(safe(case_id)):
        match = _NAME.fullmatch(file.path.name)
        reasons = [each for each in Reason if match and each.value == match[2]]
        if match and reasons:
            found.append(Version(int(match[1]), kept, reasons[0], file))
    return tuple(sorted(found, key=lambda version: version.number))


def keep_version(workspace: Workspace, case_id: str, data: bytes, reason: Reason) -> None:
    """Keep a copy of a paper, unless the newest version is the same; raises WriteRefused."""
    known = versions(workspace, case_id)
    if known and known[-1].file.data == data:
        return
    number = known[-1].number + 1 if known else 1
    workspace.keep_file(safe(case_id), f"{number:04} {reason.value}.docx", data)
