"""Building WordprocessingML elements by their prefixed names."""

from __future__ import annotations

from collections.abc import Iterable

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml import etree

Element = etree._Element  # noqa: SLF001 - lxml's own name for the type

PARAGRAPH_ID = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


MARKS = (qn("w:bookmarkStart"), qn("w:bookmarkEnd"))


_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


def tree_of(part: bytes) -> Element:
    """Return the tree of a part; entities stay as they are, nothing is fetched. Raises XMLSyntaxError."""
    return etree.fromstring(part, _PARSER)


def part_of(tree: Element) -> bytes:
    """Return a tree as a part of a package."""
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def element(tag: str, children: Iterable[Element] = (), /, **attributes: object) -> Element:
    """Make an element such as «w:pStyle»; attributes are of the w namespace: `val="x"` is w:val."""
    made: Element = OxmlElement(tag)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    made.extend(children)
    return made


def on(value: bool, name: str) -> list[Element]:  # noqa: FBT001 - reads as a row of switches
    """Return the toggle element if the property is on, else nothing."""
    return [element(name)] if value else []


def neighbour(node: Element, *, preceding: bool) -> Element | None:
    """Return the nearest block beside a node, bookmarks left out."""
    return next((each for each in node.itersiblings(preceding=preceding) if each.tag not in MARKS), None)


def tidy_bookmarks(stories: Iterable[Element]) -> int:
    """Give a template's bookmarks new ids and keep each name once; return the first id that is free.

    A bookmark inside a loop of the template comes once a turn, and Word leaves «_GoBack» anywhere.
    """
    seen: set[str] = {"_GoBack"}
    free = 1
    for story in stories:
        opened: dict[str, str] = {}  # id in the template → id here, empty where the bookmark is dropped
        for mark in list(story.iter(*MARKS)):
            old = str(mark.get(qn("w:id")))
            if mark.tag == MARKS[0]:
                name = str(mark.get(qn("w:name")))
                opened[old] = "" if name in seen else str(free)
                seen.add(name)
                free += 1
            new = opened.get(old, "") if mark.tag == MARKS[0] else opened.pop(old, "")
            mark.set(qn("w:id"), new)
            if not new:
                _remove(mark)
        for mark in [each for each in story.iter(MARKS[0]) if each.get(qn("w:id")) in opened.values()]:
            _remove(mark)
    return free


def _remove(node: Element) -> None:
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


def text_of(node: Element) -> str:
    """Return the words of everything below a node, tabs and breaks as white space."""
    pieces = []
    for each in node.iter(qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:delText")):
        if each.tag == qn("w:t"):
            pieces.append(each.text or "")
        elif each.tag == qn("w:tab") and each.getparent().tag == qn("w:r"):  # type: ignore[union-attr]
            pieces.append("\t")
        elif each.tag == qn("w:br"):
            pieces.append("\n")
    return "".join(pieces)


def text_elements(text: str) -> list[Element]:
    """Return w:t elements for a text, with w:tab and w:br for tabs and line feeds."""
    result: list[Element] = []
    for at, line in enumerate(text.split("\n")):
        result += [element("w:br")] if at else []
        for column, piece in enumerate(line.split("\t")):
            result += [element("w:tab")] if column else []
            if piece:
                words = element("w:t")
                words.text = piece
                words.set(XML_SPACE, "preserve")
                result.append(words)
    return result


def run(content: Iterable[Element], properties: Iterable[Element] = ()) -> Element:
    """Return a w:r with its properties, if any, first."""
    made = list(properties)
    return element("w:r", [*([element("w:rPr", made)] if made else []), *content])
