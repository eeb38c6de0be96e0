"""All that the benchmarks know of casebuilder's own functions: its build, its command line, its merge."""

from __future__ import annotations

import compileall
import os
import shutil
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pypandoc

import casebuilder
from casebuilder.compose import compose
from casebuilder.delivery import Delivery
from casebuilder.gathering import texts_of
from casebuilder.language import LANGUAGES, speaker
from casebuilder.pipeline import build
from casebuilder.prose.reading import ReadText, read_prose
from casebuilder.register import register_of
from casebuilder.register.records import Case, Register
from casebuilder.sheets import read_sheets
from casebuilder.word.document import write_paper
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


@dataclass(frozen=True)
class Unwritten:
    """A paper whose sheets and texts' trees are in memory already."""

    place: Workspace
    register: Register
    case: Case
    texts: list[ReadText]
    template: bytes
    target: Path

    def write(self) -> None:
        """Fill in values, compose, write, check the package, zip, and write whole to the disk.

        What a build does besides, rules and reports among it, is no part of this.
        """
        prose, _problems = read_prose(self.texts, self.register, self.case)
        paper, _problems = compose(self.register, self.case, prose)
        made, problems = write_paper(
            paper, self.template, self.case.template, "benchmark", name=self.target.name
        )
        if made is None:
            raise NotBuilt(*problems[:3])
        self.place.write(self.target, made.data, None)


def unwritten_papers(workspace: Path) -> Iterator[Unwritten]:
    """Yield every paper of a workspace, ready to be written."""
    place = Workspace(workspace)
    register, _problems = register_of(*read_sheets(place.workbooks()))
    delivery = Delivery(place, register, speaker(LANGUAGES[0]))
    for case in register.cases.values():
        texts, _problems_of_texts = texts_of(place, register, case)
        template = place.template(case.template) or b""
        yield Unwritten(place, register, case, texts, template, delivery.target(case))


@cache
def as_installed() -> Mapping[str, str]:
    """Compile our modules, as pip does when it installs them; return an environment that uses them."""
    compileall.compile_dir(Path(casebuilder.__file__).parent, quiet=1)
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


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
