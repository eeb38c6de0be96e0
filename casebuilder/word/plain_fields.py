"""Fields as what they show: a reference becomes a link, the others the words they came to (17.16)."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass, field

from docx.oxml.ns import qn

from casebuilder.word.xml import Element, element

_REFERENCE = re.compile(r'\s*(?:PAGE|NOTE)?REF\s+"?([^\s"\\]+).*\\h', re.IGNORECASE | re.DOTALL)
_OUTSIDE = re.compile(r"\s*HYPERLINK\b", re.IGNORECASE)
_PARTS = (qn("w:fldChar"), qn("w:instrText"))


@dataclass(slots=True)
class _Field:
    code: str = ""
    shows: bool = False
    control: list[Element] = field(default_factory=list)
    result: list[Element] = field(default_factory=list)


def without_fields(root: Element) -> None:
    """Leave of every field what it shows; a reference leads to its bookmark, hyperlinks stay fields."""
    for simple in list(root.iter(qn("w:fldSimple"))):
        shown = [each for each in simple if each.tag != qn("w:fldData")]
        _unwrapped(simple)
        _linked(str(simple.get(qn("w:instr"))), shown)
    for run in [each for each in root.iter(qn("w:r")) if any(part.tag in _PARTS for part in each)]:
        _split(run)
    opened: list[_Field] = []
    for run in list(root.iter(qn("w:r"))):
        _read(run, opened)
    for each in opened:  # begun and never ended: what would be its code may be the paper's words
        each.control = [run for run in each.control if any(part.tag in _PARTS for part in run)]
        _end(each)


def _unwrapped(node: Element) -> None:
    parent = node.getparent()
    if parent is not None:
        at = parent.index(node)
        parent[at : at + 1] = [child for child in node if child.tag != qn("w:fldData")]


def _split(run: Element) -> None:
    """Give each part of a run a run of its own, so that a field's ends stand alone."""
    look = run.find(qn("w:rPr"))
    last = run
    for child in [each for each in run if each is not look][1:]:
        own = element("w:r", [deepcopy(look)] if look is not None else [])
        own.append(child)
        last.addnext(own)
        last = own


def _read(run: Element, opened: list[_Field]) -> None:
    mark = run.find(qn("w:fldChar"))
    kind = None if mark is None else mark.get(qn("w:fldCharType"))
    if kind == "begin":
        opened.append(_Field())
    if not opened:
        if kind is not None:
            _dropped(run)
        return
    top = opened[-1]
    if kind is not None or run.find(qn("w:instrText")) is not None:
        top.control.append(run)
        top.code += "" if top.shows else "".join(each.text or "" for each in run.iter(qn("w:instrText")))
        top.shows = top.shows or kind == "separate"
    elif all(each.shows for each in opened):
        top.result.append(run)
    else:
        top.control.append(run)
    if kind == "end":
        _end(opened.pop())


def _end(ended: _Field) -> None:
    if _OUTSIDE.match(ended.code):
        return
    for run in ended.control:
        _dropped(run)
    _linked(ended.code, ended.result)


def _dropped(run: Element) -> None:
    parent = run.getparent()
    if parent is not None:
        parent.remove(run)


def _linked(code: str, shown: list[Element]) -> None:
    """Put what a reference shows into a link to where it leads."""
    found = _REFERENCE.match(code)
    parent = shown[0].getparent() if shown else None
    if found is None or parent is None or any(each.getparent() is not parent for each in shown):
        return
    if parent.tag == qn("w:hyperlink"):
        return
    link = element("w:hyperlink", anchor=found[1])
    parent.insert(parent.index(shown[0]), link)
    link.extend(shown)
