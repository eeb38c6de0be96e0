"""What a template or a text can print of a case: every name, its value and the cells behind it (pure)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from casebuilder.frame import GROUPS, MARKERS, frame_values
from casebuilder.language import Speaker
from casebuilder.paper import Datum, FrameValue, Mention, Table
from casebuilder.problems import Message, Place, Problem, msg
from casebuilder.prose.asking import FILTERS, FUNCTIONS, PARAMETERS, SIGNATURES, Answer, answer
from casebuilder.prose.expressions import Expression
from casebuilder.register.records import Case, Register
from casebuilder.selection import selected

ABOUT_FUNCTIONS = {
    "organ": msg("The body in full with a note the first time, in short afterwards."),
    "organ_navn": msg("The body in full, without a note."),
    "organ_kortnavn": msg("The body in short."),
    "enhet": msg("A municipality or county in full, by its id or name."),
    "dato": msg("A date in words."),
    "hendelse": msg("When something happened to the body, from the sheet organhistorikk."),
    "antall": msg("How many members the body has, as a number alone."),
    "medlemstall": msg("How many members the body has, with the noun."),
    "medlemmer": msg("The names of the members."),
    "utmeldte": msg("The names of those who left."),
    "innmeldte": msg("The names of those who joined."),
    "utmeldinger": msg("Who decided when to leave, and with effect from when."),
    "ventende": msg("What is still to be decided about the body."),
    "vedtak": msg("A decision, by its vedtak_id; ask for a part of it after a full stop."),
    "medlemstabell": msg("A table of the members."),
    "utmeldingstabell": msg("A table of those who left."),
    "vedtakstabell": msg("A table of all decisions about the body."),
}

ABOUT_PARAMETERS = {
    "organ": msg("the body's organ_id"),
    "type": msg("the type of unit: kommune or fylkeskommune"),
    "dato": msg("the day, such as 1.1.2027; without it the case's standdato"),
    "kort": msg("ja gives short names"),
    "vedtatt": msg("the year of the decision"),
    "virkning": msg("the year from which it has effect"),
    "hendelse": msg("the kind of event, such as stiftet"),
    "id": msg("the id in its sheet"),
}

ABOUT_FILTERS = {
    "når": msg("a date with the preposition that fits: on a day, in a month or a year"),
    "år": msg("the year of a date alone"),
    "alfabetisk": msg("the names in alphabetical order"),
    "stor": msg("with a capital letter first"),
}

ABOUT_MARKERS = {
    "sammendrag": msg("the summary, from the sheet saker or from the text"),
    "saksutredning": msg("the text itself"),
    "kilder": msg("the list of sources"),
}

_LONGEST = 60
_PLACES = 1


@dataclass(frozen=True, slots=True)
class Line:
    """A name with its value for the case (None: empty there), the cells it stands on, and what it is."""

    name: str
    value: str | Message | None = ""
    places: tuple[Place, ...] = ()
    about: Message | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under a title."""

    title: Message
    lines: tuple[Line, ...]


def case_to_show(register: Register, names: Sequence[str]) -> tuple[Case | None, tuple[Problem, ...]]:
    """Return the case that is named, or the first unsent one; None where there is none to show."""
    cases, problems = selected(register, names)
    whole = (case for case in cases if register.meetings[case.meeting_id].body_id in register.bodies)
    return next(whole, None), problems


def fields_of(register: Register, case: Case) -> tuple[Section, ...]:
    """Return everything that can be printed of a case, in the order it is explained in."""
    frame = frame_values(register, case)
    shared = [name for name in GROUPS if name != "organ"]
    only = [name for name in frame if name not in shared]
    return (
        Section(
            msg("In templates and texts, as {example}", example="{{ sak.tittel }}"),
            (*_lines_of(frame, shared), *_flat("standdato", _date_of(frame))),
        ),
        Section(msg("In templates only"), tuple(_lines_of(frame, only))),
        Section(
            msg("Markers of the template, each alone in a paragraph"),
            tuple(Line("{{ " + name + " }}", about=ABOUT_MARKERS[name]) for name in MARKERS),
        ),
        Section(
            msg("Functions, in texts"),
            tuple(_function(name, register, case) for name in FUNCTIONS),
        ),
        Section(
            msg("What functions take"), tuple(Line(name, about=ABOUT_PARAMETERS[name]) for name in PARAMETERS)
        ),
        Section(
            msg("Filters, in texts, written after a bar as in {example}", example="{{ standdato | når }}"),
            tuple(Line(name, about=ABOUT_FILTERS[name]) for name in FILTERS),
        ),
    )


