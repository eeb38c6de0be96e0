"""A lot: the same papers for everybody, in one folder: our workspace, the peers' templates and words.

The peers get their words ready-made, taken from papers that casebuilder made: every paragraph, cell and note
below the title. What it takes to find figures in sheets is our cost and none of theirs.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from subprocess import run

from docx.oxml.ns import qn
from lxml import etree

from benchmarks import ours
from benchmarks.papers import Size, make_workspace, marker, title_of
from benchmarks.templates import SYNTAXES, field_names, parts_of, peer_template

_MARKDOWN = (
    "markdown-raw_html-native_spans-bracketed_spans-native_divs-fenced_divs-header_attributes-raw_attribute"
)


@dataclass(frozen=True)
class Lot:
    """A folder with the papers of one size."""

    folder: Path
    size: Size

    @property
    def workspace(self) -> Path:
        """The secretariat's folder that casebuilder builds in."""
        return self.folder / "workspace"

    @property
    def numbers(self) -> range:
        """The papers' numbers."""
        return range(1, self.size.cases + 1)

    def out(self, peer: str) -> Path:
        """Return the folder that a peer writes its papers into."""
        return self.folder / peer / "out"

    def text(self, number: int) -> Path:
        """Return a paper's words as Markdown, for those who begin with that."""
        return self.folder / "markdown" / f"{number:04}.md"


def make_lot(folder: Path, size: Size) -> Lot:
    """Make a workspace of this size, build it once, and lay out its words for the peers."""
    lot = Lot(folder, size)
    make_workspace(lot.workspace, size)
    ours.build_in(lot.workspace)
    papers = dict(zip(lot.numbers, papers_by_number(lot), strict=True))
    words = [
        {"navn": f"{number:04}", **_fields(number), "avsnitt": words_of(data)}
        for number, data in papers.items()
    ]
    (folder / "words.json").write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")
    for peer in SYNTAXES:
        lot.out(peer).mkdir(parents=True)
        (folder / peer / "template.docx").write_bytes(peer_template(peer))
    lot.out("pandoc").mkdir(parents=True)
    (folder / "markdown").mkdir()
    _write_markdown(lot, papers)
    return lot


def papers_by_number(lot: Lot) -> list[bytes]:
    """Return our papers in the order of their cases, whose numbers stand in the files' names."""
    named = {_number(path): path for path in ours.papers_in(lot.workspace)}
    return [named[number].read_bytes() for number in lot.numbers]


def words_of(paper: bytes) -> list[dict[str, str]]:
    """Return what a paper says below its title, paragraph by paragraph, its cells and notes too."""
    parts = parts_of(paper)
    body = _paragraphs(parts["word/document.xml"])
    title = next(at for at, (style, _text) in enumerate(body) if style == "Title")
    notes = _paragraphs(parts.get("word/footnotes.xml", b"<none/>"))
    return [{"tekst": text} for _style, text in (*body[title + 1 :], *notes) if text.strip()]


def says(paper: Path, words: str) -> bool:
    """Tell whether a Word file can be opened and says these words."""
    body = _paragraphs(parts_of(paper.read_bytes())["word/document.xml"])
    return any(words in text for _style, text in body)


def missing(papers: Iterable[Path], numbers: Iterable[int]) -> list[int]:
    """Return the numbers of the papers that are not among the files, or lack their own sentence.

    The first number in a file's name is the paper's, in ours as in everybody's.
    """
    made = {_number(path): path for path in papers}
    return [number for number in numbers if number not in made or not says(made[number], marker(number))]


def _number(paper: Path) -> int:
    found = re.search(r"\d+", paper.name)
    return int(found[0]) if found else 0


def _paragraphs(xml: bytes) -> list[tuple[str, str]]:
    """Return the style and the text of every paragraph."""
    found = []
    for paragraph in etree.fromstring(xml).iter(qn("w:p")):
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        name = "" if style is None else str(style.get(qn("w:val")))
        found.append((name, "".join(text.text or "" for text in paragraph.iter(qn("w:t")))))
    return found


def _fields(number: int) -> dict[str, str]:
    """Return what the letterhead and the metadata say of a case, by the names in the peers' template."""
    known = {
        "sak_tittel": title_of(number),
        "sak_nummer": f"{number}/26",
        "sak_saksbehandler": "Kari Eksempel",
        "sak_saksansvarlig": "Per Prøve",
        "sak_arkivsaksnr": f"2026/{number}",
        "sak_tilgang": "Offentlig",
        "mote_utvalg": "Styret",
        "mote_dato": "12. februar 2026",
        "organ_navn": "Osloregionen IPR",
    }
    return {name: known.get(name, name.partition("_")[2].capitalize()) for name in field_names()}


def _write_markdown(lot: Lot, papers: Mapping[int, bytes]) -> None:
    """Turn our papers into Markdown, notes and tables too, by as many pandocs as there are cores."""
    pandoc = ours.PANDOC

    def write(number: int) -> None:
        command = [pandoc, "--from=docx", f"--to={_MARKDOWN}", f"--output={lot.text(number)}"]
        run(command, input=papers[number], check=True)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(write, lot.numbers))
