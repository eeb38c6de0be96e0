"""A Word file's stories as the values that a merge compares, and where each of them stands in the XML.

What is read is the file with every tracked change accepted: what somebody has put in stands there,
what somebody has struck does not. ECMA-376 part 1: 17.3 paragraphs and runs, 17.13.5 revisions,
17.16 fields. Marks without width (bookmarks, ends of comments, spelling) are passed over.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from docx.oxml.ns import qn
from lxml import etree

from casebuilder.merge.model import Block, Para, Row, Story, Table, Word, words_of
from casebuilder.word.file import File, Part, StyleNames
from casebuilder.word.xml import MARKS, Element

AUTHOR = "casebuilder"
"""Who our tracked changes and comments are by."""

PUT_IN, STRUCK = (qn("w:ins"), qn("w:moveTo")), (qn("w:del"), qn("w:moveFrom"))
NOTE_REFERENCES = {qn("w:footnoteReference"): "footnotes", qn("w:endnoteReference"): "endnotes"}
INSIDE = frozenset(map(qn, ("w:smartTag", "w:customXml", "w:sdtContent", "w:sdt", "w:dir", "w:bdo")))
_CONTAINERS = frozenset(map(qn, ("w:sdt", "w:sdtContent", "w:customXml")))
_CHARACTERS = {
    qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "\u2011",
    qn("w:softHyphen"): "\u00ad",
}  # fmt: skip
_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_PICTURES = (qn("w:drawing"), qn("w:pict"), qn("w:object"), _COMPATIBLE)
_FORMULAS = (qn("m:oMath"), qn("m:oMathPara"))
_LINKED = (qn("r:embed"), qn("r:id"), qn("r:link"))
_UNSEEN = frozenset(map(qn, ("w:lang", "w:noProof", "w:rPrChange", "w:ins", "w:del", "w:webHidden", "w:rtl")))
_UNITS = re.compile(r"\w+|\s|[^\w\s]")
_HEADING = re.compile(r"heading (\d)$")
_HOST = re.compile(r"^(https?://[^/]+)/$")  # Word adds the slash to a host of its own accord


@dataclass(slots=True)
class Piece:
    """Some characters of one w:t, or one other thing in a run (or one w:fldSimple, its own run)."""

    run: Element
    child: Element
    start: int = 0
    stop: int = 1


@dataclass(slots=True)
class ParaNode:
    """A paragraph in the XML, and of each of its words the pieces that it is written in."""

    part: Part
    element: Element
    pieces: list[list[Piece]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class BlockNode:
    """A table or a row in the XML."""

    part: Part
    element: Element


@dataclass(slots=True)
class _Open:
    """A complex field that has begun and not ended (17.16.18)."""

    code: str = ""
    pieces: list[Piece] = field(default_factory=list)
    text: str = ""


@dataclass(frozen=True, slots=True)
class _Said:
    """Characters of one element that are still to be cut into words."""

    text: str
    run: Element
    child: Element
    start: int
    look: str
    is_ours: bool


class Reader:
    """Reads the stories of one file; `nodes` holds what each `at` of the values is."""

    def __init__(self, file: File) -> None:
        """Take a file to read."""
        self.file = file
        styles = file.of_kind("styles")
        self.styles = StyleNames(styles.root if styles else None)
        self.nodes: list[ParaNode | BlockNode] = []
        self._notes: dict[tuple[str, str], Element] = {}
        for kind in NOTE_REFERENCES.values():
            part = file.of_kind(kind)
            for note in () if part is None else part.root:
                self._notes[kind, str(note.get(qn("w:id")))] = note

    def main(self) -> Story:
        """Return the main text."""
        return self._story(self.file.main, self.file.main.root[0])

    def part(self, part: Part) -> Story:
        """Return a header's or footer's text."""
        return self._story(part, part.root)

    def _story(self, part: Part, container: Element) -> Story:
        return _StoryReader(self, part, container).blocks(container)

    def note(self, kind: str, number: str) -> Story:
        """Return a note's text, without its number."""
        part, element = self.file.of_kind(kind), self._notes.get((kind, number))
        return () if part is None or element is None else self._story(part, element)

    def note_element(self, kind: str, number: str) -> Element | None:
        """Return a note's element by its id."""
        return self._notes.get((kind, number))

    def paragraphs_in(self, element: Element) -> list[ParaNode]:
        """Return the paragraphs below a table or row that have been read."""
        inside = set(element.iter(qn("w:p")))
        return [node for node in self.nodes if isinstance(node, ParaNode) and node.element in inside]

    def add(self, node: ParaNode | BlockNode) -> int:
        """Give something a place of its own."""
        self.nodes.append(node)
        return len(self.nodes) - 1


