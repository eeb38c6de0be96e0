"""The contestants that are written in Python, each as its own documentation would have it used."""

from __future__ import annotations

import html
import json
import re
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pypandoc
from docxtpl import DocxTemplate

from benchmarks import ours
from benchmarks.papers import change_a_cell
from benchmarks.templates import parts_of


@dataclass
class Papers:
    """Our side of what the peers do: values and trees in memory at the beginning, papers in place at the end.

    A cell that every paper prints is changed before each round, so that no paper is as in the round before.
    """

    lot: Path
    work: list[ours.Unwritten] = field(default_factory=list)

    def prepare(self) -> None:
        """Change the cell into what it has never been, take the papers away, read sheets and trees."""
        change_a_cell(self.lot / "workspace", ours.another())
        ours.forget_papers(self.lot / "workspace")
        self.work = list(ours.unwritten_papers(self.lot / "workspace"))

    def make(self) -> None:
        """Make every paper, one after the other, in this process."""
        for paper in self.work:
            paper.write()


@dataclass
class Build:
    """Our whole build: every paper anew, no text changed.

    A cell that every paper prints is changed before each round, so that nothing kept of an earlier round
    but the texts' trees can be of use.
    """

    lot: Path

    def prepare(self) -> None:
        """Change the cell into what it has never been, and take the papers away."""
        change_a_cell(self.lot / "workspace", ours.another())
        ours.forget_papers(self.lot / "workspace")

    def make(self) -> None:
        """Build: sheets read, papers composed, written, checked, zipped and put in place, reports too."""
        ours.build_in(self.lot / "workspace")


@dataclass
class Templated:
    """A peer that takes a template and the papers' words."""

    lot: Path
    name: str
    papers: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Read the words; that does not count."""
        self.papers = json.loads((self.lot / "words.json").read_text(encoding="utf-8"))
        self.template = self.lot / self.name / "template.docx"
        self.out = self.lot / self.name / "out"

    def prepare(self) -> None:
        """Take the papers of the round before away."""
        for path in self.out.glob("*.docx"):
            path.unlink()


class Docxtpl(Templated):
    """docxtpl alone: the text as paragraphs of a loop."""

    def make(self) -> None:
        """Render and save every paper."""
        for paper in self.papers:
            document = DocxTemplate(self.template)
            document.render(paper, autoescape=True)
            document.save(self.out / f"{paper['navn']}.docx")


class Subdocument(Templated):
    """docxtpl with a sub-document that pandoc makes of the text's Markdown."""

    def make(self) -> None:
        """Convert, render and save every paper, one after the other."""
        with tempfile.TemporaryDirectory() as folder:
            for paper in self.papers:
                converted = Path(folder) / f"{paper['navn']}.docx"
                text = (self.lot / "markdown" / f"{paper['navn']}.md").read_text(encoding="utf-8")
                pypandoc.convert_text(text, "docx", format="markdown", outputfile=converted)
                document = DocxTemplate(self.template)
                document.render({**paper, "innhold": document.new_subdoc(str(converted))}, autoescape=True)
                document.save(self.out / f"{paper['navn']}.docx")


class Floor(Templated):
    """The floor: words put into a string and the string into a zip, with no look at either."""

    def make(self) -> None:
        """Write every paper."""
        parts = parts_of(self.template.read_bytes())
        before, paragraph, after = _around(parts["word/document.xml"].decode())
        for paper in self.papers:
            body = "".join(
                paragraph.replace("@@avsnitt@@", html.escape(each["tekst"])) for each in paper["avsnitt"]
            )
            with zipfile.ZipFile(self.out / f"{paper['navn']}.docx", "w", zipfile.ZIP_DEFLATED) as package:
                for name, part in {**parts, "word/document.xml": f"{before}{body}{after}".encode()}.items():
                    package.writestr(name, _filled(part, paper))


def _around(document: str) -> tuple[str, str, str]:
    """Return what stands before, in and after the paragraph that is to be repeated."""
    at = document.index("@@avsnitt@@")
    start = max(document.rindex("<w:p>", 0, at), document.rfind("<w:p ", 0, at))
    end = document.index("</w:p>", at) + len("</w:p>")
    return document[:start], document[start:end], document[end:]


def _filled(part: bytes, paper: dict[str, Any]) -> bytes:
    if b"@@" not in part:
        return part
    return re.sub(rb"@@(\w+)@@", lambda tag: html.escape(str(paper[tag[1].decode()])).encode(), part)


MAKERS: dict[str, Callable[[Path], Papers | Build | Docxtpl | Subdocument | Floor]] = {
    "papers": Papers,
    "build": Build,
    "docxtpl": lambda lot: Docxtpl(lot, "docxtpl"),
    "subdoc": lambda lot: Subdocument(lot, "subdoc"),
    "floor": lambda lot: Floor(lot, "floor"),
}
"""The contestants by name; each is made once and then asked for every round."""
