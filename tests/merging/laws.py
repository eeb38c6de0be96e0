"""What must hold of every merge, each law a function that says what breaks it; empty if nothing does."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from random import Random

from docx_scalpel import docx_diff_accept_revisions, docx_diff_reject_revisions

from casebuilder.word.merging import Merged, NotMerged, merge
from casebuilder.word.package_check import faults
from tests.merging import hands, judge, noise, papers, tracked
from tests.merging.opened import Opened
from tests.merging.triples import Triple, difference, foreign_parts, is_untouched, news, strangers

OURS = noise.OURS
_LETTERS = re.compile(r"[^\w]")
_PICTURE = re.compile(r"\[picture ([^\[\]]*?) ?([0-9a-f]{8}) ?\]")
TRIPLES = int(os.environ.get("TRIPLES", "60"))
"""How many random triples the laws are tried on."""


@dataclass
class Case:
    """A triple and what the merge made of it."""

    triple: Triple
    merged: Merged

    @cached_property
    def accepted(self) -> list[str]:
        return judge.accepted_text(self.merged.data)

    @cached_property
    def told(self) -> set[str]:
        """Return the words of the conflicts and of comments."""
        said = [f"{each.before} {each.now} {each.hers}" for each in self.merged.conflicts]
        return judge.words_in(
            " ".join([*said, *(text for _author, text in judge.comments(self.merged.data))])
        )


def reject_all_is_her_text(case: Case) -> str:
    """Headers and footers are text too."""
    both = [judge.rejected(each) for each in (case.triple.edited, case.merged.data)]
    texts = (judge.text(each, looks=True) for each in both)
    return difference(*texts) or difference(*(judge.margins(each, looks=True) for each in both))


def without_ours_it_is_her_file(case: Case) -> str:
    """Her text, formatting, notes and her own tracked changes, both as accepted and as rejected."""
    hers, without = (judge.reject_by(each, OURS) for each in (case.triple.edited, case.merged.data))
    return difference(
        judge.accepted_text(hers, looks=True), judge.accepted_text(without, looks=True)
    ) or difference(judge.rejected_text(hers, looks=True), judge.rejected_text(without, looks=True))


def news_without_conflict_is_in(case: Case) -> str:
    """Where she left a paragraph or row alone, it says what the fresh paper says there."""
    base, edited = Counter(judge.text(case.triple.base)), Counter(judge.accepted_text(case.triple.edited))
    fresh, found = Counter(judge.text(case.triple.fresh)), Counter(case.accepted)
    missing = []
    for each in news(case.triple.base, case.triple.fresh):
        left_alone = is_untouched(each.before, base, edited)
        is_out = each.now and (left_alone or not each.before) and not found[each.now]
        if is_out and not _is_told(case, each.now):
            missing.append(f"-{each.before}\n+{each.now}")
        stays = each.before and left_alone and not fresh[each.before] and found[each.before]
        if stays and not _is_told(case, each.before):
            missing.append(f"still there: {each.before}")
    return "\n".join(missing)


def _is_told(case: Case, line: str) -> bool:
    """Tell whether a conflict is about this line, or about the whole table that it stands in."""
    said = _LETTERS.sub("", "".join(f"{each.before} {each.now}" for each in case.merged.conflicts))
    return all(word in said for word in judge.words_of([line]))


def nothing_is_lost(case: Case) -> str:
    """Every word, link and note of hers, and every new one of the news, stands somewhere."""
    there = judge.words_anywhere(case.merged.data) | case.told
    old = set(judge.words_of(judge.text(case.triple.base)))
    fresh = set(judge.words_of(judge.text(case.triple.fresh))) - old
    hers = judge.words_anywhere(judge.reject_by(case.triple.edited, OURS), but=OURS)
    said = " ".join(f"{each.before} {each.now}" for each in case.merged.conflicts)
    lost = {
        "news": [each for each in _missing(fresh - _told_pictures(case, said), there) if each not in said],
        "hers": _missing(hers, there),
    }
    return "; ".join(f"{whose} lost: {words}" for whose, words in lost.items() if words)


def _told_pictures(case: Case, said: str) -> set[str]:
    """Return what stands for pictures that a conflict tells of: a person is told by their description."""
    pictures = _PICTURE.findall(" ".join(judge.text(case.triple.fresh)))
    told = {number for described, number in pictures if f"[{described.strip()}]" in said}
    return {*told, "picture"} if told else set()


def _missing(said: set[str], there: set[str]) -> list[str]:
    """Return the words that are not there; a word made by joining two paragraphs may be two."""
    gone = sorted(said - there)
    return [
        word
        for word in gone
        if not any(word[:at] in there and word[at:] in there for at in range(1, len(word)))
    ]


def only_news_comes_and_goes(case: Case) -> str:
    """With all accepted, no word has come that is no news, and none of hers has gone that is no news."""
    old, new = (judge.words_in(" ".join(judge.text(each))) for each in (case.triple.base, case.triple.fresh))
    before = judge.words_in(" ".join(judge.accepted_text(case.triple.edited)))
    after = judge.words_in(" ".join(case.accepted))
    strange = {"came": after - before - (new - old), "went": before - after - (old - new)}
    return "; ".join(
        f"{way}: {odd}" for way, words in strange.items() if (odd := sorted(filter(_is_rare, words)))
    )


def _is_rare(word: str) -> bool:
    """Tell whether a word stands in one place of a paper only."""
    return re.fullmatch(r"(ord|hun|Rad|Ny|7)\d{3,}", word) is not None


def her_comments_stay(case: Case) -> str:
    hers, found = (Counter(judge.comments(each)) for each in (case.triple.edited, case.merged.data))
    mine = Counter({each: count for each, count in hers.items() if each[0] != OURS})
    return "" if mine <= found else f"{mine - found}"


def other_bytes_stay(case: Case) -> str:
    parts = foreign_parts(case.triple.edited, case.merged.data)
    odd = strangers(case.triple.edited, case.merged.data)
    return "" if not parts and not odd else f"{parts} {odd[:3]}"


def the_package_is_sound(case: Case) -> str:
    found, before = (
        [*faults(Opened(each).parts), *judge.faulty_marks(each)]
        for each in (case.merged.data, case.triple.edited)
    )
    return "\n".join(each for each in found if each not in before)


def a_second_implementation_agrees(case: Case) -> str:
    """docx-scalpel's accept-all and reject-all say what ours say."""
    return scalpel_differs(case.merged.data)


