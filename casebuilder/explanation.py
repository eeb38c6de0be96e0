"""Which words of a paper are a cell's, which are a person's: a paper beside its pristine copy (pure)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import zip_longest

from casebuilder.cells import column_and_row, in_order
from casebuilder.merge.model import Block, Para, Story, Table, shown, words_of
from casebuilder.merge.pairing import groups, paired, paired_rows
from casebuilder.merge.paragraphs import Joined, joined, same_notes
from casebuilder.merge.sequences import pairs_outside, regions
from casebuilder.problems import Place
from casebuilder.provenance import Line, Provenance, Told

_NAME = "_cb_"


@dataclass(frozen=True, slots=True)
class Fact:
    """A value in a paper: its words there, when it was made, and now (None: it is not in it any more)."""

    words: str
    then: str
    now: str | None
    sources: tuple[Place, ...]  # where the cells are today, if their rows have moved
    where: str
    as_of: date | None  # the day that the cells were asked about
    spot: tuple[int, int, int]  # paragraph of the paper, its words [start, stop)


@dataclass(frozen=True, slots=True)
class ByHand:
    """Words in a paper that a person has written there."""

    words: str
    where: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a paper says that came from cells, and what persons have written, in reading order.

    `standdato` is the day that the paper's figures are given for, if that is known; `text` all it says.
    """

    facts: tuple[Fact, ...]
    by_hand: tuple[ByHand, ...]
    standdato: date | None = None
    text: str = field(default="", repr=False)

    def about(self, words: str) -> Explanation:
        """Return what concerns some words only."""
        sought = _plain(words)
        return Explanation(
            tuple(each for each in self.facts if _touches(sought, each.words)),
            tuple(each for each in self.by_hand if _touches(sought, each.words)),
            self.standdato,
            self.text,
        )

    def says(self, words: str) -> bool:
        """Tell whether words stand in the paper, however they came there."""
        return _plain(words) in _plain(self.text)


def explain(base: Story, edited: Story, then: Provenance, now: Provenance | None) -> Explanation:
    """Explain a paper by its pristine copy, whose words `then` knows; `now` knows those of today."""
    if now is not None and _words_of(then) == _words_of(now):
        then = now  # the same paper: where its cells are today is what a clerk wants to know
    found = _Explainer(_values(base, then), _Today(then, now))
    found.stories(base, edited, "")
    standdato = next((told.as_of for line in then.get("", ()) for told in line if told.as_of), None)
    text = "\n".join(para.text for para in _with_notes(edited))
    return Explanation(tuple(found.facts), tuple(found.by_hand), standdato, text)


def _words_of(provenance: Provenance) -> Mapping[str, list[list[str]]]:
    return {key: [[told.text for told in line] for line in lines] for key, lines in provenance.items()}


def _plain(words: str) -> str:
    """Return words as they are typed at a keyboard: a hard space is a space."""
    return " ".join(words.casefold().split())


def _touches(sought: str, words: str) -> bool:
    said = _plain(words)
    return sought in said or (len(said) > 1 and said in sought)


@dataclass(frozen=True, slots=True)
class _Value:
    """A value in a paragraph of the pristine copy: its words [start, stop), and its block's key."""

    start: int
    stop: int
    told: Told
    key: str


def _values(base: Story, provenance: Provenance) -> Mapping[int, tuple[_Value, ...]]:
    """Return the values in each paragraph of the pristine copy, by the paragraph's place."""
    found: dict[int, tuple[_Value, ...]] = {}
    printed = [line[0] for line in provenance.get("", ())]
    for block in base:
        keys = [name.removeprefix(_NAME) for name in block.names if name.startswith(_NAME)]
        key = next((key for key in keys if key in provenance), "")
        paragraphs = list(_with_notes([block]))
        if key:
            for para, line in zip(paragraphs, provenance[key], strict=False):
                found[para.at] = tuple(_in_line(para, line, key))
        else:
            for para in paragraphs:
                found[para.at] = tuple(_of_template(para, printed))
    return found


def _with_notes(blocks: Sequence[Block]) -> Iterator[Para]:
    """Yield the paragraphs of blocks, each followed by those of its notes."""
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    yield from _with_notes(cell)
            continue
        yield block
        for word in words_of(block):
            yield from _with_notes(word.note or ())


def _in_line(para: Para, line: Line, key: str) -> Iterator[_Value]:
    """Yield the values of a line where they stand in its paragraph, one after the other."""
    at = 0
    for told in line:
        found = para.text.find(told.text, at) if told.text else -1
        if found < 0:
            continue
        at = found + len(told.text)
        if told.sources:
            yield _Value(*_word_range(para, found, at), told, key)


def _of_template(para: Para, printed: Sequence[Told]) -> Iterator[_Value]:
    """Yield the values that the template has printed in a paragraph, the longest first."""
    taken: set[int] = set()
    for told in sorted(dict.fromkeys(printed), key=lambda each: -len(each.text)):
        found = para.text.find(told.text) if told.text and told.sources else -1
        place = range(found, found + len(told.text))
        if found >= 0 and taken.isdisjoint(place):
            taken.update(place)
            yield _Value(*_word_range(para, place.start, place.stop), told, "")


def _word_range(para: Para, start: int, stop: int) -> tuple[int, int]:
    """Return which words hold characters [start, stop)."""
    at, first, last = 0, len(para.words), 0
    for number, word in enumerate(para.words):
        if at < stop and at + len(word.text) > start:
            first, last = min(first, number), number + 1
        at += len(word.text)
    return first, last


