"""What a column can be: the vocabulary in which `columns` declares the workbooks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol


class Kind(Enum):
    """How a cell's content is read."""

    TEXT = auto()  # one line
    LONG_TEXT = auto()  # lines kept
    CODE = auto()  # a value of a code list
    INTEGER = auto()
    DATE = auto()
    TIME = auto()
    URL = auto()  # http or https
    FILE = auto()  # a path below the folder it belongs to
    REFERENCE = auto()  # the key of a row in another sheet
    REFERENCES = auto()  # several such keys, separated by semicolons
    FORMULA = auto()  # for the reader's eye; compared, but never printed


class Condition(Protocol):
    """A condition on a row's values under which a column is required."""

    @property
    def field(self) -> str:
        """The field the condition looks at."""

    def holds(self, values: Mapping[str, object]) -> bool:
        """Tell whether the row's values (defaults set) fulfil the condition."""


@dataclass(frozen=True, slots=True)
class Is:
    """Fulfilled when a field has one of the given codes."""

    field: str
    codes: tuple[str, ...]

    def __init__(self, field: str, *codes: str) -> None:
        """Take the codes as plain arguments, so that the table reads like a sentence."""
        object.__setattr__(self, "field", field)
        object.__setattr__(self, "codes", codes)

    def holds(self, values: Mapping[str, object]) -> bool:
        """Tell whether the field's value is among the codes."""
        return values.get(self.field) in self.codes


@dataclass(frozen=True, slots=True)
class Filled:
    """Fulfilled when a field is not empty."""

    field: str

    def holds(self, values: Mapping[str, object]) -> bool:
        """Tell whether the field has a value."""
        return bool(values.get(self.field))


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name in code, its header, how it is read, and what it demands.

    `codes` and `refers_to` name a code list or a sheet; `least`, `most` bound an integer;
    `longest` is a number of characters; `pattern` must match the whole text.
    `padded` ids have an even number of digits, so that a zero which Excel dropped can be put back.
    """

    field: str
    header: str
    kind: Kind
    required: bool = False
    required_when: Condition | None = None
    default: str | None = None
    codes: str = ""
    refers_to: str = ""
    unique: bool = False
    pattern: str = ""
    least: int | None = None
    most: int | None = None
    longest: int | None = None
    padded: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name and its columns in the order a clerk sees them."""

    name: str
    columns: tuple[Column, ...]
    optional: bool = False
    known_by: tuple[str, ...] = ()  # the fields that tell a row from others where it has no key

    @property
    def key(self) -> Column | None:
        """The column whose values name the rows, if the sheet has one."""
        return next((column for column in self.columns if column.unique), None)

    def column(self, field: str) -> Column:
        """Return the column with this field name."""
        return next(column for column in self.columns if column.field == field)
