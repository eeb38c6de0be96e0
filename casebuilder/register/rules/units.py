"""Units in time: whether a kommune or fylkeskommune was there on the day that is spoken of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from casebuilder.problems import Place, msg
from casebuilder.register.dates import CoarseDate
from casebuilder.register.records import Membership, Unit
from casebuilder.register.rules.rule import Finding, Known, said

_DIGITS = {"kommune": 4, "fylkeskommune": 2}
"""Type of unit → the number of digits of its id, as Statistics Norway numbers them."""


def wrong_numbers(known: Known) -> Iterator[Finding]:
    """Find the ids that are no number of a kommune or fylkeskommune, or of one in another fylke."""
    for unit in known.register.units.values():
        digits = _DIGITS.get(unit.type)
        if digits and not re.fullmatch(rf"[0-9]{{{digits}}}", unit.id):
            found = msg("«{unit}» is not the number of a {type}.", unit=unit.id, type=unit.type)
            expected = msg("Expected {digits} digits.", digits=digits)
            yield Finding(unit.place("enhet_id"), found, expected)
        elif digits == 4 and unit.row.values["fylkesnummer"] not in (None, unit.id[:2]):
            found = msg(
                "«{unit}» is not in the fylke {number}.", unit=unit.id, number=unit.row.values["fylkesnummer"]
            )
            expected = msg("A kommunenummer starts with the number of its fylke.")
            yield Finding(unit.place("enhet_id"), found, expected)


def not_there_on_the_day(known: Known) -> Iterator[Finding]:
    """Find memberships, decisions and offices of units that were not there on the day."""
    for membership in known.register.memberships:
        yield from _of_membership(known, membership)
    for decision in known.register.decisions.values():
        unit = known.register.units.get(decision.unit_id or "")
        if unit and decision.decided and not _is_there(unit, decision.decided):
            yield _not_there(unit, decision.decided, decision.place("vedtaksdato"))
    for body in known.register.bodies.values():
        unit = known.register.units.get(body.office or "")
        if unit and known.latest and not _is_there(unit, CoarseDate(known.latest.as_of)):
            yield _not_there(unit, known.latest.as_of, body.place("kontorkommune"))


def _of_membership(known: Known, membership: Membership) -> Iterator[Finding]:
    """Find the first day on which a membership speaks of a unit that is not there."""
    unit = known.register.units[membership.unit_id]
    if membership.joined and not _is_there(unit, membership.joined):
        yield _not_there(unit, membership.joined, membership.place("medlem_fra"))
    elif unit.valid_to is None:
        return
    elif membership.left is None:
        refused = membership.leaving_id is not None and membership.leaving_id not in known.register.decisions
        if not refused and known.latest and unit.valid_to < known.latest.as_of:
            yield _not_there(unit, known.latest.as_of, membership.place("enhet_id"))
    elif (membership.left.first - unit.valid_to).days > 1:
        decision = known.register.decisions.get(membership.leaving_id or "")
        typed = membership.row.values["utmelding_virkning"] or decision is None
        place = membership.place("utmelding_virkning") if typed else decision.place("virkningsdato")  # type: ignore[union-attr]
        yield _not_there(unit, membership.left, place)


def _is_there(unit: Unit, when: CoarseDate) -> bool:
    """Tell whether a unit was there on some day that can be meant."""
    begun = unit.valid_from is None or unit.valid_from <= when.last
    return begun and (unit.valid_to is None or when.first <= unit.valid_to)


def _not_there(unit: Unit, when: CoarseDate | date, place: Place) -> Finding:
    found = msg("{name} was not there {day}.", name=unit.full_name, day=said(when))
    if unit.valid_to and (when if isinstance(when, date) else when.first) > unit.valid_to:
        expected = msg(
            "Its last day was {day} ({cell}). Enter the day after as the first day without membership, or "
            "choose the unit that followed.",
            day=said(unit.valid_to),
            cell=unit.place("gyldig_til").cell,
        )
    else:
        expected = msg(
            "Its first day was {day} ({cell}).",
            day=said(unit.valid_from or date.min),
            cell=unit.place("gyldig_fra").cell,
        )
    return Finding(place, found, expected)


def names_that_differ(known: Known) -> Iterator[Finding]:
    """Find the rows whose shown name is not the name of the unit with the number beside it."""
    for membership in known.register.memberships:
        shown = membership.row.values["enhet_navn"]
        unit = known.register.units[membership.unit_id]
        if shown and str(shown).casefold() not in (unit.name.casefold(), unit.full_name.casefold()):
            found = msg(
                "«{unit}» is {name}, but «{shown}» stands here.",
                unit=unit.id,
                name=unit.full_name,
                shown=shown,
            )
            yield Finding(membership.place("enhet_navn"), found, msg("Correct the number or the name."))
