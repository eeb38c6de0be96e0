"""Ready tables: columns of texts → a Table with a header row and a caption (pure)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from casebuilder.paper import Cell, Column, Paragraph, Table, Text

Columns = Mapping[str, Sequence[str | None]]
"""Header → one text a row; None where the register is silent."""


def table(caption: str, columns: Columns) -> Table:
    """Make a table; a column in which no row says anything is left out."""
    kept = {header: texts for header, texts in columns.items() if any(texts) or not texts}
    rows = zip(*kept.values(), strict=True)
    return Table(
        columns=tuple(Column() for _ in kept),
        head=(tuple(_cell(header) for header in kept),),
        body=tuple(tuple(_cell(text or "–") for text in row) for row in rows),
        caption=(Text(caption),),
    )


def _cell(text: str) -> Cell:
    return Cell((Paragraph((Text(text),)),))
