"""A case's texts held against the rules on language: what is safe is mended, all is told (pure)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from casebuilder.problems import Place, Problem
from casebuilder.prose.drafts import Draft
from casebuilder.prose.passages import Passage, passages_of_case, plain_passages
from casebuilder.prose.reading import MarkedText
from casebuilder.prose.rules.rule import Edit, Known, mends, problem
from casebuilder.prose.rules.table import FIGURES, RULES
from casebuilder.prose.sentences import sentences
from casebuilder.register.records import Case, Register


def reviewed(
    drafts: Sequence[Draft], register: Register, case: Case
) -> tuple[tuple[MarkedText, ...], tuple[Problem, ...]]:
    """Return a case's texts as they go on into the paper, and what is told of their language.

    What the case's own row says is looked at with them, but never mended: cells are printed as they are.
    """
    passages = tuple(passage for draft in drafts for passage in draft.passages)
    edits, problems = _found((*passages, *passages_of_case(case)), register, case)
    texts: list[MarkedText] = []
    first = 0
    for draft in drafts:
        mine = {at: edits[first + at] for at in range(len(draft.passages)) if edits[first + at]}
        texts.append(draft.mended(mine) if mine else draft.marked)
        first += len(draft.passages)
    return tuple(texts), tuple(problems)


def figures_in(passages: Iterable[Passage], register: Register, case: Case) -> tuple[Problem, ...]:
    """Return a warning for each figure or date of a body's members that is not the register's.

    `passages` are a source text's, or the `plain_passages` of a paper that was edited by hand.
    """
    known = Known(tuple(passages), register, case)
    found = ((rule, number, each) for rule in FIGURES for number, each in rule.find(known))
    told = (problem(rule, known.passages[number], each, is_mended=False) for rule, number, each in found)
    return tuple(dict.fromkeys(told))


def figures_by_hand(
    paragraphs: Iterable[tuple[Place, str]], ours: Iterable[str], register: Register, case: Case
) -> tuple[Problem, ...]:
    """Return what figures_in says of an edited paper; our own sentences are not looked at.

    `paragraphs` are the edited paper's, `ours` those of the paper as it would be made now.
    """
    known = {words[start:end] for words in ours for start, end in sentences(words)}
    by_hand = (
        (place, " ".join(said for start, end in sentences(words) if (said := words[start:end]) not in known))
        for place, words in paragraphs
    )
    return figures_in(plain_passages(by_hand), register, case)


def _found(
    passages: tuple[Passage, ...], register: Register, case: Case
) -> tuple[dict[int, list[Edit]], list[Problem]]:
    """Return the edits by the number of their passage, and every rule's problems."""
    known = Known(passages, register, case)
    edits: dict[int, list[Edit]] = defaultdict(list)
    problems: list[Problem] = []
    for rule in RULES:
        for number, finding in rule.find(known):
            own = mends(passages[number], finding) if rule.mends else ()
            free = not any(_touch(one, other) for one in own for other in edits[number])
            edits[number] += own if free else ()
            problems.append(problem(rule, passages[number], finding, is_mended=bool(own) and free))
    return edits, problems


def _touch(one: Edit, other: Edit) -> bool:
    return one.start < other.end and other.start < one.end
