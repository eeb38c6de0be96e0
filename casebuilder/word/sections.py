"""Pages turned sideways: a section of their own, with header and footer as wide as they are.

ECMA-376 part 1, 17.6: a section's properties stand in its last paragraph, the last section's in w:body.
"""

from __future__ import annotations

from copy import deepcopy
from typing import cast

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.oxml.ns import qn
from docx.parts.story import StoryPart

from casebuilder.word import markup
from casebuilder.word.markup import Markup, from_tree, paragraph
from casebuilder.word.xml import Element, element, neighbour

_REFERENCES = {qn("w:headerReference"): RT.HEADER, qn("w:footerReference"): RT.FOOTER}
_RELATION_ID = qn("r:id")
_TABS = f"{qn('w:pPr')}/{qn('w:tabs')}/{qn('w:tab')}"
_RIGHT = ("right", "end")
_BEFORE_PAGE_SIZE = (
    *_REFERENCES,
    *map(qn, ("w:footnotePr", "w:endnotePr", "w:type")),
)


def text_width(section: Element) -> int:
    """Return the width of a section's text in twips; A4 with 2.5 cm margins where it says nothing."""
    return _room(section, "w", ("left", "right", "gutter"), 11906, 1418)


def text_height(section: Element) -> int:
    """Return the height of a section's text in twips."""
    return _room(section, "h", ("top", "bottom"), 16838, 1418)


def _room(section: Element, side: str, margins: tuple[str, ...], page: int, margin: int) -> int:
    size, around = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    if size is None or around is None:
        return page - 2 * margin
    taken = (abs(int(around.get(qn(f"w:{each}"), "0"))) for each in margins)
    return int(size.get(qn(f"w:{side}"), str(page))) - sum(taken)