def scalpel_differs(data: bytes) -> str:
    one = difference(judge.accepted_text(data), judge.text(docx_diff_accept_revisions(data)))
    return one or difference(judge.rejected_text(data), judge.text(docx_diff_reject_revisions(data)))


def a_second_build_changes_nothing(case: Case) -> str:
    again = merge(case.triple.fresh, case.merged.data, case.triple.fresh)
    return "" if again.data == case.merged.data else _changed(case.merged.data, again.data)


def without_news_nothing_changes(case: Case) -> str:
    left = merge(case.triple.base, case.triple.edited, case.triple.base).data
    return "" if left == case.triple.edited else _changed(case.triple.edited, left)


def what_she_has_already_is_no_news(case: Case) -> str:
    same = noise.noisy(case.triple.fresh, Random(case.triple.seed))
    for each in (case.triple.fresh, same):
        left = merge(case.triple.base, each, case.triple.fresh).data
        if left != each:
            return _changed(each, left)
    return ""


def an_unedited_paper_becomes_the_fresh_one(case: Case) -> str:
    made = merge(case.triple.base, case.triple.base, case.triple.fresh).data
    both = case.triple.fresh, judge.accepted(made)
    texts = (judge.text(each) for each in both)
    return difference(*texts) or difference(*map(judge.margins, both))


def _changed(before: bytes, after: bytes) -> str:
    one, two = Opened(before).parts, Opened(after).parts
    names = [name for name in {**one, **two} if one.get(name) != two.get(name)]
    return f"{names}\n" + difference(judge.accepted_text(before), judge.accepted_text(after))


Law = Callable[[Case], str]
OF_A_MERGE: tuple[Law, ...] = (
    reject_all_is_her_text,
    without_ours_it_is_her_file,
    news_without_conflict_is_in,
    nothing_is_lost,
    only_news_comes_and_goes,
    her_comments_stay,
    other_bytes_stay,
    the_package_is_sound,
    a_second_implementation_agrees,
    a_second_build_changes_nothing,
)
OF_A_TRIPLE: tuple[Law, ...] = (
    without_news_nothing_changes,
    what_she_has_already_is_no_news,
    an_unedited_paper_becomes_the_fresh_one,
)


def broken(triple: Triple, laws: tuple[Law, ...] = OF_A_MERGE + OF_A_TRIPLE) -> list[tuple[str, str]]:
    """Return the laws that a triple breaks, with what breaks them."""
    try:
        case = Case(triple, merge(triple.base, triple.edited, triple.fresh))
    except NotMerged as refused:
        return [("it is merged", str(refused))]
    found = []
    for law in laws:
        try:
            said = law(case)
        except NotMerged as refused:
            said = f"not merged: {refused}"
        found += [(law.__name__, said)] if said else []
    return found


def next_round(before: papers.Draft, held: Triple, random: Random) -> tuple[papers.Draft, Triple]:
    """Return what the next build meets: our changes decided on or left pending, new edits, new news."""
    made = merge(held.base, held.edited, held.fresh).data
    decided = noise.decided(made, random)
    edited, names = hands.edited(decided, random, hands.PLAIN + tracked.TRACKED, random.randint(0, 2))
    edited = noise.noisy(edited, random, 0.2)
    after = papers.changed(before, random)
    story = f"{held.story} / {', '.join(names)}"
    return after, replace(held, base=held.fresh, edited=edited, fresh=after.data(), story=story)


OF_A_ROUND: tuple[Law, ...] = (
    reject_all_is_her_text,
    without_ours_it_is_her_file,
    nothing_is_lost,
    only_news_comes_and_goes,
    her_comments_stay,
    the_package_is_sound,
    a_second_implementation_agrees,
    a_second_build_changes_nothing,
)


def broken_in_rounds(seed: int, rounds: int = 10) -> tuple[Triple, list[tuple[str, str]]]:
    """Go through rounds of news, edits and decisions until a law is broken."""
    random = Random(seed)
    draft = papers.draft(random)
    base = draft.data()
    after = papers.changed(draft, random)
    edited, names = hands.edited(base, random, hands.PLAIN, random.randint(0, 2))
    held = Triple(seed, base, edited, after.data(), f"seed {seed}: {', '.join(names)}")
    for _ in range(rounds):
        found = broken(held, OF_A_ROUND)
        if found:
            return held, found
        after, held = next_round(after, held, random)
    return held, []