class _StoryReader:
    """Reads one story; a field may begin in one paragraph and end in another."""

    def __init__(self, reader: Reader, part: Part, root: Element) -> None:
        self._reader, self._part = reader, part
        self._fields: list[_Open] = []
        kinds = Counter(each.get(qn("w:fldCharType")) for each in root.iter(qn("w:fldChar")))
        self._is_torn = kinds["begin"] != kinds["end"]  # then none is taken to go on in the next paragraph

    def blocks(self, container: Element) -> Story:
        found: list[Block] = []
        names: list[str] = []
        for element in _block_elements(container):
            if element.tag == MARKS[0]:
                names.append(str(element.get(qn("w:name"))))
            elif element.tag == qn("w:tbl"):
                table = self._table(element, tuple(names))
                found += [table] if table.rows else []
                names = []
            elif element.tag == qn("w:p"):
                para = self._paragraph(element, tuple(names))
                found += [para] if para else []
                names = []
        return tuple(found)

    def _table(self, element: Element, names: tuple[str, ...]) -> Table:
        rows = []
        for row in element.iter(qn("w:tr")):
            if next(row.iterancestors(qn("w:tbl")), None) is element and not is_struck(row):
                cells = [cell for cell in row.iter(qn("w:tc")) if next(cell.iterancestors(qn("w:tr"))) is row]
                at = self._reader.add(BlockNode(self._part, row))
                rows.append(Row(at, tuple(self.blocks(cell) for cell in cells)))
        return Table(self._reader.add(BlockNode(self._part, element)), tuple(rows), names)

    def _paragraph(self, element: Element, names: tuple[str, ...]) -> Para | None:
        """Read a paragraph; None if all of it is struck, or if Word derives it, as a table of contents."""
        was_open = bool(self._fields)
        words = _Words(self._reader, self._part, self._fields)
        words.walk(element, "")
        words.close(torn=self._is_torn)
        if (was_open or self._fields) or (not words.words and is_struck(element)):
            return None
        inner = (str(each.get(qn("w:name"))) for each in element.iter(MARKS[0]))
        style, level = self._style(element)
        at = self._reader.add(ParaNode(self._part, element, words.pieces))
        return Para(at, tuple(words.words), style, level, (*names, *inner))

    def _style(self, element: Element) -> tuple[str, int]:
        """Return a paragraph's style and list level as one text, and its level as a heading."""
        styles = self._reader.styles
        own = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        name = styles.default if own is None else styles.names.get(str(own.get(qn("w:val"))), "")
        level = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:ilvl')}")
        changed = element.find(f"{qn('w:pPr')}/{qn('w:pPrChange')}")
        hers = " *" if changed is not None and not is_ours(changed) else ""  # a pending change of hers
        heading = _HEADING.match(name)
        listed = "" if level is None else f" / {level.get(qn('w:val'))}"
        return name + listed + hers, int(heading[1]) if heading else 0


def _block_elements(container: Element) -> Iterator[Element]:
    for child in container:
        if child.tag in _CONTAINERS:
            yield from _block_elements(child)
        elif isinstance(child.tag, str):
            yield child


