"""What a paragraph has of its styles, one built on another (ECMA-376 part 1, 17.7.4.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docx.oxml.ns import qn

from casebuilder.word.xml import Element

_HEADING = re.compile(r"heading (\d)$")


class StyleChains:
    """The styles of one file."""

    def __init__(self, root: Element | None) -> None:
        """Take the w:styles element, if there is one."""
        styles = [] if root is None else root.findall(qn("w:style"))
        self._styles = {str(each.get(qn("w:styleId"))): each for each in styles}
        defaults = (
            key
            for key, each in self._styles.items()
            if each.get(qn("w:type")) == "paragraph" and each.get(qn("w:default")) in ("1", "true", "on")
        )
        self._default = next(defaults, "")

    def of(self, node: Element) -> list[Element]:
        """Return the styles of a paragraph or a run, its own first and what that is built on after it."""
        properties, tag = ("w:rPr", "w:rStyle") if node.tag == qn("w:r") else ("w:pPr", "w:pStyle")
        said = node.find(f"{qn(properties)}/{qn(tag)}")
        fallback = self._default if node.tag == qn("w:p") else ""
        return self.named(fallback if said is None else str(said.get(qn("w:val"))))

    def named(self, key: str) -> list[Element]:
        """Return a style by its id, and what it is built on."""
        found: list[Element] = []
        while key in self._styles and self._styles[key] not in found:
            found.append(self._styles[key])
            base = found[-1].find(qn("w:basedOn"))
            key = "" if base is None else str(base.get(qn("w:val")))
        return found

    def names(self, paragraph: Element) -> list[str]:
        """Return the names of a paragraph's styles, in small letters."""
        return [_name(each) for each in self.of(paragraph)]

    def heading(self, paragraph: Element) -> int:
        """Return a paragraph's level as a heading, from 1; 0 if it is none (17.3.1.20)."""
        for each in _with_properties(paragraph, self.of(paragraph)):
            outline = each.find(qn("w:outlineLvl"))
            if outline is not None:
                level = int(str(outline.get(qn("w:val"))))
                return level + 1 if level < 9 else 0
        found = (_HEADING.match(name) for name in self.names(paragraph))
        return next((int(each[1]) for each in found if each), 0)

    def numbering(self, paragraph: Element) -> tuple[str, int | None, str]:
        """Return a paragraph's numId, its level if it says one, and the style that ties it to the list."""
        number, level, tie = "", None, ""
        own = paragraph.find(qn("w:pPr"))
        for style in [None, *self.of(paragraph)]:
            holder = own if style is None else style.find(qn("w:pPr"))
            found = None if holder is None else holder.find(qn("w:numPr"))
            if found is None:
                continue
            said = {str(each.tag): str(each.get(qn("w:val"))) for each in found}
            if level is None and qn("w:ilvl") in said:
                level = int(said[qn("w:ilvl")])
            if qn("w:numId") in said:
                number = said[qn("w:numId")]
                tie = "" if style is None else str(style.get(qn("w:styleId")))
                break
        return "" if number == "0" else number, level, tie

    def language(self, run: Element) -> str:
        """Return the language that a run's words are marked with, "" if they are the paper's own."""
        paragraph = next(run.iterancestors(qn("w:p")), None)
        styles = [*self.of(run), *([] if paragraph is None else self.of(paragraph))]
        for each in (run, *styles):
            found = each.find(f"{qn('w:rPr')}/{qn('w:lang')}")
            if found is not None and found.get(qn("w:val")):
                return str(found.get(qn("w:val")))
        return ""


def _name(style: Element) -> str:
    found = style.find(qn("w:name"))
    return "" if found is None else str(found.get(qn("w:val"))).casefold()


def _with_properties(paragraph: Element, styles: list[Element]) -> Iterator[Element]:
    for each in (paragraph, *styles):
        found = each.find(qn("w:pPr"))
        if found is not None:
            yield found