def section_of(document: Document, marker: Element | None) -> Element:
    """Return the section properties that hold where a paragraph stands; every document has some."""
    body = document.element.body
    last = cast("Element", body.get_or_add_sectPr())
    if marker is None:
        return last
    block = next(each for each in (marker, *marker.iterancestors()) if each.getparent() is body)
    blocks = (block, *block.itersiblings())
    breaks = (each.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") for each in blocks)
    return next((each for each in breaks if each is not None), last)


class Sections:
    """Makes landscape sections where one upright section of a document is."""

    def __init__(self, document: Document, upright: Element) -> None:
        """Take the document and the properties of the section that is interrupted."""
        self._document = document
        self._rest = upright  # of what comes after the last landscape section
        self._upright = deepcopy(upright)
        self._widened: dict[str, str] = {}  # relationship of a header or footer → of its wide copy
        wide = _turned(self._upright)
        self.wide_text = text_width(wide), text_height(wide)  # twips

    def landscape(self, content: list[Markup]) -> list[Markup]:
        """Return the content as a section of its own: a break before it and one after it."""
        result = [_break(self._rest), *content, _break(self._sideways())]
        _inherit(self._rest)
        _keep_references(self._rest, self._upright)
        return result

    def _sideways(self) -> Element:
        section = _turned(self._upright)
        _inherit(section)
        old = text_width(self._upright)
        for reference in reversed([each for each in self._upright if _is_default(each)]):
            copy = deepcopy(reference)
            copy.set(_RELATION_ID, self._wide_copy(reference, text_width(section) - old))
            section.insert(0, copy)
        return section

    def _wide_copy(self, reference: Element, more: int) -> str:
        """Return the relationship of a header's or footer's copy, its right tabs `more` further out."""
        relation_id = str(reference.get(_RELATION_ID))
        if relation_id not in self._widened:
            self._widened[relation_id] = self._add_wide_copy(
                relation_id, _REFERENCES[str(reference.tag)], more
            )
        return self._widened[relation_id]

    def _add_wide_copy(self, relation_id: str, kind: str, more: int) -> str:
        old = self._document.part.rels[relation_id].target_part
        name = str(old.partname).removesuffix(".xml")
        root = deepcopy(old.element)
        for each in root.iter(qn("w:p")):
            self._move_tabs(each, more)
        part = StoryPart(PackURI(f"{name}_liggende.xml"), old.content_type, root, old.package)
        for key, relation in old.rels.items():
            part.rels[key] = relation
        return self._document.part.relate_to(part, kind)

    def _move_tabs(self, paragraph: Element, more: int) -> None:
        """Move a paragraph's own right tab stops, and overrule those of its style."""
        own = [tab for tab in paragraph.findall(_TABS) if tab.get(qn("w:val")) in _RIGHT]
        for tab in own:
            tab.set(qn("w:pos"), str(int(tab.get(qn("w:pos"), "0")) + more))
        for position in self._styled_right_tabs(paragraph):
            properties = paragraph.get_or_add_pPr()  # type: ignore[attr-defined]
            tabs = properties.find(qn("w:tabs"))
            if tabs is None:
                tabs = properties._insert_tabs(element("w:tabs"))  # noqa: SLF001 - keeps the schema's order
            tabs.append(element("w:tab", val="clear", pos=position))
            if not own:
                tabs.append(element("w:tab", val="right", pos=position + more))

    def _styled_right_tabs(self, paragraph: Element) -> list[int]:
        """Return where the right tab stops of a paragraph's style are."""
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        wanted = style.get(qn("w:val")) if style is not None else None
        styles = self._document.styles.element
        named = [each for each in styles if wanted and each.get(qn("w:styleId")) == wanted]
        tabs = [tab for each in named for tab in each.findall(_TABS)]
        return [int(tab.get(qn("w:pos"), "0")) for tab in tabs if tab.get(qn("w:val")) in _RIGHT]


def drop_empty_sections(document: Document) -> None:
    """Take away section breaks of ours with nothing between them: they would give an empty page."""
    body = document.element.body
    holders = (each.getparent() for each in body.iter(qn("w:sectPr")))
    blocks = [each.getparent() for each in holders if each is not None and each is not body]
    for mark in [
        each for each in blocks if each is not None and each.getparent() is body and _is_break(each)
    ]:
        before = neighbour(mark, preceding=True)
        if not _is_sideways(mark) and (before is None or _is_break(before)):
            body.remove(mark)
    last = cast("Element", body.get_or_add_sectPr())
    mark = neighbour(last, preceding=True)
    if mark is not None and _is_break(mark) and _is_sideways(mark):
        section = mark.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
        body.replace(last, section)


def _turned(section: Element) -> Element:
    """Return a copy of a section's properties with the page turned sideways."""
    made = deepcopy(section)
    page = made.find(qn("w:pgSz"))
    if page is None:
        page = element("w:pgSz", w=11906, h=16838)
        made.insert(len([each for each in made if each.tag in _BEFORE_PAGE_SIZE]), page)
    width, height = page.get(qn("w:w"), "11906"), page.get(qn("w:h"), "16838")
    page.set(qn("w:w"), height)
    page.set(qn("w:h"), width)
    page.set(qn("w:orient"), "landscape")
    return made


def _break(section: Element) -> Markup:
    """Return a paragraph that ends a section, too small to be the one that needs a page of its own."""
    spacing = markup.element("w:spacing", before=0, after=0, line=20, lineRule="exact")
    mark = markup.element("w:rPr", [markup.element("w:sz", val=2), markup.element("w:szCs", val=2)])
    return paragraph([spacing, mark, from_tree(section)], [])


def _is_break(node: Element) -> bool:
    """Tell whether a node is a paragraph of ours that holds a section's properties and nothing else."""
    inside = [child for child in node if child.tag != qn("w:pPr")]
    line = node.find(f"{qn('w:pPr')}/{qn('w:spacing')}")
    ours = line is not None and line.get(qn("w:line")) == "20"
    return not inside and ours and node.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None


def _is_sideways(mark: Element) -> bool:
    page = mark.find(f"{qn('w:pPr')}/{qn('w:sectPr')}/{qn('w:pgSz')}")
    return page is not None and page.get(qn("w:orient")) == "landscape"


def _inherit(section: Element) -> None:
    """Let a section take headers and footers from the one before, and begin a page that is no title page."""
    own = (*_REFERENCES, *map(qn, ("w:titlePg", "w:pgNumType", "w:type")))
    for child in list(section):
        if child.tag in own:
            section.remove(child)


def _is_default(child: Element) -> bool:
    return child.tag in _REFERENCES and child.get(qn("w:type")) == "default"


def _keep_references(section: Element, pattern: Element) -> None:
    """Give a section after a landscape one the upright header and footer again."""
    for reference in reversed([each for each in pattern if _is_default(each)]):
        section.insert(0, deepcopy(reference))
