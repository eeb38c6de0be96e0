"""Tracked changes settled one way, everybody's or somebody's, and comments left out.

ECMA-376 part 1, 17.13.5 revisions, 17.13.4 comments. What a rejected or accepted change takes away must not
stay hidden in the file: notes and links that nothing refers to any more go with it (see `cleaning`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import deepcopy
from dataclasses import dataclass

from docx.oxml.ns import qn

from casebuilder.word.package import named_by_kind, package_of, parts_of
from casebuilder.word.revisions import take_out
from casebuilder.word.story import PUT_IN
from casebuilder.word.xml import MARKS, Element, part_of, tree_of

STORIES = ("document.main", "footnotes", "endnotes", "header", "footer")
_STRUCK = tuple(map(qn, ("w:del", "w:moveFrom")))
_RESTORED = {qn("w:delText"): qn("w:t"), qn("w:delInstrText"): qn("w:instrText")}
_FORMER = tuple(
    qn(f"w:{name}Change")
    for name in ("rPr", "pPr", "sectPr", "tblPr", "tblPrEx", "tblGrid", "trPr", "tcPr", "numbering")
)
_STAYS = {
    qn("w:pPr"): (qn("w:rPr"), qn("w:sectPr")),
    qn("w:sectPr"): (qn("w:headerReference"), qn("w:footerReference")),
    qn("w:trPr"): (qn("w:ins"), qn("w:del")),
    qn("w:rPr"): (*PUT_IN, *_STRUCK),
    qn("w:tcPr"): (qn("w:cellIns"), qn("w:cellDel")),
}
"""Properties → what of them the former properties do not speak of (17.13.5.29, 17.13.5.32)."""
_RANGES = tuple(
    qn(f"w:{name}Range{end}")
    for name in ("moveFrom", "moveTo", "customXmlIns", "customXmlDel", "customXmlMoveFrom", "customXmlMoveTo")
    for end in ("Start", "End")
)
_CELLS = (qn("w:cellIns"), qn("w:cellDel"))
COMMENT_MARKS = tuple(map(qn, ("w:commentRangeStart", "w:commentRangeEnd", "w:commentReference")))
_REVISIONS = (*PUT_IN, *_STRUCK, *_FORMER, *_CELLS)


@dataclass(frozen=True, slots=True)
class Pending:
    """What nobody has decided on: how many tracked changes and comments, and the first hidden words."""

    changes: int = 0
    comments: int = 0
    hidden: str = ""


def pending(data: bytes) -> Pending:
    """Return what is undecided or hidden in a file; raises what `package.UNREADABLE` names."""
    parts = parts_of(data)
    kinds = named_by_kind(parts)
    stories = [tree_of(parts[name]) for name in _names(kinds)]
    changes = sum(1 for story in stories for _ in story.iter(*_REVISIONS))
    comments = sum(1 for story in stories for _ in story.iter(qn("w:commentReference")))
    hidden = next((said for story in stories for said in _hidden(story)), "")
    return Pending(changes, comments, hidden)


def settled(data: bytes, *, accept: bool) -> bytes:
    """Return a file with every change accepted or rejected and no comments.

    Raises what `package.UNREADABLE` names.
    """
    parts = parts_of(data)
    for name in _names(named_by_kind(parts)):
        story = tree_of(parts[name])
        settle(story, accept=accept)
        drop_comments(story)
        parts[name] = part_of(story)
    return package_of(parts)


Whose = Callable[[Element], bool]
"""Tells of a tracked change whether it is to be settled."""


def everybodys(_change: Element) -> bool:
    """Tell that every change is to be settled."""
    return True


def settle(story: Element, *, accept: bool, whose: Whose = everybodys) -> None:
    """Settle the changes of a story, and take the marks of moves out with the last of them."""
    goes, stays = (_STRUCK, PUT_IN) if accept else (PUT_IN, _STRUCK)
    joined = _settle_marks([*filter(whose, story.iter(*goes, *stays, *_CELLS))], stays, gone=_CELLS[accept])
    for each in [*filter(whose, story.iter(*goes))]:
        take_out(each)
    for each in [*filter(whose, story.iter(*stays))]:
        _unwrap(each)
    for each in [*filter(whose, story.iter(*_FORMER))]:
        if not accept:
            _bring_back(each)
        take_out(each)
    if next(story.iter(*PUT_IN, *_STRUCK), None) is None:
        for each in list(story.iter(*_RANGES)):
            take_out(each)
    for each in [each for each in story.iter(qn("w:tbl")) if each.find(f".//{qn('w:tr')}") is None]:
        take_out(each)
    for each in joined:
        _join_with_next(each)


def _names(kinds: dict[str, list[str]]) -> list[str]:
    return [name for kind in STORIES for name in kinds.get(kind, ())]


def _settle_marks(changes: Iterable[Element], stays: tuple[str, ...], gone: str) -> list[Element]:
    """Settle marks of paragraphs, rows and cells; return the paragraphs whose end is no more."""
    joined = []
    for each in changes:
        parent = each.getparent()
        if parent is None or parent.tag not in (qn("w:rPr"), qn("w:trPr"), qn("w:tcPr"), qn("m:ctrlPr")):
            continue
        holder = parent.getparent()
        parent.remove(each)
        if each.tag in stays or (each.tag in _CELLS and each.tag != gone):
            continue
        if parent.tag in (qn("w:trPr"), qn("w:tcPr")) and holder is not None:
            take_out(holder)
        elif holder is not None and holder.tag == qn("w:pPr") and holder.getparent() is not None:
            joined.append(holder.getparent())
    return [each for each in joined if each is not None]


def _unwrap(node: Element) -> None:
    """Take a change away from around its runs; what was struck is text again."""
    parent = node.getparent()
    for each in list(node.iter(*_RESTORED)) if node.tag in _STRUCK else ():
        each.tag = _RESTORED[str(each.tag)]
    if parent is not None:
        for each in list(node):
            node.addprevious(each)
        parent.remove(node)


def _bring_back(change: Element) -> None:
    """Put the former properties in the place of the present ones."""
    properties = change.getparent()
    if properties is None or change.tag == qn("w:numberingChange"):
        return
    stays = _STAYS.get(str(properties.tag), ())
    for each in [each for each in properties if each.tag not in stays and each is not change]:
        properties.remove(each)
    former = [deepcopy(each) for each in (change[0] if len(change) else ())]
    at = len([each for each in properties if each.tag in stays and properties.tag == qn("w:sectPr")])
    properties[at:at] = former


def _join_with_next(paragraph: Element) -> None:
    """Join a paragraph whose mark is gone with the one after it, whose properties hold."""
    if paragraph.getparent() is None:
        return
    content = [each for each in paragraph if each.tag != qn("w:pPr")]
    below = next((each for each in paragraph.itersiblings() if each.tag not in MARKS), None)
    if below is not None and below.tag == qn("w:p"):
        at = int(len(below) > 0 and below[0].tag == qn("w:pPr"))
        below[at:at] = content
        take_out(paragraph)
    elif below is not None and below.tag == qn("w:tbl") and _is_empty(paragraph):
        for each in content:
            paragraph.addprevious(each)
        take_out(paragraph)


def _is_empty(paragraph: Element) -> bool:
    """Tell whether a paragraph holds bookmarks at most, and does not end a section."""
    ends_section = paragraph.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None
    return not ends_section and all(each.tag in (*MARKS, qn("w:pPr")) for each in paragraph)


def drop_comments(story: Element, whose: Whose = everybodys) -> None:
    """Take the marks of comments out, and the runs that hold nothing else."""
    for each in [*filter(whose, story.iter(*COMMENT_MARKS))]:
        run = each.getparent()
        take_out(each)
        if run is not None and run.tag == qn("w:r") and all(one.tag == qn("w:rPr") for one in run):
            take_out(run)


def _hidden(story: Element) -> Iterable[str]:
    """Yield the words of runs that are hidden by hand (17.3.2.41); entries of an index are no words."""
    for each in story.iter(qn("w:vanish")):
        properties = each.getparent()
        run = properties.getparent() if properties is not None else None
        is_on = each.get(qn("w:val")) not in ("0", "false", "off")
        if is_on and run is not None and run.tag == qn("w:r"):
            said = "".join(text.text or "" for text in run.iter(qn("w:t"))).strip()
            if said:
                yield said
