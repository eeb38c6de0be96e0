"""The file as it would be if every tracked change and comment of casebuilder's own were rejected.

This is how a merge proves, before anything is written, that it has left her file as it was.
"""

from __future__ import annotations

from collections.abc import Mapping

from docx.oxml.ns import qn
from lxml import etree

from casebuilder.word.package import named_by_kind
from casebuilder.word.revisions import element_like, take_out
from casebuilder.word.settling import STORIES, drop_comments, settle
from casebuilder.word.story import is_ours
from casebuilder.word.xml import Element, tree_of


def without_ours(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the parts with our revisions rejected and our comments gone."""
    kinds = named_by_kind(parts)
    names = [name for kind in (*STORIES, "comments") for name in kinds.get(kind, ())]
    trees = {name: tree_of(parts[name]) for name in names}
    comments = _drop_comments([trees[name] for name in kinds.get("comments", ())])
    for tree in trees.values():
        settle(tree, accept=False, whose=is_ours)
        drop_comments(tree, lambda mark: str(mark.get(qn("w:id"))) in comments)
        _join(tree)
    return {**parts, **{name: etree.tostring(tree) for name, tree in trees.items()}}


def _drop_comments(roots: list[Element]) -> set[str]:
    ours = [each for root in roots for each in root.iter(qn("w:comment")) if is_ours(each)]
    for each in ours:
        take_out(each)
    return {str(each.get(qn("w:id"))) for each in ours}


def _join(root: Element) -> None:
    """Join the halves of a link or of somebody's insertion that we have stood between."""
    for each in list(root.iter(qn("w:hyperlink"), qn("w:ins"), qn("w:moveTo"))):
        before = each.getprevious()
        if before is None or before.tag != each.tag or _bare(before) != _bare(each):
            continue
        each[0:0] = list(before)
        before.getparent().remove(before)  # type: ignore[union-attr]


def _bare(node: Element) -> bytes:
    made = element_like(node)
    made.attrib.pop(qn("w:id"), "")
    return etree.tostring(made)
