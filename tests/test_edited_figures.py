"""Figures that somebody types into a paper in Word are held against the register as well."""

from __future__ import annotations

from pathlib import Path

import docx

from casebuilder.delivery import Status
from casebuilder.pipeline import Report, build
from casebuilder.problems import Place
from casebuilder.workspace import Workspace
from tests.sheetedit import set_cell

CASE = "STYRET-2026-014"


def made(folder: Path) -> Path:
    (outcome,) = build(Workspace(folder), [CASE]).outcomes
    return folder / outcome.path


def type_in(paper: Path, *sentences: str) -> Place:
    """Add sentences to the paragraph that starts with «Etter registeret»; return where it stands."""
    document = docx.Document(str(paper))
    chosen = next(each for each in document.paragraphs if each.text.startswith("Etter registeret"))
    for sentence in sentences:
        chosen.add_run(f" {sentence}")
    body = [each for each in document.element.body.iter() if each.tag.endswith("}p")]
    document.save(str(paper))
    file = paper.relative_to(paper.parents[2]).as_posix()
    return Place(file, paragraph=body.index(chosen._p) + 1, heading="Medlemstallet")


def told(report: Report) -> list[tuple[str, Place]]:
    return [(each.rule, each.place) for each in report.problems if each.place.file.endswith(".docx")]


def test_a_wrong_figure_typed_into_a_paper_is_told_at_its_heading_and_paragraph(folder: Path) -> None:
    paper = made(folder)
    place = type_in(paper, "Osloregionen har 63 kommuner.", "Det er 357 kommuner i Norge.")
    report = build(Workspace(folder), [CASE])
    assert report.outcomes[0].status is Status.EDITED
    assert told(report) == [("tall-og-register", place)]


def test_a_right_figure_and_our_own_values_are_left_in_peace(folder: Path) -> None:
    type_in(made(folder), "Osloregionen har 62 kommuner.")
    report = build(Workspace(folder), [CASE])
    assert (report.outcomes[0].status, told(report)) == (Status.EDITED, [])


def test_a_figure_that_was_right_is_told_when_the_register_has_news(folder: Path) -> None:
    place = type_in(made(folder), "Osloregionen har 62 kommuner.")
    set_cell(folder, "medlemmer", "OSLOREGIONEN-3203", "Rolle", "observatør")
    report = build(Workspace(folder), [CASE])
    assert report.outcomes[0].status is Status.MERGED
    assert ("tall-og-register", place) in told(report)


def test_a_paper_that_nobody_has_edited_is_not_looked_at(folder: Path) -> None:
    made(folder)
    assert told(build(Workspace(folder), [CASE])) == []
