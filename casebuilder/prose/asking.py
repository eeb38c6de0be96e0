"""An expression of a text → its answer: Norwegian names bound to the vocabulary, faults told as problems."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from casebuilder import wording
from casebuilder.frame import GROUPS, frame_values
from casebuilder.paper import Datum, FrameValue, Mention, Table
from casebuilder.problems import Message, Place, Problem, msg
from casebuilder.prose.expressions import Expression
from casebuilder.prose.values import AlreadyReported, Names, NothingThere, Refusal, When, Word
from casebuilder.prose.vocabulary import Vocabulary
from casebuilder.register.dates import CoarseDate
from casebuilder.register.records import Case, Register
from casebuilder.sandbox import (
    BadSyntax,
    ExpressionError,
    NotAFunction,
    NotComparable,
    UnknownName,
    evaluate,
)
from casebuilder.suggest import did_you_mean

FUNCTIONS: Mapping[str, Callable[..., object]] = {
    "organ": Vocabulary.mention,
    "organ_navn": Vocabulary.body_name,
    "organ_kortnavn": Vocabulary.body_short_name,
    "enhet": Vocabulary.unit_name,
    "dato": Vocabulary.a_date,
    "hendelse": Vocabulary.event,
    "antall": Vocabulary.count,
    "medlemstall": Vocabulary.counted,
    "medlemmer": Vocabulary.members,
    "utmeldte": Vocabulary.leavers,
    "innmeldte": Vocabulary.joiners,
    "utmeldinger": Vocabulary.leaving,
    "ventende": Vocabulary.pending,
    "vedtak": Vocabulary.decision,
    "medlemstabell": Vocabulary.member_table,
    "utmeldingstabell": Vocabulary.leaver_table,
    "vedtakstabell": Vocabulary.decision_table,
}

PARAMETERS = {
    "organ": "body",
    "type": "unit_type",
    "dato": "on",
    "kort": "short",
    "vedtatt": "decided",
    "virkning": "effective",
    "hendelse": "kind",
    "id": "name",
}
"""What a clerk writes → the parameter's name in code."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an expression gives: words, a body to be named, or a table; the cells behind it, the day asked of.

    Each cell of a table knows its own.
    """

    value: str | Mention | Table
    cells: tuple[Place, ...] = ()
    as_of: date | None = None


def answer(
    expression: Expression, register: Register, case: Case
) -> tuple[Answer | None, tuple[Problem, ...]]:
    """Evaluate an expression for a case; a fault in it is a problem at its place."""
    vocabulary = Vocabulary(register, case)
    try:
        value = evaluate(expression.source, _names(vocabulary), FILTERS)
        given = _printable(value, expression, vocabulary)
    except AlreadyReported:
        return None, ()
    except (Refusal, ExpressionError) as fault:
        if isinstance(fault, NothingThere) and register.is_partial:
            return None, ()
        found, expected = _told(fault, expression)
        return None, (Problem("expression", expression.place, found, expected),)
    cells = tuple(dict.fromkeys(vocabulary.cells))
    return Answer(given, cells, vocabulary.day), tuple(vocabulary.problems)


def _names(vocabulary: Vocabulary) -> dict[str, object]:
    frame = frame_values(vocabulary.register, vocabulary.case)
    functions = {name: _bound(name, function, vocabulary) for name, function in FUNCTIONS.items()}
    as_of = When(CoarseDate(vocabulary.case.as_of), vocabulary.case.language)
    groups = {name: _worded(frame[name]) for name in GROUPS if name != "organ"}
    return {**groups, **functions, "standdato": as_of, "ja": True, "nei": False}


def _worded(value: FrameValue) -> object:
    """Return a frame's value with every Datum as the text that it is, so that it can be compared."""
    if isinstance(value, Mapping):
        return {name: _worded(part) for name, part in value.items()}
    return Word(value.text, value.sources) if isinstance(value, Datum) else value


SIGNATURES = {name: inspect.signature(function) for name, function in FUNCTIONS.items()}


