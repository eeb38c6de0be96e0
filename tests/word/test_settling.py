"""Every change settled one way, and nothing left of what was taken away."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from casebuilder.word.cleaning import cleaned
from casebuilder.word.merging import NotMerged, merge
from casebuilder.word.package import parts_of
from casebuilder.word.package_check import faults
from casebuilder.word.settling import Pending, pending, settled
from tests.merging import judge
from tests.merging.triples import Triple, difference, triple
from tests.word.handmade import HERS, file, ins, p, shown, struck, t

NOON = datetime(2026, 2, 12, 12, tzinfo=UTC)
SEEDS = range(1, 13)


def with_changes(seed: int) -> bytes:
    """A paper with a clerk's changes of every kind, and casebuilder's own beside them."""
    made: Triple = triple(seed)
    try:
        return merge(made.base, made.edited, made.fresh).data
    except NotMerged:
        return made.edited


@pytest.mark.parametrize(("accept", "judged"), [(True, judge.accepted), (False, judge.rejected)])
@pytest.mark.parametrize("seed", SEEDS)
def test_an_independent_reader_settles_the_same_way(
    seed: int, *, accept: bool, judged: Callable[[bytes], bytes]
) -> None:
    data = with_changes(seed)
    expected, found = judged(data), settled(data, accept=accept)
    assert difference(judge.text(expected, looks=True), judge.text(found, looks=True)) == ""
    assert pending(found) == Pending()


@pytest.mark.parametrize("seed", SEEDS)
def test_cleaning_changes_no_word_and_leaves_the_package_sound(seed: int) -> None:
    data = settled(with_changes(seed), accept=True)
    made = cleaned(data, "Østre råd IPR", NOON)
    assert difference(judge.text(data, looks=True), judge.text(made, looks=True)) == ""
    before = set(faults(parts_of(data)))
    assert [said for said in faults(parts_of(made)) if said not in before] == []


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_is_left_of_what_was_struck_of_people_or_of_comments(seed: int) -> None:
    data = with_changes(seed)
    made = cleaned(settled(data, accept=True), "Østre råd IPR", NOON)
    everything = b"".join(parts_of(made).values()).decode("utf-8", "replace")
    assert re.findall(r"w:rsid|<w:comment|w:author|lastRenderedPageBreak|_cb_", everything) == []


def test_what_waits_for_a_decision_is_counted() -> None:
    data = file(p("Et ", ins(t("nytt ")), struck("gammelt"), " ord"))
    assert pending(data) == Pending(changes=2)


def test_hidden_words_are_found() -> None:
    data = file(p(t("Synlig"), t("skjult", "vanish")))
    assert pending(data).hidden == "skjult"


def test_a_struck_paragraph_goes_whole_and_comes_back_whole() -> None:
    mark = f'<w:del w:id="902" {HERS}/>'
    data = file(p("Først"), p(struck("Borte"), mark=mark), p("Sist"))
    assert shown(settled(data, accept=True)) == "Først¶Sist¶"
    assert shown(settled(data, accept=False)) == "Først¶Borte¶Sist¶"


def test_cleaning_twice_is_cleaning_once() -> None:
    once = cleaned(settled(with_changes(3), accept=True), "Råd", NOON)
    assert cleaned(once, "Råd", NOON) == once
