"""Decisions in time: made before they take effect, known on the standdato, not waiting for a day gone by."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from casebuilder.problems import msg
from casebuilder.register.rules.rule import Finding, Known, said


def effective_before_decided(known: Known) -> Iterator[Finding]:
    """Find the decisions that take effect before the first day on which they can have been made."""
    for decision in known.register.decisions.values():
        if decision.effective and decision.decided and decision.effective < decision.decided.first:
            found = msg(
                "the decision takes effect {effective}, before it was made ({decided}).",
                effective=said(decision.effective),
                decided=said(decision.decided),
            )
            expected = msg("Correct one of the dates.")
            yield Finding(decision.place("virkningsdato"), found, expected)


def decided_after_as_of(known: Known) -> Iterator[Finding]:
    """Find the decisions made after the standdato of papers at work; only those papers are held back.

    A coarse date is held by its first day: «in 2026» can be before any day of 2026 but the first.
    """
    cases = sorted(known.at_work, key=lambda case: case.as_of)
    days = [case.as_of for case in cases]
    held: dict[int, frozenset[str]] = {}  # so that decisions of one day share one set
    for decision in known.register.decisions.values():
        decided = decision.decided
        if decided is None or decision.status not in ("vedtatt", "avslått"):
            continue
        number = bisect_left(days, decided.first)  # of cases with an earlier standdato
        if number:
            if number not in held:
                held[number] = frozenset(case.id for case in cases[:number])
            found = msg(
                "the decision is «{status}» {decided}, but {case} tells what is known on {as_of}.",
                status=decision.status,
                decided=said(decided),
                case=cases[0].id,
                as_of=said(days[0]),
            )
            expected = msg("Correct the date, or let «Opplysninger per» of the case be a later day.")
            yield Finding(decision.place("vedtaksdato"), found, expected, held[number])


def stale_hearings(known: Known) -> Iterator[Finding]:
    """Find the decisions that still wait though the day of their hearing has passed."""
    if known.latest is None:
        return
    as_of = known.latest.as_of
    for decision in known.register.decisions.values():
        if decision.is_pending and decision.hearing and decision.hearing < as_of:
            found = msg(
                "«{decision}» was to be decided {day}, before {as_of}, but is still «{status}».",
                decision=decision.id,
                day=said(decision.hearing),
                as_of=said(as_of),
                status=decision.status,
            )
            yield Finding(decision.place("behandles_dato"), found, msg("Enter what was decided."))
