"""The register as frozen records. Every record knows the row it was read from, and so every cell.

Names are the English ones of the glossary in ARCHITECTURE.md; None is an empty cell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TypeVar, cast

from casebuilder.problems import Place
from casebuilder.register.dates import CoarseDate
from casebuilder.sheets import Row

L = TypeVar("L")
R = TypeVar("R", bound="Record")

SENT = ("utsendt", "behandlet")
"""Statuses of cases whose papers are out; they are never generated anew."""

RESTING = ("utsatt", "trukket")
"""Statuses of cases that get no paper unless they are named."""


@dataclass(frozen=True)
class Record:
    """Anything read from one row."""

    row: Row = field(repr=False, compare=False)

    def place(self, column: str) -> Place:
        """Return the Place of the cell that holds the column with this field name."""
        return self.row.place(column)


@dataclass(frozen=True)
class Body(Record):
    """An inter-municipal body («organ»)."""

    id: str
    name: str
    short_name: str | None
    definition: str | None
    form: str
    website: str | None
    office: str | None
    leaving_rule: str  # «uttreden_regel»: måneder, helt kalenderår, ingen or ukjent
    notice: int | None  # months
    leaving_effect: str | None  # «uttreden_virkning»: årsskifte, dato or ukjent
    leaving_basis: str | None  # the paragraph of the body's own agreement
    source_id: str | None


@dataclass(frozen=True)
class BodyEvent(Record):
    """An event in a body's history («organhistorikk»)."""

    body_id: str
    kind: str
    date: CoarseDate
    new_form: str | None
    description: str | None
    source_id: str | None


@dataclass(frozen=True)
class Unit(Record):
    """A kommune, fylkeskommune or other unit that can be a member («enhet»)."""

    id: str
    type: str
    name: str
    own_full_name: str | None
    valid_from: date | None
    valid_to: date | None  # the last day

    @property
    def full_name(self) -> str:
        """The name as it stands in running text: «Horten kommune» (small k, Språkrådet)."""
        if self.own_full_name:
            return self.own_full_name
        return f"{self.name} {self.type}" if self.type in ("kommune", "fylkeskommune") else self.name


@dataclass(frozen=True)
class Decision(Record):
    """A decision by a unit or a body («vedtak»), made, pending or refused."""

    id: str
    type: str
    unit_id: str | None
    decided_by: str
    body_id: str
    status: str
    decided: CoarseDate | None
    hearing: date | None  # «behandles_dato»
    proposed_by: str | None
    proposal: str | None
    effective: date | None  # first day outside, or first day as member
    text: str | None
    source_ids: tuple[str, ...]

    @property
    def is_made(self) -> bool:
        """Tell whether the decision is made and stands."""
        return self.status == "vedtatt"

    @property
    def is_pending(self) -> bool:
        """Tell whether the decision still waits to be made."""
        return self.status in ("planlagt", "til behandling", "innstilt", "utsatt")


@dataclass(frozen=True)
class Membership(Record):
    """One period of one unit's membership in a body («medlem»).

    `left` is the first day outside, as far as it is settled; a pending decision settles nothing.
    """

    id: str | None
    body_id: str
    unit_id: str
    role: str
    joined: CoarseDate | None
    left: CoarseDate | None
    joining_id: str | None
    leaving_id: str | None
    group: str | None
    source_ids: tuple[str, ...]


@dataclass(frozen=True)
class Source(Record):
    """A published source that a paper can cite («kilde»)."""

    id: str
    type: str
    title: str
    author: str | None
    publisher: str | None
    published: CoarseDate | None
    url: str | None
    read: date | None
    pinpoint: str | None
    note: str | None


@dataclass(frozen=True)
class Meeting(Record):
    """A meeting of a committee of a body («møte»)."""

    id: str
    body_id: str
    committee: str
    number: str
    day: date
    place_name: str | None
    called: date | None
    form: str


@dataclass(frozen=True)
class Attachment(Record):
    """A file that goes with a case («vedlegg»)."""

    case_id: str
    number: int
    title: str
    file: str
    unprinted: bool
    access: str
    exemption: str | None
    redacted: str | None  # the file that all may see


@dataclass(frozen=True)
class Case(Record):
    """A case of a meeting («sak»), the unit of which a paper is made."""

    id: str
    meeting_id: str
    order: int
    number: int | None
    year: int
    type: str
    handling: str
    title: str
    officer: str
    manager: str | None
    archive_number: str | None
    journal_id: str | None
    classification: str | None
    access: str
    exemption: str | None
    proposal: tuple[str, ...]
    summary: str | None
    template: str
    text: str
    language: str
    as_of: date
    source_ids: tuple[str, ...]
    status: str

    @property
    def is_at_work(self) -> bool:
        """Tell whether a paper is still to be made of the case."""
        return self.status not in (*SENT, *RESTING)

    @property
    def label(self) -> str:
        """The case's number as it is written: «12/26», «–/26» for a draft without one."""
        return f"{self.number or '–'}/{self.year % 100:02d}"


@dataclass(frozen=True)
class Register:
    """Everything the sheets say, by id where a record has one; the order is the sheets' order."""

    bodies: Mapping[str, Body]
    events: tuple[BodyEvent, ...]
    units: Mapping[str, Unit]
    memberships: tuple[Membership, ...]
    decisions: Mapping[str, Decision]
    sources: Mapping[str, Source]
    meetings: Mapping[str, Meeting]
    cases: Mapping[str, Case]
    attachments: tuple[Attachment, ...]
    faulty: Mapping[str, frozenset[str]] = field(default_factory=dict)  # sheet → ids of refused rows
    incomplete: frozenset[str] = frozenset()  # sheets that may have had more ids than could be read
    is_partial: bool = False  # something that figures stand on was refused, and is told as a problem

    def attachments_of(self, case_id: str) -> tuple[Attachment, ...]:
        """Return a case's attachments in the order of their numbers."""
        own = self._attachments_by_case.get(case_id, ())
        return tuple(sorted(own, key=lambda attachment: attachment.number))

    def memberships_in(self, body_id: str) -> Sequence[Membership]:
        """Return the memberships of a body, past ones too, in the sheet's order."""
        return self._memberships_by_body.get(body_id, ())

    def once(self, look: Callable[[Register], L]) -> L:
        """Return what a look at the register gives, which never changes."""
        if look not in self._looked:
            self._looked[look] = look(self)
        return cast("L", self._looked[look])

    @cached_property
    def _looked(self) -> dict[Callable[[Register], object], object]:
        return {}

    @cached_property
    def _attachments_by_case(self) -> Mapping[str, Sequence[Attachment]]:
        return _grouped(self.attachments, lambda each: each.case_id)

    @cached_property
    def _memberships_by_body(self) -> Mapping[str, Sequence[Membership]]:
        return _grouped(self.memberships, lambda each: each.body_id)

    def cases_of(self, meeting_id: str) -> tuple[Case, ...]:
        """Return a meeting's cases in the order of its agenda."""
        own = (case for case in self.cases.values() if case.meeting_id == meeting_id)
        return tuple(sorted(own, key=lambda case: case.order))


def _grouped(records: Iterable[R], key: Callable[[R], str]) -> Mapping[str, Sequence[R]]:
    groups: dict[str, list[R]] = {}
    for record in records:
        groups.setdefault(key(record), []).append(record)
    return groups
