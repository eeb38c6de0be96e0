"""What must be unique within something larger: case numbers in a committee's year, attachments in a case.

The columns' own keys are seen to by the sheets; these need more than one column, or another sheet.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

from casebuilder.problems import Problem, msg
from casebuilder.register.records import Attachment, Case, Record, Register

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
    )


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
