"""A text as a reader meets it: paragraph by paragraph, every character knowing where it stands (pure).

Rules on language look at passages, so that one rule does for Markdown, for Word texts and for papers
edited by hand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

from casebuilder.paper import Citation
from casebuilder.problems import Place
from casebuilder.prose.expressions import Slot
from casebuilder.register.records import Case

VALUE = "\ufffc"
"""Stands for what is not the author's words: an expression, a picture, code."""

_URL = r"https?://[^\s<>«»\"]+|\bwww\.[^\s<>«»\"]+|[\w.+-]+@[\w-]+\.[\w.-]+"
_QUOTATION = r"«[^«»]*»|“[^“”]*”|„[^„“”]*[“”]|\"[^\"]*\""
_ADDRESS = re.compile(_URL)
_NOT_OWN = re.compile(f"{_URL}|{_QUOTATION}")
_DECISIONS = re.compile(
    r"(?:[\d.]+\s+)?(?:(?:forslag|framlegg) til )?(?:vedtak|innstilling|tilråding)[.:\s]*", re.IGNORECASE
)


class Kind(Enum):
    """What a passage is in its text."""

    HEADING = "heading"
    RUNNING = "running"
    ITEM = "item"
    CELL = "cell"
    NOTE = "note"
    QUOTATION = "quotation"


@dataclass(frozen=True)
class Passage:
    """A paragraph, heading, list item, table cell or note.

    `offsets` says where each character of `words` stands in what `place_at` knows places of, -1 where it
    cannot be changed; `values` are the expressions, by the offset of their VALUE in `words`. `heading` is
    the nearest heading above.
    """

    words: str
    place_at: Callable[[int], Place]
    offsets: tuple[int, ...] = ()
    kind: Kind = Kind.RUNNING
    heading: str = ""
    values: Mapping[int, str] = field(default_factory=dict)

    def at(self, offset: int) -> Place:
        """Return where a character of the words stands."""
        if not self.offsets:
            return self.place_at(offset)
        return self.place_at(max(self.offsets[min(offset, len(self.offsets) - 1)], 0))

    @cached_property
    def own(self) -> str:
        """The words, as long as they are, with VALUE for addresses and for what is quoted."""
        return _NOT_OWN.sub(lambda match: VALUE * len(match.group()), self.words)

    @cached_property
    def spoken(self) -> str:
        """Its own words, as long as they are, with ordinary spaces."""
        return self.own.replace("\xa0", " ")

    @property
    def without_addresses(self) -> str:
        """The words, as long as they are, with VALUE for addresses."""
        return _ADDRESS.sub(lambda match: VALUE * len(match.group()), self.words)

    @property
    def is_decision(self) -> bool:
        """Tell whether this is the text of a decision, which nobody may change but who decides."""
        return self.kind is not Kind.HEADING and bool(_DECISIONS.fullmatch(self.heading))

    def source_of(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where a stretch of the words stands, or None if it does not stand there in one piece."""
        stretch = self.offsets[start:end]
        if not stretch or stretch[0] < 0 or stretch != tuple(range(stretch[0], stretch[0] + end - start)):
            return None
        return stretch[0], stretch[-1] + 1


def plain_passages(paragraphs: Iterable[tuple[Place, str]]) -> tuple[Passage, ...]:
    """Return paragraphs of which only the place is known as passages."""
    return tuple(Passage(words, _always(place)) for place, words in paragraphs)


def passages_of_case(case: Case) -> tuple[Passage, ...]:
    """Return what the sheet saker itself gives a paper to say: title, summary, proposal point by point."""
    title = Passage(case.title, _always(case.place("tittel")), kind=Kind.HEADING)
    summary = (line.strip() for line in (case.summary or "").split("\n") if line.strip())
    return (
        title,
        *(Passage(line, _always(case.place("sammendrag")), heading="Sammendrag") for line in summary),
        *(
            Passage(point, _always(case.place("forslag_til_vedtak")), heading="Forslag til vedtak")
            for point in case.proposal
        ),
    )


def _always(place: Place) -> Callable[[int], Place]:
    return lambda _offset: place


@dataclass
class Spelling:
    """The words of a passage in the making."""

    words: list[str] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)
    values: dict[int, str] = field(default_factory=dict)

    def add(self, character: str, offset: int) -> None:
        """Add one character of the author's."""
        self.words.append(character)
        self.offsets.append(offset)

    def add_plain(self, words: str, offsets: Sequence[int]) -> None:
        """Add many characters of the author's."""
        self.words.extend(words)
        self.offsets.extend(offsets)

    def add_slot(self, slot: Slot, offset: int) -> None:
        """Add what a slot stands for."""
        if isinstance(slot, Citation):
            self.close_up()
            return
        self.values[len(self.words)] = slot.source
        self.add(VALUE, offset)

    def close_up(self) -> None:
        """Take away the spaces before a note, whose mark stands close to its word."""
        while self.words and self.words[-1] in " \xa0":
            self.words.pop()
            self.offsets.pop()

    def passage(self, place_at: Callable[[int], Place], kind: Kind, heading: str) -> Passage:
        """Return the finished passage."""
        return Passage("".join(self.words), place_at, tuple(self.offsets), kind, heading, self.values)
