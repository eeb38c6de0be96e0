"""What an expression can give besides plain words and numbers: names in a row, dates, refusals."""

from __future__ import annotations

from dataclasses import dataclass

from casebuilder.problems import Message
from casebuilder.register.dates import CoarseDate
from casebuilder.wording import coarse, in_a_row


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


@dataclass(frozen=True, slots=True)
class When:
    """A date that is printed as exactly as it is known."""

    date: CoarseDate
    language: str

    def __str__(self) -> str:
        """Return «17. desember 2004», «desember 2003» or «1993»."""
        return coarse(self.date, self.language)


class Refusal(Exception):
    """A question that the register cannot answer; carries what was found and what would be right."""

    def __init__(self, found: Message, expected: Message | None = None) -> None:
        """Keep the two messages of the Problem to come."""
        super().__init__(found.id)
        self.found = found
        self.expected = expected


class AlreadyReported(Exception):
    """A question about a row that has been refused; its own problem says why."""
