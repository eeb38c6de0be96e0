"""A merge's edits → tracked changes and comments in the edited file; nothing else in it is touched.

ECMA-376 part 1, 17.13.5: a paragraph whose mark is inserted or deleted joins with the one after it when
that is rejected or accepted. So at the end of a cell, a note or the text, where no paragraph follows,
the mark of the one before is marked instead.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy

from docx.oxml.ns import qn
from lxml import etree

from casebuilder.merge.model import Change, Edit, Insert, Remark, Remove, Rename, Restyle, Rewrite
from casebuilder.word.comments import Comments
from casebuilder.word.revisions import Revisions, mark_whole, properties_of, take_out, whole_mark
from casebuilder.word.story import BlockNode, ParaNode, Reader, address_of, is_ours, is_struck
from casebuilder.word.transplant import Transplant
from casebuilder.word.xml import MARKS, Element, element

_P, _TBL, _TR = qn("w:p"), qn("w:tbl"), qn("w:tr")
_BEFORE_NUMBERS = frozenset(
    map(qn, ("w:pStyle", "w:keepNext", "w:keepLines", "w:pageBreakBefore", "w:framePr", "w:widowControl"))
)
Tell = Callable[[Change], Sequence[str]]
"""Says what a comment about a conflict says, line by line."""


class Applier:
    """Carries edits out in one file, as read by `edited`."""

    def __init__(self, edited: Reader, transplant: Transplant, revisions: Revisions, tell: Tell) -> None:
        """Take the file, where new content comes from, and how conflicts are told."""
        self._edited, self._transplant, self._revisions = edited, transplant, revisions
        self._comments = Comments(edited.file, edited.styles)
        self._tell = tell
        self._last: dict[tuple[int, bool], Element] = {}
        self._going: set[Element] = set()  # what will be struck

    def apply(self, edits: Sequence[Edit]) -> None:
        """Carry out every edit: within paragraphs from the end backwards, then whole blocks."""
        for each in edits:
            node = self._edited.nodes[_at(each)]
            node.part.xml.open()
            if isinstance(node, ParaNode) and not isinstance(each, Insert):
                node.part.xml.touch(node.element)
        within = [each for each in edits if isinstance(each, Rewrite | Remark)]
        for each in sorted(within, key=lambda one: (one.at, one.start, one.stop), reverse=True):
            self._within(each)
            self._revisions.tell_apart(self._edited.nodes[each.at].element)
        removed = [self._edited.nodes[each.at] for each in edits if isinstance(each, Remove)]
        self._going = {node.element for node in removed}
        for each in (each for each in edits if isinstance(each, Restyle | Rename | Insert)):
            self._whole(each)
        for (beside, _before), last in self._last.items():
            self._close(last, self._edited.nodes[beside])
        for node in removed:
            self._remove(node)
        for node in removed:
            self._mend_end(node)

    def _within(self, edit: Rewrite | Remark) -> None:
        node = self._edited.nodes[edit.at]
        if not isinstance(node, ParaNode):
            return
        if isinstance(edit, Rewrite):
            self._rewrite(node, edit)
        elif node.part is self._edited.file.main:
            self._comments.add(node, edit.start, edit.stop, self._tell(edit.change))

    def _whole(self, edit: Restyle | Rename | Insert) -> None:
        if isinstance(edit, Restyle):
            self._restyle(edit)
        elif isinstance(edit, Rename):
            self._rename(edit)
        else:
            self._insert(edit)

    # -- words --------------------------------------------------------------------------------

    def _rewrite(self, node: ParaNode, edit: Rewrite) -> None:
        if edit.put:
            look = None if edit.donor is None else _look(node, edit.donor)
            in_link = self._in_same_link(node, edit)
            content = self._transplant.words(edit.put, node.part, look, bare=in_link)
            self._revisions.put_in(node, edit.start, edit.stop, content, in_link=in_link)
        self._revisions.strike(node, edit.start, edit.stop)

    def _in_same_link(self, node: ParaNode, edit: Rewrite) -> bool:
        """Tell whether all the new words are of the link that the word before them stands in."""
        if edit.stop == 0:
            return False
        run = node.pieces[edit.stop - 1][-1].run
        around = next(run.iterancestors(qn("w:hyperlink")), None)
        return around is not None and self._transplant.is_link(edit.put, address_of(node.part, around))

    def _restyle(self, edit: Restyle) -> None:
        """Give a paragraph another style, and remember the old properties in w:pPrChange (17.13.5.29)."""
        node = self._edited.nodes[edit.at]
        style, numbers = self._transplant.style_of(edit.fresh, node.part)
        properties = properties_of(node.element)
        self._remember(properties)
        for tag in ("w:pStyle", "w:numPr"):
            for each in properties.findall(qn(tag)):
                properties.remove(each)
        if style is not None:
            properties.insert(0, style)
        if numbers is not None:
            before = [each for each in properties if each.tag in _BEFORE_NUMBERS]
            properties.insert(len(before), numbers)

    def _remember(self, properties: Element) -> None:
        if properties.find(qn("w:pPrChange")) is None:
            old = element("w:pPr", _remembered(properties.getparent()))
            properties.append(self._revisions.mark("w:pPrChange", [old]))

    def _rename(self, edit: Rename) -> None:
        """Change a hidden name, unless a link inside the paper goes to it."""
        root = self._edited.file.main.root
        if any(edit.old in (each.get(qn("w:anchor")) or "") for each in root.iter(qn("w:hyperlink"))):
            return
        if any(each.get(qn("w:name")) == edit.new for each in root.iter(MARKS[0])):
            return
        for each in self._edited.nodes[edit.at].element.iter(MARKS[0]):
            if each.get(qn("w:name")) == edit.old:
                each.set(qn("w:name"), edit.new)

    # -- blocks and rows ----------------------------------------------------------------------

    def _insert(self, edit: Insert) -> None:
        beside = self._edited.nodes[edit.beside]
        made = self._transplant.block(edit.fresh, beside.part)
        new = self._transplant.named_table(edit.fresh, made) if made.tag == _TBL else [made]
        spot = self._last.get((edit.beside, edit.before))
        if spot is None:
            spot = _edge(beside.element, before=edit.before)
        if edit.before and (edit.beside, True) not in self._last:
            for each in new:
                spot.addprevious(each)
        else:
            for each in reversed(new):
                spot.addnext(each)
        if made.tag == _TBL:
            self._part_tables(new[0], new[-1])
        self._last[edit.beside, edit.before] = new[-1]

    def _part_tables(self, first: Element, last: Element) -> None:
        """Keep a new table from touching another, which Word would join it with."""
        for each, preceding in ((first, True), (last, False)):
            beside = _content(each.itersiblings(preceding=preceding))
            if beside is not None and beside.tag == _TBL:
                blank = element("w:p")
                mark_whole(self._revisions, blank, "w:ins")
                if beside in self._going:
                    mark_whole(self._revisions, blank, "w:del")
                (each.addprevious if preceding else each.addnext)(blank)

    def _close(self, last: Element, beside: ParaNode | BlockNode) -> None:
        """See to it that a paragraph ends what holds new blocks."""
        below = _content(last.itersiblings())
        if last.tag == _TR or (below is not None and below.tag != qn("w:sectPr")):
            return
        if last.tag != _P:
            closing = element("w:p")
            last.addnext(closing)
            last = closing
        self._end_with(last, beside)

    def _end_with(self, last: Element, beside: ParaNode | BlockNode) -> None:
        """Let a new last paragraph stand for the old one, whose own mark is the inserted one."""
        above = _paragraph_above(last)
        if above is None:
            return
        old = _look_it_stands_for(above)
        beside.part.xml.touch(above)
        _unmark(last, "w:ins")
        mark_whole(self._revisions, above, "w:ins")
        self._stand_for(last, old)

    def _remove(self, node: ParaNode | BlockNode) -> None:
        if isinstance(node, ParaNode):
            self._remove_paragraph(node)
            return
        node.part.xml.touch(node.element)
        rows = [node.element] if node.element.tag == _TR else _rows(node.element)
        for row in rows:
            if whole_mark(row, "w:ins") is not None and next(row.iter(*_COMMENTED), None) is None:
                row.getparent().remove(row)  # type: ignore[union-attr]
                continue
            for each in self._edited.paragraphs_in(row):
                self._revisions.strike(each, 0, len(each.pieces))
            mark_whole(self._revisions, row, "w:del")
        if node.element.tag == _TBL and not _rows(node.element):
            take_out(node.element)

    def _remove_paragraph(self, node: ParaNode) -> None:
        own = whole_mark(node.element, "w:ins") is not None
        self._revisions.strike(node, 0, len(node.pieces))
        self._revisions.strike_unseen(node)
        if own and _is_blank(node.element) and not _holds_end(node.element):
            take_out(node.element)
        else:
            mark_whole(self._revisions, node.element, "w:del")

    def _mend_end(self, node: ParaNode | BlockNode) -> None:
        """Where no paragraph follows the one that is struck, strike the mark of the one before instead."""
        last = node.element
        if last.tag != _P or last.getparent() is None or whole_mark(last, "w:del") is None:
            return
        below, above = _content(last.itersiblings()), _content(last.itersiblings(preceding=True))
        is_end = below is None or below.tag == qn("w:sectPr")
        if below is not None and not is_end and below.tag != _TBL:
            return
        if is_end and above is not None and whole_mark(above, "w:ins") is not None and _is_blank(last):
            self._give_back_end(node, above)
            return
        while above is not None and above.tag == _P and whole_mark(above, "w:del") is not None:
            above = _content(above.itersiblings(preceding=True))
        if above is None or above.tag != _P:
            if is_end or (above is not None and below not in self._going):
                _unmark(last, "w:del")  # a paragraph must stand there
            return
        _unmark(last, "w:del")
        node.part.xml.touch(above)
        mark_whole(self._revisions, above, "w:del")
        self._take_look(last, above)

    def _give_back_end(self, node: ParaNode | BlockNode, above: Element) -> None:
        """Take out a pending last paragraph of ours: the one before it ends the story again."""
        old = _look_it_stands_for(node.element)
        take_out(node.element)
        node.part.xml.touch(above)
        _unmark(above, "w:ins")
        self._stand_for(above, old)

    def _stand_for(self, last: Element, old: list[Element]) -> None:
        """Let rejecting leave a last paragraph with these properties."""
        if [etree.tostring(each) for each in old] != [etree.tostring(each) for each in _remembered(last)]:
            changed = self._revisions.mark("w:pPrChange", [element("w:pPr", old)])
            properties_of(last).append(changed)

    def _take_look(self, last: Element, above: Element) -> None:
        """Let what is left after accepting look as the paragraph that it was."""
        properties = properties_of(last)
        self._remember(properties)
        for each in [each for each in properties if each.tag not in _NOT_REMEMBERED]:
            properties.remove(each)
        properties[0:0] = _remembered(above)


_NOT_REMEMBERED = frozenset(map(qn, ("w:rPr", "w:sectPr", "w:pPrChange")))
_COMMENTED = tuple(map(qn, ("w:commentRangeStart", "w:commentRangeEnd", "w:commentReference")))


def _rows(table: Element) -> list[Element]:
    """Return a table's rows, those in content controls among them, those of inner tables not."""
    return [row for row in table.iter(_TR) if next(row.iterancestors(_TBL), None) is table]


