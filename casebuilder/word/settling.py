"""Every tracked change of a file settled one way, whoever made it, and every comment left out.

ECMA-376 part 1, 17.13.5 revisions, 17.13.4 comments. What a rejected or accepted change takes away must not
stay hidden in the file: notes and links that nothing refers to any more go with it (see `cleaning`).
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass

from docx.oxml.ns import qn
from lxml import etree

from casebuilder.word.package import named_by_kind, package_of, parts_of
from casebuilder.word.xml import MARKS, Element

STORIES = ("document.main", "footnotes", "endnotes", "header", "footer")
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
_PUT_IN = tuple(map(qn, ("w:ins", "w:moveTo")))
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
    qn("w:rPr"): (*_PUT_IN, *_STRUCK),
    qn("w:tcPr"): (qn("w:cellIns"), qn("w:cellDel")),
}
"""Properties → what of them the former properties do not speak of (17.13.5.29, 17.13.5.32)."""
_RANGES = tuple(
    qn(f"w:{name}Range{end}")
    for name in ("moveFrom", "moveTo", "customXmlIns", "customXmlDel", "customXmlMoveFrom", "customXmlMoveTo")
    for end in ("Start", "End")
)
_CELLS = (qn("w:cellIns"), qn("w:cellDel"))
_COMMENTED = tuple(map(qn, ("w:commentRangeStart", "w:commentRangeEnd", "w:commentReference")))
_REVISIONS = (*_PUT_IN, *_STRUCK, *_FORMER, *_CELLS)


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
    stories = [etree.fromstring(parts[name], _PARSER) for name in _names(kinds)]
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
        story = etree.fromstring(parts[name], _PARSER)
        settle(story, accept=accept)
        parts[name] = etree.tostring(story, xml_declaration=True, encoding="UTF-8", standalone=True)
    return package_of(parts)


def settle(story: Element, *, accept: bool) -> None:
    """Settle every change of a story, and take the marks of comments out."""
    goes, stays = (_STRUCK, _PUT_IN) if accept else (_PUT_IN, _STRUCK)
    joined = _settle_marks(story, goes, stays, gone=_CELLS[accept])
    for each in list(story.iter(*goes)):
        _remove(each)
    for each in list(story.iter(*stays)):
        _unwrap(each)
    for each in list(story.iter(*_FORMER)):
        if not accept:
            _bring_back(each)
        _remove(each)
    for each in list(story.iter(*_RANGES)):
        _remove(each)
    for each in list(story.iter(*_RESTORED)):
        each.tag = _RESTORED[str(each.tag)]
    _drop_comments(story)
    for each in [each for each in story.iter(qn("w:tbl")) if each.find(f".//{qn('w:tr')}") is None]:
        _remove(each)
    for each in joined:
        _join_with_next(each)


def _names(kinds: dict[str, list[str]]) -> list[str]:
    return [name for kind in STORIES for name in kinds.get(kind, ())]


def _settle_marks(story: Element, goes: tuple[str, ...], stays: tuple[str, ...], gone: str) -> list[Element]:
    """Settle marks of paragraphs, rows and cells; return the paragraphs whose end is no more."""
    joined = []
    for each in list(story.iter(*goes, *stays, *_CELLS)):
        parent = each.getparent()
        if parent is None or parent.tag not in (qn("w:rPr"), qn("w:trPr"), qn("w:tcPr"), qn("m:ctrlPr")):
            continue
        holder = parent.getparent()
        parent.remove(each)
        if each.tag in stays or (each.tag in _CELLS and each.tag != gone):
            continue
        if parent.tag in (qn("w:trPr"), qn("w:tcPr")) and holder is not None:
            _remove(holder)
        elif holder is not None and holder.tag == qn("w:pPr") and holder.getparent() is not None:
            joined.append(holder.getparent())
    return [each for each in joined if each is not None]


def _remove(node: Element) -> None:
    """Remove an element; a link or a field around nothing else goes too."""
    parent = node.getparent()
    if parent is None:
        return
    parent.remove(node)
    if parent.tag in (qn("w:hyperlink"), qn("w:smartTag"), qn("w:fldSimple")) and len(parent) == 0:
        _remove(parent)


def _unwrap(node: Element) -> None:
    parent = node.getparent()
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
        _remove(paragraph)
    elif below is not None and below.tag == qn("w:tbl") and _is_empty(paragraph):
        for each in content:
            paragraph.addprevious(each)
        _remove(paragraph)


def _is_empty(paragraph: Element) -> bool:
    """Tell whether a paragraph holds bookmarks at most, and does not end a section."""
    ends_section = paragraph.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None
    return not ends_section and all(each.tag in (*MARKS, qn("w:pPr")) for each in paragraph)


def _drop_comments(story: Element) -> None:
    for each in list(story.iter(*_COMMENTED)):
        run = each.getparent()
        _remove(each)
        if run is not None and run.tag == qn("w:r") and all(one.tag == qn("w:rPr") for one in run):
            _remove(run)


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
