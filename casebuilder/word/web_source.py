"""A finished paper made plain for pandoc, and what pandoc does not tell of it, kept beside it as values.

Pandoc knows neither the numbers of headings nor languages, and guesses at titles, captions and quotations.
So every paragraph becomes a plain one or a list item, begins with a token, and `Plain` tells what it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml import etree

from casebuilder.word.list_numbers import ListNumbers, Numbered, formatted
from casebuilder.word.package import named_by_kind, package_of, parts_of
from casebuilder.word.plain_fields import without_fields
from casebuilder.word.source_odd import make_readable
from casebuilder.word.style_chains import StyleChains
from casebuilder.word.unfolding import unfold
from casebuilder.word.web_tables import TableLook, look_of, mend_grid
from casebuilder.word.xml import XML_SPACE, Element, element

OPEN, CLOSE = "\U000f0000", "\U000f0001"
"""Characters of private use around a token; what stands between them is a letter and a number."""
DECORATION = "\U000f0002"
"""The alt text of a picture that is there for the eye alone."""
TOKEN = re.compile(f"{OPEN}([a-z])([^{CLOSE}]*){CLOSE}")

_NOTES = {qn("w:footnoteReference"): "footnote", qn("w:endnoteReference"): "endnote"}
_WORDS = (qn("w:t"), qn("w:drawing"), qn("w:pict"), qn("w:object"), qn("w:sym"), *_NOTES, qn("m:t"))
_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_WRITTEN_ANEW = (qn("w:sym"), qn("m:t"))
_QUOTES = ("quote", "intense quote", "block text")


@dataclass(frozen=True, slots=True)
class Passage:
    """What a paragraph was: «title», «heading», «caption», «quote» or «text»; its level and number.

    `said` are its words, None where some stand as signs or formulas, which pandoc writes in its own way.
    """

    kind: str
    level: int = 0
    number: Numbered | None = None
    table: int | None = None
    said: str | None = None


@dataclass(frozen=True, slots=True)
class NoteMark:
    """A reference to a note as the paper numbers it: «footnote» or «endnote», and its sign."""

    kind: str
    format: str
    value: int

    @property
    def label(self) -> str:
        """What stands in the text."""
        return formatted(self.value, self.format)


@dataclass(frozen=True, slots=True)
class Plain:
    """The file for pandoc; its paragraphs, note references and tables by the numbers in the tokens."""

    data: bytes
    passages: tuple[Passage, ...]
    notes: tuple[NoteMark, ...]
    tables: tuple[TableLook, ...]
    pictures: Mapping[str, bytes]


def plain_of(data: bytes, language: str) -> Plain:
    """Make a paper plain; raises what `package.UNREADABLE` names. `language` is the whole paper's."""
    parts = parts_of(data)
    kinds = named_by_kind(parts)
    styles = StyleChains(_first(parts, kinds, "styles"))
    numbers = ListNumbers(_first(parts, kinds, "numbering"), styles)
    names = [name for kind in ("document.main", "footnotes", "endnotes") for name in kinds.get(kind, ())]
    roots = {name: parse_xml(parts[name]) for name in names}
    maker = _Maker(styles, numbers, language, _first(parts, kinds, "settings"))
    for name, root in roots.items():
        unfold(root, styles)
        without_fields(root)
        make_readable(root)
        maker.make_plain(root)
        parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    pictures = {name.removeprefix("word/"): part for name, part in parts.items() if "media/" in name}
    made = package_of(parts)
    return Plain(made, tuple(maker.passages), tuple(maker.notes), tuple(maker.tables), pictures)


def _first(parts: Mapping[str, bytes], kinds: Mapping[str, list[str]], kind: str) -> Element | None:
    name = next(iter(kinds.get(kind, ())), None)
    return None if name is None else parse_xml(parts[name])


