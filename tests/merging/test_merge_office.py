"""Edits made by a real office program: LibreOffice types, splits, deletes, adds, accepts; we merge."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

import pytest

from casebuilder.paper import Heading
from casebuilder.word.merging import Merged, merge
from tests.merging import judge, laws, papers
from tests.merging.conftest import Office
from tests.merging.triples import Triple

ACTS = (
    "type_words", "replace_words", "delete_words", "split_paragraph", "join_paragraphs", "delete_section",
    "add_heading", "add_note", "add_row", "add_comment", "bold_words", "track_words", "nothing",
)  # fmt: skip


@dataclass(frozen=True)
class Edited:
    """A paper edited in LibreOffice, its merge, and what follows."""

    draft: papers.Draft
    triple: Triple
    merged: Merged

    @property
    def case(self) -> laws.Case:
        return laws.Case(self.triple, self.merged)


def drafts() -> list[papers.Draft]:
    """Return a draft with at least two sections for every act."""
    made = (papers.draft(Random(seed)) for seed in range(500, 600))
    fit = [each for each in made if sum(isinstance(block, Heading) for block in each.body) > 1]
    return fit[: len(ACTS)]


@pytest.fixture(scope="module")
def cases(office: Office) -> list[Edited]:
    """Return papers that LibreOffice has edited, merged with news."""
    found = []
    before = drafts()
    bases = [each.data() for each in before]
    for at, data in enumerate(office.edited(bases, ACTS)):
        after = papers.changed(before[at], Random(at))
        held = Triple(at, bases[at], data, after.data(), ACTS[at])
        found.append(Edited(after, held, merge(held.base, held.edited, held.fresh)))
    return found


@pytest.fixture(scope="module")
def later(office: Office, cases: list[Edited]) -> list[Edited]:
    """Return the merged papers after LibreOffice has accepted some of our changes, merged with more news."""
    acts = ["accept_some", "accept_some,type_words", "accept_all", "reject_all,add_heading", "nothing"]
    chosen = [acts[at % len(acts)] for at in range(len(cases))]
    found = []
    for each, act, data in zip(
        cases, chosen, office.edited([one.merged.data for one in cases], chosen), strict=True
    ):
        after = papers.changed(each.draft, Random(each.triple.seed + 50))
        story = f"{each.triple.story}, {act}"
        held = replace(each.triple, base=each.triple.fresh, edited=data, fresh=after.data(), story=story)
        found.append(Edited(after, held, merge(held.base, held.edited, held.fresh)))
    return found


@pytest.mark.parametrize("law", laws.OF_A_MERGE, ids=lambda law: law.__name__)
def test_what_libreoffice_edited_is_merged_by_the_law(law: laws.Law, cases: list[Edited]) -> None:
    found = [(each.triple.story, said) for each in cases if (said := law(each.case))]
    assert found == []


@pytest.mark.parametrize("law", laws.OF_A_ROUND, ids=lambda law: law.__name__)
def test_what_libreoffice_accepted_and_rejected_is_merged_by_the_law(
    law: laws.Law, later: list[Edited]
) -> None:
    found = [(each.triple.story, said) for each in later if (said := law(each.case))]
    assert found == []


def test_libreoffice_opens_and_saves_every_merged_file_with_every_word(
    office: Office, cases: list[Edited]
) -> None:
    """What LibreOffice 7.4 loses of her own file (notes, where there is a comment) is not held against us."""
    merged = [each.merged.data for each in cases]
    hers = [each.triple.edited for each in cases]
    saved = office.edited([*merged, *hers], ["nothing"] * len(merged) * 2)
    for at, each in enumerate(cases):
        lost = judge.words_anywhere(merged[at]) - judge.words_anywhere(saved[at])
        its_own = judge.words_anywhere(hers[at]) - judge.words_anywhere(saved[len(merged) + at])
        assert lost - its_own == set(), each.triple.story


def test_every_act_of_the_office_is_seen(cases: list[Edited]) -> None:
    unseen = [
        each.triple.story
        for each in cases
        if judge.text(each.triple.base, looks=True) == judge.accepted_text(each.triple.edited, looks=True)
        and not judge.comments(each.triple.edited)
    ]
    assert unseen in ([], ["nothing"])
