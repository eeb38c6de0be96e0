"""Random papers as values, and random news of them, as sheets and texts bring it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass, replace
from random import Random
from typing import Any

from casebuilder.paper import (
    Block,
    Cell,
    Column,
    Datum,
    Figure,
    Format,
    Heading,
    Image,
    Inline,
    LineBreak,
    Link,
    ListBlock,
    Note,
    NoteAgain,
    NumberFormat,
    Paper,
    Paragraph,
    Quote,
    Table,
    Text,
)
from tests.test_another_secretariat import png
from tests.word import builders

WORDS = [
    "styret",
    "rådet",
    "kommunen",
    "fylket",
    "innstilling",
    "sekretariatet",
    "møtet",
    "saken",
    "vedtaket",
    "høringen",
    "planen",
    "budsjettet",
    "og",
    "av",
    "for",
    "med",
    "om",
    "til",
    "ble",
    "er",
    "har",
    "ikke",
    "skal",
    "vil",
    "kan",
    "den",
    "det",
    "som",
    "fra",
    "på",
    "under",
    "etter",
    "før",
    "mellom",
    "Ålesund",
    "Ytre",
    "Østfold",
    "Bærum",
    "§",
    "3-1",
    "punkt",
    "år",
    "medlem",
    "eiere",
    "avtalen",
    "loven",
    "forskriften",
]
_MARKS = (".", ".", ".", ",", ":", " –", ";")
_FORMATS = (Format(bold=True), Format(italic=True), Format(bold=True, italic=True))

SMALL = builders.template_with("{{ sak.tittel }}", "{{ saksutredning }}", header="{{ sak.nummer }}")
"""A template without styles of its own, a summary or words around the text."""

Blocks = tuple[Block, ...]


def _text(inline: Inline) -> str:
    return inline.text if isinstance(inline, Text) else ""


@dataclass
class Draft:
    """A paper before its keys: what `changed` works on."""

    random: Random
    title: str = "En tittel"
    summary: Blocks = ()
    body: Blocks = ()
    count: int = 100
    template: bytes = builders.TEMPLATE
    notes: list[str] = field(default_factory=list)

    def paper(self) -> Paper:
        """Return the paper with its keys."""
        known: set[str] = set()

        def sound(node: Any) -> Any:
            if isinstance(node, Note) and node.name:
                known.add(node.name)
            return Text("") if isinstance(node, NoteAgain) and node.name not in known else node

        summary, body = (_rewritten(part, sound) for part in (self.summary, self.body))
        made = builders.paper(*body, summary=summary, values={"tittel": Datum(self.title)})
        return replace(made, properties=replace(made.properties, title=self.title))

    def data(self) -> bytes:
        """Return the paper as Word bytes."""
        return builders.written(self.paper(), self.template)

    # ---- words ----

    def number(self) -> int:
        """Return a number that nothing else in the paper bears."""
        self.count += 1
        return self.count

    def some(self, least: int = 2, most: int = 9) -> str:
        """Return some words; most repeat all over the paper, as words do."""
        chosen = [self.random.choice(WORDS) for _ in range(self.random.randint(least, most))]
        if self.random.random() < 0.6:
            chosen.insert(self.random.randrange(len(chosen) + 1), f"ord{self.number()}")
        return " ".join(chosen)

    def fresh(self) -> str:
        """Return a value that stands nowhere else."""
        return self.random.choice(("{} 000", "{} kr", "{}. februar 2026", "Ny{}", "{} prosent")).format(
            7000 + self.number()
        )

    def value(self) -> Text:
        """Return the answer to an expression; some answers are equal."""
        said = self.random.choice((self.fresh(), "12", "ja", "12"))
        return Text(said, origin=f"verdi{self.number()}")

    def link(self) -> Link:
        return Link(f"https://eksempel.no/{self.number()}", (Text(self.some(1, 2)),))

    def note(self) -> Note:
        """Return a note; some can be referred back to."""
        name = f"n{self.number()}" if self.random.random() < 0.3 else ""
        if name:
            self.notes.append(name)
        more: tuple[Inline, ...] = (self.link(),) if self.random.random() < 0.3 else ()
        return Note((Paragraph((Text(f"Se {self.some(1, 4)} "), *more)),), name)

    def sentence(self) -> tuple[Inline, ...]:
        """Return the inlines of a paragraph."""
        made: list[Inline] = [Text(self.some().capitalize() + " ")]
        for _ in range(self.random.randint(0, 4)):
            kind = self.random.random()
            made += [] if _text(made[-1]).endswith(" ") or 0.45 <= kind < 0.6 else [Text(" ")]
            if kind < 0.45:
                made += [self.value(), Text(" " + self.some())]
            elif kind < 0.6:
                made += [self.note(), Text(" " + self.some())]
            elif kind < 0.7:
                made += [self.link(), Text(" " + self.some())]
            elif kind < 0.8:
                made += [Text(self.some(1, 2), self.random.choice(_FORMATS)), Text(" " + self.some())]
            elif kind < 0.85 and self.notes:
                made += [NoteAgain(self.random.choice(self.notes), "jf. "), Text(" " + self.some())]
            elif kind < 0.88:
                made.append(LineBreak())
            else:
                made.append(Text(self.random.choice(_MARKS) + " " + self.some()))
        return (*made, Text("."))

    # ---- blocks ----

    def paragraph(self) -> Paragraph:
        return Paragraph(self.sentence())

    def items(self, depth: int = 0) -> ListBlock:
        """Return a list, sometimes with another inside."""
        kind = self.random.choice((None, None, NumberFormat.DECIMAL))
        made: list[tuple[Block, ...]] = []
        for _ in range(self.random.randint(2, 4)):
            nested = depth == 0 and self.random.random() < 0.2
            made.append((self.paragraph(), *([self.items(1)] if nested else [])))
        return ListBlock(tuple(made), kind)

    def row(self, columns: int) -> tuple[Cell, ...]:
        cells = [Cell((Paragraph((Text(f"Rad{self.number()} {self.random.choice(WORDS)}"),)),))]
        for _ in range(columns - 1):
            plain = self.random.random() < 0.2
            cells.append(Cell((self.paragraph() if plain else Paragraph((self.value(),)),)))
        return tuple(cells)

    def table(self) -> Table:
        columns = self.random.randint(2, 3)
        head = tuple(Cell((Paragraph((Text(name),)),)) for name in ("Navn", "Verdi", "Merknad")[:columns])
        rows = tuple(self.row(columns) for _ in range(self.random.randint(2, 5)))
        caption = (Text(self.some()),) if self.random.random() < 0.6 else ()
        return Table((Column(),) * columns, (head,), rows, caption)

    def figure(self) -> Figure:
        return Figure(Image(f"kart{self.number()}.png", png(), f"Et kart {self.count}"), (Text(self.some()),))

    def block(self) -> Block:
        kind = self.random.random()
        if kind < 0.6:
            return self.paragraph()
        if kind < 0.75:
            return self.items()
        if kind < 0.9:
            return self.table()
        return Quote((self.paragraph(),)) if kind < 0.95 else self.figure()

    def heading(self, level: int) -> Heading:
        said = f"{self.some(1, 3).capitalize()} {self.number()}"
        return Heading(level, (Text(said),), anchor=f"a{self.count}")

    def section(self) -> Blocks:
        level = self.random.choice((1, 1, 2))
        return (self.heading(level), *(self.block() for _ in range(self.random.randint(1, 4))))


def draft(random: Random, sections: int = 3) -> Draft:
    """Return a random draft."""
    made = Draft(random)
    if random.random() < 0.2:
        made.template = SMALL
    else:
        made.summary = tuple(made.paragraph() for _ in range(random.randint(0, 2)))
    parts = [made.section() for _ in range(random.randint(1, sections))]
    made.body = tuple(block for part in parts for block in part)
    return made


# ---- news -------------------------------------------------------------------------------------------


def _rewritten(node: Any, change: Callable[[Any], Any]) -> Any:
    """Return a value with every dataclass in it changed, outermost first."""
    if isinstance(node, tuple):
        return tuple(_rewritten(each, change) for each in node)
    if is_dataclass(node) and not isinstance(node, type | Image | Format):
        changed = change(node)
        if changed is not node:
            return changed
        return replace(
            node, **{each.name: _rewritten(getattr(node, each.name), change) for each in fields(node)}
        )
    return node


def _every(node: Any, *kinds: type) -> Iterator[Any]:
    if isinstance(node, tuple):
        for each in node:
            yield from _every(each, *kinds)
    elif is_dataclass(node) and not isinstance(node, type | Image | Format):
        if isinstance(node, kinds):
            yield node
        if isinstance(node, Note) and kinds == (Paragraph,):
            return  # a note has no notes
        for each in fields(node):
            yield from _every(getattr(node, each.name), *kinds)


def _one(made: Draft, change: Callable[[Any], Any], *kinds: type, only: Callable[[Any], bool] = bool) -> None:
    """Change one value of these kinds, wherever it stands."""
    found = [each for each in _every((made.summary, made.body), *kinds) if only(each)]
    if not found:
        return
    chosen = made.random.choice(found)
    new = change(chosen)
    made.summary, made.body = (
        _rewritten(part, lambda node: new if node is chosen else node) for part in (made.summary, made.body)
    )


def other_value(made: Draft) -> None:
    def change(node: Text) -> Text:
        return replace(node, text=made.fresh())

    _one(made, change, Text, only=lambda node: bool(node.origin))


def other_words(made: Draft) -> None:
    def change(node: Text) -> Text:
        return replace(node, text=f" {made.some()} {made.fresh()} ")

    _one(made, change, Text, only=lambda node: not node.origin and len(node.text) > 3)


def other_address(made: Draft) -> None:
    def change(node: Link) -> Link:
        return replace(node, address=f"https://ny.no/{made.number()}")

    _one(made, change, Link)


def other_note(made: Draft) -> None:
    def change(node: Note) -> Note:
        return replace(node, content=(Paragraph((Text(f"Nå {made.some(1, 4)} {made.fresh()}"),)),))

    _one(made, change, Note)


def _spliced(made: Draft, new: Callable[[], Inline]) -> Callable[[Paragraph], Paragraph]:
    def change(node: Paragraph) -> Paragraph:
        at = made.random.randrange(1, len(node.content) + 1) if node.content else 0
        return replace(node, content=(*node.content[:at], new(), *node.content[at:]))

    return change


def add_note(made: Draft) -> None:
    _one(made, _spliced(made, made.note), Paragraph, only=lambda node: len(node.content) > 1)


def add_link(made: Draft) -> None:
    _one(made, _spliced(made, made.link), Paragraph, only=lambda node: len(node.content) > 1)


def less(made: Draft) -> None:
    """Take a note, a link or some words out of a paragraph."""

    def change(node: Paragraph) -> Paragraph:
        at = made.random.randrange(1, len(node.content))
        return replace(node, content=(*node.content[:at], *node.content[at + 1 :]))

    _one(made, change, Paragraph, only=lambda node: len(node.content) > 2)


def add_block(made: Draft) -> None:
    at = made.random.randrange(len(made.body) + 1)
    made.body = (*made.body[:at], made.block(), *made.body[at:])


def remove_block(made: Draft) -> None:
    spots = [at for at, each in enumerate(made.body) if not isinstance(each, Heading)]
    if spots:
        at = made.random.choice(spots)
        made.body = (*made.body[:at], *made.body[at + 1 :])


def add_item(made: Draft) -> None:
    def change(node: ListBlock) -> ListBlock:
        at = made.random.randrange(len(node.items) + 1)
        return replace(node, items=(*node.items[:at], (made.paragraph(),), *node.items[at:]))

    _one(made, change, ListBlock)


def remove_item(made: Draft) -> None:
    def change(node: ListBlock) -> ListBlock:
        at = made.random.randrange(len(node.items))
        return replace(node, items=(*node.items[:at], *node.items[at + 1 :]))

    _one(made, change, ListBlock, only=lambda node: len(node.items) > 1)


def add_row(made: Draft) -> None:
    def change(node: Table) -> Table:
        at = made.random.randrange(len(node.body) + 1)
        return replace(node, body=(*node.body[:at], made.row(len(node.columns)), *node.body[at:]))

    _one(made, change, Table)


def remove_row(made: Draft) -> None:
    def change(node: Table) -> Table:
        at = made.random.randrange(len(node.body))
        return replace(node, body=(*node.body[:at], *node.body[at + 1 :]))

    _one(made, change, Table, only=lambda node: len(node.body) > 1)


def _sections(made: Draft) -> list[int]:
    return [at for at, each in enumerate(made.body) if isinstance(each, Heading)] + [len(made.body)]


def add_section(made: Draft) -> None:
    at = made.random.choice(_sections(made))
    made.body = (*made.body[:at], *made.section(), *made.body[at:])


def remove_section(made: Draft) -> None:
    spots = _sections(made)
    if len(spots) > 2:
        at = made.random.randrange(len(spots) - 1)
        made.body = (*made.body[: spots[at]], *made.body[spots[at + 1] :])


def other_title(made: Draft) -> None:
    made.title = f"Tittel {made.some(1, 3)} {made.number()}"


Change = Callable[[Draft], None]

NEWS: tuple[Change, ...] = (
    other_value, other_value, other_value, other_value, other_words, other_address, other_note, add_note,
    add_link, less, add_block, remove_block, add_item, remove_item, add_row, remove_row, add_section,
    remove_section, other_title,
)  # fmt: skip


def changed(before: Draft, random: Random, pieces: int | None = None) -> Draft:
    """Return what the sheets and texts give next: a draft with some pieces of news."""
    made = replace(before, random=random, notes=list(before.notes))
    for _ in range(random.randint(1, 4) if pieces is None else pieces):
        random.choice(NEWS)(made)
    return made
