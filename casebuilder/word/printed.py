"""What a template may print: each value as an inert token, filled in when the frame is rendered.

docxtpl never sees a value, so that no cell is taken for a tag or for XML.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Self

from casebuilder.frame import MARKERS
from casebuilder.paper import Block, Datum, FrameValue, Paper
from casebuilder.problems import Message, Place, Problem, msg

TOKEN = re.compile("\ue0f0([0-9]+)\ue0f1")
OPENING = "\ue0f0"


class Printed(str):
    """A value in a template: a str for comparisons and filters, with its name and its Datum."""

    __slots__ = ("datum", "name")

    name: str
    datum: Datum

    def __new__(cls, name: str, datum: Datum) -> Self:
        """Make the str of the datum's text."""
        made = super().__new__(cls, datum.text)
        made.name, made.datum = name, datum
        return made


@dataclass(frozen=True, slots=True, eq=False)
class Empty:
    """An empty value in a template: false, equal to '', and a problem where it is printed.

    It is no str, so that jinja2 asks for its text also where it is joined to others or filtered.
    """

    name: str
    tell: Callable[[str], None]

    def __str__(self) -> str:
        """Tell that nothing is printed."""
        self.tell(self.name)
        return ""

    def __bool__(self) -> bool:
        """Say that there is nothing."""
        return False

    def __len__(self) -> int:
        """Say that there is nothing."""
        return 0

    def __iter__(self) -> Iterator[str]:
        """Go through nothing."""
        return iter(())

    def __eq__(self, other: object) -> bool:
        """Be like the empty text of an empty cell."""
        return other == "" or isinstance(other, Empty)

    def __hash__(self) -> int:
        """Be like the empty text of an empty cell."""
        return hash("")


class Several(list[object]):
    """Values that a template goes through one by one; a problem where they are printed as one."""

    def __init__(self, name: str, values: Iterable[object]) -> None:
        """Make the list and keep its name."""
        super().__init__(values)
        self.name = name


class Group(dict[str, object]):
    """Values under their names; a problem where they are printed as one."""

    def __init__(self, name: str, values: Mapping[str, object]) -> None:
        """Make the dict and keep its name."""
        super().__init__(values)
        self.name = name


@dataclass(frozen=True, slots=True)
class Part:
    """What casebuilder writes at a marker; true if there is some, a problem where it is printed."""

    name: str
    blocks: tuple[Block, ...]

    def __bool__(self) -> bool:
        """Tell whether there is anything to write."""
        return bool(self.blocks)


@dataclass
class Values:
    """Hands out tokens while docxtpl renders and keeps what each stands for."""

    place_of: Callable[[str], Place]
    printed: list[object] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def token(self, value: object) -> str:
        """Return the token of a printed value; one that is no text is a problem of the template."""
        if isinstance(value, Empty):
            self.tell_empty(value.name)
            value = ""
        elif isinstance(value, Part):
            found = msg(
                "the marker «{name}» does not stand alone in a paragraph of the text.", name=value.name
            )
            self._tell("marker", value.name, found, msg("Give it a paragraph of its own."))
        elif isinstance(value, bool) or not isinstance(value, str | int | float):
            name = str(getattr(value, "name", type(value).__name__))
            found = msg("the template prints «{name}», which is no single value.", name=name)
            self._tell("group-in-template", name, found, msg("Print its parts one by one."))
        self.printed.append(value)
        return f"\ue0f0{len(self.printed) - 1}\ue0f1"

    def tell_empty(self, name: str) -> None:
        """Keep the problem that an empty value is printed, once a name."""
        found = msg("the template prints «{name}», which is empty for this case.", name=name)
        expected = msg("Put it inside an if in the template, or fill in the cell.")
        self._tell("empty-in-template", name, found, expected)

    def _tell(self, rule: str, name: str, found: Message, expected: Message) -> None:
        problem = Problem(rule, self.place_of(name), found, expected)
        if problem not in self.problems:
            self.problems.append(problem)

    def text(self, token: re.Match[str]) -> str:
        """Return what a token stands for; what a filter of the template has escaped is undone."""
        value = self.printed[int(token[1])]
        return html.unescape(str(value)) if hasattr(value, "__html__") else str(value)

    def is_exempt(self, token: re.Match[str]) -> bool:
        """Tell whether a token stands for a value that is not for the public."""
        datum = getattr(self.printed[int(token[1])], "datum", None)
        return isinstance(datum, Datum) and datum.exempt

    def name(self, token: re.Match[str]) -> str:
        """Return the name of what a token stands for, the same whatever its value is."""
        return self.names[int(token[1])]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of everything that was printed, in order."""
        return tuple(getattr(value, "name", "") for value in self.printed)


def context_of(paper: Paper, values: Values) -> dict[str, object]:
    """Return the names of the frame, and whether each part that casebuilder writes has anything in it."""
    named = {name: _value(name, value, values) for name, value in paper.frame.items()}
    return {**named, **{name: Part(name, blocks) for name, blocks in parts_of_paper(paper).items()}}


def parts_of_paper(paper: Paper) -> dict[str, tuple[Block, ...]]:
    """Return what casebuilder writes at each marker."""
    return dict(zip(MARKERS, (paper.summary, paper.body, paper.sources), strict=True))


def _value(name: str, value: FrameValue, values: Values) -> object:
    if value is None:
        return Empty(name, values.tell_empty)
    if isinstance(value, Datum):
        return Printed(name, value)
    if isinstance(value, Mapping):
        return Group(name, {key: _value(f"{name}.{key}", each, values) for key, each in value.items()})
    return Several(name, (_value(f"{name}.{at}", each, values) for at, each in enumerate(value, start=1)))
