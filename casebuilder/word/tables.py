"""A Table → w:tbl with a header row that repeats (ECMA-376 part 1, 17.4)."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence

from casebuilder.paper import Align, Block, Cell, Table, Text
from casebuilder.word.markup import Markup, element

WriteCell = Callable[[Sequence[Block], Align, int], list[Markup]]
"""Writes a cell's blocks, aligned so, in so many twips; the last element is a paragraph."""


def table_element(table: Table, style: str, width: int, write: WriteCell) -> Markup:
    """Return the w:tbl of a table that fills the text's `width`, in twips."""
    widths = _widths(table, width)
    look = element(
        "w:tblLook",
        val="0620" if table.head else "0600",
        firstRow=int(bool(table.head)),
        lastRow=0,
        firstColumn=0,
        lastColumn=0,
        noHBand=1,
        noVBand=1,
    )
    texts = (each for each in table.caption if isinstance(each, Text) and not each.format.exempt)
    caption = "".join(each.text for each in texts)
    properties = [
        element("w:tblStyle", val=style),
        element("w:tblW", w=5000, type="pct"),
        element("w:tblLayout", type="fixed" if _is_fixed(table) else "autofit"),
        look,
        *([element("w:tblCaption", val=caption)] if caption else []),
    ]
    grid = element("w:tblGrid", [element("w:gridCol", w=each) for each in widths])
    rows = [*_rows(table.head, table, widths, write, head=True), *_rows(table.body, table, widths, write)]
    return element("w:tbl", [element("w:tblPr", properties), grid, *rows])


def _is_fixed(table: Table) -> bool:
    return any(column.width for column in table.columns)


def _widths(table: Table, width: int) -> list[int]:
    """Share the width out: as the author said, and what is left evenly."""
    said = [column.width or 0.0 for column in table.columns]
    silent = said.count(0.0)
    rest = max(1.0 - sum(said), 0.1) / silent if silent else 0.0
    shares = [share or rest for share in said]
    return [round(width * share / sum(shares)) for share in shares]


def _rows(
    rows: Sequence[Sequence[Cell]],
    table: Table,
    widths: Sequence[int],
    write: WriteCell,
    *,
    head: bool = False,
) -> Iterator[Markup]:
    """Write rows; a cell that spans rows goes on in the next ones as w:vMerge."""
    hanging: dict[int, tuple[int, int]] = {}  # column → rows left, columns
    for row in rows:
        cells = iter(row)
        made: list[Markup] = []
        column = 0
        while column < len(widths):
            if _hangs(hanging, column):
                left, span = hanging[column]
                made.append(_cell(widths[column : column + span], [element("w:p")], merge="continue"))
                hanging[column] = (left - 1, span)
            else:
                cell = next(cells, Cell(()))
                span = 1 if cell.columns <= 1 else _span(cell, hanging, range(column, len(widths)))
                align = cell.align or table.columns[column].align
                merge = "restart" if cell.rows > 1 else ""
                room = widths[column : column + span]
                made.append(_cell(room, write(cell.content, align, sum(room)), merge))
                hanging[column] = (cell.rows - 1, span)
            column += span
        flags = [element("w:cantSplit"), *([element("w:tblHeader")] if head else [])]
        yield element("w:tr", [element("w:trPr", flags), *made])


def _span(cell: Cell, hanging: Mapping[int, tuple[int, int]], columns: range) -> int:
    """Return how many columns a cell spans: what it asks for, up to one that a cell from above is in."""
    free = itertools.takewhile(lambda at: not _hangs(hanging, at), columns)
    return min(cell.columns, len(list(free)))


def _hangs(hanging: Mapping[int, tuple[int, int]], column: int) -> bool:
    """Tell whether a cell from the row above reaches into this column."""
    return hanging.get(column, (0, 0))[0] > 0


def _cell(widths: Sequence[int], content: Sequence[Markup], merge: str = "") -> Markup:
    span = element("w:gridSpan", val=len(widths)) if len(widths) > 1 else ""
    merged = element("w:vMerge", val=merge) if merge else ""
    properties = f'<w:tcW w:w="{sum(widths)}" w:type="dxa"></w:tcW>{span}{merged}'
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(content)}</w:tc>"
