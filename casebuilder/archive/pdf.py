"""Papers that are ready to be kept → PDF/A, those that a clerk has exported herself taken as they are."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

import pikepdf

from casebuilder import __version__
from casebuilder.archive.mending import mended
from casebuilder.archive.office import pdfs_of
from casebuilder.archive.papers import Final
from casebuilder.archive.pdf_check import Declared, declared, faults
from casebuilder.looking import read_if_there, written_at
from casebuilder.problems import Place, Problem, msg, warning
from casebuilder.workspace import Workspace


class Origin(Enum):
    """Where a paper's PDF came from."""

    MADE = "made"
    KEPT = "kept"  # it lay there already, made from just this paper
    TAKEN = "taken"  # a person has exported it


@dataclass(frozen=True, slots=True)
class Pdf:
    """The PDF of a paper, where it belongs, and the bytes that lie there now."""

    final: Final
    path: Path
    data: bytes
    origin: Origin
    there: bytes | None = None


def pdfs_of_papers(
    workspace: Workspace, finals: Iterable[Final]
) -> tuple[tuple[Pdf, ...], tuple[Problem, ...]]:
    """Return the PDF of every paper; LibreOffice is started once, for those that need a new one.

    Raises NoOffice or OfficeFailed.
    """
    known: dict[str, Pdf | None] = {}
    problems: list[Problem] = []
    finals = tuple(finals)
    for final in finals:
        found, more = _there(workspace, final)
        known[final.paper.case.id] = found
        problems += more
    held = {case for problem in problems for case in problem.cases or () if problem.is_error}
    wanted = [each for each in finals if not known[each.paper.case.id] and each.paper.case.id not in held]
    made, more = _made(workspace, wanted)
    problems += more
    chosen = (known[each.paper.case.id] or made.get(each.paper.case.id) for each in finals)
    return tuple(each for each in chosen if each), tuple(problems)


def key_of(final: Final) -> str:
    """Return what names a PDF's contents: the paper's, and the program that made it."""
    return hashlib.sha256(f"{__version__}\n{final.key}".encode()).hexdigest()


def _there(workspace: Workspace, final: Final) -> tuple[Pdf | None, tuple[Problem, ...]]:
    """Return the PDF beside a paper if it can be used; say why not if it is not ours to replace."""
    path = final.path.with_suffix(".pdf")
    data = read_if_there(path)
    if data is None:
        return None, ()
    said = declared(data)
    if said.paper:
        is_same = said.paper == key_of(final)
        return (Pdf(final, path, data, Origin.KEPT, data) if is_same else None), ()
    is_older = written_at(path) < written_at(final.path)
    if said.is_for_archives and not is_older:
        return Pdf(final, path, data, Origin.TAKEN, data), ()
    return None, (_not_usable(workspace.name(path), said).only_for(final.paper.case.id),)


def _not_usable(name: str, said: Declared) -> Problem:
    found = msg("this PDF is older than the paper beside it.")
    if not said.is_for_archives:
        found = msg("this PDF is not PDF/A, and casebuilder has not made it.")
    expected = msg(
        "Export the paper from Word as PDF/A anew, or delete this PDF so that casebuilder makes one."
    )
    return Problem("pdf-not-usable", Place(name), found, expected)


def _made(workspace: Workspace, finals: Iterable[Final]) -> tuple[Mapping[str, Pdf], tuple[Problem, ...]]:
    """Return new PDFs by sak_id; what they lack is told at the paper."""
    wanted = {f"{each.paper.case.id}.docx": each for each in finals}
    raw = pdfs_of({name: each.data for name, each in wanted.items()}) if wanted else {}
    made: dict[str, Pdf] = {}
    problems: list[Problem] = []
    for name, final in wanted.items():
        case_id, place = final.paper.case.id, Place(workspace.name(final.path))
        try:
            data = mended(raw[name], replace(final.about, paper=key_of(final)))
        except (KeyError, pikepdf.PdfError):
            problems.append(_not_made(place).only_for(case_id))
            continue
        path = final.path.with_suffix(".pdf")
        made[case_id] = Pdf(final, path, data, Origin.MADE, read_if_there(path))
        problems += [
            warning("pdf-lacks", place, msg("in the PDF: {said}", said=each)) for each in faults(data)
        ]
    return made, tuple(problems)


def _not_made(place: Place) -> Problem:
    found = msg("LibreOffice could not make a PDF of the paper.")
    expected = msg(
        "Open it in Word, save it and try again, or export it as PDF/A and lay it beside the paper."
    )
    return Problem("pdf-not-made", place, found, expected)
