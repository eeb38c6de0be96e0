"""Tracked changes in a paragraph: runs cut where a word begins, struck in w:del, new ones in w:ins.

ECMA-376 part 1: 17.13.5 revisions (w:t becomes w:delText inside w:del; a w:hyperlink holds revisions
and never stands in one), 17.3.2.25 w:r. What stands in a pending insertion of ours goes without a trace,
for nobody has ever accepted it; what stands in somebody else's is struck inside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy

from docx.oxml.ns import qn

from casebuilder.word.markup import to_trees
from casebuilder.word.runs import field_runs
from casebuilder.word.story import AUTHOR, PUT_IN, ParaNode, is_ours
from casebuilder.word.xml import MARKS, XML_SPACE, Element, element, run, text_elements

_DELETED = {qn("w:t"): qn("w:delText"), qn("w:instrText"): qn("w:delInstrText")}
_UNSEEN = (qn("w:rPr"), qn("w:lastRenderedPageBreak"))
_SPLIT = frozenset((*PUT_IN, qn("w:hyperlink")))
_GOES_EMPTY = frozenset((*PUT_IN, *map(qn, ("w:hyperlink", "w:smartTag", "w:fldSimple"))))
_PROPERTIES = {qn("w:p"): "w:pPr", qn("w:tr"): "w:trPr"}


class Revisions:
    """Makes the tracked changes of one file, each with an id of its own."""

    def __init__(self, first: int) -> None:
        """Take the first id that is free."""
        self._next = first

    def number(self) -> int:
        """Return an id that is free."""
        self._next += 1
        return self._next - 1

    def mark(self, tag: str, children: Iterable[Element] = ()) -> Element:
        """Return a revision element of ours, such as w:ins. It bears no date: papers know no clock."""
        return element(tag, children, id=self.number(), author=AUTHOR)

    def strike(self, node: ParaNode, start: int, stop: int) -> None:
        """Strike the words [start, stop) of a paragraph."""
        for each in runs_of(node, start, stop):
            self._strike_run(each)

    def strike_unseen(self, node: ParaNode) -> None:
        """Strike the runs of a paragraph that show nothing, such as where Word last broke the page."""
        struck = (qn("w:del"), qn("w:moveFrom"))
        for each in list(node.element.iter(qn("w:r"))):
            shows = any(child.tag not in _UNSEEN for child in each)
            if not shows and next(each.iterancestors(*struck), None) is None:
                self._strike_run(each)

    def _strike_run(self, struck: Element) -> None:
        """Wrap a run in w:del; one that we have put in ourselves goes."""
        inserted = next(struck.iterancestors(*PUT_IN), None)
        if inserted is not None and is_ours(inserted):
            take_out(struck)
            return
        runs = _complex_field(struck) if struck.tag == qn("w:fldSimple") else [struck]
        before = runs[0].getprevious()
        if before is not None and before.tag == qn("w:del") and is_ours(before):
            before.extend(runs)
        else:
            wrapper = self.mark("w:del")
            runs[0].addprevious(wrapper)
            wrapper.extend(runs)
        for each in [found for one in runs for found in one.iter(*_DELETED) if not in_box(found)]:
            each.tag = _DELETED[str(each.tag)]

    def tell_apart(self, paragraph: Element) -> None:
        """Give somebody's tracked formatting that a cut has doubled an id of its own."""
        seen: set[str] = set()
        for each in paragraph.iter(qn("w:rPrChange")):
            if each.get(qn("w:id")) in seen:
                each.set(qn("w:id"), str(self.number()))
            seen.add(str(each.get(qn("w:id"))))

    def put_in(
        self, node: ParaNode, start: int, stop: int, content: Sequence[Element], *, in_link: bool
    ) -> None:
        """Put runs and links after the words [start, stop), before any of them is struck.

        If `in_link` is said, runs go into the link that the word before them stands in.
        """
        new = self.wrapped(content)
        spot, after = _spot(node, start, stop)
        if spot is None:
            node.element.extend(new)
            return
        while (parent := spot.getparent()) is not None and parent.tag in _SPLIT:
            if in_link and parent.tag == qn("w:hyperlink"):
                break
            spot = self._split(spot, after=after)
        for each in new if not after else reversed(new):
            (spot.addnext if after else spot.addprevious)(each)

    def _split(self, child: Element, *, after: bool) -> Element:
        """Cut a child's parent in two beside it; return the half that something can stand beside."""
        parent = child.getparent()
        if parent is None:
            return child
        rest = list(child.itersiblings()) if after else [child, *child.itersiblings()]
        first = not after and child.getprevious() is None
        if not rest or first:
            return parent
        half = element_like(parent)
        if parent.tag in PUT_IN:
            half.set(qn("w:id"), str(self.number()))
        half.extend(rest)
        parent.addnext(half)
        return parent if after else half

    def wrapped(self, content: Iterable[Element]) -> list[Element]:
        """Return runs and links as inserted ones; runs in a row share one w:ins."""
        found: list[Element] = []
        for each in content:
            if each.tag == qn("w:hyperlink"):
                each[:] = self.wrapped(list(each))
                found.append(each)
            elif each.tag in MARKS:
                found.append(each)
            else:
                if not found or found[-1].tag != qn("w:ins"):
                    found.append(self.mark("w:ins"))
                found[-1].append(each)
        return found


