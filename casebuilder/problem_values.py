"""Problems as plain values and back, so that they can be kept in a file: texts and numbers, never code."""

from __future__ import annotations

from datetime import date

from casebuilder.problems import Message, Place, Problem, Severity, Spot

Value = None | bool | int | float | str | list["Value"]


class NotKept(Exception):
    """A message has a value of a kind that cannot be kept."""


def value_of(problem: Problem) -> Value:
    """Return a problem as plain values; raises NotKept."""
    place, spot = problem.place, problem.place.spot
    at: list[Value] = [place.file, place.sheet, place.cell, place.line, place.column, place.paragraph]
    on: list[Value] = [spot.part, spot.table, spot.row, spot.cell, spot.words]
    expected = None if problem.expected is None else _message(problem.expected)
    cases: Value = None if problem.cases is None else [*sorted(problem.cases)]
    where: list[Value] = [*at, place.heading, on, place.row]
    return [problem.rule, where, _message(problem.found), expected, problem.severity.value, cases]


def problem_of(value: Value) -> Problem:
    """Return the problem that `value_of` was given; raises ValueError if it was none."""
    match value:
        case [str(rule), [*at], found, expected, str(severity), cases]:
            held = frozenset(map(str, cases)) if isinstance(cases, list) else None
            told = None if expected is None else _message_of(expected)
            return Problem(rule, _place_of(at), _message_of(found), told, Severity(severity), held)
    raise ValueError(value)


def _place_of(value: list[Value]) -> Place:
    match value:
        case [str(file), str(sheet), str(cell), int(line), int(column), int(number), *rest]:
            match rest:
                case [str(heading), [*spot], str(row)]:
                    return Place(file, sheet, cell, line, column, number, heading, _spot_of(spot), row)
    raise ValueError(value)


def _spot_of(value: list[Value]) -> Spot:
    match value:
        case [str(part), int(table), int(row), int(cell), str(words)]:
            return Spot(part, table, row, cell, words)
    raise ValueError(value)


def _message(message: Message) -> list[Value]:
    return [message.id, [[name, _kept(value)] for name, value in message.values]]


def _message_of(value: Value) -> Message:
    match value:
        case [str(name), [*values]]:
            return Message(name, tuple(_named(each) for each in values))
    raise ValueError(value)


def _named(value: Value) -> tuple[str, object]:
    match value:
        case [str(name), ["message", message]]:
            return name, _message_of(message)
        case [str(name), ["date", str(day)]]:
            return name, date.fromisoformat(day)
        case [str(name), ["value", plain]] if not isinstance(plain, list):
            return name, plain
    raise ValueError(value)


def _kept(value: object) -> Value:
    match value:
        case Message():
            return ["message", _message(value)]
        case None | bool() | int() | float() | str() if type(value) in _PLAIN:
            return ["value", value]
        case date() if type(value) is date:
            return ["date", value.isoformat()]
        case _:
            raise NotKept


_PLAIN = (type(None), bool, int, float, str)
