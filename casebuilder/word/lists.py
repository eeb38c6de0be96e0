"""Which list of one file is which of another; a list that is not there is copied (17.9)."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.ns import nsdecls, qn

from casebuilder.word.file import File, Part
from casebuilder.word.parts import NUMBERING_TYPE
from casebuilder.word.xml import Element


class Lists:
    """Lists of the fresh file → lists of the edited one, by numId."""

    def __init__(self, fresh: File, edited: File) -> None:
        """Take both files."""
        self._fresh, self._edited = fresh, edited
        self._known: dict[str, str] = {"0": "0"}

    def learn(self, pairs: Iterable[tuple[Element, Element]]) -> None:
        """Learn from paragraphs that are the same in both files which lists are."""
        for fresh, edited in pairs:
            one, two = _number(fresh), _number(edited)
            if one and two:
                self._known.setdefault(one, two)

    def adopt(self, properties: Element) -> None:
        """Let a copied w:numPr name the edited file's list."""
        number = properties.find(qn("w:numId"))
        if number is not None:
            said = str(number.get(qn("w:val")))
            if said not in self._known:
                self._known[said] = self._copied(said)
            number.set(qn("w:val"), self._known[said])

    def _copied(self, number: str) -> str:
        """Copy a list and its design, and return its new number."""
        source = self._fresh.of_kind("numbering")
        num = _find(source, "w:num", "w:numId", number)
        design = None if num is None else num.find(qn("w:abstractNumId"))
        wanted = "" if design is None else str(design.get(qn("w:val")))
        abstract = _find(source, "w:abstractNum", "w:abstractNumId", wanted)
        if num is None or abstract is None:
            return number
        part = self._edited.of_kind("numbering") or self._new_part()
        part.xml.open()
        made, copied = deepcopy(abstract), deepcopy(num)
        for each in [*made.findall(qn("w:nsid")), *made.findall(qn("w:tmpl"))]:
            made.remove(each)
        for each in made.iter(qn("w:pStyle")):
            each.getparent().remove(each)  # type: ignore[union-attr]
        made.set(qn("w:abstractNumId"), _free(part.root, "w:abstractNum", "w:abstractNumId"))
        chosen = _free(part.root, "w:num", "w:numId")
        copied.set(qn("w:numId"), chosen)
        copied[0].set(qn("w:val"), str(made.get(qn("w:abstractNumId"))))
        last_design = part.root.findall(qn("w:abstractNum"))
        part.root.insert(part.root.index(last_design[-1]) + 1 if last_design else 0, made)
        last = part.root.findall(qn("w:num"))
        part.root.insert(part.root.index(last[-1] if last else made) + 1, copied)
        return chosen

    def _new_part(self) -> Part:
        data = f"<w:numbering {nsdecls('w')}/>".encode()
        return self._edited.add_of_kind("numbering", "word/numbering.xml", data, NUMBERING_TYPE, RT.NUMBERING)


def _number(paragraph: Element) -> str:
    found = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
    return "" if found is None else str(found.get(qn("w:val")))


def _find(part: Part | None, tag: str, key: str, value: str) -> Element | None:
    found = () if part is None else part.root.iterchildren(qn(tag))
    return next((each for each in found if each.get(qn(key)) == value), None)


def _free(root: Element, tag: str, key: str) -> str:
    numbers = [str(each.get(qn(key))) for each in root.iterchildren(qn(tag))]
    return str(max((int(each) for each in numbers if each.isdigit()), default=0) + 1)
