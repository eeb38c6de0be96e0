"""A copy of a paper with remarks beside its words, as Word comments; it is nobody's paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from casebuilder.word.comments import Comments
from casebuilder.word.file import File
from casebuilder.word.redline import nobodys
from casebuilder.word.story import ParaNode, Reader

Remark = tuple[tuple[int, int, int], Sequence[str]]
"""Where it stands (paragraph as read by `story`, words [start, stop)), and what it says, line by line."""


def with_remarks(data: bytes, remarks: Iterable[Remark]) -> bytes:
    """Return a paper with remarks; those on notes stand nowhere, for Word has no comments there."""
    reader = Reader(File(data))
    reader.main()
    comments = Comments(reader.file, reader.styles)
    for (at, start, stop), lines in sorted(remarks, key=lambda remark: remark[0], reverse=True):
        node = reader.nodes[at]
        if isinstance(node, ParaNode) and node.part is reader.file.main:
            node.part.xml.open()
            node.part.xml.touch(node.element)
            comments.add(node, start, stop, lines)
    return nobodys(reader.file.parts())
