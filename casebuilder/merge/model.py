"""A Word file as values that can be compared, and the edits that a merge comes to.

`at` is the place that the reader of a file gave a block or row; the values know nothing else of it.
What Word derives (numbers of sections and notes, results of fields) has no part in any value.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import groupby

_ADDRESS = re.compile(r"\w+:\S")


@dataclass(frozen=True, slots=True)
class Word:
    """A word, a blank or a mark of punctuation; or one note, field, picture or formula as a whole.

    `mark` is what must be equal besides the text: a link's address, a field's code, a note's words.
    `look` is the character formatting. `is_ours` tells that it stands in a pending insertion of ours.
    """

    text: str
    mark: str = ""
    look: str = ""
    is_ours: bool = False
    note: tuple[Block, ...] | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What two words have in common that say the same; a hard space is a space."""
        return (" " if self.text == "\xa0" else self.text, self.mark)

    @property
    def address(self) -> str:
        """The address of the link that it stands in; empty outside of links."""
        return self.mark if _ADDRESS.match(self.mark) else ""

    @property
    def is_blank(self) -> bool:
        """Tell whether nothing is to be seen."""
        return not self.mark and self.text.isspace()


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph; `style` is its style's name with its level in a list, `names` are its hidden ones."""

    at: int
    words: tuple[Word, ...]
    style: str = ""
    level: int = 0  # of a heading, 1 to 9; 0 is no heading
    names: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The words as one text."""
        return "".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, cell by cell."""

    at: int
    cells: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table, row by row."""

    at: int
    rows: tuple[Row, ...]
    names: tuple[str, ...] = ()


Block = Para | Table
Story = tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Rewrite:
    """In paragraph `at`, strike the words [start, stop) and put in words of fresh paragraphs.

    Each of `put` is (fresh paragraph, start, stop). The new words look like the word `donor`, if said.
    """

    at: int
    start: int
    stop: int
    put: tuple[tuple[int, int, int], ...]
    donor: int | None = None


@dataclass(frozen=True, slots=True)
class Insert:
    """Put a fresh block or row beside a block or row: after it, or before it."""

    fresh: int
    beside: int
    before: bool = False


@dataclass(frozen=True, slots=True)
class Remove:
    """Strike a block or a row."""

    at: int


@dataclass(frozen=True, slots=True)
class Restyle:
    """Give a paragraph the style and the list level of a fresh one."""

    at: int
    fresh: int


@dataclass(frozen=True, slots=True)
class Remark:
    """Put a comment on the words [start, stop) of a paragraph."""

    at: int
    start: int
    stop: int
    change: Change


@dataclass(frozen=True, slots=True)
class Rename:
    """Let the hidden name of a paragraph be the fresh one's."""

    at: int
    old: str
    new: str


Edit = Rewrite | Insert | Remove | Restyle | Remark | Rename


class Kind(Enum):
    """What a piece of news does."""

    WORDS = "words"
    ADDED = "added"
    REMOVED = "removed"
    STYLE = "style"


class Standing(Enum):
    """What became of a piece of news."""

    DONE = "done"  # put in as a tracked change
    CONFLICT = "conflict"  # she changed the same words: hers stay, with a comment
    GONE = "gone"  # she has deleted what it changes


@dataclass(frozen=True, slots=True)
class Change:
    """A piece of news: what stood before, what stands now, under which heading, in which fresh block."""

    kind: Kind
    before: str
    now: str
    where: str = ""
    name: str = ""
    standing: Standing = Standing.DONE
    hers: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a merge comes to."""

    edits: tuple[Edit, ...] = ()
    changes: tuple[Change, ...] = ()

    def __add__(self, other: Plan) -> Plan:
        """Join two plans."""
        return Plan((*self.edits, *other.edits), (*self.changes, *other.changes))


NOTHING = Plan()


def words_of(block: Block) -> Iterator[Word]:
    """Yield every word of a block, those of its cells among them."""
    if isinstance(block, Para):
        yield from block.words
    else:
        for row in block.rows:
            yield from words_of_row(row)


def words_of_row(row: Row) -> Iterator[Word]:
    """Yield every word of a row."""
    for cell in row.cells:
        yield from words_in(cell)


def words_in(blocks: Iterable[Block]) -> Iterator[Word]:
    """Yield every word of blocks."""
    for block in blocks:
        yield from words_of(block)


def bag_of(words: Iterable[Word]) -> Counter[str]:
    """Return the words with their count, blanks left out and whatever their case."""
    return Counter(word.text.casefold() or word.mark for word in words if not word.is_blank)


def text_of(blocks: Iterable[Block]) -> str:
    """Return blocks as one line of text, cells and rows of a table apart."""
    return " ".join(_block_text(block) for block in blocks).strip()


def _block_text(block: Block) -> str:
    if isinstance(block, Para):
        return shown(block.words)
    return " / ".join(row_text(row) for row in block.rows)


def row_text(row: Row) -> str:
    """Return a row as one line of text."""
    return " | ".join(text_of(cell) for cell in row.cells)


def shown(words: Iterable[Word]) -> str:
    """Return words as a person can read them: notes in brackets, the address after a link."""
    pieces: list[str] = []
    for address, run in groupby(words, key=lambda word: word.address):
        pieces += (_word_text(word) for word in run)
        pieces += [f" ({address})"] if address else []
    return "".join(pieces)


def _word_text(word: Word) -> str:
    if word.note is not None:
        return f" [{text_of(word.note)}]"
    return f"[{word.mark.split(' ', 2)[-1]}]" if word.mark.startswith("picture") else word.text


def saying(block: Block) -> tuple[object, ...]:
    """Return what two blocks have in common that say the same, whatever they look like."""
    if isinstance(block, Para):
        return ("p", *(word.key for word in block.words))
    return ("t", *(saying_of_row(row) for row in block.rows))


def saying_of_row(row: Row) -> tuple[object, ...]:
    """Return what two rows have in common that say the same."""
    return tuple(tuple(saying(block) for block in cell) for cell in row.cells)


def looking(block: Block) -> tuple[object, ...]:
    """Return what two blocks have in common that also look the same."""
    if isinstance(block, Para):
        return (block.style, *((word.key, word.look, _notes(word)) for word in block.words))
    return tuple(looking_of_row(row) for row in block.rows)


def looking_of_row(row: Row) -> tuple[object, ...]:
    """Return what two rows have in common that also look the same."""
    return tuple(tuple(looking(each) for each in cell) for cell in row.cells)


def _notes(word: Word) -> tuple[object, ...]:
    return tuple(looking(block) for block in word.note or ())
