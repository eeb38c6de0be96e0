"""Base, edited and fresh file → the edited file with the news in it as tracked changes; bytes in, bytes out.

What was merged proves itself before it is handed on: with our changes rejected it says what she had
written, and the package check finds no fault.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from docx.oxml.ns import qn
from lxml import etree

from casebuilder.merge.model import Change, Para, Plan, Standing, Story
from casebuilder.merge.threeway import Merge, merged
from casebuilder.word.applying import Applier, Tell
from casebuilder.word.file import File
from casebuilder.word.package import UNREADABLE, package_of
from casebuilder.word.package_check import faults
from casebuilder.word.properties import CUSTOM_PART, custom_with, read_identity
from casebuilder.word.reading import same_content
from casebuilder.word.rejecting import without_ours
from casebuilder.word.revisions import Revisions, take_out
from casebuilder.word.story import NOTE_REFERENCES, Reader
from casebuilder.word.transplant import Transplant
from casebuilder.word.xml import MARKS, Element

_IDS = ("w:ins", "w:del", "w:moveFrom", "w:moveTo", "w:pPrChange", "w:rPrChange", "w:trPrChange",
        "w:tcPrChange", "w:tblPrChange", "w:sectPrChange", "w:numberingChange")  # fmt: skip
_EVERY_PAPERS = ("normal", "title", "heading 1", "heading 2", "heading 3")
_CORE = "docProps/core.xml"
_CORE_TAGS = ("{*}title", "{*}subject")


class NotMerged(Exception):
    """A merge could not be made, or not be proved; the edited file must stay as it is."""


@dataclass(frozen=True, slots=True)
class Merged:
    """The edited file with the news, and what became of each piece of it."""

    data: bytes
    changes: tuple[Change, ...] = ()
    conflicts: tuple[Change, ...] = ()
    keeps_look: bool = False  # the template's styles or margins are others now; hers are as they were


def plain(change: Change) -> Sequence[str]:
    """Say in a comment what the sources say, without saying where."""
    return tuple(each for each in (change.now, change.before) if each)


def news(base: bytes, edited: bytes, fresh: bytes) -> tuple[Change, ...]:
    """Return every piece of news between `base` and `fresh`, and what would become of it in `edited`.

    A paper that nobody has edited is its own base, and is read once.
    """
    return _Merge(base, edited, fresh, plain, reads_once=edited is base).plan.changes


def merge(base: bytes, edited: bytes, fresh: bytes, tell: Tell = plain) -> Merged:
    """Put into `edited` what differs between `base` and `fresh`; raises NotMerged.

    Without news the very bytes of `edited` are returned, unless `fresh` is of another build: then the
    name of its base is changed and nothing else.
    """
    try:
        return _Merge(base, edited, fresh, tell).result()
    except UNREADABLE as fault:
        raise NotMerged(str(fault)) from fault


class _Merge:
    """Three files on their way to one."""

    def __init__(
        self, base: bytes, edited: bytes, fresh: bytes, tell: Tell, *, reads_once: bool = False
    ) -> None:
        self._data, self._identity = edited, read_identity(fresh)
        self._old, self._new = Reader(File(base)), Reader(File(fresh))
        self._hers = self._old if reads_once else Reader(File(edited))
        self._tell = tell
        self._main, *others = self._story_triples()
        self._merge = Merge(*self._main)
        self.plan = self._merge.plan()
        for each in others:  # what all the headers say alike is one piece of news
            more = merged(*each)
            known = {(change.before, change.now) for change in self.plan.changes}
            news = (change for change in more.changes if (change.before, change.now) not in known)
            self.plan += Plan(more.edits, tuple(dict.fromkeys(news)))

    def _story_triples(self) -> Iterator[tuple[Story, Story, Story]]:
        readers = (self._old, self._hers, self._new)
        once = {reader: reader.main() for reader in dict.fromkeys(readers)}
        yield once[self._old], once[self._hers], once[self._new]
        parts = [dict(reader.file.headers()) for reader in readers]
        for name in sorted(parts[0].keys() & parts[2].keys()):
            found = [
                reader.part(each[name]) if name in each else ()
                for reader, each in zip(readers, parts, strict=True)
            ]
            yield found[0], found[1], found[2]

    def result(self) -> Merged:
        file = self._hers.file
        if self.plan.edits:
            self._apply()
        self._set_core(file)
        if self._identity and self._identity != read_identity(self._data):
            old = file.raw(CUSTOM_PART) if CUSTOM_PART in file.names else None
            if old is not None:
                file.set(CUSTOM_PART, custom_with(old, self._identity))
        parts = file.parts()
        keeps_look = _look(self._old.file) != _look(self._new.file)
        if parts == File(self._data).parts():
            return Merged(self._data, (), self._conflicts(), keeps_look)
        self._prove(parts)
        done = tuple(each for each in self.plan.changes if each.standing is Standing.DONE)
        return Merged(package_of(parts), done, self._conflicts(), keeps_look)

    def _conflicts(self) -> tuple[Change, ...]:
        return tuple(each for each in self.plan.changes if each.standing is not Standing.DONE)

    def _apply(self) -> None:
        revisions = Revisions(_first_id(self._hers.file))
        transplant = Transplant(self._new, self._hers, revisions, self._merge.anchors())
        transplant.partners(self._partners(self._main))
        before, torn = _referred(self._hers.file), _torn(self._hers.file)
        Applier(self._hers, transplant, revisions, self._tell).apply(self.plan.edits)
        _drop_notes(self._hers.file, before - _referred(self._hers.file))
        _order_notes(self._hers.file, _referred(self._hers.file) - before)
        for mark in _torn(self._hers.file) - torn:  # the other end went with a pending insertion of ours
            take_out(mark)

    def _partners(self, stories: tuple[Story, Story, Story]) -> Iterator[tuple[Element, Element]]:
        """Yield paragraphs of the fresh and the edited file that are the same, for their lists."""
        _old, hers, new = stories
        by_name = {name: para.at for para in _paragraphs(hers) for name in para.names}
        by_words: dict[str, int] = {para.text: para.at for para in _paragraphs(hers) if para.text}
        for para in _paragraphs(new):
            at = next((by_name[name] for name in para.names if name in by_name), by_words.get(para.text))
            if at is not None:
                one, two = self._new.nodes[para.at], self._hers.nodes[at]
                yield one.element, two.element

    def _set_core(self, file: File) -> None:
        """Bring a new title or subject along, unless she has set another in the properties."""
        files = (self._old.file, file, self._new.file)
        if not all(_CORE in each.names for each in files):
            return
        old, hers, new = (each.xml(_CORE) for each in files)
        for tag in _CORE_TAGS:
            one, two, three = (each.root.find(tag) for each in (old, hers, new))
            if one is None or two is None or three is None or one.text == three.text:
                continue
            if (two.text or "") == (one.text or ""):
                hers.open()
                two.text = three.text
                hers.touch(two)

    def _prove(self, parts: dict[str, bytes]) -> None:
        """Raise NotMerged if the merged file has a fault, or would not leave hers when ours is rejected."""
        found = faults(parts)
        known = faults(File(self._data).parts())
        if set(found) - set(known):
            raise NotMerged("; ".join(found[:3]))
        before, after = without_ours(File(self._data).parts()), without_ours(parts)
        if not same_content(package_of(before), package_of(after)):
            raise NotMerged("rejected")


def _paragraphs(story: Story) -> Iterator[Para]:
    for block in story:
        if isinstance(block, Para):
            yield block


def _look(file: File) -> list[bytes]:
    """Return the page and the styles that every paper of a template has, which no merge brings along."""
    styles = file.of_kind("styles")
    always = [] if styles is None else [each for each in styles.root if _name(each) in _EVERY_PAPERS]
    sections = file.main.root[0].iterchildren(qn("w:sectPr"))
    pages = [each for section in sections for each in section.iterchildren(qn("w:pgSz"), qn("w:pgMar"))]
    return [etree.tostring(each, method="c14n") for each in (*always, *pages)]


def _name(style: Element) -> str:
    name = style.find(qn("w:name"))
    return "" if name is None else str(name.get(qn("w:val"))).casefold()


def _referred(file: File) -> set[tuple[str, str]]:
    """Return kind and id of every note that is referred to."""
    references = file.main.root.iter(*NOTE_REFERENCES)
    return {(NOTE_REFERENCES[str(each.tag)], str(each.get(qn("w:id")))) for each in references}


def _order_notes(file: File, new: set[tuple[str, str]]) -> None:
    """Put new notes in the order of their references: LibreOffice 7.4 mixes them up in any other."""
    for kind in {kind for kind, _number in new}:
        part = file.of_kind(kind)
        tag = next(tag for tag, named in NOTE_REFERENCES.items() if named == kind)
        order = [str(each.get(qn("w:id"))) for each in file.main.root.iter(tag)]
        notes = {} if part is None else {str(each.get(qn("w:id"))): each for each in part.root}
        for at, number in enumerate(order):
            if (kind, number) in new and number in notes:
                before = next((notes[each] for each in order[at - 1 :: -1] if each in notes), None)
                after = next((notes[each] for each in order[at + 1 :] if each in notes), None)
                if at and before is not None:
                    before.addnext(notes[number])
                elif after is not None:
                    after.addprevious(notes[number])


def _torn(file: File) -> set[Element]:
    """Return the ends of bookmarks in the main text that have no other end."""
    marks = list(file.main.root.iter(*MARKS))
    ids = [Counter(each.get(qn("w:id")) for each in marks if each.tag == tag) for tag in MARKS]
    return {each for each in marks if any(each.get(qn("w:id")) not in found for found in ids)}


def _drop_notes(file: File, gone: Iterable[tuple[str, str]]) -> None:
    """Take out the notes of pending insertions of ours that newer news has replaced."""
    for kind, number in gone:
        part = file.of_kind(kind)
        for note in () if part is None else [each for each in part.root if each.get(qn("w:id")) == number]:
            file.part(file.kinds[kind][0]).xml.open()
            take_out(note)


def _first_id(file: File) -> int:
    """Return the first id that no revision has."""
    names = (name for kind in ("document.main", "footnotes", "endnotes", "header", "footer")
             for name in file.kinds.get(kind, ()))  # fmt: skip
    found = (
        each.get(qn("w:id"), "0") for name in names for each in file.part(name).root.iter(*map(qn, _IDS))
    )
    return max((int(each) for each in found if each.lstrip("-").isdigit()), default=0) + 1
