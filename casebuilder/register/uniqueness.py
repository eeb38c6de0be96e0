"""What must be unique within something larger: case numbers in a committee's year, attachments in a case.

The columns' own keys are seen to by the sheets; these need more than one column, or another sheet.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

from casebuilder.problems import Problem, msg
from casebuilder.register.questions import period_of
from casebuilder.register.records import Attachment, Case, Membership, Record, Register

R = TypeVar("R", bound=Record)


def repeated(register: Register) -> tuple[Problem, ...]:
    """Return a problem for each number, title or file that a sheet's rows must not share."""
    cases, attachments = register.cases.values(), register.attachments

    def number(case: Case) -> Hashable:
        meeting = register.meetings[case.meeting_id]
        return case.number and (meeting.body_id, meeting.committee.casefold(), case.year, case.number)

    def in_case(said: Callable[[Attachment], Hashable]) -> Callable[[Attachment], Hashable]:
        return lambda attachment: (attachment.case_id, said(attachment))

    return (
        *_twice(cases, number, "løpenr"),
        *_twice(attachments, in_case(lambda each: each.number), "nr"),
        *_twice(attachments, in_case(lambda each: each.title.casefold()), "tittel"),
        *_twice(attachments, in_case(lambda each: each.file.casefold()), "fil"),
        *_members_twice(register),
    )


def _members_twice(register: Register) -> Iterable[Problem]:
    """Return a problem for each unit that is a member of a body twice on the same day."""
    earlier: dict[Hashable, list[Membership]] = {}
    for membership in register.memberships:
        others = earlier.setdefault((membership.body_id, membership.unit_id, membership.role), [])
        for other in others:
            if period_of(membership).overlaps(period_of(other)):
                name, cell = register.units[membership.unit_id].full_name, other.place("enhet_id").cell
                found = msg("{name} is a member at the same time in {cell}.", name=name, cell=cell)
                expected = msg("Delete one of the rows, or correct the dates.")
                yield Problem("member-twice", membership.place("enhet_id"), found, expected)
                break
        others.append(membership)


def _twice(records: Iterable[R], key: Callable[[R], Hashable], field: str) -> Iterable[Problem]:
    first: dict[Hashable, R] = {}
    for record in records:
        name = key(record)
        if name is None:
            continue
        if name in first:
            other = first[name].place(field).cell
            value = record.row.values[field]
            found = msg("«{value}» is also in {cell}.", value=value, cell=other)
            expected = msg("Give one of them another value.")
            yield Problem("not-unique", record.place(field), found, expected)
        first.setdefault(name, record)
