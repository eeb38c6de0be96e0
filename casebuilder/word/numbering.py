"""Lists: each gets a w:num of its own, on the template's list design or on one of ours.

ECMA-376 part 1, 17.9: a w:num points to a w:abstractNum; w:startOverride restarts its count.
"""

from __future__ import annotations

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
        self._own: dict[NumberFormat | None, str] = {}

    def of_list(self, number_format: NumberFormat | None, start: int, depth: int) -> str:
        """Return the numId for a new list whose items are nested `depth` levels deep."""
        abstract = self._of_template(number_format, depth) or self._of_ours(number_format)
        levels = range(LEVELS) if number_format else ()
        overrides = [
            element(
                "w:lvlOverride",
                [element("w:startOverride", val=start if level == 0 else 1)],
                ilvl=level,
            )
            for level in levels
        ]
        number = str(self._largest("w:num", "w:numId") + 1)
        self._root.append(
            element("w:num", [element("w:abstractNumId", val=abstract), *overrides], numId=number)
        )
        return number

    def _of_template(self, number_format: NumberFormat | None, depth: int) -> str | None:
        """Return the list that the template's own list style is tied to, if it is of the kind and depth."""
        if number_format not in (None, NumberFormat.DECIMAL):
            return None
        style_id = self._styles.find("List Number" if number_format else "List Bullet")
        style = self._styles.definition(style_id) if style_id else None
        number = style.find(f".//{qn('w:numId')}") if style is not None else None
        if number is None:
            return None
        return self._abstract_of(number.get(qn("w:val"), ""), depth)

    def _abstract_of(self, number: str, depth: int) -> str | None:
        nums = (num for num in self._root.findall(qn("w:num")) if num.get(qn("w:numId")) == number)
        num = next(nums, None)
        link = num.find(qn("w:abstractNumId")) if num is not None else None
        for abstract in self._root.findall(qn("w:abstractNum")):
            same = link is not None and abstract.get(qn("w:abstractNumId")) == link.get(qn("w:val"))
            if same and len(abstract.findall(qn("w:lvl"))) >= depth:
                return str(abstract.get(qn("w:abstractNumId")))
        return None

    def _of_ours(self, number_format: NumberFormat | None) -> str:
        if number_format not in self._own:
            number = self._largest("w:abstractNum", "w:abstractNumId") + 1
            levels = [_level(level, number_format) for level in range(LEVELS)]
            kind = element("w:multiLevelType", val="hybridMultilevel")
            abstract = element("w:abstractNum", [kind, *levels], abstractNumId=number)
            self._root.insert(len(self._root.findall(qn("w:abstractNum"))), abstract)
            self._own[number_format] = str(number)
        return self._own[number_format]

    def _largest(self, tag: str, attribute: str) -> int:
        return max((int(each.get(qn(attribute), "0")) for each in self._root.findall(qn(tag))), default=0)


def _level(level: int, number_format: NumberFormat | None) -> Element:
    left = _INDENT * (level + 1)
    return element(
        "w:lvl",
        [
            element("w:start", val=1),
            element("w:numFmt", val=number_format.value if number_format else "bullet"),
            element("w:lvlText", val=f"%{level + 1}." if number_format else _BULLETS[level % len(_BULLETS)]),
            element("w:lvlJc", val="left"),
            element("w:pPr", [element("w:ind", left=left, hanging=_INDENT)]),
        ],
        ilvl=level,
    )
