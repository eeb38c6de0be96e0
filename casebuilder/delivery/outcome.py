"""What became of a case's paper."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from casebuilder.merge.model import Change, Standing
from casebuilder.provenance import Provenance
from casebuilder.provenance_file import Packed
from casebuilder.register.records import Case


class Status(Enum):
    """What became of a case's paper."""

    NEW = "new"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"
    EDITED = "edited"  # changed by hand, and nothing is new: left alone
    MERGED = "merged"  # changed by hand: the news stands in it as tracked changes
    NOT_MERGED = "not-merged"  # changed by hand, and the news could not be put in: left alone
    BASE_LOST = "base-lost"  # no pristine copy to compare with: left alone
    SENT = "sent"  # utsendt or behandlet: never generated anew
    HELD_BACK = "held-back"  # errors
    REFUSED = "refused"  # could not be written


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one case, where its paper lies, and the news that it got or would get."""

    case: Case
    status: Status
    path: str = ""
    news: tuple[Change, ...] = ()
    cells: Packed = field(default_factory=Packed)  # its provenance
    redline: bytes | None = field(default=None, repr=False)  # from the pristine copy to what is new

    @property
    def provenance(self) -> Provenance:
        """Which cells the words of the paper stand on; of a paper that was not made, none."""
        return self.cells.whole

    @property
    def done(self) -> int:
        """How many pieces of news stand in the paper as tracked changes."""
        return sum(change.standing is Standing.DONE for change in self.news)

    @property
    def conflicts(self) -> int:
        """How many pieces of news met a change of hers, told in a comment."""
        return sum(change.standing is Standing.CONFLICT for change in self.news)

    @property
    def gone(self) -> int:
        """How many pieces of news concern what she has deleted."""
        return sum(change.standing is Standing.GONE for change in self.news)
