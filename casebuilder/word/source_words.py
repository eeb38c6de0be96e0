"""The words of a clerk's Word text, paragraph by paragraph, as Word shows them."""

from __future__ import annotations

from collections.abc import Iterator

from docx.oxml import parse_xml
from docx.oxml.ns import qn

from casebuilder.problems import Place
from casebuilder.word.package import parts_of
from casebuilder.word.xml import Element

_STORIES = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
_SEPARATORS = frozenset(map(qn, ("w:tab", "w:br", "w:cr", "w:noBreakHyphen", "w:softHyphen", "w:sym")))
_TAKEN_AWAY = frozenset(map(qn, ("w:del", "w:moveFrom")))
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def paragraphs_of(file: str, data: bytes) -> tuple[tuple[Place, str], ...]:
    """Return the place and words of every paragraph, deleted text excepted."""
    parts = parts_of(data)
    found = []
    for name in _STORIES:
        if name in parts:
            for number, paragraph in enumerate(parse_xml(parts[name]).iter(qn("w:p")), start=1):
                found.append((Place(file, paragraph=number), words_in(paragraph)))
    return tuple(found)


def words_in(paragraph: Element) -> str:
    """Return a paragraph's words, deleted text excepted."""
    return "".join(_pieces(paragraph))


def _pieces(node: Element) -> Iterator[str]:
    for child in node:
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in _SEPARATORS:
            yield " "
        elif child.tag not in _TAKEN_AWAY and child.tag not in (qn("w:p"), _FALLBACK):
            yield from _pieces(child)
