"""`casebuilder explain`: which cells a paper's words came from, and which words are a person's."""

from __future__ import annotations

from pathlib import Path

from casebuilder.explanation import Explanation, explain
from casebuilder.language import Speaker
from casebuilder.looking import is_file, read
from casebuilder.pipeline import Options, Report, build
from casebuilder.problems import Place, Problem, msg
from casebuilder.provenance import Provenance
from casebuilder.provenance_file import from_json
from casebuilder.telling import fact_line
from casebuilder.versions import no_paper, paper_of, write_beside
from casebuilder.word.file import File
from casebuilder.word.package import UNREADABLE
from casebuilder.word.proof import with_remarks
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
    identity = read_identity(found[1])
    return _explained(workspace, *found, _today(workspace, identity.case_id, say) if identity else None)


def write_proofs(
    workspace: Workspace, report: Report, say: Speaker
) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Write a copy of each paper with the cells behind its words as comments; return the paths."""
    paths: list[str] = []
    problems: list[Problem] = []
    for outcome in report.outcomes:
        path = workspace.root / outcome.path
        data = workspace.read_output(path) if outcome.path else None
        if data is None:
            continue
        found, more = _explained(workspace, outcome.path, data, outcome.provenance or None)
        problems += more
        if found:
            remarks = [(fact.spot, (fact_line(fact, say),)) for fact in found.facts]
            written, more = write_beside(workspace, path, "med kilder", with_remarks(data, remarks))
            paths += [written] if written else []
            problems += more
    return tuple(paths), tuple(problems)


def _explained(
    workspace: Workspace, name: str, data: bytes, now: Provenance | None
) -> tuple[Explanation | None, tuple[Problem, ...]]:
    """Explain a paper's bytes; a paper of which too little is remembered is a problem."""
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
    return explain(stories[0], stories[1], then, now), ()


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
