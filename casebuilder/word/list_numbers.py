"""The numbers that Word shows before numbered paragraphs, which stand nowhere in the file (17.9)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from docx.oxml.ns import qn

from casebuilder.word.style_chains import StyleChains
from casebuilder.word.xml import Element

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LETTERS = 26


@dataclass(frozen=True, slots=True)
class Numbered:
    """A paragraph's place in a list: its list and level, how it counts, its count, and what is shown."""

    list_id: str
    level: int
    format: str
    value: int
    label: str

    @property
    def is_bullet(self) -> bool:
        """Tell whether a sign stands before the paragraph, the same before every one."""
        return self.format == "bullet"


def formatted(value: int, kind: str) -> str:
    """Return a number as a w:numFmt writes it: «iv», «d», «07»."""
    if kind in ("lowerRoman", "upperRoman"):
        said, rest = "", value
        for size, sign in _ROMAN:
            said, rest = said + sign * (rest // size), rest % size
        return said.upper() if kind == "upperRoman" else said
    if kind in ("lowerLetter", "upperLetter") and value > 0:
        said = chr(ord("a") + (value - 1) % _LETTERS) * ((value - 1) // _LETTERS + 1)
        return said.upper() if kind == "upperLetter" else said
    if kind in ("none", "bullet"):
        return ""
    return f"{value:02d}" if kind == "decimalZero" else f"{value}{'.' if kind == 'ordinal' else ''}"


class ListNumbers:
    """Counts through the paragraphs of a story, in the order they stand."""

    def __init__(self, numbering: Element | None, styles: StyleChains) -> None:
        """Take the w:numbering element, if there is one."""
        self._styles = styles
        nums = () if numbering is None else numbering.findall(qn("w:num"))
        designs = () if numbering is None else numbering.findall(qn("w:abstractNum"))
        self._nums = {str(each.get(qn("w:numId"))): each for each in nums}
        self._designs = {str(each.get(qn("w:abstractNumId"))): each for each in designs}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def of(self, paragraphs: Iterable[Element]) -> dict[Element, Numbered]:
        """Return the number of each numbered paragraph."""
        found = ((each, self._next(each)) for each in paragraphs)
        return {paragraph: number for paragraph, number in found if number}

    def _next(self, paragraph: Element) -> Numbered | None:
        list_id, level, tie = self._styles.numbering(paragraph)
        design = self._design(list_id)
        if design is None:
            return None
        at = self._tied(design, tie) if tie and level is None else level or 0
        shown = self._level(list_id, design, at)
        if shown is None:
            return None
        kind = _said(shown, "w:numFmt", "decimal")
        value = self._count(list_id, design, at)
        label = "" if kind == "bullet" else self._label(list_id, design, shown)
        return Numbered(list_id, at, kind, value, label)

    def _design(self, list_id: str) -> Element | None:
        """Return a list's design; one that only names a style has that style's (17.9.21)."""
        num = self._nums.get(list_id)
        design = None if num is None else self._designs.get(_said(num, "w:abstractNumId", ""))
        link = None if design is None else design.find(qn("w:numStyleLink"))
        if link is None:
            return design
        for style in self._styles.named(str(link.get(qn("w:val")))):
            number = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
            other = None if number is None else self._nums.get(str(number.get(qn("w:val"))))
            if other is not None:
                return self._designs.get(_said(other, "w:abstractNumId", ""), design)
        return design

    def _tied(self, design: Element, style: str) -> int:
        levels = (each for each in design.findall(qn("w:lvl")) if _said(each, "w:pStyle", "") == style)
        return next((int(str(each.get(qn("w:ilvl")))) for each in levels), 0)

    def _override(self, list_id: str, at: int) -> Element | None:
        overrides = self._nums[list_id].findall(qn("w:lvlOverride"))
        return next((each for each in overrides if each.get(qn("w:ilvl")) == str(at)), None)

    def _level(self, list_id: str, design: Element, at: int) -> Element | None:
        override = self._override(list_id, at)
        own = None if override is None else override.find(qn("w:lvl"))
        levels = design.findall(qn("w:lvl"))
        return (
            own
            if own is not None
            else next((each for each in levels if each.get(qn("w:ilvl")) == str(at)), None)
        )

    def _start(self, list_id: str, design: Element, at: int) -> int:
        level = self._level(list_id, design, at)
        return int(_said(level, "w:start", "0"))

    def _count(self, list_id: str, design: Element, at: int) -> int:
        """Count one on; lists of one design count together until one of them is told to start anew."""
        counts = self._counts.setdefault(str(design.get(qn("w:abstractNumId"))), {})
        override = self._override(list_id, at)
        anew = None if override is None else override.find(qn("w:startOverride"))
        if anew is not None and (list_id, at) not in self._begun:
            counts[at] = int(str(anew.get(qn("w:val"))))
        else:
            counts[at] = counts[at] + 1 if at in counts else self._start(list_id, design, at)
        self._begun.add((list_id, at))
        for deeper in [each for each in counts if each > at and self._restarts(list_id, design, each, at)]:
            del counts[deeper]
        for above in range(at):
            counts.setdefault(above, self._start(list_id, design, above))
        return counts[at]

    def _restarts(self, list_id: str, design: Element, deeper: int, at: int) -> bool:
        """Tell whether a level begins anew after a paragraph of a level above it (17.9.10)."""
        said = _said(self._level(list_id, design, deeper), "w:lvlRestart", "")
        return at < int(said) if said else True

    def _label(self, list_id: str, design: Element, shown: Element) -> str:
        counts = self._counts[str(design.get(qn("w:abstractNumId")))]
        legal = shown.find(qn("w:isLgl")) is not None

        def one(found: re.Match[str]) -> str:
            each = int(found[1]) - 1
            level = self._level(list_id, design, each)
            kind = "decimal" if legal else _said(level, "w:numFmt", "decimal")
            return formatted(counts.get(each, self._start(list_id, design, each)), kind)

        return re.sub(r"%([1-9])", one, _said(shown, "w:lvlText", "")).strip()


def _said(node: Element | None, tag: str, default: str) -> str:
    found = None if node is None else node.find(qn(tag))
    return default if found is None else str(found.get(qn("w:val"), default))
