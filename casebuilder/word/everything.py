"""Every word that a Word file holds anywhere, for a search that trusts nobody: parts, attributes, names.

Whatever the parts are: an embedded workbook is opened too, and what is no XML is looked at byte by byte.
"""

from __future__ import annotations

from collections.abc import Iterator

from docx.oxml.ns import qn
from lxml import etree

from casebuilder.word.package import UNREADABLE, parts_of
from casebuilder.word.xml import Element, tree_of

_BLANKS = frozenset(map(qn, ("w:tab", "w:br", "w:cr", "w:noBreakHyphen", "w:ptab")))
_BYTES = ("utf-8", "utf-16-le")


def everything_in(data: bytes, inside: str = "") -> Iterator[tuple[str, str]]:
    """Yield (part, words) of a package: each paragraph, then each part as a whole, with its attributes."""
    for name, part in parts_of(data).items():
        where = f"{inside}{name}"
        yield where, name
        if part[:2] == b"PK":
            yield from _nested(part, f"{where}/")
        try:
            tree = tree_of(part)
        except etree.XMLSyntaxError:
            yield from ((where, part.decode(encoding, errors="ignore")) for encoding in _BYTES)
            continue
        yield from ((where, _said(each)) for each in tree.iter(qn("w:p")))
        yield where, "".join(map(str, tree.itertext()))
        yield from ((where, str(value)) for each in tree.iter() for value in each.attrib.values())
        yield from ((where, str(each.text)) for each in tree.iter(etree.Comment, etree.PI) if each.text)


def _nested(data: bytes, inside: str) -> Iterator[tuple[str, str]]:
    try:
        yield from everything_in(data, inside)
    except UNREADABLE:
        yield inside, data.decode("latin-1")


def _said(paragraph: Element) -> str:
    pieces = []
    for each in paragraph.iter(etree.Element):
        if each.tag in _BLANKS:
            pieces.append(" ")
        elif each.text and each.tag != qn("w:p"):
            pieces.append(each.text)
    return "".join(pieces)
