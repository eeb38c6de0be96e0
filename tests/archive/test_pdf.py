"""Papers as they stand, by the real LibreOffice: what the PDFs are, and when a new one is made."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import time
from datetime import UTC, datetime
from pathlib import Path

import pdfua
import pikepdf
import pytest
from docx import Document
from PIL import Image

from casebuilder.archive import office
from casebuilder.archive.mending import About, mended
from casebuilder.archive.office import NoOffice, OfficeFailed, program
from casebuilder.archive.pdf import Origin
from casebuilder.archive.pdf_check import declared, faults
from casebuilder.cli import main
from casebuilder.problems import Message
from casebuilder.rendering import Rendered, make_pdfs
from casebuilder.workspace import Workspace
from tests.tools import tool
from tests.word.handmade import ins, replaced, t

Folder = tuple[Path, Rendered]


def pdfs(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("output/*/Sak*.pdf") if "Vedlegg" not in path.name)


def with_change(paper: Path) -> None:
    """Somebody puts a word into a paper with «Spor endringer» on, and a comment."""
    data = paper.read_bytes()
    end = "</w:p>"
    paper.write_bytes(replaced(data, end, ins(t("uavklart ord")) + end))


def test_every_paper_gets_a_pdf_that_holds_what_it_declares(rendered: Folder) -> None:
    folder, done = rendered
    assert [(origin, label) for label, _path, origin in done.pdfs] == [
        (Origin.MADE, "12/26"), (Origin.MADE, "13/26"), (Origin.MADE, "14/26"),
    ]  # fmt: skip
    assert done.problems == ()
    for path in pdfs(folder):
        said = declared(path.read_bytes())
        assert (said.level, said.accessible, faults(path.read_bytes())) == ("2b", True, ())


def test_a_checker_by_others_finds_nothing(rendered: Folder) -> None:
    for path in pdfs(rendered[0]):
        report = pdfua.validate(str(path))
        assert [(each.rule_id, each.message) for each in report.findings] == []


def test_verapdf_agrees_where_it_is_installed(rendered: Folder) -> None:
    if shutil.which("verapdf") is None:
        pytest.skip("veraPDF is on no package registry")
    for flavour in ("2b", "ua1"):
        command = ["verapdf", "--format", "text", "-f", flavour, *map(str, pdfs(rendered[0]))]
        told = subprocess.run(command, capture_output=True, text=True, check=False)
        assert "FAIL" not in told.stdout


def test_the_words_notes_and_links_of_the_paper_are_in_the_pdf(rendered: Folder) -> None:
    path = pdfs(rendered[0])[0]
    pdftotext = tool("pdftotext", "poppler reads the PDF's words")
    said = subprocess.run([pdftotext, str(path), "-"], capture_output=True, text=True, check=True).stdout
    assert "Veien videre for det regionale samarbeidet" in said
    assert "Politisk råd der fylkeskommunene" in said
    with pikepdf.open(path) as pdf:
        links = [link for page in pdf.pages for link in page.obj.get("/Annots", [])]
        addresses = {str(link.A.URI) for link in links if "/A" in link}
    assert "https://osloregion.org/no/" in addresses


def test_a_second_run_starts_no_program_and_changes_no_byte(
    papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {path: path.read_bytes() for path in pdfs(papers)}
    monkeypatch.setenv("PATH", "")
    again = make_pdfs(Workspace(papers), ())
    assert {origin for _label, _path, origin in again.pdfs} == {Origin.KEPT}
    assert {path: path.read_bytes() for path in pdfs(papers)} == before


def test_the_same_paper_gives_the_same_bytes_in_another_start(papers: Path) -> None:
    path = pdfs(papers)[2]
    before = path.read_bytes()
    path.unlink()
    assert make_pdfs(Workspace(papers), ["STYRET-2026-014"]).pdfs[0][2] is Origin.MADE
    assert path.read_bytes() == before


def test_open_changes_stop_it_unless_told_which_way(
    papers: Path, paper: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with_change(paper)
    edited = paper.read_bytes()
    assert main(["pdf", "STYRET-2026-012", "--mappe", str(papers)]) == 1
    told = capsys.readouterr().out
    assert "--godta" in told
    assert "skrevet" not in told
    pdftotext = tool("pdftotext", "poppler reads the PDF's words")
    for way, is_there in (("--godta", True), ("--avvis", False)):
        assert main(["pdf", "STYRET-2026-012", way, "--mappe", str(papers)]) == 0
        command = [pdftotext, str(paper.with_suffix(".pdf")), "-"]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        assert ("uavklart ord" in said) == is_there
    assert paper.read_bytes() == edited


def test_a_clerks_own_pdf_a_is_taken_as_it_is(papers: Path, paper: Path) -> None:
    hers = own_pdf(paper)
    assert make_pdfs(Workspace(papers), ["STYRET-2026-012"]).pdfs[0][2] is Origin.TAKEN
    assert paper.with_suffix(".pdf").read_bytes() == hers


def test_a_clerks_own_pdf_that_is_older_than_the_paper_is_told_and_left(papers: Path, paper: Path) -> None:
    hers = own_pdf(paper)
    later = time.time() + 60
    os.utime(paper, (later, later))
    done = make_pdfs(Workspace(papers), ["STYRET-2026-012"])
    assert [problem.rule for problem in done.problems] == ["pdf-not-usable"]
    assert paper.with_suffix(".pdf").read_bytes() == hers


def test_a_clerks_own_pdf_that_is_not_pdf_a_is_told_and_left(papers: Path, paper: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(paper.with_suffix(".pdf"))
    hers = paper.with_suffix(".pdf").read_bytes()
    done = make_pdfs(Workspace(papers), ["STYRET-2026-012"])
    assert [problem.found.id for problem in done.problems] == [
        "this PDF is not PDF/A, and casebuilder has not made it."
    ]
    assert paper.with_suffix(".pdf").read_bytes() == hers


def own_pdf(paper: Path) -> bytes:
    """Make as if the clerk had exported the paper herself: another program has saved it."""
    path = paper.with_suffix(".pdf")
    with pikepdf.open(io.BytesIO(path.read_bytes())) as pdf:
        pdf.docinfo["/Producer"] = "Microsoft Word"
        del pdf.docinfo["/CasebuilderPaper"]
        pdf.save(path)
    later = time.time() + 5
    os.utime(path, (later, later))
    return path.read_bytes()


def test_without_libreoffice_a_sentence_says_how_to_get_it(
    papers: Path, paper: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    paper.with_suffix(".pdf").unlink()
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(office, "_INSTALLED", ())
    assert main(["pdf", "--mappe", str(papers)]) == NoOffice.exit_code
    assert "www.libreoffice.org" in capsys.readouterr().err


def stand_in(folder: Path, script: str) -> None:
    """Put a program in LibreOffice's place."""
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