class _Today:
    """What the values of the pristine copy are now, and where the rows that they stand on are now."""

    def __init__(self, then: Provenance, now: Provenance | None) -> None:
        self._then, self._now = then, now
        places = {place for told in _tolds(now or {}) for place in told.sources if place.row}
        by_name: dict[_Cell, list[Place]] = {}
        for place in in_order(places):
            by_name.setdefault(_cell(place), []).append(place)
        self._moved = {name: same[0] for name, same in by_name.items() if len(same) == 1}

    def placed(self, sources: tuple[Place, ...]) -> tuple[Place, ...]:
        """Return cells where they are today, as far as their rows have names and are still there."""
        return in_order(self._moved.get(_cell(place), place) for place in sources)

    def value(self, value: _Value) -> str | None:
        """Return what stands on the same cells in the same block now, or at the same place in it."""
        if self._now is None:
            return value.told.text
        old, new = ([*_values_in(each, value.key)] for each in (self._then, self._now))
        cells = _cells(value.told)
        before = [each for each in old if _cells(each) == cells]
        same = [each.text for each in new if _cells(each) == cells]
        if len(same) == len(before):
            return next(text for each, text in zip(before, same, strict=True) if each is value.told)
        if len(old) == len(new):
            return next(two.text for one, two in zip(old, new, strict=True) if one is value.told)
        return same[0] if len(set(same)) == 1 else value.told.text if value.told.text in same else None


_Cell = tuple[str, str, str, str]


def _cell(place: Place) -> _Cell:
    """Return what tells a cell from others wherever its row stands: by the row's name, if it has one."""
    column, row = column_and_row(place.cell)
    return place.file, place.sheet, column, place.row or str(row)


def _cells(told: Told) -> frozenset[_Cell]:
    return frozenset(map(_cell, told.sources))


def _values_in(provenance: Provenance, key: str) -> Iterator[Told]:
    return (told for line in provenance.get(key, ()) for told in line if told.sources)


def _tolds(provenance: Provenance) -> Iterator[Told]:
    return (told for key in provenance for told in _values_in(provenance, key))


class _Explainer:
    """Goes through a paper beside its pristine copy."""

    def __init__(self, values: Mapping[int, tuple[_Value, ...]], today: _Today) -> None:
        self._values, self._today = values, today
        self.facts: list[Fact] = []
        self.by_hand: list[ByHand] = []

    def stories(self, base: Story, edited: Story, where: str) -> None:
        """Explain a story, block by block in the edited one's order."""
        partners = {
            group.other[0]: group for group in groups(base, edited, paired(base, edited, trust_names=False))
        }
        taken = {at for group in partners.values() for at in group.other}
        for at, block in enumerate(edited):
            heading = block.text.strip() if isinstance(block, Para) and block.level else where
            where = heading or where
            if at in partners:
                group = partners[at]
                self._group(
                    [base[each] for each in group.base], [edited[each] for each in group.other], where
                )
            elif at not in taken:
                self._all_by_hand([block], where)

    def _group(self, base: Sequence[Block], edited: Sequence[Block], where: str) -> None:
        if isinstance(base[0], Table) and isinstance(edited[0], Table):
            self._table(base[0], edited[0], where)
            return
        old = [each for each in base if isinstance(each, Para)]
        hers = [each for each in edited if isinstance(each, Para)]
        one, two = joined(old), joined(hers)
        differ = regions([word.key for word in one.words], [word.key for word in two.words])
        kept = dict(pairs_outside(differ, len(one.words)))
        starts = {spot: at for at, spot in reversed(list(enumerate(one.spots)))}
        for para in old:
            first = starts.get((para.at, 0), 0)
            for value in self._values.get(para.at, ()):
                there = [kept[first + at] for at in range(value.start, value.stop) if first + at in kept]
                if any(not two.words[at].is_blank for at in there):
                    self._fact(value, two, there[0], there[-1] + 1, where)
        notes = same_notes(one.words, two.words)
        known = set(notes.values())  # of these, only what differs is told
        for region in differ:
            hers_alone = (at for at in range(region.first, region.last) if at not in known)
            self._hand(shown(two.words[at] for at in hers_alone), where)
        for mine, other in notes.items():
            self.stories(one.words[mine].note or (), two.words[other].note or (), where)

    def _table(self, base: Table, edited: Table, where: str) -> None:
        rows = {other: at for at, other in paired_rows(base.rows, edited.rows).items()}
        for at, row in enumerate(edited.rows):
            old = base.rows[rows[at]].cells if at in rows else ()
            for one, two in zip_longest(old, row.cells, fillvalue=()):
                if at in rows:
                    self.stories(one, two, where)
                else:
                    self._all_by_hand(two, where)

    def _fact(self, value: _Value, there: Joined, start: int, stop: int, where: str) -> None:
        """Keep a value that stands in words [start, stop) of the paper's paragraphs."""
        at, first = there.spots[start]
        last = there.spots[stop - 1][1] if there.spots[stop - 1][0] == at else first
        words = "".join(word.text for word in there.words[start:stop])
        now = self._today.value(value)
        spot = (at, first, last + 1)
        sources = self._today.placed(value.told.sources)
        self.facts.append(Fact(words, value.told.text, now, sources, where, value.told.as_of, spot))

    def _all_by_hand(self, blocks: Sequence[Block], where: str) -> None:
        for para in _with_notes(blocks):
            self._hand(para.text, where)

    def _hand(self, words: str, where: str) -> None:
        if words.strip():
            self.by_hand.append(ByHand(words.strip(), where))
