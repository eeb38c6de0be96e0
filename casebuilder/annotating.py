"""Copies of workbooks, templates and texts with every problem as a note at its very place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath

from casebuilder.delivery.problems import refused_version
from casebuilder.language import Speaker
from casebuilder.problems import Place, Problem, info, msg
from casebuilder.prose.annotated import annotated_markdown
from casebuilder.sheets.annotated import annotated_workbook
from casebuilder.word.annotated import annotated_document
from casebuilder.workspace import Copy, Workspace, WriteRefused, sha256

FOLDER = "merknader"
_TEXTS = "sources/tekster/"


def write_annotated(
    workspace: Workspace, problems: Iterable[Problem], say: Speaker
) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Write a copy of each file that has problems into `output/merknader/`; return the paths.

    Earlier copies of files that are in order now are removed, but for those that a person has changed.
    """
    by_file: dict[str, list[Problem]] = {}
    for problem in problems:
        by_file.setdefault(problem.place.file, []).append(problem)
    known = workspace.copied()
    news: dict[str, Copy | None] = {}
    written, told = [], []
    for name, file in _names(by_file).items():
        path = workspace.output / FOLDER / name
        shown = workspace.name(path)
        there = workspace.read_output(path)
        data = _annotated(workspace, file, by_file[file], say)
        if data is None:
            continue
        if there is not None and (shown not in known or known[shown].hash != sha256(there)):
            told.append(_changed(shown))
            news[shown] = known.get(shown)
            continue
        try:
            workspace.write(path, data, None if there is None else sha256(there))
        except WriteRefused as refusal:
            told.append(refused_version(shown, refusal))
            news[shown] = known.get(shown)
            continue
        written.append(shown)
        news[shown] = Copy(sha256(data), "")
    told += _tidied(workspace, known, news)
    return tuple(written), tuple(told)


def _tidied(
    workspace: Workspace, known: Mapping[str, Copy], news: dict[str, Copy | None]
) -> Sequence[Problem]:
    """Remove the copies of an earlier run that are no longer called for, and remember those of this one."""
    try:
        for name, copy in known.items():
            if name.startswith(f"output/{FOLDER}/") and name not in news:
                workspace.remove(workspace.root / name, copy.hash)
                news[name] = None
        workspace.remember_copied(news)
    except WriteRefused as refusal:
        return [refused_version(workspace.name(refusal.path), refusal)]
    return []


def _names(files: Iterable[str]) -> dict[str, str]:
    """Return the copies' names and what they are copies of; two files of one name get their folder's too."""
    names: dict[str, str] = {}
    for file in sorted(files):
        path = PurePosixPath(file)
        if path.suffix.lower() in (".xlsx", ".docx", ".md") and not file.startswith("output/"):
            names[f"{path.parent.name} {path.name}" if path.name in names else path.name] = file
    return names


def _annotated(workspace: Workspace, file: str, problems: Sequence[Problem], say: Speaker) -> bytes | None:
    workbooks = dict(workspace.workbooks())
    if file in workbooks:
        notes: dict[tuple[str, str], list[str]] = {}
        for problem in problems:
            cell = problem.place.sheet, problem.place.cell
            notes.setdefault(cell, []).append(_said(problem, say))
        return annotated_workbook(workbooks[file], notes)
    data = workspace.template(file.removeprefix("templates/")) if file.startswith("templates/") else None
    if file.startswith(_TEXTS):
        data = dict(workspace.texts(file.removeprefix(_TEXTS))).get(file)
    paragraphs: list[tuple[Place, str]] = [(problem.place, _said(problem, say)) for problem in problems]
    if data is None:
        return None
    is_markdown = file.lower().endswith(".md")
    return annotated_markdown(data, paragraphs) if is_markdown else annotated_document(data, paragraphs)


def _said(problem: Problem, say: Speaker) -> str:
    return say.problem(problem)


def _changed(name: str) -> Problem:
    found = msg("the copy with comments has been changed here and was left alone.")
    return info("annotated-changed", Place(name), found, msg("Delete it to get a new one."))
