"""Memberships: when they began, by which decision they ended, and on which day."""

from __future__ import annotations

from collections.abc import Iterator

from casebuilder.problems import msg
from casebuilder.register.dates import CoarseDate, Precision
from casebuilder.register.questions import ended_with_unit
from casebuilder.register.records import Decision, Membership
from casebuilder.register.rules.rule import Finding, Known, said, without


def without_start(known: Known) -> Iterator[Finding]:
    """Find the memberships that do not say when they began."""
    open_ = (each for each in known.register.memberships if each.joined is None)
    expected = msg(
        "Enter the first day; if it is not known exactly, choose a precision. Empty means: always."
    )
    yield from without(open_, "medlem_fra", expected)


def left_without_decision(known: Known) -> Iterator[Finding]:
    """Find the memberships that end by a typed date only, unless the unit itself ceased to be."""
    for membership in known.register.memberships:
        unit = known.register.units[membership.unit_id]
        if membership.left and membership.leaving_id is None and not ended_with_unit(membership, unit):
            found = msg(
                "{name} leaves {day}, but no decision is given.",
                name=unit.full_name,
                day=said(membership.left),
            )
            expected = msg("Enter the decision in the sheet vedtak, and its id here.")
            yield Finding(membership.place("utmelding_vedtak_id"), found, expected)


def left_and_still_counted(known: Known) -> Iterator[Finding]:
    """Find the memberships that go on though the unit has decided to leave: no row names the decision."""
    open_ = {(each.unit_id, each.body_id): each for each in known.register.memberships if each.left is None}
    named = {each.leaving_id for each in known.register.memberships}
    for decision in known.register.decisions.values():
        membership = open_.get((decision.unit_id or "", decision.body_id))
        leaves = decision.type == "utmelding" and decision.is_made and decision.id not in named
        if leaves and membership:
            found = msg(
                "{name} has decided to leave («{decision}»), but is counted as a member without an end.",
                name=known.register.units[membership.unit_id].full_name,
                decision=decision.id,
            )
            expected = msg("Enter «{decision}» here.", decision=decision.id)
            yield Finding(membership.place("utmelding_vedtak_id"), found, expected)


def leaving_dates_that_differ(known: Known) -> Iterator[Finding]:
    """Find the memberships whose typed last date is another than their decision's."""
    for membership in known.register.memberships:
        decision = known.register.decisions.get(membership.leaving_id or "")
        typed = _typed(membership)
        if typed is None or decision is None or decision.effective is None:
            continue
        if not typed.first <= decision.effective <= typed.last:
            found = msg(
                "the date is {typed}, but the decision «{decision}» takes effect {effective} ({cell}).",
                typed=said(typed),
                decision=decision.id,
                effective=said(decision.effective),
                cell=decision.place("virkningsdato").cell,
            )
            expected = msg("Leave the cell empty, or correct one of the dates.")
            yield Finding(membership.place("utmelding_virkning"), found, expected)


def _typed(membership: Membership) -> CoarseDate | None:
    values = membership.row.values
    day, precision = values["utmelding_virkning"], values["utmelding_virkning_presisjon"]
    return CoarseDate(day, Precision(precision or "dag")) if day else None  # type: ignore[arg-type]


def decisions_of_others(known: Known) -> Iterator[Finding]:
    """Find the memberships that refer to a decision of another unit, on another body or of another kind."""
    wrong = {"innmelding_vedtak_id": "utmelding", "utmelding_vedtak_id": "innmelding"}
    for membership in known.register.memberships:
        for field, other_kind in wrong.items():
            decision = known.register.decisions.get(str(membership.row.values[field]))
            if decision and (decision.type == other_kind or not _concerns(decision, membership)):
                found = msg(
                    "the decision «{decision}» ({type}) is one of {unit} on {body}.",
                    decision=decision.id,
                    type=decision.type,
                    unit=decision.unit_id or decision.decided_by,
                    body=decision.body_id,
                )
                expected = msg(
                    "Expected a decision of {unit} on {body}.",
                    unit=membership.unit_id,
                    body=membership.body_id,
                )
                yield Finding(membership.place(field), found, expected)


def _concerns(decision: Decision, membership: Membership) -> bool:
    return decision.unit_id in (None, membership.unit_id) and decision.body_id == membership.body_id
