"""Tables with captions and headers that a screen reader can tell, scrolling by themselves on a phone."""

from __future__ import annotations

from casebuilder.archive.web_tree import Tree, classes, make, marks, parent_of, text_of
from casebuilder.archive.web_words import Words
from casebuilder.word.web_source import Plain
from casebuilder.word.web_tables import TableLook

_NARROW = 2
"""Columns that a phone has room for."""


def mend_tables(main: Tree, plain: Plain, words: Words) -> None:
    """Give every table its caption, headers and region."""
    for number, table in enumerate(list(main.iter("table")), start=1):
        for group in [each for each in table if each.tag in ("colgroup", "caption")]:
            table.remove(group)
        look = _look(table, plain)
        rows = _rows(table)
        _set_headers(table, rows, look)
        name = _caption(table, f"table-{number}") or look.name
        _name(table, rows, look, words, name)


def _look(table: Tree, plain: Plain) -> TableLook:
    """Return what the paper says of a table, by the first of its own paragraphs."""
    for number, mark in marks(table):
        at = plain.passages[number].table
        if at is not None and next(mark.iterancestors("table"), None) is table:
            return plain.tables[at]
    return TableLook(0, row_headers=False, name="")


def _rows(table: Tree) -> list[Tree]:
    """Return a table's own rows."""
    groups = [table, *(each for each in table if each.tag in ("thead", "tbody", "tfoot"))]
    return [row for group in groups for row in group if row.tag == "tr"]


def _set_headers(table: Tree, rows: list[Tree], look: TableLook) -> None:
    """Put header rows into a thead, and tell of every header what it is over."""
    for group in [each for each in table if each.tag in ("thead", "tbody", "tfoot")]:
        table.remove(group)
    headers = min(look.header_rows, len(rows))
    for name, part in (("thead", rows[:headers]), ("tbody", rows[headers:])):
        if part:
            table.append(make(name, *part))
    for row in rows:
        is_head = parent_of(row).tag == "thead"
        for at, cell in enumerate([each for each in row if each.tag in ("th", "td")]):
            is_header = is_head or (look.row_headers and at == 0 and _is_first(row, rows, headers))
            cell.tag = "th" if is_header and text_of(cell) else "td"
            cell.attrib.pop("scope", "")
            if cell.tag == "th":
                cell.set("scope", "col" if is_head else "row")


def _is_first(row: Tree, rows: list[Tree], headers: int) -> bool:
    """Tell whether a row's first cell stands in the first column: no cell from above reaches down to it."""
    at = rows.index(row)
    for above, each in enumerate(rows[headers:at], start=headers):
        first = next((cell for cell in each if cell.tag in ("th", "td")), None)
        if (
            first is not None
            and above + int(first.get("rowspan", "1")) > at
            and _is_first(each, rows, headers)
        ):
            return False
    return True


def _caption(table: Tree, name: str) -> str:
    """Take the caption over a table into it, or the one under it into a figure; return its name."""
    before, after = table.getprevious(), table.getnext()
    if before is not None and _is_caption(before):
        before.tag = "caption"
        del before.attrib["class"]
        table.insert(0, before)
        return text_of(before)
    if after is not None and _is_caption(after):
        figure = make("figure")
        table.addprevious(figure)
        figure.append(table)
        after.tag = "figcaption"
        figure.append(after)
        after.attrib.update({"id": name})
        del after.attrib["class"]
        table.set("aria-labelledby", name)
        return text_of(after)
    return ""


def _is_caption(node: Tree) -> bool:
    return node.tag == "p" and classes(node) == "caption"


def _name(table: Tree, rows: list[Tree], look: TableLook, words: Words, name: str) -> None:
    """Let a table without a caption be told by its alt text, and a wide one scroll in a region."""
    has_caption = any(each.tag == "caption" for each in table) or table.get("aria-labelledby")
    if name and not has_caption:
        table.set("aria-label", name)
    wide = max((len([cell for cell in row if cell.tag in ("th", "td")]) for row in rows), default=0)
    is_list = look.row_headers and not look.header_rows and wide <= _NARROW
    if is_list:
        table.set("class", "facts")
    if is_list or next(table.iterancestors("table"), None) is not None:
        return
    said = name or _told(rows, look, words)
    region = make("div", class_="wide", role="region", tabindex="0", aria_label=said)
    table.addprevious(region)
    region.tail, table.tail = table.tail, None
    region.append(table)


def _told(rows: list[Tree], look: TableLook, words: Words) -> str:
    """Return a name for a table that has none: what its header says."""
    headers = [text_of(cell) for cell in rows[0]] if look.header_rows and rows else []
    return f"{words.table}: {', '.join(filter(None, headers))}" if any(headers) else words.table
