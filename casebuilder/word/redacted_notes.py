"""Notes that are exempt: found by where they are referred to or what they say, and their references cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docx.oxml.ns import qn

from casebuilder.word.exempt import is_marked
from casebuilder.word.redacted_paragraphs import own_runs, shows
from casebuilder.word.revisions import take_out
from casebuilder.word.xml import MARKS, Element

_KINDS = {qn("w:footnoteReference"): qn("w:footnote"), qn("w:endnoteReference"): qn("w:endnote")}


def drop_exempt_notes(main: Element, notes: Sequence[Element], styles: frozenset[str]) -> set[str]:
    """Take out the references of exempt notes; return the names of the bookmarks around them."""
    gone: set[str] = set()
    for reference, _note in list(exempt_notes(main, notes, styles)):
        run = reference.getparent()
        gone |= set() if run is None else _named_around(run)
        take_out(reference)
        if run is not None and all(each.tag == qn("w:rPr") for each in run):
            take_out(run)
    return gone


def exempt_notes(
    main: Element, notes: Sequence[Element], styles: frozenset[str]
) -> Iterator[tuple[Element, Element | None]]:
    """Yield the references of exempt notes, each with its note.

    A note is exempt if its reference is marked or follows marked words, or if all that it says is marked.
    """
    said = {(str(note.tag), note.get(qn("w:id"))): note for root in notes for note in root}
    for paragraph in main.iter(qn("w:p")):
        after_marked = False
        for run in own_runs(paragraph):
            references = list(run.iter(*_KINDS))
            for each in references:
                note = said.get((_KINDS[str(each.tag)], each.get(qn("w:id"))))
                if after_marked or is_marked(run, styles) or _says_only_marked(note, styles):
                    yield each, note
            if shows(run) and not references:
                after_marked = is_marked(run, styles)


def _says_only_marked(note: Element | None, styles: frozenset[str]) -> bool:
    runs = [run for run in (() if note is None else note.iter(qn("w:r"))) if shows(run)]
    return bool(runs) and all(is_marked(run, styles) for run in runs)


def _named_around(run: Element) -> set[str]:
    """Return the names of the bookmarks that a reference stands right in."""
    before = run.getprevious()
    found = set()
    while before is not None and before.tag in MARKS:
        if before.tag == MARKS[0]:
            found.add(str(before.get(qn("w:name"))))
        before = before.getprevious()
    return found


def number_note_fields(main: Element, notes: Sequence[Element]) -> None:
    """Give every NOTEREF the number that Word will compute, for there are fewer notes now (17.16.5.39)."""
    numbers = dict(_numbers(main))
    for story in (main, *notes):
        for run in story.iter(qn("w:r")):
            code = run.find(qn("w:instrText"))
            words = [] if code is None else (code.text or "").split()
            if words[:1] == ["NOTEREF"] and words[1:2] and words[1] in numbers:
                shown = next((each for each in _result(run)), None)
                if shown is not None:
                    shown.text = str(numbers[words[1]])


def _numbers(main: Element) -> Iterator[tuple[str, int]]:
    """Yield the name of each bookmark that begins right before a note's reference, and its number."""
    counts = dict.fromkeys(_KINDS, 0)
    names: list[str] = []
    for node in main.iter(*MARKS, qn("w:t"), *_KINDS):
        if node.tag == MARKS[0]:
            names.append(str(node.get(qn("w:name"))))
        elif node.tag in _KINDS:
            counts[str(node.tag)] += 1
            for name in names:
                yield name, counts[str(node.tag)]
        if node.tag != MARKS[0]:
            names = []


def _result(code: Element) -> Iterator[Element]:
    """Yield the w:t of a field's result, from the run that holds its code."""
    separated = False
    for run in code.itersiblings(qn("w:r")):
        kinds = [each.get(qn("w:fldCharType")) for each in run.iter(qn("w:fldChar"))]
        if "end" in kinds:
            return
        separated = separated or "separate" in kinds
        if separated:
            yield from run.iter(qn("w:t"))
