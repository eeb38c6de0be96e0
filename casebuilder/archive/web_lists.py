"""Lists that count as the paper does: 1. a) i., going on where the paper goes on."""

from __future__ import annotations

import re

from casebuilder.archive.web_tree import Tree, drop, make, marks
from casebuilder.word.list_numbers import Numbered, formatted
from casebuilder.word.web_source import Plain

_TYPES = {"decimal": "1", "lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"}
_SIGNS = {"": "plain", ".": "", ")": "bracket"}


def mend_lists(main: Tree, plain: Plain) -> None:
    """Let every list count as its paragraphs do."""
    for each in list(main.iter("ol", "ul")):
        items = [item for item in each if item.tag == "li"]
        numbers = [_number(item, plain) for item in items]
        first = next((number for number in numbers if number), None)
        if first is not None:
            _count(each, list(zip(items, numbers, strict=True)), first)
    for each in list(main.iter("ol")):
        _join(each)


def _join(several: Tree) -> None:
    """Let a list that goes on at once be one list; pandoc parts them where the file has two that count on."""
    before = several.getprevious()
    if before is None or before.tag != "ol" or (before.tail or "").strip():
        return
    same = all(before.get(key) == several.get(key) for key in ("type", "class"))
    last = int(before.get("start", "1")) + len(before) - 1
    if same and several.get("start") == str(last + 1) and not any(each.get("value") for each in before):
        for item in list(several):
            before.append(item)
        drop(several)


def _number(item: Tree, plain: Plain) -> Numbered | None:
    for number, mark in marks(item):
        own = next(mark.iterancestors("li"), None)
        if own is item and plain.passages[number].number:
            return plain.passages[number].number
    return None


def _count(several: Tree, items: list[tuple[Tree, Numbered | None]], first: Numbered) -> None:
    for key in ("type", "start", "class", "style"):
        several.attrib.pop(key, "")
    if first.is_bullet:
        several.tag = "ul"
        return
    several.tag = "ol"
    kind, sign = _TYPES.get(first.format), _sign(first)
    if kind is None or sign is None:
        several.set("class", "own")
        for item, number in items:
            _show(item, number)
        return
    several.set("type", kind)
    if _SIGNS[sign]:
        several.set("class", f"{_SIGNS[sign]} {first.format}")
    expected = 1
    for at, (item, number) in enumerate(items):
        if number and number.value != expected:
            (several if at == 0 else item).set("start" if at == 0 else "value", str(number.value))
        expected = (number.value if number else expected) + 1


def _sign(number: Numbered) -> str | None:
    """Return what stands behind a plain number, None if the number is written in any other way."""
    found = re.fullmatch(rf"{re.escape(formatted(number.value, number.format))}([.)]?)", number.label)
    return None if found is None else found[1]


def _show(item: Tree, number: Numbered | None) -> None:
    if number and number.label:
        place = item[0] if len(item) and item[0].tag == "p" and not (item.text or "").strip() else item
        shown = make("span", number.label, class_="number")
        shown.tail = f" {place.text or ''}"
        place.text = None
        place.insert(0, shown)
