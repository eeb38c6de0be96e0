"""Copies with every problem as a note at its place; they are only to be looked at."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from casebuilder import cli
from casebuilder.annotating import write_annotated
from casebuilder.language import speaker
from casebuilder.pipeline import build
from casebuilder.word.annotated import annotated_document
from casebuilder.word.package import parts_of
from casebuilder.word.package_check import faults
from casebuilder.workspace import Workspace
from tests.sheetedit import set_cell
from tests.word.broken import before_content, header, saved
from tests.word.builders import TEMPLATE

CASE = "STYRET-2026-014"
NB = speaker("nb")


def annotate(folder: Path) -> tuple[tuple[str, ...], list[str]]:
    report = build(Workspace(folder, may_write=False))
    paths, problems = write_annotated(Workspace(folder), report.problems, NB)
    return paths, [each.rule for each in problems]


def spoil(folder: Path) -> str:
    document = Document(io.BytesIO(TEMPLATE))
    before_content("{{ sak.titel }}")(document)
    header("{{ organ.namn }}")(document)
    (folder / "templates" / "saksfremstilling.docx").write_bytes(saved(document))
    return set_cell(folder, "saker", CASE, "Sakstype", "PSS")


def test_every_problem_stands_at_its_cell_and_at_its_paragraph(folder: Path) -> None:
    cell = spoil(folder)
    before = {
        path: path.read_bytes() for name in ("sources", "templates") for path in (folder / name).rglob("*.*")
    }
    paths, problems = annotate(folder)
    assert (sorted(paths), problems) == (
        ["output/merknader/saker.xlsx", "output/merknader/saksfremstilling.docx"],
        [],
    )
    comment = load_workbook(folder / "output/merknader/saker.xlsx")["saker"][cell].comment
    assert comment is not None
    assert "«PSS» er ikke en av verdiene" in comment.text
    document = Document(str(folder / "output/merknader/saksfremstilling.docx"))
    assert [each.text.partition(":")[0] for each in document.comments] == [
        "avsnitt 43 «{{ sak.titel }}»",
        "topptekst, avsnitt 1 «{{ organ.namn }}»",
    ]
    assert faults(parts_of((folder / "output/merknader/saksfremstilling.docx").read_bytes())) == []
    assert {path: path.read_bytes() for path in before} == before


def test_a_problem_in_a_markdown_text_stands_below_its_line_in_a_copy(folder: Path) -> None:
    path = folder / "sources" / "tekster" / f"{CASE}.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "\nVedtaket fra i fjor gjelder.\n", encoding="utf-8")
    paths, problems = annotate(folder)
    assert (paths, problems) == ((f"output/merknader/{CASE}.md",), [])
    lines = (folder / paths[0]).read_text(encoding="utf-8-sig").split("\n")
    below = lines[lines.index("Vedtaket fra i fjor gjelder.") + 1]
    assert below.startswith(f"<!-- casebuilder: linje {text.count(chr(10)) + 2}, kolonne 14: «i fjor»")
    assert path.read_text(encoding="utf-8").endswith("gjelder.\n")


def test_copies_are_no_papers_and_do_no_harm_to_the_next_build(folder: Path) -> None:
    build(Workspace(folder))
    set_cell(folder, "saker", CASE, "Sakstype", "PSS")
    annotate(folder)
    (paper,) = (folder / "output").glob("STYRET-2026-01/Sak 14-26 Medlemstall*.docx")
    copy = annotated_document(paper.read_bytes(), [])
    assert copy is not None
    (folder / "output" / "merknader" / "en kopi.docx").write_bytes(copy)
    set_cell(folder, "saker", CASE, "Sakstype", "PS")
    assert build(Workspace(folder)).problems == ()


def test_a_copy_of_what_is_in_order_again_goes_and_a_changed_one_stays(folder: Path) -> None:
    spoil(folder)
    annotate(folder)
    (folder / "templates" / "saksfremstilling.docx").write_bytes(TEMPLATE)
    changed = folder / "output/merknader/saker.xlsx"
    changed.write_bytes(changed.read_bytes() + b" ")
    hers = changed.read_bytes()
    assert annotate(folder) == ((), ["annotated-changed"])
    assert [path.name for path in changed.parent.iterdir()] == ["saker.xlsx"]
    assert changed.read_bytes() == hers


def test_a_file_that_cannot_be_read_has_no_copy(folder: Path) -> None:
    (folder / "sources" / "saker.xlsx").write_bytes(b"PK no workbook")
    (folder / "templates" / "saksfremstilling.docx").write_bytes(b"no template")
    assert annotate(folder) == ((), [])


def test_the_command_tells_that_they_are_copies(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(folder)
    assert cli.main(["check", "--merknader", "--mappe", str(folder)]) == 1
    said = capsys.readouterr().out
    assert "skrevet: output/merknader/saker.xlsx" in said
    assert "De er kopier å se i." in said
