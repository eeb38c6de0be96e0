"""What an expression can give: words with their cells, names in a row, dates, refusals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Self

from casebuilder.problems import Message, Place
from casebuilder.register.dates import CoarseDate
from casebuilder.wording import coarse, in_a_row


class Word(str):
    """A text that knows the cells it came from."""

    __slots__ = ("sources",)
    sources: tuple[Place, ...]

    def __new__(cls, text: str, sources: Iterable[Place] = ()) -> Self:
        """Make a text of these cells."""
        made = super().__new__(cls, text)
        made.sources = tuple(sources)
        return made


class Parts(Mapping[str, object]):
    """What can be asked of something, found only when it is asked for: no other cell is then looked at."""

    def __init__(self, answers: Mapping[str, Callable[[], object]]) -> None:
        """Take what answers for each name."""
        self._answers = answers

    def __getitem__(self, name: str) -> object:
        """Return the answer."""
        return self._answers[name]()

    def __iter__(self) -> Iterator[str]:
        """Go through the names."""
        return iter(self._answers)

    def __len__(self) -> int:
        """Return how many names there are."""
        return len(self._answers)


@dataclass(frozen=True, slots=True)
class Names:
    """Names that are printed in a row: «A, B og C»."""

    names: tuple[str, ...]
    language: str

    def __str__(self) -> str:
        """Return the names as they stand in a sentence."""
        return in_a_row(self.names, self.language)

    def __len__(self) -> int:
        """Return how many names there are."""
        return len(self.names)

    def __contains__(self, name: object) -> bool:
        """Tell whether a name is among them."""
        return name in self.names


@dataclass(frozen=True, slots=True)
class When:
    """A date that is printed as exactly as it is known."""

    date: CoarseDate
    language: str

    def __str__(self) -> str:
        """Return «17. desember 2004», «desember 2003» or «1993»."""
        return coarse(self.date, self.language)

    def __lt__(self, other: object) -> bool:
        """Tell whether this is wholly before the other date; «desember 2025» is before 2026."""
        return self.date.last < other.date.first if isinstance(other, When) else NotImplemented

    def __le__(self, other: object) -> bool:
        """Tell whether this ends no later than the other date."""
        return self.date.last <= other.date.last if isinstance(other, When) else NotImplemented


class Refusal(Exception):
    """A question that the register cannot answer; carries what was found and what would be right."""

    def __init__(self, found: Message, expected: Message | None = None) -> None:
        """Keep the two messages of the Problem to come."""
        super().__init__(found.id)
        self.found = found
        self.expected = expected


class NothingThere(Refusal):
    """A question that is in order but finds nothing; where rows were refused, that may be why."""


class AlreadyReported(Exception):
    """A question about a row that has been refused; its own problem says why."""