def is_struck(element: Element) -> bool:
    """Tell whether a paragraph's mark or a row is marked as deleted (17.13.5.14, 17.13.5.12)."""
    under = f"{qn('w:pPr')}/{qn('w:rPr')}" if element.tag == qn("w:p") else qn("w:trPr")
    properties = element.find(under)
    return properties is not None and any(properties.find(tag) is not None for tag in STRUCK)


class _Words:
    """Collects the words of one paragraph."""

    def __init__(self, reader: Reader, part: Part, fields: list[_Open]) -> None:
        self._reader, self._part, self._fields = reader, part, fields
        self.words: list[Word] = []
        self.pieces: list[list[Piece]] = []
        self._text: list[_Said] = []  # joined until something else comes
        self._link = ""
        self._is_ours = False

    def walk(self, node: Element, link: str) -> None:
        """Read what is seen inside a paragraph or one of its containers."""
        for child in node:
            if child.tag == qn("w:r"):
                self._run(child, link)
            elif child.tag == qn("w:hyperlink"):
                self.walk(child, address_of(self._part, child))
            elif child.tag in PUT_IN:
                was, self._is_ours = self._is_ours, is_ours(child)
                self.walk(child, link)
                self._is_ours = was
            elif child.tag in INSIDE:
                self.walk(child, link)
            elif child.tag == qn("w:fldSimple"):
                code, shown = str(child.get(qn("w:instr"))), "".join(map(str, child.itertext()))
                self._unit(_field(code), shown, [Piece(child, child)])
            elif child.tag in _FORMULAS:
                self._unit("formula", "".join(map(str, child.itertext())), [Piece(child, child)])

    def close(self, *, torn: bool = False) -> None:
        """Cut what has been joined into words (a paragraph or a link ends); end fields that are torn."""
        while torn and self._fields:
            left_open = self._fields.pop()
            self._unit(f"torn {_field(left_open.code)}", left_open.text, left_open.pieces)
        text = "".join(said.text for said in self._text)
        left = iter(self._text)
        said, used = None, 0
        for match in _UNITS.finditer(text):
            need, pieces, parts = len(match[0]), [], []
            if said is not None and used + need <= len(said.text):  # as nearly all are
                start = said.start + used
                self.words.append(_word(match[0], self._link, said.look, said.is_ours))
                self.pieces.append([Piece(said.run, said.child, start, start + need)])
                used += need
                continue
            while need:
                if said is None or used == len(said.text):
                    said, used = next(left), 0
                taken = min(need, len(said.text) - used)
                start = said.start + used
                pieces.append(Piece(said.run, said.child, start, start + taken))
                parts.append(said)
                need, used = need - taken, used + taken
            look = parts[0].look if len(parts) == 1 else "|".join(dict.fromkeys(one.look for one in parts))
            self.words.append(_word(match[0], self._link, look, all(one.is_ours for one in parts)))
            self.pieces.append(pieces)
        self._text = []

    def _run(self, run: Element, link: str) -> None:
        for child in run:
            if child.tag == qn("w:fldChar"):
                self._field_mark(run, child)
            elif child.tag == qn("w:instrText") and self._fields:
                self._fields[-1].code += child.text or ""
                self._fields[-1].pieces.append(Piece(run, child))
            elif child.tag == qn("w:t"):
                if child.text:
                    self._say(child.text, Piece(run, child, 0, len(child.text)), link)
            elif child.tag in _CHARACTERS:
                said = "\f" if child.get(qn("w:type")) in ("page", "column") else _CHARACTERS[child.tag]
                self._say(said, Piece(run, child), link)
            elif child.tag in NOTE_REFERENCES:
                self._note(run, child)
            elif child.tag in _PICTURES:
                self._unit(self._picture(child), "", [Piece(run, child)])
            elif child.tag == qn("w:sym"):
                self._unit(f"sym {child.get(qn('w:char'))}", "", [Piece(run, child)])

    def _say(self, said: str, piece: Piece, link: str) -> None:
        if self._fields:
            self._fields[-1].text += said
            self._fields[-1].pieces.append(piece)
            return
        if link != self._link:
            self.close()
            self._link = link
        if not self.words and not self._text and not said.strip() and self._is_after_number(piece.run):
            return
        look = look_of(piece.run, self._reader.styles)
        self._text.append(_Said(said, piece.run, piece.child, piece.start, look, self._is_ours))

    def _is_after_number(self, run: Element) -> bool:
        """Tell whether a blank parts a note's number from its words; Word and LibreOffice differ in it."""
        above = (run, *run.itersiblings(qn("w:r"), preceding=True))
        return any(each.find(qn("w:footnoteRef")) is not None for each in above[:3])

    def _unit(self, mark: str, text: str, pieces: list[Piece], note: Story | None = None) -> None:
        if self._fields:
            self._fields[-1].pieces += pieces
            self._fields[-1].text += text
            return
        self.close()
        shown = "" if mark.startswith("field") and not mark.startswith("field HYPERLINK") else text
        self.words.append(Word(shown, mark, "", self._is_ours, note))
        self.pieces.append(pieces)

    def _field_mark(self, run: Element, child: Element) -> None:
        kind = child.get(qn("w:fldCharType"))
        if kind == "begin":
            if not self._fields:
                self.close()
            self._fields.append(_Open())
        if not self._fields:
            return
        self._fields[-1].pieces.append(Piece(run, child))
        if kind == "end":
            ended = self._fields.pop()
            shown = ended.text if ended.code.split()[:1] == ["HYPERLINK"] else ""
            self._unit(_field(ended.code) + shown, shown, ended.pieces)

    def _note(self, run: Element, child: Element) -> None:
        kind = NOTE_REFERENCES[child.tag]
        story = self._reader.note(kind, str(child.get(qn("w:id"))))
        said = [word.text + word.mark for block in story for word in words_of(block)]
        self._unit(f"note {''.join(said).strip()}", "", [Piece(run, child)], story)

    def _picture(self, node: Element) -> str:
        """Return what tells a picture from another: its bytes and its alternative text, or its words."""
        described = (each.get("descr") for each in node.iter(qn("wp:docPr")))
        said = next((each for each in described if each), "".join(map(str, node.itertext())))
        for each in node.iter(etree.Element):
            for key in _LINKED:
                name = self._part.target(str(each.get(key))) if each.get(key) else ""
                if name in self._reader.file.names:
                    return f"picture {hashlib.sha256(self._reader.file.raw(name)).hexdigest()[:16]} {said}"
        return f"picture {said}"


