"""What a rule on the language of a paper is, and what it finds (pure).

A rule looks at the passages of a case's texts. What it can mend without changing a meaning is mended in
the paper and told; the rest is a warning. Nothing is mended in the text of a decision, and what is quoted
is not looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from casebuilder.problems import Message, Problem, info, msg, warning
from casebuilder.prose.lexicon import Lexicon, lexicon_of
from casebuilder.prose.passages import Kind, Passage
from casebuilder.register.records import Case, Register


@dataclass(frozen=True)
class Known:
    """The passages of a case's texts, in their order, and what they are held against."""

    passages: tuple[Passage, ...]
    register: Register
    case: Case

    @property
    def lexicon(self) -> Lexicon:
        """The register's names, as they are looked for."""
        return self.register.once(lexicon_of)

    @property
    def knows_members(self) -> bool:
        """Tell whether the register has all that the sheets say of members."""
        faulty = self.register.faulty.get("medlemmer") or "medlemmer" in self.register.incomplete
        return not (faulty or self.register.is_partial)


@dataclass(frozen=True, slots=True)
class Edit:
    """New words for a stretch of a passage, or of what it stands in."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to be told of the stretch of a passage from `start` to `end`.

    With `edits`, it can be mended; the message is then made of what stands there and what it becomes.
    """

    start: int
    end: int
    found: Message | None = None
    expected: Message | None = None
    edits: tuple[Edit, ...] = ()


Look = Callable[[Passage, Known], Iterable[Finding]]
Find = Callable[[Known], Iterable[tuple[int, Finding]]]


@dataclass(frozen=True)
class Rule:
    """A rule: the name that a clerk writes in «avvik», its reason, its test, whether it mends."""

    name: str
    reason: Message
    find: Find
    mends: bool = False


def each(look: Look) -> Find:
    """Return a test of all passages that are not quotations, made of a test of one."""

    def find(known: Known) -> Iterator[tuple[int, Finding]]:
        for number, passage in enumerate(known.passages):
            if passage.kind is not Kind.QUOTATION:
                yield from ((number, finding) for finding in look(passage, known))

    return find


def mends(passage: Passage, finding: Finding) -> tuple[Edit, ...]:
    """Return the edits of a finding in the coordinates of the text; none where it may not be mended."""
    stretches = [passage.source_of(edit.start, edit.end) for edit in finding.edits]
    if passage.is_decision or None in stretches:
        return ()
    pairs = zip(stretches, finding.edits, strict=True)
    return tuple(Edit(*stretch, edit.words) for stretch, edit in pairs if stretch)


def problem(rule: Rule, passage: Passage, finding: Finding, *, is_mended: bool) -> Problem:
    """Return what is told of a finding."""
    place = passage.at(finding.start)
    if finding.found is not None and is_mended:
        return info(rule.name, place, finding.found)
    if finding.found is not None:
        return warning(rule.name, place, finding.found, finding.expected)
    text = passage.words[finding.start : finding.end]
    better = edited(text, finding)
    if is_mended:
        found = msg("{text} is written {better} in the paper.", text=_quoted(text), better=_quoted(better))
        return info(rule.name, place, found)
    found = msg("{text} stands here.", text=_quoted(text))
    return warning(rule.name, place, found, msg("Expected {better}.", better=_quoted(better)))


def _quoted(text: str) -> str:
    return text if text[:1] in '«“”„"' else f"«{text}»"


def edited(text: str, finding: Finding) -> str:
    """Return the words of a finding as its edits make them."""
    for edit in sorted(finding.edits, key=lambda each: each.start, reverse=True):
        at = edit.start - finding.start
        text = text[:at] + edit.words + text[at + edit.end - edit.start :]
    return text
