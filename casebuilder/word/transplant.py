"""What is copied from the fresh file into the edited one, in the edited one's own styles, lists and ids.

Styles go by name, links by address, pictures by their bytes, notes as new notes; what the edited file
lacks is added to it. All that is copied is marked as inserted. ECMA-376 part 1: 17.7 styles, 17.9 lists.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.ns import qn
from lxml import etree

from casebuilder.word.file import Part
from casebuilder.word.lists import Lists
from casebuilder.word.parts import EMPTY_FOOTNOTES, FOOTNOTES_TYPE
from casebuilder.word.revisions import Revisions, blank_run, element_like, mark_whole
from casebuilder.word.story import NOTE_REFERENCES, BlockNode, ParaNode, Reader, address_of
from casebuilder.word.xml import MARKS, XML_SPACE, Element, element

_STYLES = {qn("w:pStyle"): "paragraph", qn("w:rStyle"): "character", qn("w:tblStyle"): "table"}
_TIES = ("w:basedOn", "w:link", "w:next")
_R_NAMESPACE = qn("r:id").removesuffix("id")
_HISTORY = frozenset(map(qn, ("w:pPrChange", "w:rPrChange", "w:trPrChange", "w:tcPrChange", "w:tblPrChange",
                              "w:ins", "w:del", "w:moveFrom", "w:moveTo")))  # fmt: skip
_OURS = ("_cb_", "_Ref")


class Transplant:
    """Copies from one file into another."""

    def __init__(
        self, fresh: Reader, edited: Reader, revisions: Revisions, anchors: Mapping[str, str]
    ) -> None:
        """Take both files as read, and fresh block names → names of the same blocks in the edited one."""
        self._fresh, self._edited, self._revisions = fresh, edited, revisions
        self._anchors = anchors
        self._lists = Lists(fresh.file, edited.file)
        self._at = {node.element: node for node in fresh.nodes if isinstance(node, ParaNode)}
        roots = [edited.file.part(name).root for kind in ("document.main", "footnotes", "header", "footer")
                 for name in edited.file.kinds.get(kind, ())]  # fmt: skip
        self._names = {str(each.get(qn("w:name"))) for root in roots for each in root.iter(MARKS[0])}
        marks = (each.get(qn("w:id"), "0") for root in roots for each in root.iter(MARKS[0]))
        self._next_mark = max((int(each) for each in marks if each.isdigit()), default=0) + 1
        pictures = (each.get("id", "0") for root in roots for each in root.iter(qn("wp:docPr")))
        self._next_picture = max((int(each) for each in pictures if each.isdigit()), default=0) + 1

    def words(
        self, put: Iterable[tuple[int, int, int]], part: Part, look: Element | None, *, bare: bool = False
    ) -> list[Element]:
        """Return runs and links of fresh words for a part, not yet marked as inserted.

        They look like the run properties `look`, if said; `bare` leaves their links out.
        """
        found: list[Element] = []
        for at, start, stop in put:
            node = self._fresh.nodes[at]
            if isinstance(node, ParaNode):
                found += self._words(node, start, stop, part, look, bare=bare)
        return found

    def is_link(self, put: Iterable[tuple[int, int, int]], address: str) -> bool:
        """Tell whether fresh words all stand in links to an address."""
        nodes = ((self._fresh.nodes[at], start, stop) for at, start, stop in put)
        pieces = [
            (node.part, piece.run)
            for node, start, stop in nodes
            if isinstance(node, ParaNode)
            for each in node.pieces[start:stop]
            for piece in each
        ]
        links = [(part, next(run.iterancestors(qn("w:hyperlink")), None)) for part, run in pieces]
        return all(link is not None and address_of(part, link) == address for part, link in links)

    def block(self, at: int, part: Part) -> Element:
        """Return a fresh paragraph, table or row, marked as inserted."""
        node = self._fresh.nodes[at]
        if isinstance(node, ParaNode):
            return self._paragraph(node, part)
        made = self._table_part(node, part)
        for row in [made] if made.tag == qn("w:tr") else made.iterchildren(qn("w:tr")):
            mark_whole(self._revisions, row, "w:ins")
        return made

    def style_of(self, at: int, part: Part) -> tuple[Element | None, Element | None]:
        """Return the w:pStyle and w:numPr of a fresh paragraph."""
        node = self._fresh.nodes[at]
        properties = node.element.find(qn("w:pPr"))
        if properties is None:
            return None, None
        copied = self._adopted(deepcopy(properties), node.part, part)
        return copied.find(qn("w:pStyle")), copied.find(qn("w:numPr"))

    def partners(self, pairs: Iterable[tuple[Element, Element]]) -> None:
        """Learn which fresh paragraph stands where in the edited file, for their lists."""
        self._lists.learn(pairs)

    # -- paragraphs and tables ----------------------------------------------------------------

    def _paragraph(self, node: ParaNode, part: Part, *, is_new: bool = True) -> Element:
        properties = node.element.find(qn("w:pPr"))
        made = element("w:p")
        if properties is not None:
            copied = self._adopted(deepcopy(properties), node.part, part)
            for each in [*copied.findall(qn("w:rPr")), *copied.findall(qn("w:pPrChange"))]:
                copied.remove(each)
            made.append(copied)
        content = self._words(node, 0, len(node.pieces), part, None)
        made.extend(self._named(node.element, self._revisions.wrapped(content)))
        if is_new:
            mark_whole(self._revisions, made, "w:ins")
        return made

    def _named(self, original: Element, content: list[Element]) -> list[Element]:
        """Put the hidden names of a block around its content, unless the edited file has them."""
        names = (str(each.get(qn("w:name"))) for each in original.iterchildren(MARKS[0]))
        for name in names:
            if name.startswith(_OURS[0]) and name not in self._names:
                start, end = self._bookmark(name)
                content = [start, *content, end]
        return content

    def named_table(self, at: int, made: Element) -> list[Element]:
        """Return a copied table between the marks of its hidden name."""
        before = self._fresh.nodes[at].element.itersiblings(preceding=True)
        marks = itertools.takewhile(lambda each: each.tag in MARKS, before)
        names = [str(each.get(qn("w:name"))) for each in marks if each.tag == MARKS[0]]
        name = next((each for each in names if each.startswith(_OURS[0]) and each not in self._names), "")
        if not name:
            return [made]
        start, end = self._bookmark(name)
        return [start, made, end]

    def _bookmark(self, name: str) -> tuple[Element, Element]:
        self._names.add(name)
        number, self._next_mark = self._next_mark, self._next_mark + 1
        return element("w:bookmarkStart", id=number, name=name), element("w:bookmarkEnd", id=number)

    def _table_part(self, node: BlockNode | ParaNode, part: Part) -> Element:
        """Return a copy of a table or row whose paragraphs are copied as paragraphs are."""
        made = deepcopy(node.element)
        originals = list(node.element.iter(qn("w:p")))
        for copied, original in zip(list(made.iter(qn("w:p"))), originals, strict=True):
            there = self._at.get(original)
            new = element("w:p") if there is None else self._paragraph(there, part, is_new=False)
            copied.getparent().replace(copied, new)  # type: ignore[union-attr]
        for each in [*made.iter(*_HISTORY)]:
            if next(each.iterancestors(qn("w:p")), None) is None:
                each.getparent().remove(each)  # type: ignore[union-attr]
        for each in [each for each in made.iter(*MARKS) if next(each.iterancestors(qn("w:p")), None) is None]:
            each.getparent().remove(each)  # type: ignore[union-attr]
        skeleton = [each for each in made.iter(*_STYLES) if next(each.iterancestors(qn("w:p")), None) is None]
        for each in skeleton:
            self._restyle(each)
        for each in made.iter(qn("w:tr")):
            _forget(each)
        return made

    # -- words --------------------------------------------------------------------------------

    def _words(
        self, node: ParaNode, start: int, stop: int, part: Part, look: Element | None, *, bare: bool = False
    ) -> list[Element]:
        """Copy the runs that hold words [start, stop), run by run, links around those in one."""
        found: list[Element] = []
        last_run = last_link = None
        for piece in (piece for pieces in node.pieces[start:stop] for piece in pieces):
            link = None if bare else next(piece.run.iterancestors(qn("w:hyperlink")), None)
            if piece.run is not last_run or piece.child is piece.run:
                made = self._run(piece.run, node.part, part, look)
                if link is None:
                    found += self._referred(piece.child, made)
                elif link is last_link:
                    found[-1].append(made)
                else:
                    around = self._adopted(element_like(link), node.part, part)
                    around.append(made)
                    found.append(around)
                last_run, last_link = piece.run, link
            if piece.child.tag == qn("w:t"):
                _add_text(made, (piece.child.text or "")[piece.start : piece.stop])
            elif piece.child is not piece.run:
                made.append(self._adopted(deepcopy(piece.child), node.part, part))
        return found

    def _run(self, original: Element, of: Part, part: Part, look: Element | None) -> Element:
        """Return an empty run with the properties of the fresh one, or those that are said."""
        if original.tag != qn("w:r"):
            return self._adopted(deepcopy(original), of, part)
        made = element("w:r")
        properties = original.find(qn("w:rPr")) if look is None else look
        if properties is not None:
            copied = deepcopy(properties)
            for each in [each for each in copied if each.tag in _HISTORY]:
                copied.remove(each)
            made.append(copied if look is not None else self._adopted(copied, of, part))
        return made

    def _referred(self, child: Element, made: Element) -> list[Element]:
        """Take along the name of a note that is referred back to (it stands right around the reference)."""
        above = child.getparent().getprevious() if child.tag in NOTE_REFERENCES else None  # type: ignore[union-attr]
        name = str(above.get(qn("w:name"), "")) if above is not None and above.tag == MARKS[0] else ""
        if not name.startswith(_OURS[1]) or name in self._names:
            return [made]
        start, end = self._bookmark(name)
        return [start, made, end]

    # -- what an element says of its file -----------------------------------------------------

    def _adopted(self, copied: Element, of: Part, part: Part) -> Element:
        """Let a copied element speak of the edited file's styles, lists, links, pictures and notes."""
        for each in copied.iter(etree.Element):
            _forget(each)
            if each.tag in _STYLES:
                self._restyle(each)
            elif each.tag == qn("w:numPr"):
                self._lists.adopt(each)
            elif each.tag == qn("wp:docPr"):
                each.set("id", str(self._next_picture))
                self._next_picture += 1
            elif each.tag in NOTE_REFERENCES:
                each.set(qn("w:id"), self._note(NOTE_REFERENCES[str(each.tag)], str(each.get(qn("w:id")))))
            elif each.tag == qn("w:sectPr"):
                self._section(each)
            anchor = str(each.get(qn("w:anchor")))
            if anchor in self._anchors:
                each.set(qn("w:anchor"), self._anchors[anchor])
            for key, value in each.attrib.items():
                if str(key).startswith(_R_NAMESPACE):
                    each.set(key, self._relation(str(value), of, part))
        return copied

    def _restyle(self, tie: Element) -> None:
        """Let a w:pStyle, w:rStyle or w:tblStyle name the edited file's style of that name."""
        tie.set(qn("w:val"), self._style(str(tie.get(qn("w:val"))), _STYLES[str(tie.tag)]))

    def _style(self, number: str, kind: str) -> str:
        name = self._fresh.styles.names.get(number, "")
        known = self._edited.styles.ids.get((kind, name))
        return known if known is not None else self._new_style(number, kind, name)

    def _new_style(self, number: str, kind: str, name: str) -> str:
        """Add a style that the edited file lacks."""
        fresh, part = self._fresh.styles.root, self._edited.file.of_kind("styles")
        all_styles = () if fresh is None else fresh.iter(qn("w:style"))
        original = next((each for each in all_styles if each.get(qn("w:styleId")) == number), None)
        if original is None or part is None:
            return number
        ids = {each for _kind, each in self._edited.styles.ids.items()}
        chosen = next(each for each in (number, *(f"{number}{at}" for at in range(2, 99))) if each not in ids)
        self._edited.styles.ids[kind, name] = chosen
        self._edited.styles.names[chosen] = name
        made = deepcopy(original)
        made.set(qn("w:styleId"), chosen)
        made.attrib.pop(qn("w:default"), "")
        for tie in made.iter(*map(qn, _TIES)):
            tied = str(tie.get(qn("w:val")))
            tie.set(qn("w:val"), self._style(tied, _kind_of(fresh, tied)))
        for each in made.iter(qn("w:numPr")):
            self._lists.adopt(each)
        part.xml.open()
        part.root.append(made)
        return chosen

    def _section(self, section: Element) -> None:
        """Give a copied section the headers of the edited file's last one (17.10.1)."""
        for each in section.findall(qn("w:headerReference")) + section.findall(qn("w:footerReference")):
            section.remove(each)
        body = self._edited.file.main.root[0]
        last = body.find(qn("w:sectPr"))
        own = [] if last is None else [*last.iter(qn("w:headerReference"), qn("w:footerReference"))]
        section[0:0] = [deepcopy(each) for each in own]

    def _relation(self, number: str, of: Part, part: Part) -> str:
        """Return the id of the same link or picture in the edited file's part."""
        found = of.relation(number)
        if found is None or (of.file is part.file and of is part):
            return number
        target = of.target(number)
        kind = str(found.get("Type"))
        if found.get("TargetMode") == "External":
            return part.relate(kind, target, is_external=True)
        if target not in of.file.names:
            return number
        data = of.file.raw(target)
        file = part.file
        same = next(
            (name for name in file.names if name.startswith("word/media/") and file.raw(name) == data), ""
        )
        return part.relate(kind, same or file.add(target, data, of.file.content_type(target)))

    # -- notes --------------------------------------------------------------------------------

    def _note(self, kind: str, number: str) -> str:
        """Copy a note and return its id in the edited file (17.11.10)."""
        file = self._edited.file
        part = file.of_kind(kind) or file.add_of_kind(
            kind, f"word/{kind}.xml", EMPTY_FOOTNOTES.encode(), FOOTNOTES_TYPE, RT.FOOTNOTES
        )
        original = self._fresh.note_element(kind, number)
        known = (str(each.get(qn("w:id"))) for each in part.root)
        chosen = str(max((int(each) for each in known if each.lstrip("-").isdigit()), default=0) + 1)
        made = element(f"w:{kind.removesuffix('s')}", list(self._note_blocks(original, part)), id=chosen)
        part.xml.open()
        part.root.append(made)
        return chosen

    def _note_blocks(self, original: Element | None, part: Part) -> Iterator[Element]:
        for at, each in enumerate(() if original is None else original):
            node = self._at.get(each)
            if node is None:
                continue
            made = self._paragraph(node, part, is_new=False)
            if at == 0:
                where = int(len(made) > 0 and made[0].tag == qn("w:pPr"))
                made[where:where] = self._revisions.wrapped(self._lead(each, node.part, part))
            yield made

    def _lead(self, paragraph: Element, of: Part, part: Part) -> list[Element]:
        """Return a note's number and the blank after it."""
        numbered = (run for run in paragraph.iter(qn("w:r")) if run.find(qn("w:footnoteRef")) is not None)
        return [each for run in numbered for each in (self._adopted(deepcopy(run), of, part), blank_run())]


def _add_text(made: Element, said: str) -> None:
    """Add words to a run; neighbouring pieces of one text stay one text."""
    if len(made) and made[-1].tag == qn("w:t"):
        made[-1].text = (made[-1].text or "") + said
        return
    text = element("w:t")
    text.text = said
    text.set(XML_SPACE, "preserve")
    made.append(text)


def _kind_of(styles: Element | None, number: str) -> str:
    found = () if styles is None else styles.iter(qn("w:style"))
    return next(
        (str(each.get(qn("w:type"))) for each in found if each.get(qn("w:styleId")) == number), "paragraph"
    )


def _forget(each: Element) -> None:
    """Take off what names an editing session or a paragraph of another file."""
    for key in [
        key for key in each.attrib if "rsid" in str(key) or str(key).endswith(("}paraId", "}textId"))
    ]:
        del each.attrib[key]
