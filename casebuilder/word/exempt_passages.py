"""What a paper marks as exempt, as words that must not be found in anything public.

The paper is read as it lies there, tracked deletions and all: what somebody has struck was said too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from docx.oxml.ns import qn
from lxml import etree

from casebuilder.word.exempt import exempt_styles, is_marked
from casebuilder.word.package import named_by_kind, parts_of
from casebuilder.word.redacted_notes import exempt_notes
from casebuilder.word.redacted_paragraphs import is_whole, own_runs, shows
from casebuilder.word.settling import STORIES
from casebuilder.word.source import targets_of
from casebuilder.word.xml import MARKS, Element, tree_of

_BLANKS = frozenset(map(qn, ("w:tab", "w:br", "w:cr")))
_DESCRIBED = ("descr", "title")


@dataclass(frozen=True, slots=True)
class Exempt:
    """Words that are exempt; `is_told` is false of addresses, descriptions and names that no reader sees."""

    words: str
    is_told: bool = True


def exempt_passages(data: bytes) -> tuple[Exempt, ...]:
    """Return everything that is marked in a paper; raises what `package.UNREADABLE` names."""
    parts = parts_of(data)
    kinds = named_by_kind(parts)
    styles = exempt_styles(tree_of(parts[name]) for name in kinds.get("styles", ()))
    if not styles:
        return ()
    trees = {name: tree_of(parts[name]) for kind in STORIES for name in kinds.get(kind, ())}
    notes = [trees[name] for kind in ("footnotes", "endnotes") for name in kinds.get(kind, ())]
    found: list[Exempt] = []
    for name in kinds.get("document.main", ()):
        for _reference, note in exempt_notes(trees[name], notes, styles):
            found += _of_note(note) if note is not None else []
    for name, tree in trees.items():
        found += _of_story(tree, styles, targets_of(parts, name))
    return tuple(dict.fromkeys(each for each in found if each.words.strip()))


def _of_note(note: Element) -> list[Exempt]:
    return [Exempt(_said(paragraph.iter(qn("w:r")))) for paragraph in note.iter(qn("w:p"))]


def _of_story(story: Element, styles: frozenset[str], targets: Mapping[str, str]) -> Iterator[Exempt]:
    for paragraph in story.iter(qn("w:p")):
        stretch: list[Element] = []
        for run in [*own_runs(paragraph), None]:
            if run is not None and (is_marked(run, styles) or (stretch and not shows(run))):
                stretch.append(run)
            elif stretch:
                yield Exempt(_said(stretch))
                yield from _unseen(stretch, targets)
                stretch = []
        if is_whole(paragraph, styles):
            names = (str(each.get(qn("w:name"))) for each in paragraph.iter(MARKS[0]))
            yield from (Exempt(name, is_told=False) for name in names if not name.startswith("_"))


def _said(runs: Iterable[Element]) -> str:
    pieces = []
    for run in runs:
        for each in run:
            if each.tag in (qn("w:t"), qn("w:delText")):
                pieces.append(each.text or "")
            elif each.tag in _BLANKS:
                pieces.append(" ")
    return "".join(pieces).strip()


def _unseen(runs: Iterable[Element], targets: Mapping[str, str]) -> Iterator[Exempt]:
    """Yield where the links of marked words lead, and how their pictures are described."""
    for run in runs:
        for link in run.iterancestors(qn("w:hyperlink")):
            address = targets.get(str(link.get(qn("r:id"))), "")
            yield Exempt(address, is_told=False)
        for each in run.iter(etree.Element):
            if each.tag == qn("wp:docPr"):
                yield from (Exempt(str(each.get(key, "")), is_told=False) for key in _DESCRIBED)
            elif each.tag == qn("w:instrText") and (each.text or "").split()[:1] == ["HYPERLINK"]:
                yield Exempt((each.text or "").split(maxsplit=1)[-1].strip(' "'), is_told=False)
