"""The template's frame: front page, metadata, headers and footers, rendered by docxtpl.

docxtpl never sees a value: each is printed as an inert token, which is filled in when rendering is
done, so that no cell is taken for a tag or for XML. Where casebuilder writes blocks itself, the
template's marker paragraph is found and bookmarked before rendering, so that no cell can pose as one.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from docx import Document as DocxDocument
from docx.document import Document
from docx.opc.exceptions import OpcError
from docx.oxml import parse_xml
from docx.oxml.ns import nsmap, qn
from docxtpl import DocxTemplate

from casebuilder.frame import MARKERS
from casebuilder.paper import Paper
from casebuilder.problems import Place, Problem, msg
from casebuilder.sandbox import PRINTER, TEMPLATE_FAULTS, Recorder, UnknownName
from casebuilder.suggest import did_you_mean
from casebuilder.word.forms import MARKER_BOOKMARK, Form, Forms, Framed
from casebuilder.word.outside import detach_template, fetched
from casebuilder.word.package import UNREADABLE, parts_of
from casebuilder.word.printed import Values, context_of, parts_of_paper
from casebuilder.word.tags import place_of_name, tag_problems
from casebuilder.word.xml import element, text_of

# docxcompose, which docxtpl loads where it is installed, gives this prefix another meaning for all of
# python-docx: every file would get its core properties twice (ECMA-376 part 2, 11).
nsmap["cp"] = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"

_RENDERING_FAULTS = ("template", "tag-not-alone", "tag-split", "tag-apart", "tag-in-text-box")
_MARKER = re.compile(r"\{\{\s*(\w+)\s*\}\}")
UNREADABLE_TEMPLATE = (*UNREADABLE, OpcError, AttributeError, TypeError)
"""What reading a damaged or foreign file as a template may raise."""


@dataclass(frozen=True, eq=False)
class Ready:
    """A template that has been looked at once, for all the papers that are written into it."""

    template: bytes
    file: str
    original: Document  # to find places in; never changed
    problems: tuple[Problem, ...]
    markers: frozenset[str]
    forms: Forms

    def place_of(self, name: str) -> Place:
        """Return where the template prints something."""
        return place_of_name(self.original, self.file, name)


@lru_cache(maxsize=4)
def ready(template: bytes, file: str) -> Ready | None:
    """Look at a template; None if it cannot be read."""
    try:
        original = DocxDocument(io.BytesIO(template))
        look_through(template, original)
        outside = tuple(fetched(parts_of(template), file))
        frame, markers, twice = _marked(template, file)
    except UNREADABLE_TEMPLATE:
        return None
    del frame  # every form begins with one of its own
    problems = (*outside, *tag_problems(original, file), *twice)
    return Ready(template, file, original, problems, markers, Forms())


def render_frame(
    template: bytes, file: str, paper: Paper
) -> tuple[tuple[Framed, Values] | None, tuple[Problem, ...]]:
    """Render the template's own parts; tokens stand where values will, bookmarks where blocks will."""
    known = ready(template, file)
    if known is None:
        return None, (unreadable(file),)
    missing = (name for name, blocks in parts_of_paper(paper).items() if blocks and name not in known.markers)
    problems = (*known.problems, *(_no_marker(name, file) for name in missing))
    if any(problem.rule in _RENDERING_FAULTS for problem in problems):
        return None, problems
    values = Values(known.place_of)
    try:
        form = known.forms.known(_context(paper, values))
        if form is None:
            values = Values(known.place_of)
            form = _new_form(known, _context(paper, values))
    except UnknownName as fault:
        names = fault.known or tuple(context_of(paper, values))
        return None, (*problems, _unknown(fault.name, names, values.place_of(fault.name)))
    except TEMPLATE_FAULTS as fault:
        found = msg("the template has a tag that cannot be understood ({detail}).", detail=fault)
        problem = Problem("template", values.place_of(""), found, msg("Correct the tag in Word."))
        return None, (*problems, problem)
    return (form.framed(values, paper.properties.language), values), (*problems, *values.problems)


def _context(paper: Paper, values: Values) -> dict[str, object]:
    return {**context_of(paper, values), PRINTER: values.token}


def _new_form(known: Ready, context: Mapping[str, object]) -> Form:
    """Let docxtpl render the whole template, and keep what it makes."""
    frame, _markers, _twice = _marked(known.template, known.file)
    recorder = Recorder()
    frame.render(context, recorder, autoescape=True)
    return known.forms.add(recorder.answers, frame.docx)


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


def _unknown(name: str, known: tuple[str, ...], place: Place) -> Problem:
    found = msg("the template asks for «{name}», which is unknown.", name=name)
    expected = did_you_mean(name, known, msg("Known: {values}.", values=", ".join(known)))
    return Problem("unknown-field", place, found, expected)


def _marked(template: bytes, file: str) -> tuple[DocxTemplate, frozenset[str], tuple[Problem, ...]]:
    """Return a template for docxtpl with a bookmark in each marker paragraph in place of its text."""
    frame = DocxTemplate(io.BytesIO(template))
    frame.init_docx()
    detach_template(frame.docx)
    seen: set[str] = set()
    problems = []
    for number, paragraph in enumerate(list(frame.docx.element.body.iter(qn("w:p"))), start=1):
        match = _MARKER.fullmatch(text_of(paragraph).strip())
        if match is None or match[1] not in MARKERS:
            continue
        if match[1] in seen:
            found = msg("the marker «{name}» stands twice in the template.", name=match[1])
            problems.append(
                Problem("marker-twice", Place(file, paragraph=number), found, msg("Keep one of them."))
            )
        seen.add(match[1])
        for child in list(paragraph):
            if child.tag != qn("w:pPr"):
                paragraph.remove(child)
        start = element("w:bookmarkStart", id=0, name=f"{MARKER_BOOKMARK}{match[1]}")
        paragraph.extend([start, element("w:bookmarkEnd", id=0)])
    return frame, frozenset(seen), tuple(problems)


def _no_marker(name: str, file: str) -> Problem:
    found = msg("the template has no place for «{name}», and the paper has some.", name=name)
    expected = msg("Add a paragraph with the marker {marker} alone.", marker="{{ " + name + " }}")
    return Problem("marker-missing", Place(file), found, expected)
