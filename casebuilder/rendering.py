"""Papers as they stand in `output/` → PDF/A beside them: a straight list of steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from casebuilder.archive.papers import Final, Paper, final_of, papers_of
from casebuilder.archive.pdf import Origin, Pdf, pdfs_of_papers
from casebuilder.delivery.problems import refused_version
from casebuilder.filenames import lock_names
from casebuilder.problems import Problem
from casebuilder.register import register_of
from casebuilder.sheets import read_sheets
from casebuilder.workspace import Workspace, WriteRefused, sha256


@dataclass(frozen=True)
class Rendered:
    """What became of each paper, as (label, path of the PDF, origin), and every problem once."""

    pdfs: tuple[tuple[str, str, Origin], ...]
    problems: tuple[Problem, ...]

    @property
    def exit_code(self) -> int:
        """0 when every paper has its PDF, else 1."""
        return int(any(problem.is_error for problem in self.problems))


def make_pdfs(workspace: Workspace, names: Sequence[str], *, accept: bool | None = None) -> Rendered:
    """Write a PDF beside each paper that is named, or beside all; raises NoOffice or OfficeFailed."""
    register, _problems = register_of(
        *read_sheets(workspace.workbooks())
    )  # «check» tells what is wrong there
    papers, problems = papers_of(workspace, register, names)
    finals, more = finals_of(workspace, papers, accept=accept)
    pdfs, faults = pdfs_of_papers(workspace, finals)
    told = []
    refused: list[Problem] = []
    for pdf in pdfs:
        refused += _write(workspace, pdf)
        told.append((pdf.final.paper.case.label, workspace.name(pdf.path), pdf.origin))
    paths = {problem.place.file for problem in refused}
    return Rendered(
        tuple(each for each in told if each[1] not in paths), (*problems, *more, *faults, *refused)
    )


def finals_of(
    workspace: Workspace, papers: Sequence[Paper], *, accept: bool | None
) -> tuple[tuple[Final, ...], tuple[Problem, ...]]:
    """Return the papers that are ready to be kept, and what keeps the others from it."""
    found = [final_of(workspace, paper, accept=accept) for paper in papers]
    finals = tuple(final for final, _problems in found if final)
    return finals, tuple(problem for _final, problems in found for problem in problems)


def _write(workspace: Workspace, pdf: Pdf) -> list[Problem]:
    try:
        if pdf.data != pdf.there:
            workspace.refuse_if_locked(pdf.path, lock_names(pdf.path.name))
            workspace.write(pdf.path, pdf.data, None if pdf.there is None else sha256(pdf.there))
    except WriteRefused as refusal:
        return [refused_version(workspace.name(refusal.path), refusal)]
    return []
