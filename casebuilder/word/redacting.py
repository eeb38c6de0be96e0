"""The public version of a paper: what is marked as exempt is cut out of the tree before anything is rendered.

What goes is every marked word, picture, link, note, field and bookmark; «[unntatt offentlighet, jf. …]»
stands where they stood. Headings and numbered points keep their place, so that numbers are the same in
both versions. ECMA-376 part 1: 17.11 notes, 17.13.6 bookmarks, 17.16 fields and links.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from docx.oxml.ns import qn

from casebuilder.word.exempt import exempt_styles, is_marked, is_marked_paragraph, placed_styles
from casebuilder.word.package import named_by_kind, package_of, parts_of
from casebuilder.word.redacted_notes import drop_exempt_notes, number_note_fields
from casebuilder.word.redacted_paragraphs import cut_paragraph, cut_whole, is_whole, shows
from casebuilder.word.settling import STORIES
from casebuilder.word.xml import MARKS, Element, part_of, tree_of

_DESCRIBED = (qn("w:tblCaption"), qn("w:tblDescription"))


@dataclass(frozen=True, slots=True)
class Redaction:
    """What stands in the place of marked text, and words that are replaced wherever they stand."""

    instead: str
    replaced: tuple[tuple[str, str], ...] = ()


def redacted(data: bytes, redaction: Redaction) -> bytes:
    """Return a settled paper without anything that is exempt; notes and links that go are for `cleaned`.

    Raises what `package.UNREADABLE` names.
    """
    parts = parts_of(data)
    kinds = named_by_kind(parts)
    looks = [tree_of(parts[name]) for name in kinds.get("styles", ())]
    styles, placed = exempt_styles(looks), placed_styles(looks)
    trees = {name: tree_of(parts[name]) for kind in STORIES for name in kinds.get(kind, ())}
    mains = [trees[name] for name in kinds.get("document.main", ())]
    notes = [trees[name] for kind in ("footnotes", "endnotes") for name in kinds.get(kind, ())]
    gone = {name for main in mains for name in drop_exempt_notes(main, notes, styles)}
    for tree in trees.values():
        gone |= _cut(tree, styles, placed, redaction.instead)
    for tree in trees.values():
        _cut_references(tree, gone, redaction.instead)
        for paragraph in tree.iter(qn("w:p")):
            for words, instead in redaction.replaced:
                _replace(paragraph, words, instead)
    for main in mains:
        number_note_fields(main, notes)
    parts.update({name: part_of(tree) for name, tree in trees.items()})
    return package_of(parts)


def _cut(story: Element, styles: frozenset[str], placed: frozenset[str], instead: str) -> set[str]:
    """Cut what is marked in a story; return the names of the bookmarks that showed some of it."""
    for table in [each for each in story.iter(qn("w:tbl")) if _is_cut_whole(each, styles)]:
        _cut_table(table, styles)
    touched = [each for each in story.iter(qn("w:p")) if _has_marked(each, styles)]
    gone = _bookmarks_at(story, touched)
    for paragraph in touched:
        for table in paragraph.iterancestors(qn("w:tbl")):
            for said in list(table.iterchildren(qn("w:tblPr"))):
                for each in said.findall(_DESCRIBED[0]) + said.findall(_DESCRIBED[1]):
                    said.remove(each)
        if is_whole(paragraph, styles):
            cut_whole(paragraph, styles, placed, instead)
        else:
            cut_paragraph(paragraph, styles, instead)
    _pair_bookmarks(story)
    return gone


def _has_marked(paragraph: Element, styles: frozenset[str]) -> bool:
    runs = (run for run in paragraph.iter(qn("w:r")) if next(run.iterancestors(qn("w:p"))) is paragraph)
    return is_marked_paragraph(paragraph, styles) or any(is_marked(run, styles) for run in runs)


def _is_cut_whole(table: Element, styles: frozenset[str]) -> bool:
    """Tell whether all that a table shows is marked."""
    runs = [run for run in table.iter(qn("w:r")) if shows(run)]
    return bool(runs) and all(is_marked(run, styles) for run in runs)


def _cut_table(table: Element, styles: frozenset[str]) -> None:
    """Leave one marked paragraph of a table that goes as a whole, for what stands instead."""
    paragraph = next((each for each in table.iter(qn("w:p")) if any(map(shows, each.iter(qn("w:r"))))), None)
    parent = table.getparent()
    if paragraph is None or parent is None:
        return
    properties = paragraph.find(qn("w:pPr"))
    if properties is not None and not is_marked_paragraph(paragraph, styles):
        paragraph.remove(properties)
    table.addprevious(paragraph)
    parent.remove(table)


def _bookmarks_at(story: Element, paragraphs: Iterable[Element]) -> set[str]:
    """Return the names of the bookmarks that begin, end or go on in a paragraph with marked words."""
    ids: dict[str, str] = {}
    opened: set[str] = set()
    touched, found = set(paragraphs), set()
    for each in story.iter(*MARKS, qn("w:p")):
        number = str(each.get(qn("w:id")))
        if each.tag == MARKS[0]:
            ids[number] = str(each.get(qn("w:name")))
            opened.add(number)
        elif each.tag == MARKS[1]:
            opened.discard(number)
        if each in touched:
            found |= {*opened, *(str(mark.get(qn("w:id"))) for mark in each.iter(*MARKS))}
    return {ids[number] for number in found if number in ids}


def _pair_bookmarks(story: Element) -> None:
    """Take out the halves of bookmarks whose other half is gone."""
    starts, ends = ({each.get(qn("w:id")) for each in story.iter(tag)} for tag in MARKS)
    for each in [each for each in story.iter(*MARKS) if each.get(qn("w:id")) not in starts & ends]:
        parent = each.getparent()
        if parent is not None:
            parent.remove(each)


def _cut_references(story: Element, gone: set[str], instead: str) -> None:
    """Cut what links and fields elsewhere repeat of what is gone, such as a heading in a list of contents."""
    for link in [each for each in story.iter(qn("w:hyperlink")) if each.get(qn("w:anchor")) in gone]:
        _say_instead(list(link.iter(qn("w:t"))), instead)
    for code, shown in _fields(story):
        words = code.split()
        if (
            words[:1] in (["REF"], ["NOTEREF"])
            and words[1:2]
            and words[1] in gone
            and not _NUMBER & set(words)
        ):
            _say_instead(shown, instead)


_NUMBER = {"\\r", "\\n", "\\w", "\\p"}
"""Switches of REF that give the number or place of what is referred to (17.16.5.51)."""


def _say_instead(nodes: Sequence[Element], instead: str) -> None:
    for at, node in enumerate(nodes):
        node.text = "" if at else instead


def _fields(story: Element) -> Iterator[tuple[str, list[Element]]]:
    """Yield the code of each field and the w:t of its result."""
    for simple in story.iter(qn("w:fldSimple")):
        yield str(simple.get(qn("w:instr"), "")), list(simple.iter(qn("w:t")))
    opened: list[tuple[list[str], list[Element], list[bool]]] = []
    for node in story.iter(qn("w:fldChar"), qn("w:instrText"), qn("w:t")):
        kind = node.get(qn("w:fldCharType"))
        if kind == "begin":
            opened.append(([], [], []))
        elif kind == "separate" and opened:
            opened[-1][2].append(True)
        elif kind == "end" and opened:
            code, shown, _separated = opened.pop()
            yield "".join(code), shown
        elif node.tag == qn("w:instrText") and opened:
            opened[-1][0].append(node.text or "")
        elif node.tag == qn("w:t") and opened and opened[-1][2]:
            opened[-1][1].append(node)


def _pattern(words: str) -> str:
    """Return what finds words, whatever blanks part them, also where a template has cut them short."""
    each = words.split()
    whole = r"\s+".join(map(re.escape, each))
    begun = (each[:stop] for stop in range(len(each) - 1, 0, -1))
    short = (r"\s+".join(map(re.escape, some)) for some in begun if len(" ".join(some)) >= _SHORTEST)
    return "|".join([whole, *(rf"{some}[\s,;:.–-]*…" for some in short)])


_SHORTEST = 15
"""Characters that the beginning of a title must have to be taken for it."""


def _replace(paragraph: Element, words: str, instead: str) -> None:
    """Replace words over a paragraph's joined runs, whatever kind of blanks part them."""
    nodes = [each for each in paragraph.iter(qn("w:t")) if next(each.iterancestors(qn("w:p"))) is paragraph]
    said = "".join(each.text or "" for each in nodes)
    for found in reversed(list(re.finditer(_pattern(words), said))):
        at = 0
        for node in nodes:
            text = node.text or ""
            start, stop = max(found.start() - at, 0), min(found.end() - at, len(text))
            if start < stop:
                node.text = text[:start] + (instead if at <= found.start() else "") + text[stop:]
            at += len(text)