def in_box(node: Element) -> bool:
    """Tell whether words stand in a text box, which goes as a whole: they are not struck themselves."""
    return next(node.iterancestors(qn("w:txbxContent")), None) is not None


def runs_of(node: ParaNode, start: int, stop: int) -> list[Element]:
    """Return the runs that hold just the words [start, stop), cut out where need be."""
    if start == stop:
        return []
    if stop < len(node.pieces):
        cut(node, stop)
    cut(node, start)
    found = (piece.run for pieces in node.pieces[start:stop] for piece in pieces)
    return list(dict.fromkeys(found))


def cut(node: ParaNode, at: int) -> None:
    """Let word `at` of a paragraph begin a run, and say so to the words after it."""
    first = node.pieces[at][0]
    if first.child is first.run:
        return
    later = [piece for pieces in node.pieces[at:] for piece in pieces]
    if first.start:
        _cut_text(first.child, first.start, [piece for piece in later if piece.child is first.child])
    old, child = first.run, first.child
    if all(each.tag == qn("w:rPr") for each in child.itersiblings(preceding=True)):
        return
    made = element_like(old)
    properties = old.find(qn("w:rPr"))
    moved = [child, *child.itersiblings()]
    made.extend([*([deepcopy(properties)] if properties is not None else []), *moved])
    old.addnext(made)
    for piece in later:
        if piece.run is old:
            piece.run = made


def _cut_text(text: Element, at: int, pieces: Iterable[object]) -> None:
    """Cut a w:t in two; the pieces are those of the second half."""
    second = element("w:t")
    said = text.text or ""
    second.text, text.text = said[at:], said[:at]
    for each in (text, second):
        each.set(XML_SPACE, "preserve")
    text.addnext(second)
    for piece in pieces:
        piece.child, piece.start, piece.stop = second, piece.start - at, piece.stop - at  # type: ignore[attr-defined]


def _spot(node: ParaNode, start: int, stop: int) -> tuple[Element | None, bool]:
    """Return the run beside which something new stands, and whether after it."""
    if stop < len(node.pieces):
        cut(node, stop)
    if stop > start or start > 0:
        return node.pieces[stop - 1][-1].run, True
    return (node.pieces[0][0].run, False) if node.pieces else (None, True)


def take_out(node: Element) -> None:
    """Remove an element, and what held nothing but it."""
    parent = node.getparent()
    if parent is None:
        return
    parent.remove(node)
    if parent.tag in _GOES_EMPTY and len(parent) == 0:
        take_out(parent)


def element_like(pattern: Element) -> Element:
    """Return an empty element with a pattern's name and attributes."""
    made = deepcopy(pattern)
    del made[:]
    made.text = made.tail = None
    return made


def _complex_field(simple: Element) -> list[Element]:
    """Put a complex field in the place of a w:fldSimple, for that cannot be struck (17.16.18)."""
    shown = "".join(str(each.text or "") for each in simple.iter(qn("w:t")))
    runs = to_trees(field_runs(str(simple.get(qn("w:instr"))), shown))
    for each in runs:
        simple.addprevious(each)
    take_out(simple)
    return runs


def mark_whole(revisions: Revisions, node: Element, tag: str) -> None:
    """Mark a paragraph's own mark, or a row, as inserted or deleted (17.13.5.20, 17.13.5.14)."""
    properties = properties_of(node)
    if node.tag == qn("w:p"):
        inner = properties.find(qn("w:rPr"))
        if inner is None:
            inner = element("w:rPr")
            place = [each for each in properties if each.tag in (qn("w:sectPr"), qn("w:pPrChange"))]
            properties.insert(properties.index(place[0]) if place else len(properties), inner)
        if inner.find(qn(tag)) is None:
            inner.insert(
                1 if tag == "w:del" and inner.find(qn("w:ins")) is not None else 0, revisions.mark(tag)
            )
        return
    if properties.find(qn(tag)) is None:
        changed = properties.find(qn("w:trPrChange"))
        place_at = len(properties) if changed is None else properties.index(changed)
        properties.insert(place_at, revisions.mark(tag))


def whole_mark(node: Element, tag: str) -> Element | None:
    """Return our mark of a paragraph or row as inserted or deleted, if it has one."""
    inner = "w:pPr/w:rPr" if node.tag == qn("w:p") else "w:trPr"
    path = "/".join(map(qn, [*inner.split("/"), tag]))
    found = node.find(path)
    return found if found is not None and is_ours(found) else None


def properties_of(node: Element) -> Element:
    """Return the properties of a paragraph or row, made if there are none."""
    name = _PROPERTIES[str(node.tag)]
    found = node.find(qn(name))
    if found is None:
        found = element(name)
        exceptions = node.find(qn("w:tblPrEx"))
        node.insert(0 if exceptions is None else 1, found)
    return found


def blank_run() -> Element:
    """Return a run with a space, as stands between a note's number and its words."""
    return run(text_elements(" "))
