"""Ready tables: columns of texts → a Table with a header row and a caption (pure)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from casebuilder.paper import Cell, Column, Paragraph, Table, Text
from casebuilder.prose.values import Word

Columns = Mapping[str, Sequence[Word]]
"""Header → one text a row, with its cells; an empty one where the register is silent."""


def table(caption: Word, columns: Columns) -> Table:
    """Make a table; a column in which no row says anything is left out."""
    kept = {header: texts for header, texts in columns.items() if any(texts) or not texts}
    rows = zip(*kept.values(), strict=True)
    return Table(
        columns=tuple(Column() for _ in kept),
        head=(tuple(_cell(Word(header)) for header in kept),),
        body=tuple(tuple(_cell(text) for text in row) for row in rows),
        caption=(Text(caption, sources=caption.sources),),
    )


def _cell(text: Word) -> Cell:
    return Cell((Paragraph((Text(text or "–", sources=text.sources),)),))
