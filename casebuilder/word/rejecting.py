"""The file as it would be if every tracked change and comment of casebuilder's own were rejected.

This is how a merge proves, before anything is written, that it has left her file as it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy

from docx.oxml.ns import qn
from lxml import etree

from casebuilder.word.package import named_by_kind
from casebuilder.word.revisions import element_like, in_box, take_out
from casebuilder.word.story import is_ours
from casebuilder.word.xml import MARKS, Element

_STORIES = ("document.main", "footnotes", "endnotes", "header", "footer", "comments")
_RESTORED = {qn("w:delText"): qn("w:t"), qn("w:delInstrText"): qn("w:instrText")}
_COMMENT_MARKS = tuple(map(qn, ("w:commentRangeStart", "w:commentRangeEnd", "w:commentReference")))
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


def without_ours(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the parts with our revisions rejected and our comments gone."""
    kinds = named_by_kind(parts)
    names = [name for kind in _STORIES for name in kinds.get(kind, ())]
    trees = {name: etree.fromstring(parts[name], _PARSER) for name in names}
    comments = _drop_comments([trees[name] for name in kinds.get("comments", ())])
    for tree in trees.values():
        _reject(tree)
        _drop_marks(tree, comments)
        _join(tree)
    return {**parts, **{name: etree.tostring(tree) for name, tree in trees.items()}}


def _reject(root: Element) -> None:
    for each in [each for each in root.iter(qn("w:ins")) if is_ours(each)]:
        parent = each.getparent()
        if parent is None:
            continue
        if parent.tag == qn("w:trPr"):
            take_out(parent.getparent())  # type: ignore[arg-type]
        elif parent.tag != qn("w:rPr"):
            take_out(each)
    for each in [each for each in root.iter(qn("w:del")) if is_ours(each)]:
        _restore(each)
    for each in [each for each in root.iter(qn("w:pPrChange")) if is_ours(each)]:
        _old_properties(each)
    for each in [each for each in root.iter(qn("w:tbl")) if next(each.iter(qn("w:tr")), None) is None]:
        take_out(each)
    for each in [each for each in root.iter(qn("w:p")) if _is_new(each)]:
        _join_with_next(each)


def _restore(struck: Element) -> None:
    """Take the mark of deletion off: around runs, of a paragraph, or of a row."""
    for each in [each for each in struck.iter(*_RESTORED) if not in_box(each)]:
        each.tag = _RESTORED[str(each.tag)]
    for each in list(struck):
        struck.addprevious(each)
    parent = struck.getparent()
    if parent is not None:
        parent.remove(struck)


def _old_properties(change: Element) -> None:
    properties = change.getparent()
    if properties is None:
        return
    stays = (qn("w:rPr"), qn("w:sectPr"))
    for each in [each for each in properties if each.tag not in stays]:
        properties.remove(each)
    properties[0:0] = [deepcopy(each) for each in (change[0] if len(change) else ())]


def _is_new(paragraph: Element) -> bool:
    mark = paragraph.find("/".join(map(qn, ("w:pPr", "w:rPr", "w:ins"))))
    return mark is not None and is_ours(mark)


def _join_with_next(paragraph: Element) -> None:
    """Join a paragraph whose mark is rejected with the one after it, whose properties hold."""
    content = [each for each in paragraph if each.tag != qn("w:pPr")]
    below = next((each for each in paragraph.itersiblings() if each.tag not in MARKS), None)
    if below is not None and below.tag == qn("w:p"):
        at = int(len(below) > 0 and below[0].tag == qn("w:pPr"))
        below[at:at] = content
        take_out(paragraph)
    elif not any(each.tag not in MARKS for each in content):
        take_out(paragraph)


def _drop_comments(roots: list[Element]) -> set[str]:
    ours = [each for root in roots for each in root.iter(qn("w:comment")) if is_ours(each)]
    for each in ours:
        take_out(each)
    return {str(each.get(qn("w:id"))) for each in ours}


def _drop_marks(root: Element, comments: set[str]) -> None:
    for each in [each for each in root.iter(*_COMMENT_MARKS) if str(each.get(qn("w:id"))) in comments]:
        run = each.getparent()
        take_out(each)
        if run is not None and run.tag == qn("w:r") and all(one.tag == qn("w:rPr") for one in run):
            take_out(run)


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
