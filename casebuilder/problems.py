"""What can be wrong, and where: places, problems and the named errors that stop the work.

A `Problem` is something a clerk can mend. Stages collect them and go on. An error is something
that stops the work; its sentence and exit code stand in its class. Texts are English message ids,
translated only when they are shown (see `language`).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence not yet translated: an English id with `{name}` fields, and their values."""

    id: str
    values: tuple[tuple[str, object], ...] = ()


def msg(message_id: str, /, **values: object) -> Message:
    """Make a Message; the extractor of the catalogs looks for calls of this name."""
    return Message(message_id, tuple(sorted(values.items())))


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """Where in a template a paragraph is to be looked for: the part, the table cell, the words.

    `part` is the kind of part, such as «header first», empty in the text itself. Tables, rows and cells
    count from 1; 0 is none.
    """

    part: str = ""
    table: int = 0
    row: int = 0
    cell: int = 0
    words: str = ""


_NO_SPOT = Spot()


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands: a file, and in it a sheet and cell, a line and column, or a paragraph.

    Lines, columns and paragraphs count from 1. `heading` is the nearest heading above a paragraph, `spot`
    tells more of a paragraph in a template. `row` is what the row of a cell is called, by its id; it names
    a place that is there without it, so places are the same whatever it says.
    """

    file: str = ""
    sheet: str = ""
    cell: str = ""
    line: int = 0
    column: int = 0
    paragraph: int = 0
    heading: str = ""
    spot: Spot = _NO_SPOT
    row: str = field(default="", compare=False)

    def __hash__(self) -> int:
        """Return a number that equal places share; of all that is compared, what most tells places apart."""
        return hash((self.file, self.sheet, self.cell, self.line, self.column, self.paragraph))


class Severity(Enum):
    """How grave a problem is; only an error keeps a paper from being written."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: the rule's name, its place, what was found and what would be right.

    `cases` names the sak_ids that it keeps from being written; None means every case.
    """

    rule: str
    place: Place
    found: Message
    expected: Message | None = None
    severity: Severity = Severity.ERROR
    cases: frozenset[str] | None = None

    @property
    def is_error(self) -> bool:
        """Tell whether this keeps papers from being written."""
        return self.severity is Severity.ERROR

    def concerns(self, case_id: str) -> bool:
        """Tell whether this keeps the paper of `case_id` from being written."""
        return self.is_error and (self.cases is None or case_id in self.cases)

    def only_for(self, *case_ids: str) -> Problem:
        """Return the same problem, holding back these cases only."""
        return replace(self, cases=frozenset(case_ids))


def warning(rule: str, place: Place, found: Message, expected: Message | None = None) -> Problem:
    """Make a problem that is told but stops no paper."""
    return Problem(rule, place, found, expected, Severity.WARNING, frozenset())


def info(rule: str, place: Place, found: Message, expected: Message | None = None) -> Problem:
    """Make a note on something that was done for the clerk, such as a repaired number."""
    return Problem(rule, place, found, expected, Severity.INFO, frozenset())


class CasebuilderError(Exception):
    """Something that stops the work. `sentence` is shown to the clerk; `exit_code` is returned."""

    sentence = msg("The work was stopped.")
    exit_code = 3

    def __init__(self, **values: object) -> None:
        """Keep the values that the class's sentence asks for."""
        super().__init__(self.sentence.id)
        self.message = Message(self.sentence.id, tuple(sorted(values.items())))
