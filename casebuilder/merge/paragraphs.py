"""The words of one paragraph, or of a few that were split or joined, in three versions → edits.

Words are cut over the joined text, never by run; a note, link, field or picture is one unit. Where
only the news changed words they are rewritten; where she changed the same ones, hers stay.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from casebuilder.merge.model import (
    NOTHING,
    Change,
    Kind,
    Para,
    Plan,
    Remark,
    Rewrite,
    Standing,
    Story,
    Word,
    bag_of,
    looking,
    saying,
    shown,
    text_of,
    words_in,
)
from casebuilder.merge.sequences import Region, collide, likeness, pairs_outside, regions

_MARK = Word("¶", "¶")
_ALIKE = 0.3

MergeNotes = Callable[[Story, Story, Story, str], Plan]
"""Merges the contents of a note that stands in all three versions, under a heading."""


@dataclass(frozen=True, slots=True)
class Joined:
    """The words of some paragraphs in a row, and where each stands: (paragraph, index)."""

    words: tuple[Word, ...]
    spots: tuple[tuple[int, int], ...]


def merged_words(
    base: Sequence[Para],
    edited: Sequence[Para],
    fresh: Sequence[Para],
    merge_notes: MergeNotes,
    where: str,
) -> Plan:
    """Return the plan that brings the news of `fresh` into `edited`."""
    old, hers, new = joined(base), joined(edited), joined(fresh)
    her_notes, new_notes = same_notes(old.words, hers.words), same_notes(old.words, new.words)
    plan = NOTHING
    for at in sorted(her_notes.keys() & new_notes.keys()):
        one, two, three = old.words[at], hers.words[her_notes[at]], new.words[new_notes[at]]
        plan += merge_notes(one.note or (), two.note or (), three.note or (), where)
    for at in sorted(new_notes.keys() - her_notes.keys()):
        plan += _note_gone(old.words[at].note or (), new.words[new_notes[at]].note or (), where)
    stays = {
        at: there
        for at, there in her_notes.items()
        if at in new_notes or _says(old.words[at]) == _says(hers.words[there])
    }  # a note that she has changed and the news takes out is changed by both
    hers = _with_marks_of(old, hers, stays)
    new = _with_marks_of(old, new, new_notes)
    name = next((name for para in fresh for name in para.names), "")
    return plan + _ThreeWay(old, hers, new, where, name).plan()


def joined(paragraphs: Sequence[Para]) -> Joined:
    """Return the words of paragraphs in a row, a mark between them."""
    words: list[Word] = []
    spots: list[tuple[int, int]] = []
    for number, para in enumerate(paragraphs):
        if number:
            words.append(_MARK)
            spots.append((paragraphs[number - 1].at, len(paragraphs[number - 1].words)))
        words += para.words
        spots += [(para.at, at) for at in range(len(para.words))]
    if paragraphs:
        spots.append((paragraphs[-1].at, len(paragraphs[-1].words)))
    return Joined(tuple(words), tuple(spots))


def same_notes(base: Sequence[Word], other: Sequence[Word]) -> dict[int, int]:
    """Return which note of the base is which of the other, by word: equal ones first, then alike ones."""
    first = [at for at, word in enumerate(base) if word.note is not None]
    second = [at for at, word in enumerate(other) if word.note is not None]
    differ = regions([base[at].mark for at in first], [other[at].mark for at in second])
    found = {first[one]: second[two] for one, two in pairs_outside(differ, len(first))}
    for region in differ:
        left = first[region.start : region.stop]
        for at in second[region.first : region.last]:
            scores = {one: likeness(_note_bag(base[one]), _note_bag(other[at])) for one in left}
            best = max(scores, key=lambda one: scores[one], default=None)
            if best is not None and scores[best] >= _ALIKE:
                found[best] = at
                left = [one for one in left if one > best]
    return found


def _note_gone(old: Story, new: Story, where: str) -> Plan:
    """Tell of news in a note that she has deleted."""
    if [looking(block) for block in old] == [looking(block) for block in new]:
        return NOTHING
    change = Change(Kind.WORDS, text_of(old), text_of(new), where, "", Standing.GONE)
    return Plan((), (change,))


def _says(word: Word) -> list[tuple[object, ...]]:
    return [saying(block) for block in word.note or ()]


def _note_bag(word: Word) -> Counter[str]:
    return bag_of(words_in(word.note or ()))


def _with_marks_of(base: Joined, other: Joined, notes: dict[int, int]) -> Joined:
    """Let the same notes be equal, whatever they say: their words are merged by themselves."""
    words = list(other.words)
    for at, there in notes.items():
        words[there] = replace(words[there], mark=base.words[at].mark)
    return Joined(tuple(words), other.spots)


@dataclass(frozen=True, slots=True)
class _ThreeWay:
    """Three versions of the same words."""

    old: Joined
    hers: Joined
    new: Joined
    where: str
    name: str

    def plan(self) -> Plan:
        news = regions([*map(_look, self.old.words)], [*map(_look, self.new.words)])
        edits = regions([word.key for word in self.old.words], [word.key for word in self.hers.words])
        kept = dict(pairs_outside(edits, len(self.old.words)))
        plan = NOTHING
        for group in _clusters(self._whole(news), edits):
            if group.hers:
                plan += self._conflict(group)
            else:
                plan += self._rewrite(group.news[0], edits, kept)
        return plan

    def _whole(self, news: Sequence[Region]) -> list[Region]:
        """Join news that only blanks part: «Kari Hansen» is one name and not two words."""
        joined: list[Region] = []
        for region in news:
            last = joined[-1] if joined else None
            if last and self._only_blanks(last.stop, region.start):
                joined[-1] = Region(last.start, region.stop, last.first, region.last)
            else:
                joined.append(region)
        return joined

    def _only_blanks(self, start: int, stop: int) -> bool:
        return all(word.is_blank for word in self.old.words[start:stop])

    def _rewrite(self, region: Region, edits: Sequence[Region], kept: dict[int, int]) -> Plan:
        """Strike what the news leaves out and put in what it says, where she has touched neither."""
        is_new = region.start == region.stop
        start = self._spot(region.start, edits, kept) if is_new else kept[region.start]
        stop = start if is_new else kept[region.stop - 1] + 1
        put = _pieces(self.new, region.first, region.last)
        change = self._change(region.start, region.stop, region.first, region.last)
        cuts = _pieces(self.hers, start, stop) or (_spot_piece(self.hers, start),)
        rewrites = [Rewrite(at, low, high, ()) for at, low, high in cuts[:-1]]
        at, low, high = cuts[-1]
        rewrites.append(Rewrite(at, low, high, put, self._donor(region, kept, at)))
        return Plan(tuple(rewrites), (change,))

    def _spot(self, at: int, edits: Sequence[Region], kept: dict[int, int]) -> int:
        """Return where her version has the place before base word `at`."""
        if at - 1 in kept:
            return kept[at - 1] + 1
        if at in kept:
            return kept[at]
        return next((edit.last for edit in edits if edit.stop == at), 0)

    def _donor(self, region: Region, kept: dict[int, int], paragraph: int) -> int | None:
        """Return the word of hers whose look the new words take: the first struck, or the one before."""
        at = region.start if region.start < region.stop else region.start - 1
        put = self.new.words[region.first : region.last]
        if at not in kept or not put or any(word.mark for word in (*put, self.old.words[at])):
            return None
        there, index = self.hers.spots[kept[at]]
        same_look = {word.look for word in put} == {self.old.words[at].look}
        return index if there == paragraph and same_look else None

    def _conflict(self, group: _Cluster) -> Plan:
        """Leave her words as they are, with a comment, unless they say the same as the news."""
        start, stop = group.start, group.stop
        low, high = _mapped(start, stop, group.hers)
        first, last = _mapped(start, stop, group.news)
        hers, news = self.hers.words[low:high], self.new.words[first:last]
        if [word.key for word in hers] == [word.key for word in news]:
            return NOTHING
        change = replace(
            self._change(start, stop, first, last),
            standing=Standing.CONFLICT,
            hers=shown(hers),
        )
        at, begin, end = (_pieces(self.hers, low, high) or (_spot_piece(self.hers, low),))[0]
        return Plan((Remark(at, begin, end, change),), (change,))

    def _change(self, start: int, stop: int, first: int, last: int) -> Change:
        """Tell a piece of news by whole words around it, so that it can be read."""
        before, now = shown(self.old.words[start:stop]), shown(self.new.words[first:last])
        kind = Kind.STYLE if before == now else Kind.WORDS
        return Change(kind, before, now, self.where, self.name)


@dataclass(frozen=True, slots=True)
class _Cluster:
    """News and edits of hers that change the same place of the base."""

    news: tuple[Region, ...]
    hers: tuple[Region, ...]

    @property
    def start(self) -> int:
        return min(region.start for region in (*self.news, *self.hers))

    @property
    def stop(self) -> int:
        return max(region.stop for region in (*self.news, *self.hers))


def _clusters(news: Sequence[Region], edits: Sequence[Region]) -> list[_Cluster]:
    """Return the news in order, each with those of her edits that it collides with."""
    found: list[_Cluster] = []
    for region in news:
        mine = tuple(edit for edit in edits if collide(region, edit))
        last = found[-1] if found else None
        if last and mine and last.hers and last.hers[-1] == mine[0]:
            found[-1] = _Cluster((*last.news, region), (*last.hers, *mine[1:]))
        else:
            found.append(_Cluster((region,), mine))
    return found


def _mapped(start: int, stop: int, inside: Sequence[Region]) -> tuple[int, int]:
    """Return where the base's words [start, stop) stand in the version that these regions lead to."""
    first, last = inside[0], inside[-1]
    return first.first - (first.start - start), last.last + (stop - last.stop)


def _pieces(words: Joined, start: int, stop: int) -> tuple[tuple[int, int, int], ...]:
    """Return words [start, stop) as (paragraph, start, stop), paragraph by paragraph, without marks."""
    found: list[tuple[int, int, int]] = []
    for at in range(start, stop):
        if words.words[at] == _MARK:
            continue
        para, index = words.spots[at]
        if found and found[-1][0] == para and found[-1][2] == index:
            found[-1] = (para, found[-1][1], index + 1)
        else:
            found.append((para, index, index + 1))
    return tuple(found)


def _spot_piece(words: Joined, at: int) -> tuple[int, int, int]:
    """Return the place before word `at` as an empty piece; at a seam it is the end of the first paragraph."""
    para, index = words.spots[at]
    return (para, index, index)


def _look(word: Word) -> tuple[object, ...]:
    return (*word.key, word.look)
