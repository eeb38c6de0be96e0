"""Paper + template → the bytes of a Word file: the frame rendered, the blocks written, the parts in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from docx.document import Document
from docx.oxml.ns import qn
from docx.parts.story import StoryPart

from casebuilder.blockwalk import headings, inlines
from casebuilder.paper import Note, NoteAgain, Paper, Paragraph
from casebuilder.problems import Place, Problem, msg
from casebuilder.word import frame, markup
from casebuilder.word.body import EMU_PER_TWIP, Body, Setting
from casebuilder.word.copies import copied
from casebuilder.word.filling import fill
from casebuilder.word.forms import BOOKMARK, Framed, marker_paragraphs
from casebuilder.word.markup import Markup, run, text_elements, to_trees, with_lead
from casebuilder.word.numbering import Numbering
from casebuilder.word.package import digest, package_of
from casebuilder.word.package_check import faults
from casebuilder.word.parts import (
    drop_styles_with_effects,
    footnotes_part,
    numbering_root,
    own_styles,
    saved_parts,
    set_custom_part,
)
from casebuilder.word.printed import Values
from casebuilder.word.properties import Identity, custom_properties, set_core_properties
from casebuilder.word.runs import Runs
from casebuilder.word.sections import Sections, drop_empty_sections, section_of, text_height, text_width
from casebuilder.word.xml import MARKS, Element, element, neighbour, on


@dataclass(frozen=True, slots=True)
class WordFile:
    """A finished Word file and what it says it is."""

    data: bytes
    identity: Identity


def write_paper(
    paper: Paper, template: bytes, template_file: str, build_id: str, *, name: str = "", version: int = 1
) -> tuple[WordFile | None, tuple[Problem, ...]]:
    """Write a paper into its template; without a usable template there is no file, only problems."""
    rendered, problems = frame.render_frame(template, template_file, paper)
    if rendered is None or problems:
        return None, tuple(problem.only_for(paper.case_id) for problem in problems)
    framed, values = rendered
    document = copied(framed.document, framed.shared)
    _Writer(document, framed, values, paper).write()
    return _packed(
        document, framed.blobs, Identity(paper.case_id, build_id, "", name, version), paper, template_file
    )


def _packed(
    document: Document, known: Mapping[Element, bytes], identity: Identity, paper: Paper, template_file: str
) -> tuple[WordFile | None, tuple[Problem, ...]]:
    """Set the properties, put the parts in order, and let the package check have the last word."""
    drop_styles_with_effects(document)
    set_core_properties(document, paper.properties)
    set_custom_part(document, b"<Properties/>")
    parts = saved_parts(document, known)
    base = digest({name: data for name, data in parts.items() if name != "docProps/custom.xml"})
    identity = replace(identity, base=base)
    parts["docProps/custom.xml"] = custom_properties(identity)
    found = faults(parts)
    if found:
        told = msg("the Word file would be faulty: {faults}.", faults="; ".join(found[:5]))
        expected = msg("Check the template, and tell whoever maintains casebuilder.")
        problem = Problem("package", Place(template_file), told, expected)
        return None, (problem.only_for(paper.case_id),)
    return WordFile(package_of(parts), identity), ()


class _Writer:
    """Writes one paper's blocks into one rendered frame."""

    def __init__(self, document: Document, framed: Framed, values: Values, paper: Paper) -> None:
        self._document = document
        self._paper = paper
        self._styles = framed.styles.shared(lambda: own_styles(document))
        self._notes: StoryPart | None = None
        self._note_count = 0
        self._written_notes: list[Markup] = []
        parts = (part for part in document.part.package.iter_parts() if str(part.partname) in framed.filled)
        for part in parts:
            fill(part.element, values, self._styles)
        self._names = replace(framed.names, anchors=_anchors(paper), referred=_referred(paper))
        self._markers = dict(marker_paragraphs(document))
        self._section = section_of(document, self._markers.get("saksutredning"))
        self._numbering = Numbering(numbering_root(document), self._styles)
        self._body = self._story(document.part)
        self._note_body = self._body

    def write(self) -> None:
        """Write everything; the frame is filled in already, so that no value is taken for a marker."""
        parts = {"sammendrag": self._paper.summary, "saksutredning": self._paper.body}
        for name, marker in self._markers.items():
            made = self._sources(marker) if name == "kilder" else self._body.write(parts[name])
            _replace(marker, to_trees(made))
        if self._notes is not None:
            self._notes.element.extend(to_trees(self._written_notes))
        drop_empty_sections(self._document)
        _number_references(self._document.element.body, self._notes)

    def _story(self, part: StoryPart) -> Body:
        width, height = text_width(self._section), text_height(self._section)
        room = width * EMU_PER_TWIP, height * EMU_PER_TWIP
        runs = Runs(part, self._styles, self._names, self._add_note, *room, self._paper.words)
        sections = Sections(self._document, self._section)
        return Body(runs, self._styles, self._numbering, sections, width)

    def _sources(self, marker: Element) -> list[Markup]:
        """Write the list of sources in the style of its marker paragraph or the template's own."""
        own = marker.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        style = self._styles.find("Kildeliste") or (own.get(qn("w:val")) if own is not None else None)
        return self._body.write(self._paper.sources, Setting(style))

    def _add_note(self, note: Note) -> int:
        """Write a note's blocks into the footnotes part and return its id (17.11.10)."""
        if self._notes is None:
            self._notes = footnotes_part(self._document)
            ids = (int(each.get(qn("w:id"), "0")) for each in self._notes.element)
            self._note_count = max(ids, default=0)
            self._note_body = self._story(self._notes)
        self._note_count += 1
        number = self._note_count
        style = self._styles.id("footnote text")
        starts = note.content and isinstance(note.content[0], Paragraph)
        blocks = note.content if starts else (Paragraph(()), *note.content)
        made = self._note_body.write(blocks, Setting(style, inside=True))
        if not made[-1].startswith("<w:p>"):
            made += self._note_body.write((Paragraph(()),), Setting(style))
        reference = markup.element("w:rStyle", val=self._styles.id("footnote reference"))
        lead = [run([markup.element("w:footnoteRef")], [reference]), run(text_elements(" "))]
        made[0] = with_lead(made[0], lead)
        self._written_notes.append(markup.element("w:footnote", made, id=number))
        return number


