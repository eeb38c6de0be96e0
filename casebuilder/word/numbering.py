"""Lists: each gets a w:num of its own, on the template's list design or on one of ours.

ECMA-376 part 1, 17.9: a w:num points to a w:abstractNum; w:startOverride restarts its count.
"""

from __future__ import annotations

from copy import deepcopy

from docx.oxml.ns import qn

from casebuilder.paper import NumberFormat
from casebuilder.word.styles import Styles
from casebuilder.word.xml import Element, element

LEVELS = 9
_INDENT = 357  # twips, 0.63 cm
_BULLETS = ("•", "–", "·")


class Numbering:
    """The w:numbering element of one document."""

    def __init__(self, root: Element, styles: Styles) -> None:
        """Take the element and the styles that may be tied to lists in it."""
        self._root = root
        self._styles = styles
        self._own: dict[tuple[NumberFormat | None, int], str] = {}
        self._designs: dict[str, Element] = {}  # by the list's number
        self._last = 0  # number of a list; 0 before it is looked for

    def of_list(self, number_format: NumberFormat | None, start: int, depth: int, level: int = 0) -> str:
        """Return the numId for a new list at `level` whose deepest items are at level `depth` - 1."""
        abstract = self._of_template(number_format, depth, level) or self._of_ours(number_format, level)
        levels = range(LEVELS) if number_format else ()
        overrides = [
            element(
                "w:lvlOverride",
                [element("w:startOverride", val=start if each == level else 1)],
                ilvl=each,
            )
            for each in levels
        ]
        self._last = (self._last or self._largest("w:num", "w:numId")) + 1
        number = str(self._last)
        made = element("w:num", [element("w:abstractNumId", val=abstract), *overrides], numId=number)
        last = self._root.find(qn("w:numIdMacAtCleanup"))
        if last is None:
            self._root.append(made)
        else:
            last.addprevious(made)
        return number

    def format_of(self, number: str, level: int) -> str | None:
        """Return the number format of a level of a list."""
        found = self._level(number, level)
        kind = found.find(qn("w:numFmt")) if found is not None else None
        return None if kind is None else kind.get(qn("w:val"))

    def indent_of(self, number: str, level: int) -> int:
        """Return how far the text of a level is from the margin, in twips."""
        found = self._level(number, level)
        indent = found.find(f"{qn('w:pPr')}/{qn('w:ind')}") if found is not None else None
        said = None if indent is None else indent.get(qn("w:left"), indent.get(qn("w:start")))
        return int(said) if said else _INDENT * (level + 1)

    def _level(self, number: str, level: int) -> Element | None:
        abstract = self._abstract(number)
        levels = [] if abstract is None else abstract.findall(qn("w:lvl"))
        return next((each for each in levels if each.get(qn("w:ilvl")) == str(level)), None)

    def _of_template(self, number_format: NumberFormat | None, depth: int, level: int) -> str | None:
        """Return the template's own list if it is of this kind and depth; else a copy that is."""
        number = self._of_style("List Number" if number_format else "List Bullet")
        abstract = self._abstract(number) if number else None
        if number is None or abstract is None or len(abstract.findall(qn("w:lvl"))) < depth:
            return None
        if number_format is None or self.format_of(number, level) == number_format.value:
            return str(abstract.get(qn("w:abstractNumId")))
        if (number_format, level) not in self._own:
            self._own[number_format, level] = self._add(_renumbered(abstract, number_format, level))
        return self._own[number_format, level]

    def _of_style(self, name: str) -> str | None:
        """Return the numId that a paragraph style is tied to."""
        style_id = self._styles.find(name)
        style = self._styles.definition(style_id) if style_id else None
        number = style.find(f".//{qn('w:numId')}") if style is not None else None
        return None if number is None else number.get(qn("w:val"))

    def _abstract(self, number: str) -> Element | None:
        if number not in self._designs:
            found = self._looked_up(number)
            if found is None:
                return None
            self._designs[number] = found
        return self._designs[number]

    def _looked_up(self, number: str) -> Element | None:
        nums = (num for num in self._root.iterchildren(qn("w:num")) if num.get(qn("w:numId")) == number)
        num = next(nums, None)
        link = num.find(qn("w:abstractNumId")) if num is not None else None
        wanted = None if link is None else link.get(qn("w:val"))
        abstracts = self._root.findall(qn("w:abstractNum"))
        return next((each for each in abstracts if each.get(qn("w:abstractNumId")) == wanted), None)

    def _of_ours(self, number_format: NumberFormat | None, level: int) -> str:
        if (number_format, level) not in self._own:
            levels = [_level(each, number_format) for each in range(LEVELS)]
            kind = element("w:multiLevelType", val="hybridMultilevel")
            self._own[number_format, level] = self._add(element("w:abstractNum", [kind, *levels]))
        return self._own[number_format, level]

    def _add(self, abstract: Element) -> str:
        number = str(self._largest("w:abstractNum", "w:abstractNumId") + 1)
        abstract.set(qn("w:abstractNumId"), number)
        known = self._root.findall(qn("w:abstractNum"))
        at = self._root.index(known[-1]) + 1 if known else len(self._root.findall(qn("w:numPicBullet")))
        self._root.insert(at, abstract)
        return number

    def _largest(self, tag: str, attribute: str) -> int:
        return max((int(each.get(qn(attribute), "0")) for each in self._root.findall(qn(tag))), default=0)


def _renumbered(pattern: Element, number_format: NumberFormat, level: int) -> Element:
    """Return a copy of a list that counts in another way at one level and is tied to no style."""
    made = deepcopy(pattern)
    for tag in ("w:nsid", "w:tmpl", "w:name", "w:styleLink", "w:numStyleLink"):
        for each in made.findall(qn(tag)):
            made.remove(each)
    for each in made.findall(qn("w:lvl")):
        for tie in each.findall(qn("w:pStyle")):
            each.remove(tie)
        if each.get(qn("w:ilvl")) == str(level):
            for tag, said in (("w:numFmt", number_format.value), ("w:lvlText", _text(level, number_format))):
                found = each.find(qn(tag))
                if found is not None:
                    found.set(qn("w:val"), said)
    return made


def _text(level: int, number_format: NumberFormat) -> str:
    """Return how a number is written: letters with a bracket, «a)», as Norwegian papers have them."""
    letters = (NumberFormat.LOWER_LETTER, NumberFormat.UPPER_LETTER)
    return f"%{level + 1}{')' if number_format in letters else '.'}"


def _level(level: int, number_format: NumberFormat | None) -> Element:
    left = _INDENT * (level + 1)
    return element(
        "w:lvl",
        [
            element("w:start", val=1),
            element("w:numFmt", val=number_format.value if number_format else "bullet"),
            element(
                "w:lvlText",
                val=_text(level, number_format) if number_format else _BULLETS[level % len(_BULLETS)],
            ),
            element("w:lvlJc", val="left"),
            element("w:pPr", [element("w:ind", left=left, hanging=_INDENT)]),
        ],
        ilvl=level,
    )
