"""The template's frame: front page, metadata, headers and footers, rendered by docxtpl.

docxtpl never sees a value: each is printed as an inert token, which is filled in when rendering is
done, so that no cell is taken for a tag or for XML. Where casebuilder writes blocks itself, the
template's marker paragraph is found and bookmarked before rendering, so that no cell can pose as one.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Self

from docx.document import Document
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from lxml import etree

from casebuilder.frame import MARKERS
from casebuilder.paper import Datum, FrameValue, Paper
from casebuilder.problems import Place, Problem, msg
from casebuilder.sandbox import TEMPLATE_FAULTS, UnknownName, template_environment
from casebuilder.suggest import did_you_mean
from casebuilder.word.xml import XML_SPACE, Element, element, text_elements, text_of

MARKER_BOOKMARK = "_cbmarker_"
_MARKER = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_TOKEN = re.compile("\ue0f0([0-9]+)\ue0f1")
_UNREADABLE = (OpcError, zipfile.BadZipFile, KeyError, ValueError, etree.XMLSyntaxError)


class Printed(str):
    """A value in a template: a str for comparisons and filters, with its name and its Datum."""

    __slots__ = ("datum", "name")

    name: str
    datum: Datum

    def __new__(cls, name: str, datum: Datum) -> Self:
        """Make the str of the datum's text."""
        made = super().__new__(cls, datum.text)
        made.name, made.datum = name, datum
        return made


@dataclass(frozen=True, slots=True)
class Empty:
    """An empty value in a template: false, and a problem where it is printed."""

    name: str

    def __bool__(self) -> bool:
        """Say that there is nothing."""
        return False


@dataclass
class Values:
    """Hands out tokens while docxtpl renders and keeps what each stands for."""

    file: str
    printed: list[object] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def token(self, value: object) -> str:
        """Return the token of a printed value; an empty one is a problem of the template."""
        if isinstance(value, Empty):
            found = msg("the template prints «{name}», which is empty for this case.", name=value.name)
            expected = msg("Put it inside an if in the template, or fill in the cell.")
            self.problems.append(Problem("empty-in-template", Place(self.file), found, expected))
        self.printed.append(value)
        return f"\ue0f0{len(self.printed) - 1}\ue0f1"

    def text(self, token: re.Match[str]) -> str:
        """Return what a token stands for."""
        value = self.printed[int(token[1])]
        return "" if isinstance(value, Empty) else str(value)

    def name(self, token: re.Match[str]) -> str:
        """Return the name of what a token stands for, the same whatever its value is."""
        value = self.printed[int(token[1])]
        return getattr(value, "name", "")


def render_frame(
    template: bytes, file: str, paper: Paper
) -> tuple[tuple[Document, Values] | None, tuple[Problem, ...]]:
    """Render the template's own parts; tokens stand where values will, bookmarks where blocks will."""
    values = Values(file)
    try:
        frame = DocxTemplate(io.BytesIO(template))
        frame.init_docx()
    except _UNREADABLE:
        found = msg("the template cannot be read as a Word document.")
        return None, (Problem("template", Place(file), found, msg("Open it in Word and save it as .docx.")),)
    problems = _bookmark_markers(frame.docx, file, paper)
    context = _context(paper)
    try:
        frame.render(context, template_environment(values.token), autoescape=True)
    except UnknownName as fault:
        known = fault.known or tuple(context)
        return None, (*problems, _unknown(fault.name, known, _where(template, file, fault.name)))
    except TEMPLATE_FAULTS as fault:
        found = msg("the template has a tag that cannot be understood ({detail}).", detail=fault)
        return None, (*problems, Problem("template", Place(file), found, msg("Correct the tag in Word.")))
    return (frame.docx, values), (*problems, *values.problems)


def _unknown(name: str, known: tuple[str, ...], place: Place) -> Problem:
    found = msg("the template asks for «{name}», which is unknown.", name=name)
    expected = did_you_mean(name, known, msg("Known: {values}.", values=", ".join(known)))
    return Problem("unknown-field", place, found, expected)