def _at(edit: Edit) -> int:
    return edit.beside if isinstance(edit, Insert) else edit.at


def _look(node: ParaNode, at: int) -> Element:
    """Return the run properties of a word, empty if it has none."""
    found = node.pieces[at][0].run.find(qn("w:rPr"))
    return element("w:rPr") if found is None else found


def _content(elements: object) -> Element | None:
    """Return the first element that is no bookmark."""
    return next((each for each in elements if each.tag not in MARKS), None)  # type: ignore[attr-defined]


def _edge(block: Element, *, before: bool) -> Element:
    """Return what a new block stands beside: a table's hidden name lies around it.

    Where somebody has struck a paragraph's mark, that paragraph and the next are one.
    """
    while block.tag == _P and (beside := block.getprevious() if before else block.getnext()) is not None:
        if beside.tag != _P or not is_struck(beside if before else block):
            break
        block = beside
    while block.tag != _P and (beside := block.getprevious() if before else block.getnext()) is not None:
        if beside.tag != (MARKS[0] if before else MARKS[1]):
            break
        block = beside
    return block


def _paragraph_above(node: Element) -> Element | None:
    """Return the paragraph right above that was there before, new ones passed over."""
    above = _content(node.itersiblings(preceding=True))
    while above is not None and (whole_mark(above, "w:ins") is not None or above.tag == _TBL):
        above = _content(above.itersiblings(preceding=True))
    return above if above is not None and above.tag == _P else None


