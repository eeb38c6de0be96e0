"""Comments of casebuilder's own beside what a person must decide (ECMA-376 part 1, 17.13.4)."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from copy import deepcopy

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.ns import nsdecls, qn

from casebuilder.word.file import File, Part, StyleNames
from casebuilder.word.revisions import cut
from casebuilder.word.settling import COMMENT_MARKS, drop_comments
from casebuilder.word.story import AUTHOR, ParaNode, Piece
from casebuilder.word.xml import Element, element, run, text_elements

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_INITIALS = "cb"


class Comments:
    """Writes comments into one file."""

    def __init__(self, file: File, styles: StyleNames) -> None:
        """Take the file and its styles."""
        self._file, self._styles = file, styles

    def add(self, node: ParaNode, start: int, stop: int, lines: Sequence[str]) -> None:
        """Put a comment on the words [start, stop) of a paragraph; on a place, if there are none."""
        first, last = _edges(node, start, stop)
        if first is not None:
            self._drop_older(_outermost(first.run, node.element))
        number = self._written(lines)
        opening = element("w:commentRangeStart", id=number)
        closing = element("w:commentRangeEnd", id=number)
        if first is None or last is None:
            node.element.extend([opening, closing, self._reference(number)])
            return
        _outermost(first.run, node.element).addprevious(opening)
        outside = _outermost(last.run, node.element)
        outside.addnext(self._reference(number))
        outside.addnext(closing)

    def _drop_older(self, beside: Element) -> None:
        """Take out our own comments that begin here: a newer one takes their place. Hers all stay."""
        starts = itertools.takewhile(
            lambda each: each.tag in COMMENT_MARKS, beside.itersiblings(preceding=True)
        )
        numbers = {str(each.get(qn("w:id"))) for each in starts if each.tag == COMMENT_MARKS[0]}
        part = self._file.of_kind("comments")
        found = [] if part is None else [each for each in part.root if each.get(qn("w:id")) in numbers]
        if part is None or not found or any(each.get(qn("w:author")) != AUTHOR for each in found):
            return
        part.xml.open()
        for each in found:
            part.root.remove(each)
        drop_comments(self._file.main.root, lambda mark: mark.get(qn("w:id")) in numbers)

    def _reference(self, number: str) -> Element:
        style = self._styles.ids.get(("character", "annotation reference"))
        properties = [element("w:rStyle", val=style)] if style else []
        return run([element("w:commentReference", id=number)], properties)

    def _written(self, lines: Sequence[str]) -> str:
        """Write a comment's text and return its id."""
        part = self._part()
        known = (str(each.get(qn("w:id"))) for each in part.root)
        number = str(max((int(each) for each in known if each.isdigit()), default=-1) + 1)
        style = self._styles.ids.get(("paragraph", "annotation text"))
        properties = [element("w:pPr", [element("w:pStyle", val=style)])] if style else []
        said = [run(text_elements(line)) for line in lines]
        paragraphs = [element("w:p", [*map(deepcopy, properties), each]) for each in said]
        part.xml.open()
        made = element("w:comment", paragraphs, id=number, author=AUTHOR, initials=_INITIALS)
        part.root.append(made)
        return number

    def _part(self) -> Part:
        empty = f"<w:comments {nsdecls('w')}/>".encode()
        return self._file.of_kind("comments") or self._file.add_of_kind(
            "comments", "word/comments.xml", empty, _TYPE, RT.COMMENTS
        )


def _edges(node: ParaNode, start: int, stop: int) -> tuple[Piece | None, Piece | None]:
    """Return the first and last piece of some words, cut out of their runs; of a place, its neighbour."""
    if not node.pieces:
        return None, None
    if start == stop:
        start, stop = (start - 1, start) if start else (0, 1)
    if stop < len(node.pieces):
        cut(node, stop)
    cut(node, start)
    return node.pieces[start][0], node.pieces[stop - 1][-1]


def _outermost(node: Element, paragraph: Element) -> Element:
    """Return what of a paragraph's children an element stands in: a comment ends outside of links."""
    while (parent := node.getparent()) is not None and parent is not paragraph:
        node = parent
    return node
