"""The template's frame: front page, metadata, headers and footers, rendered by docxtpl.

docxtpl never sees a value: each is printed as an inert token, which is filled in when rendering is
done, so that no cell is taken for a tag or for XML. Where casebuilder writes blocks itself, the
template's marker paragraph is found and bookmarked before rendering, so that no cell can pose as one.
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Self

from docx import Document as DocxDocument
from docx.document import Document
from docx.opc.exceptions import OpcError
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docxtpl import DocxTemplate

from casebuilder.frame import MARKERS
from casebuilder.paper import Block, Datum, FrameValue, Paper
from casebuilder.problems import Message, Place, Problem, msg
from casebuilder.sandbox import TEMPLATE_FAULTS, UnknownName, template_environment
from casebuilder.suggest import did_you_mean
from casebuilder.word.outside import detach_template, fetched
from casebuilder.word.package import UNREADABLE, parts_of
from casebuilder.word.tags import place_of_name, tag_problems
from casebuilder.word.xml import Element, element, text_of

MARKER_BOOKMARK = "_cbmarker_"
_RENDERING_FAULTS = ("template", "tag-not-alone", "tag-split", "tag-apart", "tag-in-text-box")
_MARKER = re.compile(r"\{\{\s*(\w+)\s*\}\}")
TOKEN = re.compile("\ue0f0([0-9]+)\ue0f1")
UNREADABLE_TEMPLATE = (*UNREADABLE, OpcError, AttributeError, TypeError)
"""What reading a damaged or foreign file as a template may raise."""


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


@dataclass(frozen=True, slots=True, eq=False)
class Empty:
    """An empty value in a template: false, equal to '', and a problem where it is printed.

    It is no str, so that jinja2 asks for its text also where it is joined to others or filtered.
    """

    name: str
    tell: Callable[[str], None]

    def __str__(self) -> str:
        """Tell that nothing is printed."""
        self.tell(self.name)
        return ""

    def __bool__(self) -> bool:
        """Say that there is nothing."""
        return False

    def __len__(self) -> int:
        """Say that there is nothing."""
        return 0

    def __iter__(self) -> Iterator[str]:
        """Go through nothing."""
        return iter(())

    def __eq__(self, other: object) -> bool:
        """Be like the empty text of an empty cell."""
        return other == "" or isinstance(other, Empty)

    def __hash__(self) -> int:
        """Be like the empty text of an empty cell."""
        return hash("")


class Several(list[object]):
    """Values that a template goes through one by one; a problem where they are printed as one."""

    def __init__(self, name: str, values: Iterable[object]) -> None:
        """Make the list and keep its name."""
        super().__init__(values)
        self.name = name


class Group(dict[str, object]):
    """Values under their names; a problem where they are printed as one."""

    def __init__(self, name: str, values: Mapping[str, object]) -> None:
        """Make the dict and keep its name."""
        super().__init__(values)
        self.name = name


@dataclass(frozen=True, slots=True)
class Part:
    """What casebuilder writes at a marker; true if there is some, a problem where it is printed."""

    name: str
    blocks: tuple[Block, ...]

    def __bool__(self) -> bool:
        """Tell whether there is anything to write."""
        return bool(self.blocks)


@dataclass
class Values:
    """Hands out tokens while docxtpl renders and keeps what each stands for."""

    place_of: Callable[[str], Place]
    printed: list[object] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def token(self, value: object) -> str:
        """Return the token of a printed value; one that is no text is a problem of the template."""
        if isinstance(value, Empty):
            self.tell_empty(value.name)
            value = ""
        elif isinstance(value, Part):
            found = msg(
                "the marker «{name}» does not stand alone in a paragraph of the text.", name=value.name
            )
            self._tell("marker", value.name, found, msg("Give it a paragraph of its own."))
        elif isinstance(value, bool) or not isinstance(value, str | int | float):
            name = str(getattr(value, "name", type(value).__name__))
            found = msg("the template prints «{name}», which is no single value.", name=name)
            self._tell("group-in-template", name, found, msg("Print its parts one by one."))
        self.printed.append(value)
        return f"\ue0f0{len(self.printed) - 1}\ue0f1"

    def tell_empty(self, name: str) -> None:
        """Keep the problem that an empty value is printed, once a name."""
        found = msg("the template prints «{name}», which is empty for this case.", name=name)
        expected = msg("Put it inside an if in the template, or fill in the cell.")
        self._tell("empty-in-template", name, found, expected)

    def _tell(self, rule: str, name: str, found: Message, expected: Message) -> None:
        problem = Problem(rule, self.place_of(name), found, expected)
        if problem not in self.problems:
            self.problems.append(problem)

    def text(self, token: re.Match[str]) -> str:
        """Return what a token stands for; what a filter of the template has escaped is undone."""
        value = self.printed[int(token[1])]
        return html.unescape(str(value)) if hasattr(value, "__html__") else str(value)

    def is_exempt(self, token: re.Match[str]) -> bool:
        """Tell whether a token stands for a value that is not for the public."""
        datum = getattr(self.printed[int(token[1])], "datum", None)
        return isinstance(datum, Datum) and datum.exempt

    def name(self, token: re.Match[str]) -> str:
        """Return the name of what a token stands for, the same whatever its value is."""
        value = self.printed[int(token[1])]
        return getattr(value, "name", "")


def render_frame(
    template: bytes, file: str, paper: Paper
) -> tuple[tuple[Document, Values] | None, tuple[Problem, ...]]:
    """Render the template's own parts; tokens stand where values will, bookmarks where blocks will."""
    try:
        frame = DocxTemplate(io.BytesIO(template))
        frame.init_docx()
        original = DocxDocument(io.BytesIO(template))
        look_through(template, original)
        outside = tuple(fetched(parts_of(template), file))
    except UNREADABLE_TEMPLATE:
        return None, (unreadable(file),)
    values = Values(lambda name: place_of_name(original, file, name))
    detach_template(frame.docx)
    tags = tag_problems(original, file)
    problems = (*outside, *tags, *_bookmark_markers(frame.docx, file, paper))
    if any(problem.rule in _RENDERING_FAULTS for problem in problems):
        return None, problems
    return _rendered(frame, _context(paper, values), values, problems)