def _date_of(frame: Mapping[str, FrameValue]) -> FrameValue:
    group = frame["sak"]
    return group["standdato"] if isinstance(group, Mapping) else None


def _lines_of(values: Mapping[str, FrameValue], names: Sequence[str]) -> Iterator[Line]:
    for name in names:
        yield from _flat(name, values[name])


def _flat(name: str, value: FrameValue) -> Iterator[Line]:
    """Return a line for every single value below a name; items of a row count from 0, as in Word."""
    if value is None:
        yield Line(name, None)
    elif isinstance(value, Datum):
        yield Line(name, value.text, value.sources)
    elif isinstance(value, Mapping):
        for part, each in value.items():
            yield from _flat(f"{name}.{part}", each)
    elif value:
        for at, each in enumerate(value):
            yield from _flat(f"{name}[{at}]", each)
    else:
        yield Line(name, None)


def _function(name: str, register: Register, case: Case) -> Line:
    """Show a function as it is written for the case's own body, and what that gives."""
    about = ABOUT_FUNCTIONS[name]
    source = _example(name, register, case)
    if source is None:
        return Line(name, None, about=_taking(name, about))
    return replace(_asked(source, source, about, register, case), about=_taking(name, about))


def _taking(name: str, about: Message) -> Message:
    taken = parameters_of(name)
    return msg("{about} It takes: {values}.", about=about, values=", ".join(taken))


def parameters_of(name: str) -> tuple[str, ...]:
    """Return the Norwegian names of what a function takes."""
    signature = SIGNATURES[name]
    return tuple(norwegian for norwegian, code in PARAMETERS.items() if code in signature.parameters)


def _example(name: str, register: Register, case: Case) -> str | None:
    """Return a call with what the register itself holds; None where it holds nothing to ask for."""
    body = register.meetings[case.meeting_id].body_id
    if name == "dato":
        return 'dato("2027-01-01")'
    if name == "enhet":
        first = next(iter(register.units), None)
        return f'enhet("{first}")' if first else None
    if name == "vedtak":
        about = [each for each in register.decisions.values() if each.body_id == body]
        return f'vedtak("{about[0].id}").status' if about else None
    if name == "hendelse":
        events = [event for event in register.events if event.body_id == body]
        return f'hendelse("{body}", "{events[0].kind}")' if events else None
    return f'{name}("{body}")'


def _asked(name: str, source: str, about: Message | None, register: Register, case: Case) -> Line:
    given, _problems = answer(Expression(source, Place()), register, case)
    if given is None:
        return Line(name, None, about=about)
    return Line(name, _shown(given, register), given.cells, about)


def _shown(given: Answer, register: Register) -> str | Message:
    if isinstance(given.value, Mention):
        return register.bodies[given.value.body_id].name
    if isinstance(given.value, Table):
        return msg("a table of {number} rows", number=len(given.value.body))
    return given.value


def told(sections: Sequence[Section], say: Speaker) -> Iterator[str]:
    """Return the sections as lines of plain text: names, values and cells below each other."""
    for section in sections:
        yield ""
        yield say.say(section.title)
        rows = [_row(line, say) for line in section.lines]
        widths = [max(len(row[at]) for row in rows) for at in (0, 1)]
        for line, (name, value, where) in zip(section.lines, rows, strict=True):
            about = say.say(line.about) if line.about else ""
            last = where if widths[1] else about
            yield f"  {name:<{widths[0]}}  {value:<{widths[1]}}  {last}".rstrip()
            if about and widths[1]:
                yield f"      {about}"


def _row(line: Line, say: Speaker) -> tuple[str, str, str]:
    given = msg("(empty)") if line.value is None else line.value
    value = _short(say.say(given) if isinstance(given, Message) else given)
    named = [f"{place.file} {say.place(place)}" for place in line.places[:_PLACES]]
    more = len(line.places) - _PLACES
    if more > 0:
        named.append(say.say(msg("and {number} more", number=more)))
    return line.name, value, ", ".join(named)


def _short(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= _LONGEST else one_line[: _LONGEST - 1].rstrip() + "…"
