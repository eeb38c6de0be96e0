"""Questions to the register over time. Member on day d iff `joined ≤ d < left` (pure)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from casebuilder.register.dates import CoarseDate, Period
from casebuilder.register.records import BodyEvent, Decision, Membership, Register, Unit


@dataclass(frozen=True)
class Change:
    """A membership that began or ended: when it was decided (if the register says so), and its first day."""

    membership: Membership
    unit: Unit
    decision: Decision | None
    effective: CoarseDate


def period_of(membership: Membership) -> Period:
    """Return the days a membership covers; an empty start reaches as far back as we know."""
    first = membership.joined.first if membership.joined else None
    end = membership.left.first if membership.left else None
    return Period(first, end)


def is_member_on(membership: Membership, day: date) -> bool:
    """Tell whether the membership covers the day."""
    return day in period_of(membership)


def ended_with_unit(membership: Membership, unit: Unit) -> bool:
    """Tell whether a membership ended because its unit did: its first day outside follows the unit's last."""
    if membership.left is None or unit.valid_to is None:
        return False
    return (membership.left.first - unit.valid_to).days == 1


def members_on(
    register: Register, body_id: str, day: date, unit_type: str | None = None, role: str = "medlem"
) -> tuple[Membership, ...]:
    """Return the memberships of a body on a day, optionally of one type of unit, in the sheet's order."""
    return tuple(
        membership
        for membership in register.memberships_in(body_id)
        if membership.role == role
        and is_member_on(membership, day)
        and unit_type in (None, register.units[membership.unit_id].type)
    )


def left(
    register: Register,
    body_id: str,
    *,
    decided: int | None = None,
    effective: Period | None = None,
    role: str = "medlem",
) -> tuple[Change, ...]:
    """Return who left a body, by the year it was decided or by the period it takes effect in."""
    changes = (
        _change(register, membership, membership.leaving_id, membership.left)
        for membership in register.memberships_in(body_id)
        if membership.role == role
    )
    return _within(changes, decided, effective)


def joined(
    register: Register,
    body_id: str,
    *,
    decided: int | None = None,
    effective: Period | None = None,
    role: str = "medlem",
) -> tuple[Change, ...]:
    """Return who joined a body, by the year it was decided or by the period it takes effect in."""
    changes = (
        _change(register, membership, membership.joining_id, membership.joined)
        for membership in register.memberships_in(body_id)
        if membership.role == role
    )
    return _within(changes, decided, effective)


def _change(
    register: Register, membership: Membership, decision_id: str | None, when: CoarseDate | None
) -> Change | None:
    if when is None:
        return None
    decision = register.decisions.get(decision_id) if decision_id else None
    return Change(membership, register.units[membership.unit_id], decision, when)


def _within(
    changes: Iterable[Change | None], decided: int | None, effective: Period | None
) -> tuple[Change, ...]:
    return tuple(
        change
        for change in changes
        if change is not None
        and (decided is None or _year_decided(change) == decided)
        and (effective is None or change.effective.first in effective)
    )


def _year_decided(change: Change) -> int | None:
    return change.decision.decided.year if change.decision and change.decision.decided else None


def decisions_of(register: Register, body_id: str) -> tuple[Decision, ...]:
    """Return all decisions that concern a body, in the sheet's order."""
    return tuple(decision for decision in register.decisions.values() if decision.body_id == body_id)


def pending(register: Register, body_id: str) -> tuple[Decision, ...]:
    """Return the decisions that still wait to be made, earliest hearing first."""
    waiting = (decision for decision in decisions_of(register, body_id) if decision.is_pending)
    return tuple(sorted(waiting, key=lambda decision: (decision.hearing or date.max, decision.id)))


def events_of(register: Register, body_id: str, kind: str | None = None) -> tuple[BodyEvent, ...]:
    """Return a body's events, oldest first, optionally of one kind."""
    own = (event for event in register.events if event.body_id == body_id and kind in (None, event.kind))
    return tuple(sorted(own, key=lambda event: event.date.first))
