"""The passages of a clerk's Word text, by heading and paragraph, and edits put back into its runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml import etree

from casebuilder.problems import Place
from casebuilder.prose.drafts import Draft, Edits, changed
from casebuilder.prose.expressions import TOKEN
from casebuilder.prose.passages import Kind, Passage, Spelling
from casebuilder.prose.reading import MarkedText
from casebuilder.prose.rules.rule import Edit
from casebuilder.word.package import named_by_kind, package_of, parts_of
from casebuilder.word.xml import XML_SPACE, Element

_NOTES = ("footnotes", "endnotes")
_SPACES = frozenset(map(qn, ("w:tab", "w:br", "w:cr", "w:sym")))
_SKIPPED = frozenset(map(qn, ("w:p", "w:del", "w:moveFrom", "w:pPr", "w:rPr")))
_QUOTES = ("quote", "block text", "sitat")
_LISTS = ("list", "punkt", "nummer")


@dataclass(frozen=True)
class _Paragraph:
    """A paragraph and the runs' texts in it; None for a space that is no text, such as a tab."""

    part: str
    node: Element
    texts: tuple[Element | None, ...]

    @property
    def said(self) -> str:
        return "".join(" " if node is None else node.text or "" for node in self.texts)


def word_draft(marked: MarkedText) -> Draft:
    """Return a Word text as a draft."""
    parts = parts_of(marked.content)
    kinds = named_by_kind(parts)
    stories = [*kinds["document.main"], *(name for kind in _NOTES for name in kinds.get(kind, []))]
    roots = {name: parse_xml(parts[name]) for name in stories}
    styles = {key: value for name in kinds.get("styles", []) for key, value in _styles(parts[name])}
    paragraphs = [
        _Paragraph(name, node, tuple(_texts(node)))
        for name in stories
        for node in roots[name].iter(qn("w:p"))
    ]
    passages = [
        _passage(
            paragraph, place, marked, _kind(paragraph, styles, is_note=paragraph.part not in stories[:1])
        )
        for paragraph, (_said, place) in zip(paragraphs, marked.passages, strict=True)
    ]

    def mended(edits: Edits) -> MarkedText:
        for number, changes in edits.items():
            _edit(paragraphs[number], changes)
        new = {
            name: etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            for name, root in roots.items()
        }
        return replace(marked, content=package_of({**parts, **new}))

    return Draft(marked, tuple(passages), mended)


def _styles(styles: bytes) -> Iterator[tuple[str, str]]:
    """Yield the id and the name, in small letters, of each style."""
    for style in parse_xml(styles).iter(qn("w:style")):
        name = style.find(qn("w:name"))
        if name is not None:
            yield str(style.get(qn("w:styleId"))), str(name.get(qn("w:val"), "")).casefold()


def _texts(node: Element) -> Iterator[Element | None]:
    for child in node:
        if child.tag == qn("w:t"):
            yield child
        elif child.tag in _SPACES:
            yield None
        elif child.tag not in _SKIPPED:
            yield from _texts(child)


def _kind(paragraph: _Paragraph, styles: dict[str, str], *, is_note: bool) -> Kind:
    style = paragraph.node.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    name = styles.get(str(style.get(qn("w:val"))), "") if style is not None else ""
    if is_note:
        return Kind.NOTE
    if any(each in name for each in _QUOTES):
        return Kind.QUOTATION
    if name.startswith("heading"):
        return Kind.HEADING
    if next(paragraph.node.iterancestors(qn("w:tbl")), None) is not None:
        return Kind.CELL
    if paragraph.node.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is not None or name.startswith(_LISTS):
        return Kind.ITEM
    return Kind.RUNNING


def _passage(paragraph: _Paragraph, place: Place, marked: MarkedText, kind: Kind) -> Passage:
    """Spell a paragraph out, with a VALUE for each token."""
    spelling = Spelling()
    said = paragraph.said
    fixed = _fixed(paragraph)
    end = 0
    for match in TOKEN.finditer(said):
        for at in range(end, match.start()):
            spelling.add(said[at], -1 if at in fixed else at)
        number = int(match[1])
        if number < len(marked.slots):
            spelling.add_slot(marked.slots[number], match.start())
        end = match.end()
    for at in range(end, len(said)):
        spelling.add(said[at], -1 if at in fixed else at)
    return spelling.passage(lambda _offset: place, kind, place.heading)


def _fixed(paragraph: _Paragraph) -> set[int]:
    """Return where the spaces stand that are no text."""
    found, at = set(), 0
    for node in paragraph.texts:
        if node is None:
            found.add(at)
        at += 1 if node is None else len(node.text or "")
    return found


def _edit(paragraph: _Paragraph, edits: Sequence[Edit]) -> None:
    """Put edits into the runs; what comes in goes into the run in which its stretch begins."""
    first = 0
    for node in paragraph.texts:
        text = " " if node is None else node.text or ""
        last = first + len(text)
        inside = [
            Edit(
                max(edit.start, first) - first,
                min(edit.end, last) - first,
                edit.words * (edit.start >= first),
            )
            for edit in edits
            if edit.start < last and first < edit.end
        ]
        if node is not None and inside:
            node.text = changed(text, inside)
            node.set(XML_SPACE, "preserve")
        first = last
