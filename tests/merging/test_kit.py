"""The kit itself: hand edits leave sound files and are seen, noise says nothing, news is news."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest

from casebuilder.word.merging import Merged, merge
from casebuilder.word.package_check import faults
from tests.merging import hands, judge, laws, noise, papers, tracked
from tests.merging.opened import Opened, q
from tests.merging.triples import Triple, news, raw_paragraphs, triple

PAPERS = {seed: papers.draft(Random(seed)).data() for seed in range(4)}
ACTS = dict.fromkeys((*hands.PLAIN, *tracked.TRACKED))


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_an_edit_is_seen_and_leaves_a_sound_file(act: hands.Act) -> None:
    seen = 0
    for seed, paper in PAPERS.items():
        data, _names = hands.edited(paper, Random(seed), (act,), 2)
        assert [*faults(Opened(data).parts), *judge.faulty_marks(data)] == []
        seen += any(
            before != after
            for before, after in (
                (judge.text(paper), judge.accepted_text(data)),
                (judge.text(paper), judge.rejected_text(data)),
                (judge.text(paper, looks=True), judge.accepted_text(data, looks=True)),
                (judge.comments(paper), judge.comments(data)),
            )
        )
    assert seen or act is tracked.own_restyle  # alignment is no part of the text


@pytest.mark.parametrize("act", dict.fromkeys(tracked.TRACKED), ids=lambda act: act.__name__)
def test_a_tracked_edit_can_be_rejected(act: hands.Act) -> None:
    for seed, paper in PAPERS.items():
        data, _names = hands.edited(paper, Random(seed), (act,), 2)
        assert judge.rejected_text(data, looks=True) == judge.text(paper, looks=True)


@pytest.mark.parametrize("kind", noise.KINDS, ids=lambda kind: kind.__name__)
def test_what_word_adds_of_itself_changes_no_text_and_leaves_a_sound_file(kind: noise.Noise) -> None:
    for seed, paper in PAPERS.items():
        package = Opened(paper)
        kind(package, Random(seed))
        data = package.data()
        assert judge.text(data, looks=True) == judge.text(paper, looks=True)
        assert faults(Opened(data).parts) == []
        assert data != paper


@pytest.mark.parametrize("kind", dict.fromkeys(papers.NEWS), ids=lambda kind: kind.__name__)
def test_every_kind_of_news_comes_about(kind: papers.Change) -> None:
    found = 0
    for seed in range(5):
        random = Random(seed)
        before = papers.draft(random)
        base = before.data()
        kind(before)
        found += len(news(base, before.data()))
    assert found


def test_raw_paragraphs_are_the_bytes_of_the_file() -> None:
    for paper in PAPERS.values():
        xml = Opened(paper).parts["word/document.xml"]
        found = raw_paragraphs(paper)
        assert len(found) == xml.count(b"</w:p>")
        assert all(each.startswith(b"<w:p") and each.endswith((b"</w:p>", b"/>")) for each in found)


def _broken(data: Callable[[Triple, bytes], bytes]) -> set[str]:
    """Return the laws that a wrong merge breaks somewhere among some triples."""
    found = set()
    for held in map(triple, range(6)):
        made = merge(held.base, held.edited, held.fresh)
        case = laws.Case(held, Merged(data(held, made.data)))
        found |= {law.__name__ for law in laws.OF_A_MERGE if law(case)}
    return found


def test_the_laws_notice_a_merge_that_does_nothing() -> None:
    broken = _broken(lambda held, _made: held.edited)
    assert {"news_without_conflict_is_in", "nothing_is_lost"} <= broken


def test_the_laws_notice_a_merge_that_writes_over_her_file() -> None:
    broken = _broken(lambda held, _made: held.fresh)
    assert {"reject_all_is_her_text", "without_ours_it_is_her_file", "nothing_is_lost"} <= broken


def test_the_laws_notice_news_that_is_not_tracked() -> None:
    broken = _broken(lambda _held, made: judge.accepted(made))
    assert {"reject_all_is_her_text", "without_ours_it_is_her_file", "other_bytes_stay"} <= broken


def test_the_laws_notice_a_paragraph_that_is_written_anew() -> None:
    def touched(_held: Triple, made: bytes) -> bytes:
        package = Opened(made)
        package.parts[package.main] = package.parts[package.main].replace(b"<w:r>", b"<w:r >", 1)
        return package.data()

    assert "other_bytes_stay" in _broken(touched)


def test_the_laws_notice_a_revision_id_given_twice() -> None:
    def twice(_held: Triple, made: bytes) -> bytes:
        package = Opened(made)
        for each in package.body.iter(*judge.REVISIONS):
            each.set(q("w:id"), "1")
        return package.data()

    assert "the_package_is_sound" in _broken(twice)
