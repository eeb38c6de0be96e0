"""What the style «Unntatt offentlighet» marks in a Word file: paragraphs, words, pictures and notes.

A style that is based on it marks too (ECMA-376 part 1, 17.7.4.3), and so does the half of it that Word
gives to words (17.7.4.6).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from docx.oxml.ns import qn

from casebuilder.prose.expressions import EXEMPT_END, EXEMPT_START
from casebuilder.word.package import named_by_kind, package_of, parts_of
from casebuilder.word.styles import EXEMPT_NAMES
from casebuilder.word.xml import XML_SPACE, Element, part_of, text_elements, tree_of
from casebuilder.word.xml import run as run_of

SHOWN = tuple(map(qn, ("w:drawing", "w:pict", "w:object", "w:footnoteReference", "w:endnoteReference")))
"""What a run can show besides text, and what refers to a note."""
_PLACED = (qn("w:numPr"), qn("w:outlineLvl"))
_STORIES = ("document.main", "footnotes", "endnotes")


def exempt_styles(roots: Iterable[Element]) -> frozenset[str]:
    """Return the ids of the styles that mark, from the roots of the parts with styles."""
    return _styles(roots, lambda style: _value(style, "w:name").casefold() in EXEMPT_NAMES)


def placed_styles(roots: Iterable[Element]) -> frozenset[str]:
    """Return the ids of the styles whose paragraphs are headings or points of a list."""

    def has_place(style: Element) -> bool:
        name = _value(style, "w:name").casefold()
        return name == "title" or name.startswith("heading ") or next(style.iter(*_PLACED), None) is not None

    return _styles(roots, has_place)


def _styles(roots: Iterable[Element], wanted: Callable[[Element], bool]) -> frozenset[str]:
    """Return the ids of the styles that are wanted, or based on one that is."""
    known = {str(style.get(qn("w:styleId"))): style for root in roots for style in root.iter(qn("w:style"))}

    def leads_there(number: str) -> bool:
        seen: set[str] = set()
        while number in known and number not in seen:
            if wanted(known[number]):
                return True
            seen.add(number)
            number = _value(known[number], "w:basedOn")
        return False

    return frozenset(filter(leads_there, known))


def _value(style: Element, tag: str) -> str:
    found = style.find(qn(tag))
    return "" if found is None else str(found.get(qn("w:val"), ""))


def is_marked(run: Element, styles: frozenset[str]) -> bool:
    """Tell whether a run is marked, by its own style or its paragraph's."""
    if _style(run, "w:rPr", "w:rStyle") in styles:
        return True
    paragraph = next(run.iterancestors(qn("w:p")), None)
    return paragraph is not None and is_marked_paragraph(paragraph, styles)


def is_marked_paragraph(paragraph: Element, styles: frozenset[str]) -> bool:
    """Tell whether a paragraph's own style marks it."""
    return _style(paragraph, "w:pPr", "w:pStyle") in styles


def _style(node: Element, properties: str, tag: str) -> str:
    found = node.find(f"{qn(properties)}/{qn(tag)}")
    return "" if found is None else str(found.get(qn("w:val"), ""))


def with_marks(data: bytes) -> bytes:
    """Return a Word text with characters of ours around all that is marked, which go through pandoc."""
    parts = parts_of(data)
    kinds = named_by_kind(parts)
    styles = exempt_styles(tree_of(parts[name]) for name in kinds.get("styles", ()))
    if not styles:
        return data
    for name in [name for kind in _STORIES for name in kinds.get(kind, ())]:
        root = tree_of(parts[name])
        for run in [run for run in root.iter(qn("w:r")) if is_marked(run, styles)]:
            _surround(run)
        parts[name] = part_of(root)
    return package_of(parts)


def _surround(run: Element) -> None:
    """Put marks around what a run says; around the whole of one that shows a picture or a note's number.

    Pandoc reads such a run as nothing else.
    """
    if next(run.iterchildren(*SHOWN), None) is not None:
        run.addprevious(_text(EXEMPT_START))
        run.addnext(_text(EXEMPT_END))
        return
    for node in run.iterchildren(qn("w:t")):
        if node.text:
            node.text = f"{EXEMPT_START}{node.text}{EXEMPT_END}"
            node.set(XML_SPACE, "preserve")


def _text(words: str) -> Element:
    return run_of(text_elements(words))
