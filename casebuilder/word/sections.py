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

from casebuilder.word.xml import Element, element

_REFERENCES = {qn("w:headerReference"): RT.HEADER, qn("w:footerReference"): RT.FOOTER}
_RELATION_ID = qn("r:id")


def text_width(section: Element) -> int:
    """Return the width of a section's text in twips; A4 with 2.5 cm margins where it says nothing."""
    page, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    if page is None or margins is None:
        return 9070
    sides = (int(margins.get(qn(f"w:{side}"), "0")) for side in ("left", "right", "gutter"))
    return int(page.get(qn("w:w"), "11906")) - sum(sides)


def last_section(document: Document) -> Element:
    """Return the section properties that stand in w:body; every document has them."""
    body = document.element.body
    return cast("Element", body.get_or_add_sectPr())


class Sections:
    """Makes landscape sections in one document."""

    def __init__(self, document: Document) -> None:
        """Take the document whose last section is the pattern."""
        self._document = document
        self._last = last_section(document)
        self._upright = deepcopy(self._last)
        self._widened: dict[str, str] = {}  # relationship of a header or footer → of its wide copy

    def landscape(self, content: list[Element]) -> list[Element]:
        """Return the content as a section of its own: a break before it and one after it."""
        result = [_break(deepcopy(self._last)), *content, _break(self._sideways())]
        _inherit(self._last)
        _keep_references(self._last, self._upright)
        return result

    def _sideways(self) -> Element:
        section = deepcopy(self._upright)
        _inherit(section)
        old = text_width(section)
        page = section.find(qn("w:pgSz"))
        if page is not None:
            width, height = page.get(qn("w:w"), "11906"), page.get(qn("w:h"), "16838")
            page.set(qn("w:w"), height)
            page.set(qn("w:h"), width)
            page.set(qn("w:orient"), "landscape")
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
        for paragraph in root.iter(qn("w:p")):
            self._move_tabs(paragraph, more)
        part = StoryPart(PackURI(f"{name}_liggende.xml"), old.content_type, root, old.package)
        for key, relation in old.rels.items():
            part.rels[key] = relation
        return self._document.part.relate_to(part, kind)

    def _move_tabs(self, paragraph: Element, more: int) -> None:
        for tab in self._right_tabs(paragraph):
            position = int(tab.get(qn("w:pos"), "0"))
            properties = paragraph.get_or_add_pPr()  # type: ignore[attr-defined]
            tabs = properties.find(qn("w:tabs"))
            if tabs is None:
                tabs = properties._insert_tabs(element("w:tabs"))  # noqa: SLF001 - keeps the schema's order
            tabs.append(element("w:tab", val="clear", pos=position))
            tabs.append(element("w:tab", val="right", pos=position + more))

    def _right_tabs(self, paragraph: Element) -> list[Element]:
        """Return the right tab stops that hold in a paragraph, its own or its style's."""
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        wanted = style.get(qn("w:val")) if style is not None else None
        styles = self._document.styles.element
        named = [each for each in styles if wanted and each.get(qn("w:styleId")) == wanted]
        places = [paragraph, *named]
        tabs = [
            tab for place in places for tab in place.findall(f"{qn('w:pPr')}/{qn('w:tabs')}/{qn('w:tab')}")
        ]
        return [tab for tab in tabs if tab.get(qn("w:val")) in ("right", "end")]


def _break(section: Element) -> Element:
    return element("w:p", [element("w:pPr", [section])])


def _inherit(section: Element) -> None:
    """Let a section take headers and footers from the one before, and no title page."""
    for child in list(section):
        if child.tag in _REFERENCES or child.tag in (qn("w:titlePg"), qn("w:pgNumType")):
            section.remove(child)


def _is_default(child: Element) -> bool:
    return child.tag in _REFERENCES and child.get(qn("w:type")) == "default"


def _keep_references(section: Element, pattern: Element) -> None:
    """Give a section after a landscape one the upright header and footer again."""
    for reference in reversed([each for each in pattern if _is_default(each)]):
        section.insert(0, deepcopy(reference))