def test_a_libreoffice_that_hangs_is_ended_with_what_it_has_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = tmp_path / "alive"
    stand_in(tmp_path, f"(while true; do /bin/date > {mark}; /bin/sleep 0.1; done) &\n/bin/sleep 60")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(office, "_START", 1)
    monkeypatch.setattr(office, "_EACH", 0)
    with pytest.raises(OfficeFailed):
        office.pdfs_of({"a.docx": b""})
    mark.unlink()
    time.sleep(0.5)
    assert not mark.exists()


def test_a_libreoffice_that_crashes_costs_the_papers_it_could_not_make_only(
    papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in pdfs(papers):
        path.unlink()
    stand_in(tmp_path, "exit 139")
    monkeypatch.setenv("PATH", str(tmp_path))
    done = make_pdfs(Workspace(papers), ())
    assert [problem.rule for problem in done.problems] == ["pdf-not-made"] * 3
    assert pdfs(papers) == []


def test_libreoffice_is_found_where_windows_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "LibreOffice" / "program" / "soffice.com"
    path.parent.mkdir(parents=True)
    path.touch()
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("ProgramFiles", str(tmp_path))
    assert Path(program()) == path


def test_a_picture_without_an_alternative_text_is_told(papers: Path, paper: Path) -> None:
    with_picture = Document(str(paper))
    image = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(image, "PNG")
    image.seek(0)
    with_picture.add_picture(image)
    with_picture.save(str(paper))
    done = make_pdfs(Workspace(papers), ["STYRET-2026-012"])
    said = [dict(problem.found.values)["said"] for problem in done.problems]
    assert [problem.rule for problem in done.problems] == ["pdf-lacks"]
    assert isinstance(said[0], Message)
    assert said[0].id.startswith("the picture on page")
    assert done.exit_code == 0


def test_hidden_text_stops_a_paper(papers: Path, paper: Path) -> None:
    end = "</w:p>"
    paper.write_bytes(replaced(paper.read_bytes(), end, t("hemmelig", "vanish") + end))
    done = make_pdfs(Workspace(papers), ["STYRET-2026-012"], accept=True)
    assert [problem.rule for problem in done.problems] == ["hidden-text"]


@pytest.mark.parametrize(("name", "rule"), [("FINNES-IKKE", "unknown-case"), ("STYRET-2026-013", "no-paper")])
def test_a_name_without_a_paper_is_told(papers: Path, name: str, rule: str) -> None:
    for path in papers.glob("output/*/Sak 13-26*"):
        path.unlink()
    assert [problem.rule for problem in make_pdfs(Workspace(papers), [name]).problems] == [rule]


def test_what_mending_adds_is_what_the_checks_ask_for(paper: Path) -> None:
    """Taken away again from a finished PDF, each thing is missed."""
    data = paper.with_suffix(".pdf").read_bytes()
    assert faults(data) == ()
    for harm in (_no_title, _no_ids, _no_scope, _no_places, _no_language, _no_profile, _no_tags):
        with pikepdf.open(io.BytesIO(data)) as pdf:
            harm(pdf)
            buffer = io.BytesIO()
            pdf.save(buffer)
        assert len(faults(buffer.getvalue())) >= 1, harm.__name__


def _no_title(pdf: pikepdf.Pdf) -> None:
    said = pdf.Root.Metadata.read_bytes()
    pdf.Root.Metadata.write(said.replace(b"dc:title", b"dc:rights"))


def _elements(pdf: pikepdf.Pdf, kind: str) -> list[pikepdf.Object]:
    objects = (each for each in pdf.objects if isinstance(each, pikepdf.Dictionary))
    return [each for each in objects if each.get("/S") == kind]


def _no_ids(pdf: pikepdf.Pdf) -> None:
    for note in _elements(pdf, "/Note"):
        del note["/ID"]


def _no_scope(pdf: pikepdf.Pdf) -> None:
    for cell in _elements(pdf, "/TH"):
        del cell["/A"]


def _no_places(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        for link in page.obj.get("/Annots", []):
            del link["/StructParent"]


def _no_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/Lang"]


def _no_profile(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/OutputIntents"]


def _no_tags(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/StructTreeRoot"]


def test_mending_twice_is_mending_once(rendered: Folder) -> None:
    data = pdfs(rendered[0])[0].read_bytes()
    about = About("Tittel & <mer>", "Råd", "Sak", "nn-NO", datetime(2026, 1, 2, tzinfo=UTC), "x")
    once = mended(data, about)
    assert mended(once, about) == once
    with pikepdf.open(io.BytesIO(once)) as pdf:
        assert pdf.open_metadata()["dc:title"] == "Tittel & <mer>"
