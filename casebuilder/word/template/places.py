"""The paragraphs of a template, story by story, each with the place that a clerk finds it by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from casebuilder.problems import Place, Spot
from casebuilder.word.xml import Element, text_of

_TEXT_BOX = qn("w:txbxContent")
_SHOWN = 40
"""Characters of a paragraph that are enough to find it."""
_RUNNING = {
    f"{kind} {which}": (f"w:{kind}Reference", which)
    for kind in ("header", "footer")
    for which in ("default", "first", "even")
}


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of a template; `texts` are its own w:t elements, without those of text boxes in it."""

    place: Place
    element: Element
    texts: tuple[Element, ...]
    is_boxed: bool

    @property
    def text(self) -> str:
        """The paragraph's own words, tabs and breaks as white space."""
        return text_of(self.element) if not self.has_box else "".join(each.text or "" for each in self.texts)

    @property
    def has_box(self) -> bool:
        """Tell whether a text box is anchored in the paragraph."""
        return next(self.element.iter(_TEXT_BOX), None) is not None


@dataclass(frozen=True, slots=True)
class Story:
    """The text of a template, or one of its headers, footers or lists of notes."""

    file: str
    part: str
    root: Element
    passages: tuple[Passage, ...]

    def place_of(self, node: Element) -> Place:
        """Return the place of the paragraph around a node, else of the first one of its table or the like."""
        known = {each.element: each.place for each in self.passages}
        for around in (node, *node.iterancestors()):
            if around in known:
                return known[around]
            if around is self.root:
                break
            inside = [known[each] for each in around.iter(qn("w:p")) if each in known]
            if inside:
                return inside[0]
        return Place(self.file, spot=Spot(self.part))


def stories(document: Document, file: str) -> tuple[Story, ...]:
    """Return every story of a template: the text, headers and footers that are in use, notes."""
    found = [("", document.element.body)]
    seen = set()
    for name, (tag, which) in _RUNNING.items():
        for reference in document.element.body.iter(qn(tag)):
            key = str(reference.get(qn("r:id")))
            if reference.get(qn("w:type")) == which and key in document.part.rels and key not in seen:
                seen.add(key)
                found.append((name, document.part.rels[key].target_part.element))
    for name, kind in (("footnotes", RT.FOOTNOTES), ("endnotes", RT.ENDNOTES)):
        for relation in document.part.rels.values():
            if relation.reltype == kind:
                part = relation.target_part
                root = part.element if hasattr(part, "element") else parse_xml(part.blob)
                found.append((name, root))
    return tuple(Story(file, name, root, tuple(_passages(root, file, name))) for name, root in found)


def _passages(root: Element, file: str, part: str) -> Iterator[Passage]:
    tables = {table: number for number, table in enumerate(root.iter(qn("w:tbl")), start=1)}
    for number, node in enumerate(root.iter(qn("w:p")), start=1):
        if next(node.iterancestors("{*}Fallback"), None) is not None:
            continue  # Word writes a text box once more for older programs
        texts = tuple(each for each in node.iter(qn("w:t")) if _paragraph_of(each) is node)
        words = _short(text_of(node) or "".join(each.text or "" for each in node.iter(qn("w:delText"))))
        spot = Spot(part, *_cell(node, tables), words)
        is_boxed = next(node.iterancestors(_TEXT_BOX), None) is not None
        yield Passage(Place(file, paragraph=number, spot=spot), node, texts, is_boxed)


def _paragraph_of(node: Element) -> Element | None:
    return next(node.iterancestors(qn("w:p")), None)


def _cell(node: Element, tables: dict[Element, int]) -> tuple[int, int, int]:
    """Return the numbers of the inmost table, row and cell around a paragraph; zeros outside tables."""
    cell = next(node.iterancestors(qn("w:tc")), None)
    row = next(cell.iterancestors(qn("w:tr")), None) if cell is not None else None
    table = next(row.iterancestors(qn("w:tbl")), None) if row is not None else None
    if cell is None or row is None or table is None:
        return 0, 0, 0
    return tables[table], _position(row), _position(cell)


def _position(node: Element) -> int:
    return 1 + sum(1 for _each in node.itersiblings(node.tag, preceding=True))


def _short(text: str) -> str:
    said = " ".join(text.split())
    return said if len(said) <= _SHOWN else said[: _SHOWN - 2].rstrip() + " …"
