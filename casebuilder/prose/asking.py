"""An expression of a text → its answer: Norwegian names bound to the vocabulary, faults told as problems."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from casebuilder import wording
from casebuilder.blockwalk import mapped_inlines
from casebuilder.frame import GROUPS, frame_values
from casebuilder.paper import Datum, FrameValue, Inline, Mention, Table, Text
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
    asks_for,
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


Filled = tuple[Inline, ...] | Table
"""What stands in an expression's place."""

_MOST = 4096
"""Answers that are kept of a register at once."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an expression gives: words, a body to be named, or a table; the cells behind it, the day asked of.

    Each cell of a table knows its own.
    """

    value: str | Mention | Table
    cells: tuple[Place, ...] = ()
    as_of: date | None = None


def _filled(answer: Answer, origin: str) -> Filled:
    """Return an answer as what stands in its place, every word of it knowing its cells."""
    value, as_of = answer.value, answer.as_of
    if isinstance(value, str):
        return (Text(value, sources=answer.cells, origin=origin, as_of=as_of),) if value else ()
    if not isinstance(value, Table):
        return (value,)

    def known(inline: Inline) -> tuple[Inline, ...]:
        return (replace(inline, origin=origin, as_of=as_of) if isinstance(inline, Text) else inline,)

    (made,) = mapped_inlines([value], known)
    return made if isinstance(made, Table) else value


Given = Answer | Refusal | ExpressionError | None
"""An answer or what keeps it from being given; nothing if that is told already."""


@dataclass(frozen=True)
class _One:
    """A register that equals itself only, so that what is known of it is found without reading it through."""

    register: Register

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _One) and other.register is self.register

    def __hash__(self) -> int:
        return id(self.register)


@lru_cache(maxsize=8)
def _known_of(_register: _One, _as_of: date, _language: str) -> dict[str, tuple[Given, Filled]]:
    """Return where the answers are kept that all the cases of a day and language share."""
    return {}


class Asking:
    """Answers the expressions of one case's texts; what is asked twice is looked up once."""

    def __init__(self, register: Register, case: Case) -> None:
        """Take what is asked about."""
        self._register = register
        self._vocabulary = Vocabulary(register, case.as_of, case.language)
        self._names = _names(self._vocabulary, case)
        self._known = _known_of(_One(register), case.as_of, case.language)
        self._own: dict[str, tuple[Given, Filled]] = {}  # what was asked of the case itself

    def answer(self, expression: Expression) -> tuple[Answer | None, tuple[Problem, ...]]:
        """Evaluate an expression; a fault in it is a problem at its place."""
        given = self._kept(expression.source)[0]
        if given is None or isinstance(given, Answer):
            return given, ()
        if isinstance(given, NothingThere) and self._register.is_partial:
            return None, ()
        found, expected = _told(given, expression.source)
        return None, (Problem("expression", expression.place, found, expected),)

    def filled(self, expression: Expression) -> tuple[Filled, tuple[Problem, ...]]:
        """Return what stands in an expression's place, every word of it knowing its cells."""
        given, problems = self.answer(expression)
        return () if given is None else self._kept(expression.source)[1], problems

    def _kept(self, source: str) -> tuple[Given, Filled]:
        known = self._own if asks_for(source, GROUPS) else self._known
        kept = known.get(source)
        if kept is None:
            if len(known) >= _MOST:
                known.clear()
            given = self._looked_up(source)
            kept = known[source] = given, _filled(given, source) if isinstance(given, Answer) else ()
        return kept

    def _looked_up(self, source: str) -> Given:
        self._vocabulary.cells.clear()
        self._vocabulary.day = None
        try:
            value = evaluate(source, self._names, FILTERS)
            given = _printable(value, source, self._vocabulary)
        except AlreadyReported:
            return None
        except (Refusal, ExpressionError) as fault:
            return fault.with_traceback(None)
        return Answer(given, tuple(dict.fromkeys(self._vocabulary.cells)), self._vocabulary.day)


def answer(
    expression: Expression, register: Register, case: Case
) -> tuple[Answer | None, tuple[Problem, ...]]:
    """Evaluate one expression for a case; a fault in it is a problem at its place."""
    return Asking(register, case).answer(expression)


def _names(vocabulary: Vocabulary, case: Case) -> dict[str, object]:
    frame = frame_values(vocabulary.register, case)
    functions = {name: _bound(name, function, vocabulary) for name, function in FUNCTIONS.items()}
    as_of = When(CoarseDate(vocabulary.as_of), vocabulary.language)
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
    allowed = {norwegian: code for norwegian, code in PARAMETERS.items() if code in signature.parameters}

    def call(*arguments: object, **named: object) -> object:
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


def _printable(value: object, source: str, vocabulary: Vocabulary) -> str | Mention | Table:
    if isinstance(value, Mention):
        return replace(value, origin=source)
    if isinstance(value, Table):
        return value
    if isinstance(value, Word):
        vocabulary.cells.extend(value.sources)
    if value is None or (isinstance(value, Names) and not value.names):
        found = msg("«{source}» gives nothing to print.", source=source)
        raise NothingThere(found, msg("Fill in the cell it asks for, or remove the expression."))
    if isinstance(value, str | int | Names | When) and not isinstance(value, bool):
        return str(value)
    found = msg("«{source}» is not something that can be printed.", source=source)
    raise Refusal(found, _printable_instead(value))


def _printable_instead(value: object) -> Message:
    if isinstance(value, Mapping):
        return msg("Ask for one of its parts: {values}.", values=", ".join(f".{part}" for part in value))
    if callable(value):
        return msg("Write a name or a function with its arguments in quotation marks.")
    return msg("Expected words, a number or a date.")


def _told(fault: Refusal | ExpressionError, source: str) -> tuple[Message, Message | None]:
    if isinstance(fault, Refusal):
        return fault.found, fault.expected
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