def _remembered(paragraph: Element | None) -> list[Element]:
    """Return copies of the properties that a w:pPrChange holds."""
    found = None if paragraph is None else paragraph.find(qn("w:pPr"))
    return [] if found is None else [deepcopy(each) for each in found if each.tag not in _NOT_REMEMBERED]


def _look_it_stands_for(paragraph: Element) -> list[Element]:
    """Return the properties that rejecting must leave a last paragraph with, and forget our note of them.

    They are its own, unless it is a pending one of ours that stands for the last one of hers.
    """
    above = _content(paragraph.itersiblings(preceding=True))
    change = paragraph.find(f"{qn('w:pPr')}/{qn('w:pPrChange')}")
    is_new = above is not None and above.tag in (_P, _TBL) and change is not None and is_ours(change)
    if change is None or not is_new or not _goes_on(above):
        return _remembered(paragraph)
    take_out(change)
    return [deepcopy(each) for each in (change[0] if len(change) else ())]


def _goes_on(above: Element | None) -> bool:
    """Tell whether a block is one of ours that is pending, or a paragraph whose mark is."""
    if above is None:
        return False
    rows = [above] if above.tag == _P else above.findall(_TR)
    return all(whole_mark(each, "w:ins") is not None for each in rows)


def _is_blank(paragraph: Element) -> bool:
    return paragraph.find(f".//{qn('w:r')}") is None


def _holds_end(paragraph: Element) -> bool:
    """Tell whether a paragraph before a table is what the one above joins with when we are rejected."""
    below, above = _content(paragraph.itersiblings()), _content(paragraph.itersiblings(preceding=True))
    is_joined = above is not None and above.tag == _P and whole_mark(above, "w:ins") is not None
    return is_joined and below is not None and below.tag == _TBL


def _unmark(paragraph: Element, tag: str) -> None:
    mark = whole_mark(paragraph, tag)
    if mark is not None and is_ours(mark):
        take_out(mark)
