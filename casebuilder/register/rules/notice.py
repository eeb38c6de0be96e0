"""Was notice given in time? Each body's own agreement says how (kommuneloven § 18-4 fourth paragraph g).

The law sets no period for leaving an interkommunalt politisk råd; the columns «uttreden …» of the sheet
organer hold what the agreement says. Dates may be coarse, so that every step works on the first and last
day that can be meant.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, date

from casebuilder.problems import Message, Place, msg
from casebuilder.register.dates import CoarseDate
from casebuilder.register.records import Body, Membership, Unit
from casebuilder.register.rules.rule import Finding, Known, said


@dataclass(frozen=True)
class Leaving:
    """A membership that ends, with the notice that was given and the days the body's rule allows.

    `earliest` and `surest` are the first days outside that the rule allows if notice was given on the
    first, or the last, day that can be meant.
    """

    body: Body
    unit: Unit
    notice: CoarseDate
    effective: CoarseDate
    place: Place

    @property
    def earliest(self) -> date:
        """The first day outside, if notice was given as early as can be."""
        return first_day_outside(self.notice.first, self.body)

    @property
    def surest(self) -> date:
        """The first day outside, if notice was given as late as can be."""
        return first_day_outside(self.notice.last, self.body)

    @property
    def found(self) -> Message:
        """When notice was given, and when it takes effect."""
        return msg(
            "{name} gave notice {notice} and leaves {effective}.",
            name=self.unit.full_name,
            notice=said(self.notice),
            effective=said(self.effective),
        )


def short_notice(known: Known) -> Iterator[Finding]:
    """Find who leaves earlier than the body's agreement allows, whichever days are meant."""
    for leaving in _leavings(known):
        if leaving.effective.last < leaving.earliest:
            expected = msg(
                "By {basis}, the earliest day is {day}.",
                basis=leaving.body.leaving_basis,
                day=said(leaving.earliest),
            )
            yield Finding(leaving.place, leaving.found, expected)


def unsure_notice(known: Known) -> Iterator[Finding]:
    """Find who leaves on a day that the agreement allows or not, by which day is meant."""
    for leaving in _leavings(known):
        if leaving.earliest <= leaving.effective.last and leaving.effective.first < leaving.surest:
            expected = msg(
                "By {basis}, the earliest day is between {first} and {last}: it cannot be decided. "
                "Enter the exact day of the notice in «Utmelding varslet».",
                basis=leaving.body.leaving_basis,
                first=said(leaving.earliest),
                last=said(leaving.surest),
            )
            yield Finding(leaving.place, leaving.found, expected)


def long_notice(known: Known) -> Iterator[Finding]:
    """Find who leaves later than the agreement asks for, while they are still members."""
    for leaving in _leavings(known):
        is_member = known.latest is not None and known.latest.as_of < leaving.effective.first
        if is_member and leaving.effective.first > leaving.surest:
            expected = msg(
                "By {basis}, it could have been {day}.",
                basis=leaving.body.leaving_basis,
                day=said(leaving.surest),
            )
            yield Finding(leaving.place, leaving.found, expected)


def first_day_outside(notice: date, body: Body) -> date:
    """Return the first day outside that a body's rule allows for a notice given on a day."""
    if body.leaving_rule == "helt kalenderår":
        return date(min(notice.year + 2, MAXYEAR), 1, 1)
    day = _months_later(notice, body.notice or 0)
    if body.leaving_effect != "årsskifte" or (day.month, day.day) == (1, 1) or day.year == MAXYEAR:
        return day
    return date(day.year + 1, 1, 1)


def _months_later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year = min(day.year + years, MAXYEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _leavings(known: Known) -> Iterator[Leaving]:
    """Return the memberships that end by notice, in bodies whose rule is known."""
    for membership in known.register.memberships:
        body = known.register.bodies.get(membership.body_id)
        if membership.left and body and body.leaving_rule in ("måneder", "helt kalenderår"):
            notice = _notice(known, membership)
            if notice and not _is_backwards(known, membership):
                unit = known.register.units[membership.unit_id]
                place = _place(known, membership)
                yield Leaving(body, unit, notice, membership.left, place)


def _notice(known: Known, membership: Membership) -> CoarseDate | None:
    """Return the day of the written notice, or else of the decision."""
    given = membership.row.values["utmelding_varslet"]
    if isinstance(given, date):
        return CoarseDate(given)
    decision = known.register.decisions.get(membership.leaving_id or "")
    return decision.decided if decision else None


def _is_backwards(known: Known, membership: Membership) -> bool:
    """Tell whether the decision takes effect before it was made, which is told as such."""
    decision = known.register.decisions.get(membership.leaving_id or "")
    if not decision or not decision.effective or not decision.decided:
        return False
    return decision.effective < decision.decided.first


def _place(known: Known, membership: Membership) -> Place:
    """Return the cell that says on which day the membership ends."""
    decision = known.register.decisions.get(membership.leaving_id or "")
    if membership.row.values["utmelding_virkning"] is None and decision:
        return decision.place("virkningsdato")
    return membership.place("utmelding_virkning")
