"""What a table says of itself that its cells do not: which of them are headers, and its alt text."""

from __future__ import annotations

from dataclasses import dataclass

from docx.oxml.ns import qn

from casebuilder.word.xml import Element, element

_OFF = ("0", "false", "off")
_FIRST_ROW, _FIRST_COLUMN = 0x20, 0x80


@dataclass(frozen=True, slots=True)
class TableLook:
    """How many rows are headers, whether the first column is, and the alt text (17.4.41, 17.4.55)."""

    header_rows: int
    row_headers: bool
    name: str


def look_of(table: Element) -> TableLook:
    """Return what a table says, and take its alt text away, which pandoc would print as a caption."""
    properties = table.find(qn("w:tblPr"))
    look = None if properties is None else properties.find(qn("w:tblLook"))
    rows = table.findall(qn("w:tr"))
    marked = 0
    while marked < len(rows) and _is_header(rows[marked]):
        marked += 1
    styled = _says(look, "w:firstRow", _FIRST_ROW) and len(rows) > 1
    names = []
    for tag in ("w:tblCaption", "w:tblDescription"):
        found = None if properties is None else properties.find(qn(tag))
        if found is not None and properties is not None:
            names.append(str(found.get(qn("w:val"), "")))
            properties.remove(found)
    name = next((each for each in names if each.strip()), "")
    headers = marked if marked < len(rows) else 0
    return TableLook(headers or int(styled), _says(look, "w:firstColumn", _FIRST_COLUMN), name)


def mend_grid(table: Element) -> None:
    """Give a table a grid as wide as its rows: pandoc drops the cells for which there is none (17.4.48)."""
    columns = max((_columns(row) for row in table.findall(qn("w:tr"))), default=0)
    grid = table.find(qn("w:tblGrid"))
    if grid is None:
        grid = element("w:tblGrid")
        properties = table.find(qn("w:tblPr"))
        table.insert(0 if properties is None else table.index(properties) + 1, grid)
    for _ in range(columns - len(grid.findall(qn("w:gridCol")))):
        grid.append(element("w:gridCol", w=1000))


def _columns(row: Element) -> int:
    spans = [each.get(qn("w:val"), "1") for each in row.iter(qn("w:gridSpan")) if _is_of(each, row)]
    ends = [row.find(f"{qn('w:trPr')}/{qn(tag)}") for tag in ("w:gridBefore", "w:gridAfter")]
    around = [each.get(qn("w:val"), "0") for each in ends if each is not None]
    cells = len(row.findall(qn("w:tc")))
    return cells - len(spans) + sum(map(int, [*spans, *around]))


def _is_of(node: Element, row: Element) -> bool:
    return next(node.iterancestors(qn("w:tr")), None) is row


def _is_header(row: Element) -> bool:
    found = row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}")
    return found is not None and found.get(qn("w:val")) not in _OFF


def _says(look: Element | None, name: str, bit: int) -> bool:
    """Tell whether a w:tblLook switches something on, in words or, as older files do, in a number."""
    if look is None:
        return False
    said = look.get(qn(name))
    if said is not None:
        return said not in _OFF
    return bool(int(look.get(qn("w:val"), "0"), 16) & bit)