def _where(template: bytes, file: str, name: str) -> Place:
    """Return the first paragraph of the template that has the name."""
    document = DocxTemplate(io.BytesIO(template)).get_docx()
    for number, paragraph in enumerate(document.element.body.iter(qn("w:p")), start=1):
        if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text_of(paragraph)):
            return Place(file, paragraph=number)
    return Place(file)


def _context(paper: Paper) -> dict[str, object]:
    """Return the names of the frame, and whether each part that casebuilder writes has anything in it."""
    parts = {"sammendrag": paper.summary, "saksutredning": paper.body, "kilder": paper.sources}
    named = {name: _value(name, value) for name, value in paper.frame.items()}
    return {**named, **{name: bool(blocks) for name, blocks in parts.items()}}


def _value(name: str, value: FrameValue) -> object:
    if value is None:
        return Empty(name)
    if isinstance(value, Datum):
        return Printed(name, value)
    if isinstance(value, Mapping):
        return {key: _value(f"{name}.{key}", each) for key, each in value.items()}
    return [_value(f"{name}.{number}", each) for number, each in enumerate(value, start=1)]


def _bookmark_markers(document: Document, file: str, paper: Paper) -> tuple[Problem, ...]:
    """Put a bookmark in each marker paragraph in place of its text."""
    seen: dict[str, int] = {}
    problems = []
    for number, paragraph in enumerate(list(document.element.body.iter(qn("w:p"))), start=1):
        match = _MARKER.fullmatch(text_of(paragraph).strip())
        if match is None or match[1] not in MARKERS:
            continue
        if match[1] in seen:
            found = msg("the marker «{name}» stands twice in the template.", name=match[1])
            problems.append(
                Problem("marker-twice", Place(file, paragraph=number), found, msg("Keep one of them."))
            )
        seen[match[1]] = number
        for child in list(paragraph):
            if child.tag != qn("w:pPr"):
                paragraph.remove(child)
        start = element("w:bookmarkStart", id=0, name=f"{MARKER_BOOKMARK}{match[1]}")
        paragraph.extend([start, element("w:bookmarkEnd", id=0)])
    parts = {"sammendrag": paper.summary, "saksutredning": paper.body, "kilder": paper.sources}
    missing = [name for name, blocks in parts.items() if blocks and name not in seen]
    return (*problems, *(_no_marker(name, file) for name in missing))


def _no_marker(name: str, file: str) -> Problem:
    found = msg("the template has no place for «{name}», and the paper has some.", name=name)
    expected = msg("Add a paragraph with the marker {marker} alone.", marker="{{ " + name + " }}")
    return Problem("marker-missing", Place(file), found, expected)


def marker_paragraphs(document: Document) -> Iterator[tuple[str, Element]]:
    """Return the marker paragraphs that the rendered frame still has, by their names."""
    for bookmark in list(document.element.body.iter(qn("w:bookmarkStart"))):
        name = str(bookmark.get(qn("w:name"), ""))
        if name.startswith(MARKER_BOOKMARK):
            parent = bookmark.getparent()
            yield name.removeprefix(MARKER_BOOKMARK), parent


def named_text(paragraph: Element, values: Values) -> str:
    """Return a frame paragraph's text with names in place of values, for its key."""
    return _TOKEN.sub(lambda token: f"{{{{{values.name(token)}}}}}", text_of(paragraph))


def fill(root: Element, values: Values) -> None:
    """Fill every token of a part, in text and in attributes, with the value that it stands for."""
    for node in list(root.iter(etree.Element)):
        for name, value in node.attrib.items():
            if _TOKEN.search(str(value)):
                node.set(name, _TOKEN.sub(values.text, str(value)))
    for node in list(root.iter(qn("w:t"))):
        if node.text and _TOKEN.search(node.text):
            _fill_text(node, _TOKEN.sub(values.text, node.text))


def _fill_text(node: Element, text: str) -> None:
    """Set a w:t's text; tabs and line breaks become elements of the same run."""
    made = text_elements(text)
    parent = node.getparent()
    if len(made) == 1 and made[0].tag == qn("w:t"):
        node.text = text
        node.set(XML_SPACE, "preserve")
    elif parent is not None:
        at = parent.index(node)
        parent[at : at + 1] = made