def _bound(name: str, function: Callable[..., object], vocabulary: Vocabulary) -> Callable[..., object]:
    """Return the function with Norwegian parameter names, refusing arguments that do not fit."""
    signature = SIGNATURES[name]

    def call(*arguments: object, **named: object) -> object:
        allowed = {norwegian: code for norwegian, code in PARAMETERS.items() if code in signature.parameters}
        for given in named:
            if given not in allowed:
                found = msg("«{name}» does not take «{argument}».", name=name, argument=given)
                known = msg("It takes: {values}.", values=", ".join(allowed))
                raise Refusal(found, did_you_mean(given, allowed, known))
        for value in (*arguments, *named.values()):
            _check_given(name, value)
        try:
            bound = signature.bind(vocabulary, *arguments, **{allowed[key]: named[key] for key in named})
        except TypeError:
            found = msg("«{name}» is not given what it needs.", name=name)
            raise Refusal(found, msg("It takes: {values}.", values=", ".join(allowed))) from None
        return function(*bound.args, **bound.kwargs)

    return call


def _check_given(name: str, value: object) -> None:
    if value is None:
        found = msg("«{name}» is given an empty cell.", name=name)
        raise Refusal(found, msg("Fill in the cell it asks for, or remove the expression."))
    if not isinstance(value, str | int | When):
        found = msg("«{name}» cannot use what it is given.", name=name)
        raise Refusal(found, msg("Give it a text in quotation marks, a number or a date."))


def _when(value: object) -> str | None:
    if value is None:
        return None
    if not isinstance(value, When):
        raise Refusal(msg("«{name}» needs a date before it.", name="når"))
    return wording.at(value.date, value.language)


def _year(value: object) -> str | None:
    if value is None:
        return None
    if not isinstance(value, When):
        raise Refusal(msg("«{name}» needs a date before it.", name="år"))
    return str(value.date.year)


def _alphabetical(value: object) -> Names:
    if not isinstance(value, Names):
        raise Refusal(msg("«{name}» needs a list of names before it.", name="alfabetisk"))
    return replace(value, names=tuple(wording.sorted_names(value.names)))


def _capital(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, Word):
        return Word(wording.capital(value), value.sources)
    if not isinstance(value, str | Names | When):
        raise Refusal(
            msg("«{name}» needs words before it.", name="stor"), msg("Use organ_navn or organ_kortnavn.")
        )
    return wording.capital(str(value))


FILTERS: Mapping[str, Callable[[object], object]] = {
    "når": _when,
    "år": _year,
    "alfabetisk": _alphabetical,
    "stor": _capital,
}


def _printable(value: object, expression: Expression, vocabulary: Vocabulary) -> str | Mention | Table:
    if isinstance(value, Mention):
        return replace(value, origin=expression.source)
    if isinstance(value, Table):
        return value
    if isinstance(value, Word):
        vocabulary.cells.extend(value.sources)
    if value is None or (isinstance(value, Names) and not value.names):
        found = msg("«{source}» gives nothing to print.", source=expression.source)
        raise NothingThere(found, msg("Fill in the cell it asks for, or remove the expression."))
    if isinstance(value, str | int | Names | When) and not isinstance(value, bool):
        return str(value)
    found = msg("«{source}» is not something that can be printed.", source=expression.source)
    raise Refusal(found, _printable_instead(value))


def _printable_instead(value: object) -> Message:
    if isinstance(value, Mapping):
        return msg("Ask for one of its parts: {values}.", values=", ".join(f".{part}" for part in value))
    if callable(value):
        return msg("Write a name or a function with its arguments in quotation marks.")
    return msg("Expected words, a number or a date.")


def _told(fault: Refusal | ExpressionError, expression: Expression) -> tuple[Message, Message | None]:
    if isinstance(fault, Refusal):
        return fault.found, fault.expected
    source = expression.source
    match fault:
        case UnknownName(name=name, known=known):
            found = msg("«{name}» in «{source}» is unknown.", name=name, source=source)
            told = msg("Known: {values}.", values=", ".join(known))
            return found, did_you_mean(name, known, told) if known else None
        case NotAFunction(name=name):
            found = msg("«{name}» in «{source}» is not a function.", name=name, source=source)
            return found, msg("Leave out the parentheses.")
        case NotComparable():
            return msg("«{source}» compares what cannot be compared.", source=source), None
        case BadSyntax():
            found = msg("«{source}» cannot be understood.", source=source)
            return found, msg("Write a name or a function with its arguments in quotation marks.")
        case _:
            raise fault
