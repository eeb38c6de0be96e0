"""`casebuilder explain`: which cells a paper's words came from, and which words are a person's."""

from __future__ import annotations

from pathlib import Path

from casebuilder.explanation import Explanation, explain
from casebuilder.language import Speaker
from casebuilder.looking import is_file, read
from casebuilder.pipeline import Options, build
from casebuilder.problems import Place, Problem, msg
from casebuilder.provenance import Provenance, from_json
from casebuilder.versions import no_paper, paper_of
from casebuilder.word.file import File
from casebuilder.word.package import UNREADABLE
from casebuilder.word.properties import read_identity
from casebuilder.word.story import Reader
from casebuilder.workspace import Workspace


def explain_paper(
    workspace: Workspace, what: str, say: Speaker
) -> tuple[Explanation | None, tuple[Problem, ...]]:
    """Explain a paper, given as a file or as a case's sak-ID."""
    found = _file(workspace, what)
    if found is None:
        return None, (no_paper(workspace, what),)
    name, data = found
    identity = read_identity(data)
    if identity is None:
        told = msg("this is no paper that casebuilder has made.")
        return None, (Problem("no-paper", Place(name), told, msg("Name a paper in the folder output.")),)
    base = workspace.base(identity.base)
    try:
        then = from_json(workspace.base_cells(identity.base))
        stories = [Reader(File(each)).main() for each in (base or b"", data)]
    except UNREADABLE:
        told = msg("what this paper was made from is no longer known.")
        expected = msg("Papers made from now on can be explained as long as output/.casebuilder is kept.")
        return None, (Problem("base-lost", Place(name), told, expected),)
    return explain(stories[0], stories[1], then, _today(workspace, identity.case_id, say)), ()


def _file(workspace: Workspace, what: str) -> tuple[str, bytes] | None:
    path = Path(what)
    if path.suffix and is_file(path):
        return workspace.name(path.resolve()), read(path)
    paper = paper_of(workspace, what)
    return (workspace.name(paper.path), paper.data) if paper else None


def _today(workspace: Workspace, case_id: str, say: Speaker) -> Provenance | None:
    """Return what the sources give for the case today; None if they cannot give a paper."""
    report = build(workspace, [case_id], options=Options(say, new_version=True))
    return next((each.provenance for each in report.outcomes if each.provenance), None)