class _Maker:
    """Makes the stories of one file plain, and numbers what it finds."""

    def __init__(
        self, styles: StyleChains, numbers: ListNumbers, language: str, settings: Element | None
    ) -> None:
        self._styles, self._numbers, self._language = styles, numbers, language
        self._settings = settings
        self._counts: dict[str, int] = {}
        self.passages: list[Passage] = []
        self.notes: list[NoteMark] = []
        self.tables: list[TableLook] = []

    def make_plain(self, root: Element) -> None:
        numbered = self._numbers.of(each for each in root.iter(qn("w:p")) if _says_something(each))
        at: dict[Element | None, int] = {}
        for table in root.iter(qn("w:tbl")):
            at[table] = len(self.tables)
            self.tables.append(look_of(table))
            mend_grid(table)
        for run in list(root.iter(qn("w:r"))):
            self._mark_language(run)
        for mark in root.iter(_DECORATIVE):
            for drawing in mark.iterancestors(qn("wp:docPr")):
                drawing.set("descr", DECORATION)
        for reference in list(root.iter(*_NOTES)):
            self._mark_note(reference)
        for paragraph in list(root.iter(qn("w:p"))):
            if _says_something(paragraph):
                inside = at.get(next(paragraph.iterancestors(qn("w:tbl")), None))
                passage = self._passage(paragraph, numbered.get(paragraph))
                passage = replace(passage, table=inside, said=_said_in(paragraph))
                self.passages.append(passage)
                _flatten(paragraph, passage, len(self.passages) - 1)
            else:
                _bare(paragraph)

    def _passage(self, paragraph: Element, number: Numbered | None) -> Passage:
        names = self._styles.names(paragraph)
        level = self._styles.heading(paragraph)
        if names[:1] == ["title"] or ("title" in names and not level):
            return Passage("title", 0, number)
        if level:
            return Passage("heading", level, number)
        if "caption" in names:
            return Passage("caption", 0, number)
        return Passage("quote" if any(name in _QUOTES for name in names) else "text", 0, number)

    def _mark_language(self, run: Element) -> None:
        said = self._styles.language(run)
        words = [each for each in run if each.tag == qn("w:t")]
        if words and said and _primary(said) not in (_primary(self._language), "x"):
            words[0].addprevious(_text(f"{OPEN}l{said}{CLOSE}"))
            words[-1].addnext(_text(f"{OPEN}e{CLOSE}"))

    def _mark_note(self, reference: Element) -> None:
        kind = _NOTES[str(reference.tag)]
        settings = None if self._settings is None else self._settings.find(qn(f"w:{kind}Pr"))
        first = int(_said(settings, "w:numStart", "1"))
        self._counts[kind] = self._counts.get(kind, first - 1) + 1
        usual = "decimal" if kind == "footnote" else "lowerRoman"
        self.notes.append(NoteMark(kind, _said(settings, "w:numFmt", usual), self._counts[kind]))
        run = reference.getparent()
        if run is not None:
            run.addprevious(element("w:r", [_text(f"{OPEN}n{len(self.notes) - 1}{CLOSE}")]))


def _primary(language: str) -> str:
    found = language.partition("-")[0].casefold()
    return "nb" if found == "no" else found


def _said(node: Element | None, tag: str, default: str) -> str:
    found = None if node is None else node.find(qn(tag))
    return default if found is None else str(found.get(qn("w:val"), default))


def _text(said: str) -> Element:
    made = element("w:t")
    made.text = said
    made.set(XML_SPACE, "preserve")
    return made


def _own(paragraph: Element) -> Iterator[Element]:
    """Yield what stands in a paragraph and in no paragraph inside it."""
    for each in paragraph.iter(*_WORDS):
        if next(each.iterancestors(qn("w:p")), None) is paragraph:
            yield each


def _said_in(paragraph: Element) -> str | None:
    own = list(_own(paragraph))
    if any(each.tag in _WRITTEN_ANEW for each in own):
        return None
    return TOKEN.sub("", "".join(each.text or "" for each in own if each.tag == qn("w:t")))


def _says_something(paragraph: Element) -> bool:
    return any(each.tag != qn("w:t") or each.text for each in _own(paragraph))


def _flatten(paragraph: Element, passage: Passage, number: int) -> None:
    """Take a paragraph's look away, leave it in its list, and put its token at its beginning."""
    properties = _bare(paragraph)
    if passage.number and passage.kind in ("text", "quote"):
        level, list_id = passage.number.level, passage.number.list_id
        inside = [element("w:ilvl", val=level), element("w:numId", val=list_id)]
        properties.insert(0, element("w:numPr", inside))
    properties.addnext(element("w:r", [_text(f"{OPEN}p{number}{CLOSE}")]))


def _bare(paragraph: Element) -> Element:
    """Return a paragraph's properties, with nothing but its alignment and section left in them."""
    properties = paragraph.find(qn("w:pPr"))
    if properties is None:
        properties = element("w:pPr")
        paragraph.insert(0, properties)
    for each in [each for each in properties if each.tag not in (qn("w:jc"), qn("w:sectPr"))]:
        properties.remove(each)
    return properties