def unreadable(file: str) -> Problem:
    """Tell that a template is no Word document."""
    found = msg("the template cannot be read as a Word document.")
    return Problem("template", Place(file), found, msg("Open it in Word and save it as .docx."))


def look_through(template: bytes, document: Document) -> None:
    """Raise one of UNREADABLE_TEMPLATE if a part of the template is not what later steps take it for."""
    for name, data in parts_of(template).items():
        if name.endswith((".xml", ".rels")):
            parse_xml(data)
    parts = document.part.package.iter_parts()
    running = [part for part in parts if re.search(r"/(header|footer)[^/]*\.xml$", str(part.partname))]
    roots = [document.element.body, *(part.element for part in running)]
    if None in roots or not isinstance(document.core_properties.author, str):
        raise AttributeError


def _rendered(
    frame: DocxTemplate, context: dict[str, object], values: Values, problems: tuple[Problem, ...]
) -> tuple[tuple[Document, Values] | None, tuple[Problem, ...]]:
    try:
        frame.render(context, template_environment(values.token), autoescape=True)
    except UnknownName as fault:
        known = fault.known or tuple(context)
        return None, (*problems, _unknown(fault.name, known, values.place_of(fault.name)))
    except TEMPLATE_FAULTS as fault:
        found = msg("the template has a tag that cannot be understood ({detail}).", detail=fault)
        problem = Problem("template", values.place_of(""), found, msg("Correct the tag in Word."))
        return None, (*problems, problem)
    return (frame.docx, values), (*problems, *values.problems)


def _unknown(name: str, known: tuple[str, ...], place: Place) -> Problem:
    found = msg("the template asks for «{name}», which is unknown.", name=name)
    expected = did_you_mean(name, known, msg("Known: {values}.", values=", ".join(known)))
    return Problem("unknown-field", place, found, expected)


def _context(paper: Paper, values: Values) -> dict[str, object]:
    """Return the names of the frame, and whether each part that casebuilder writes has anything in it."""
    named = {name: _value(name, value, values) for name, value in paper.frame.items()}
    return {**named, **{name: Part(name, blocks) for name, blocks in _parts(paper).items()}}


def _parts(paper: Paper) -> dict[str, tuple[Block, ...]]:
    return dict(zip(MARKERS, (paper.summary, paper.body, paper.sources), strict=True))


def _value(name: str, value: FrameValue, values: Values) -> object:
    if value is None:
        return Empty(name, values.tell_empty)
    if isinstance(value, Datum):
        return Printed(name, value)
    if isinstance(value, Mapping):
        return Group(name, {key: _value(f"{name}.{key}", each, values) for key, each in value.items()})
    return Several(name, (_value(f"{name}.{at}", each, values) for at, each in enumerate(value, start=1)))


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
    missing = [name for name, blocks in _parts(paper).items() if blocks and name not in seen]
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
    return TOKEN.sub(lambda token: f"{{{{{values.name(token)}}}}}", text_of(paragraph))