def _replace(marker: Element, made: Sequence[Element]) -> None:
    """Put elements where the marker paragraph stands, and the section break that it may have held."""
    parent = marker.getparent()
    if parent is None:
        return
    at = parent.index(marker)
    section = marker.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
    if section is not None:
        made = [*made, element("w:p", [element("w:pPr", [section])])]
    before, after = _needs_space(marker, made)
    parent[at : at + 1] = [*on(before, "w:p"), *made, *on(after, "w:p")]


def _needs_space(marker: Element, made: Sequence[Element]) -> tuple[bool, bool]:
    """Tell where an empty paragraph must keep a table from another table or from the end."""
    above, below = neighbour(marker, preceding=True), neighbour(marker, preceding=False)
    blocks = [each for each in made if each.tag not in MARKS]
    at_end = below is None or below.tag in (qn("w:tbl"), qn("w:sectPr"))
    if not blocks:
        return False, at_end and (above is None or above.tag in (qn("w:tbl"), qn("w:tcPr")))
    touches = above is not None and above.tag == blocks[0].tag == qn("w:tbl")
    return touches, at_end and blocks[-1].tag == qn("w:tbl")


def _anchors(paper: Paper) -> dict[str, str]:
    """Return the bookmark of each heading that links inside the paper can go to."""
    divided = headings((*paper.summary, *paper.body))
    return {heading.anchor: f"{BOOKMARK}{heading.key}" for heading in divided}


def _referred(paper: Paper) -> frozenset[str]:
    """Return the names of the notes that are referred back to."""
    every = inlines((*paper.summary, *paper.body))
    return frozenset(inline.name for inline in every if isinstance(inline, NoteAgain))


def _number_references(body: Element, notes: StoryPart | None) -> None:
    """Give every NOTEREF the number that Word will compute: the note's place in reading order."""
    roots = [] if notes is None else [body, notes.element]
    codes = [(code, (code.text or "").split()) for root in roots for code in root.iter(qn("w:instrText"))]
    asking = [(code, words[1]) for code, words in codes if words[:1] == ["NOTEREF"]]
    numbers = _numbers_by_bookmark(body) if asking else {}
    for code, name in asking:
        node = code.getparent()
        if node is not None and name in numbers:
            shown = list(node.itersiblings(qn("w:r")))[1]
            next(shown.iter(qn("w:t"))).text = str(numbers[name])


def _numbers_by_bookmark(body: Element) -> dict[str | None, int]:
    """Return the number of each note that stands in a bookmark of its own."""
    order = {each: at for at, each in enumerate(body.iter(qn("w:footnoteReference")), start=1)}
    numbers = {}
    for start in body.iter(qn("w:bookmarkStart")):
        following = start.getnext()
        reference = following.find(qn("w:footnoteReference")) if following is not None else None
        if reference is not None:
            numbers[start.get(qn("w:name"))] = order[reference]
    return numbers
