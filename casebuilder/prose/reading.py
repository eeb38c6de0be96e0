"""A case's texts → its Prose: slots found, trees read, slots answered from the register (pure).

What needs a process or a file is asked for through plain functions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from casebuilder.blockwalk import headings
from casebuilder.paper import Block, Citation, Inline, Table
from casebuilder.problems import Place, Problem
from casebuilder.prose.asking import Asking
from casebuilder.prose.blocks import blocks_of
from casebuilder.prose.expressions import PlaceAt, Slot, filled_with_tokens, find, line_and_column, reserved
from casebuilder.prose.inlines import Asked
from casebuilder.prose.jumps import lost_links, with_own_anchors
from casebuilder.prose.notes import lost_notes
from casebuilder.prose.passages import Kind, Passage
from casebuilder.prose.shape import Prose, shaped
from casebuilder.register.records import Case, Register

_SPACES = re.compile(r"[\s\xa0]+")


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text file whose slots are tokens, ready for pandoc.

    To find a snippet's place, a Markdown text has its `words` and a Word text its `passages`: of each
    paragraph what it says and links to, and where it stands.
    """

    file: str
    suffix: str
    content: bytes
    slots: tuple[Slot, ...]
    words: str = ""
    passages: tuple[tuple[str, Place], ...] = ()

    def locate(self, snippet: str) -> Place:
        """Return the Place of a snippet's first occurrence; of the file where it does not occur."""
        if not snippet:
            return Place(self.file)
        offset = self.words.find(snippet)
        if offset >= 0:
            return place_in(self.file, self.words)(offset)
        return next((place for said, place in self.passages if snippet in said), Place(self.file))


@dataclass(frozen=True, slots=True)
class ReadText:
    """A marked text, pandoc's tree of it, and how to get a picture that it names."""

    marked: MarkedText
    tree: str
    picture: Callable[[str], bytes | None]
    passages: tuple[Passage, ...] = ()  # to tell where a heading stands


def mark_markdown(file: str, data: bytes) -> tuple[MarkedText, tuple[Problem, ...]]:
    """Mark the slots of a Markdown text, which is UTF-8 with or without a byte order mark."""
    text = data.decode("utf-8-sig").replace("\r\n", "\n")
    found, problems = find(text, place_in(file, text))
    slots = tuple(slot for each in found for slot in each.slots)
    content = filled_with_tokens(text, found).encode()
    return MarkedText(file, ".md", content, slots, text), (
        *problems,
        *lost_notes(text, place_in(file, text)),
    )


def place_in(file: str, text: str) -> PlaceAt:
    """Return what tells the line and column of an offset in a text."""

    def place(offset: int) -> Place:
        line, column = line_and_column(text, offset)
        return Place(file, line=line, column=column)

    return place


def read_prose(
    texts: Sequence[ReadText], register: Register, case: Case
) -> tuple[Prose, tuple[Problem, ...]]:
    """Read a case's texts, one after the other, into one Prose."""
    blocks: list[Block] = []
    problems: list[Problem] = []
    asking = Asking(register, case)
    for text in texts:
        read, more = _blocks(text, asking)
        blocks += with_own_anchors(read, {heading.anchor for heading in headings(blocks)})
        problems += more
    prose, shape_problems = shaped(blocks, Place(texts[0].marked.file) if texts else Place())
    problems += lost_links(prose, lambda snippet: _located(texts, snippet))
    mine = [replace(each, cases=frozenset({case.id})) if each.cases is None else each for each in problems]
    passages = [passage for text in texts for passage in text.passages]
    return prose, (*mine, *(_pinned(problem, passages) for problem in shape_problems))


def _pinned(problem: Problem, passages: Sequence[Passage]) -> Problem:
    """Return a problem of a heading, or of what looks like one, at the very place where its words stand."""
    heading = problem.place.heading
    said = heading or str(dict(problem.found.values).get("text", ""))
    kinds = (Kind.HEADING,) if heading else (Kind.RUNNING,)
    words = _SPACES.sub(" ", said).strip()
    same = [each for each in passages if each.kind in kinds and _SPACES.sub(" ", each.words).strip() == words]
    if not words or len(same) != 1:
        return problem
    return replace(problem, place=replace(same[0].at(0), heading=heading or same[0].at(0).heading))


def _located(texts: Sequence[ReadText], snippet: str) -> Place:
    places = [text.marked.locate(snippet) for text in texts]
    return next(
        (place for place in places if place.line or place.paragraph), places[0] if places else Place()
    )


def _blocks(text: ReadText, asking: Asking) -> tuple[tuple[Block, ...], list[Problem]]:
    problems: list[Problem] = []
    slots = text.marked.slots

    def fill(number: int) -> tuple[Inline, ...] | Table:
        if number >= len(slots):  # a token that the author made, as with «&#xE0F0;»
            problems.append(reserved(text.marked.locate("\ue0f0"), "\ue0f0"))
            return ()
        slot = slots[number]
        if isinstance(slot, Citation):
            return (slot,)
        filled, more = asking.filled(slot)
        problems.extend(more)
        return filled

    asked = Asked(
        fill,
        lambda number: slots[number].place if number < len(slots) else Place(),
        text.picture,
        text.marked.locate,
        is_marked=text.marked.suffix == ".docx",
    )
    blocks = blocks_of(text.tree, asked)
    return blocks, [*problems, *asked.problems]