@lru_cache(maxsize=1 << 14)
def _word(text: str, mark: str, look: str, is_ours: bool) -> Word:  # noqa: FBT001 - as Word has them
    """Return a word; a paper has most of its words many times, and two papers have the same ones."""
    return Word(text, mark, look, is_ours)


def address_of(part: Part, link: Element) -> str:
    """Return where a w:hyperlink leads (17.16.22)."""
    anchor, number = link.get(qn("w:anchor")), link.get(qn("r:id"))
    address = part.target(str(number)) if number else ""
    return _HOST.sub(r"\1", address) + (f"#{anchor}" if anchor else "") or "#"


def _field(code: str) -> str:
    """Return what tells a field from another: its code, whatever the blanks and switches of its format."""
    words = code.split()
    return "field " + " ".join(word for word in words[:2])


def is_ours(revision: Element) -> bool:
    """Tell whether a tracked change is casebuilder's own."""
    return revision.get(qn("w:author")) == AUTHOR


def look_of(run: Element, styles: StyleNames) -> str:
    """Return a run's formatting as a text that can be compared."""
    properties = run.find(qn("w:rPr"))
    if properties is None:
        return ""
    found = []
    for each in properties:
        if each.tag in _UNSEEN:
            continue
        if each.tag == qn("w:rStyle"):
            found.append(f"style {styles.names.get(str(each.get(qn('w:val'))), '')}")
        else:
            said = sorted((etree.QName(key).localname, str(value)) for key, value in each.attrib.items())
            found.append(f"{etree.QName(each).localname} {said}" if said else etree.QName(each).localname)
    return "; ".join(sorted(found))
