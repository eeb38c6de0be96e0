"""Meetings and their agendas: numbers in a row, notices and standdato before the meeting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from casebuilder.problems import msg
from casebuilder.register.records import Case
from casebuilder.register.rules.rule import Finding, Known, said


def number_gaps(known: Known) -> Iterator[Finding]:
    """Find the numbers left out between two cases of a committee's year, at the later of them."""
    series: defaultdict[tuple[str, str, int], list[tuple[int, Case]]] = defaultdict(list)
    for case in known.register.cases.values():
        if case.number:
            meeting = known.register.meetings[case.meeting_id]
            series[meeting.body_id, meeting.committee.casefold(), case.year].append((case.number, case))
    refused = _refused_numbers(known)
    for cases in series.values():
        ordered = sorted(cases, key=lambda each: each[0])
        for (before, _earlier), (number, case) in pairwise(ordered):
            is_gap = number - before > 1 and case.is_at_work
            if is_gap and not any(each is None or before < each < number for each in refused):
                yield _gap(case, before, number)


def _refused_numbers(known: Known) -> list[int | None]:
    """Return the numbers of the rows that are no cases, or whose number could not be read (None)."""
    rows = known.tables["saker"]
    numbers = [
        row.values["løpenr"]
        for row in (*rows, *known.tables.repeated.get("saker", ()))
        if row.values["sak_id"] not in known.register.cases or (row.faulty and row.values["løpenr"] is None)
    ]
    return [number if isinstance(number, int) else None for number in numbers]


def _gap(case: Case, before: int, number: int) -> Finding:
    found = msg("the number is {number}, and the one before it is {before}.", number=number, before=before)
    expected = msg("Expected {next}, unless cases between them are missing from the sheet.", next=before + 1)
    return Finding(case.place("løpenr"), found, expected)


def order_against_numbers(known: Known) -> Iterator[Finding]:
    """Find the cases at work that stand after a case with a higher number on the agenda."""
    agendas: defaultdict[str, list[tuple[int, int, Case]]] = defaultdict(list)
    for case in known.register.cases.values():
        if case.number and not case.row.faulty:
            agendas[case.meeting_id].append((case.order, case.number, case))
    for agenda in agendas.values():
        ordered = sorted(agenda, key=lambda each: each[0])
        for (_order, before, _earlier), (order, number, case) in pairwise(ordered):
            if number < before and case.is_at_work:
                found = msg(
                    "case {number} is number {order} on the agenda, after case {before}.",
                    number=number,
                    order=order,
                    before=before,
                )
                expected = msg("Let the order on the agenda follow the case numbers.")
                yield Finding(case.place("rekkefølge"), found, expected)


def called_after_meeting(known: Known) -> Iterator[Finding]:
    """Find the meetings that were called after they were held."""
    for meeting in known.register.meetings.values():
        if meeting.called and meeting.called > meeting.day and not meeting.row.faulty:
            found = msg(
                "the notice is of {called}, after the meeting on {day}.",
                called=said(meeting.called),
                day=said(meeting.day),
            )
            expected = msg("Correct one of the dates: the notice goes out before the meeting.")
            yield Finding(meeting.place("innkalt_dato"), found, expected)


def as_of_after_meeting(known: Known) -> Iterator[Finding]:
    """Find the cases at work whose standdato, as it was typed, lies after their meeting."""
    for case in known.at_work:
        meeting = known.register.meetings[case.meeting_id]
        if case.row.values["standdato"] and case.as_of > meeting.day:
            found = msg(
                "the date is {as_of}, after the meeting on {day}.",
                as_of=said(case.as_of),
                day=said(meeting.day),
            )
            expected = msg("Expected the day of the meeting, or a day before it.")
            yield Finding(case.place("standdato"), found, expected)
