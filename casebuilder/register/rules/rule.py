"""What a rule of the house is, and what it is held against.

A rule looks at everything that is known and finds what breaks it; its name, its gravity and its reason
stand in the table, once. Days are held against the standdato of the papers at work, never against the
clock: what no paper is to be made of, no rule speaks of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from casebuilder.problems import Message, Place, Problem, Severity, msg
from casebuilder.register.dates import CoarseDate, Precision
from casebuilder.register.records import Attachment, Case, Record, Register
from casebuilder.sheets import Tables
from casebuilder.sheets.columns import BY_NAME


@dataclass(frozen=True)
class Known:
    """The register with the rows it was made of, and the papers that are at work."""

    register: Register
    tables: Tables

    @cached_property
    def at_work(self) -> tuple[Case, ...]:
        """The cases that a paper is still to be made of and whose rows are sound."""
        return tuple(case for case in self.register.cases.values() if case.is_at_work and not case.row.faulty)

    @cached_property
    def latest(self) -> Case | None:
        """The case at work with the latest standdato: what has passed on that day, has passed."""
        return max(self.at_work, key=lambda case: case.as_of, default=None)

    @cached_property
    def attachments_at_work(self) -> tuple[Attachment, ...]:
        """The attachments of the cases at work."""
        ids = {case.id for case in self.at_work}
        return tuple(each for each in self.register.attachments if each.case_id in ids)


@dataclass(frozen=True)
class Finding:
    """One place where a rule is broken; `cases` as in Problem, None where the row's sheet decides."""

    place: Place
    found: Message
    expected: Message
    cases: frozenset[str] | None = None


@dataclass(frozen=True)
class Rule:
    """A rule: the name that a clerk writes in «avvik», its gravity, the reason it stands on, and its test."""

    name: str
    severity: Severity
    reason: Message
    find: Callable[[Known], Iterable[Finding]]

    def problems(self, known: Known) -> Iterator[Problem]:
        """Return what breaks the rule; only an error holds papers back."""
        for each in self.find(known):
            cases = each.cases if self.severity is Severity.ERROR else frozenset()
            yield Problem(self.name, each.place, each.found, each.expected, self.severity, cases)


def said(when: CoarseDate | date) -> str:
    """Return a date as the sheets show it, as coarse as it is known: 31.12.2026, 12.2026 or 2026."""
    if isinstance(when, date):
        return f"{when:%d.%m.%Y}"
    forms = {Precision.DAY: "%d.%m.%Y", Precision.MONTH: "%m.%Y", Precision.YEAR: "%Y"}
    return f"{when.day:{forms[when.precision]}}"


def without(records: Iterable[Record], field: str, expected: Message) -> Iterator[Finding]:
    """Find the records whose cell is empty; a column that the sheet does not have is told once."""
    told = set()
    for record in records:
        place = record.place(field)
        column = BY_NAME[record.row.sheet].column(field)
        if ":" not in place.cell:
            yield Finding(place, msg("«{column}» is empty.", column=column.header), expected)
        elif place.file not in told:
            told.add(place.file)
            found = msg("the sheet has no column «{column}».", column=column.header)
            yield Finding(Place(place.file, place.sheet), found, expected)
