"""All that the benchmarks know of casebuilder's own functions: its build, its command line, its merge."""

from __future__ import annotations

import shutil
import sys
import time
from pathlib import Path

import pypandoc

from casebuilder.pipeline import build
from casebuilder.word.merging import merge
from casebuilder.workspace import Workspace

MEMORY = ".casebuilder"
IMPORTS = "import docx, docxtpl, openpyxl, pypandoc"
"""What the naive pipeline needs before it has done anything."""


merged = merge
"""Base, edited and fresh file → the edited file with the news."""


PANDOC = pypandoc.get_pandoc_path()
"""The same pandoc for everybody."""


class NotBuilt(Exception):
    """A build that was to be timed did not make its papers."""


def build_in(workspace: Path) -> None:
    """Build every paper of a workspace in this process."""
    report = build(Workspace(workspace))
    if report.exit_code:
        raise NotBuilt(*report.problems[:3])


def command(workspace: Path) -> list[str]:
    """Return the command that a clerk would give."""
    return [sys.executable, "-m", "casebuilder", "build", "--mappe", str(workspace)]


def papers_in(workspace: Path) -> list[Path]:
    """Return the papers that lie in a workspace's output, by name."""
    return sorted(path for path in (workspace / "output").glob("*/*.docx") if path.parent.name != MEMORY)


def forget_papers(workspace: Path) -> None:
    """Remove the papers and the reports, and leave what casebuilder remembers."""
    for folder in (workspace / "output").iterdir():
        if folder.name != MEMORY:
            shutil.rmtree(folder)


def forget_everything(workspace: Path) -> None:
    """Leave a workspace as if nothing had ever been built in it."""
    shutil.rmtree(workspace / "output", ignore_errors=True)


def another() -> int:
    """Return a number that no process has been given before, for a change that nothing kept can know of."""
    return time.time_ns() % 10**12
