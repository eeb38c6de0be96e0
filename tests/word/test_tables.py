"""Tables: spans, widths and rows that repeat, as ECMA-376 part 1, 17.4 has them."""

from __future__ import annotations

from collections.abc import Sequence

from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from lxml.etree import _Element as Element

from casebuilder.paper import Align, Block, Cell, Column, Paragraph, Table, Text
from casebuilder.word.markup import Markup, element, run, text_elements, to_trees
from casebuilder.word.tables import table_element
from tests.word.builders import words

WIDTH = 9000


def write(content: Sequence[Block], align: Align, room: int) -> list[Markup]:
    """Write a cell's words with what it was told of itself."""
    said = "".join(
        inline.text
        for block in content
        if isinstance(block, Paragraph)
        for inline in block.content
        if isinstance(inline, Text)
    )
    return [element("w:p", [run(text_elements(f"{said}|{align.value}|{room}"))])]


def cell(text: str, rows: int = 1, columns: int = 1, align: Align | None = None) -> Cell:
    return Cell((Paragraph((Text(text),)),), rows, columns, align)


def table(
    *body: Sequence[Cell], columns: int = 3, head: Sequence[Sequence[Cell]] = (), caption: str = ""
) -> Table:
    return Table(
        tuple(Column() for _ in range(columns)),
        tuple(map(tuple, head)),
        tuple(map(tuple, body)),
        (Text(caption),) if caption else (),
    )


def made(source: Table) -> Element:
    (tree,) = to_trees([table_element(source, "Tabell", WIDTH, write)])
    return tree


def value(node: Element, path: str) -> str | None:
    found = node.find("/".join(map(qn, path.split("/"))))
    return None if found is None else found.get(qn("w:val"))


def told(source: Table) -> list[list[str]]:
    """Each row's cells: the words, ×columns and what is merged downwards."""
    return [[_cell(each) for each in row.findall(qn("w:tc"))] for row in made(source).iter(qn("w:tr"))]


def _cell(node: Element) -> str:
    span, merge = value(node, "w:tcPr/w:gridSpan"), value(node, "w:tcPr/w:vMerge")
    text = words(node).partition("|")[0]
    return f"{text}{f'×{span}' if span else ''}{f' {merge}' if merge else ''}"


def test_a_cell_over_several_columns_takes_them_in_its_row() -> None:
    source = table(
        [cell("a", columns=2), cell("b")], [cell("c"), cell("d", columns=2)], [cell("e", columns=9)]
    )
    assert told(source) == [["a×2", "b"], ["c", "d×2"], ["e×3"]]


def test_a_cell_over_several_rows_goes_on_in_each_of_them() -> None:
    source = table([cell("a", rows=3), cell("b"), cell("c")], [cell("d"), cell("e", rows=2)], [cell("f")])
    assert told(source) == [
        ["a restart", "b", "c"],
        [" continue", "d", "e restart"],
        [" continue", "f", " continue"],
    ]


def test_a_cell_over_rows_and_columns_goes_on_as_wide_as_it_began() -> None:
    source = table([cell("a", rows=2, columns=2), cell("b")], [cell("c")], [cell("d"), cell("e"), cell("f")])
    assert told(source) == [["a×2 restart", "b"], ["×2 continue", "c"], ["d", "e", "f"]]


def test_a_cell_does_not_grow_into_one_that_hangs_from_above() -> None:
    source = table([cell("a"), cell("b", rows=2), cell("c")], [cell("d", columns=3), cell("e")])
    assert told(source) == [["a", "b restart", "c"], ["d", " continue", "e"]]


def test_a_row_that_is_too_short_is_filled_and_one_too_long_is_cut() -> None:
    assert told(table([cell("a")], [cell(each) for each in "bcde"])) == [["a", "", ""], ["b", "c", "d"]]


def test_every_head_row_repeats_and_a_row_is_not_split_over_pages() -> None:
    source = table([cell("c"), cell("d")], head=[[cell("a", columns=2)], [cell("b")]], columns=2)
    rows = list(made(source).iter(qn("w:tr")))
    assert [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows] == [
        True,
        True,
        False,
    ]
    assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)
    looks = [made(each).find(f"{qn('w:tblPr')}/{qn('w:tblLook')}") for each in (source, table([cell("a")]))]
    assert [None if each is None else each.get(qn("w:firstRow")) for each in looks] == ["1", "0"]


def test_a_span_in_the_head_ends_with_the_head() -> None:
    source = table([cell("b"), cell("c")], head=[[cell("a", rows=5), cell("x")]], columns=2)
    assert told(source) == [["a restart", "x"], ["b", "c"]]


def grid(source: Table) -> tuple[list[int], str | None]:
    node = made(source)
    layout = node.find(f"{qn('w:tblPr')}/{qn('w:tblLayout')}")
    widths = [int(each.get(qn("w:w"), "")) for each in node.iter(qn("w:gridCol"))]
    return widths, None if layout is None else layout.get(qn("w:type"))


def widths(*shares: float | None) -> tuple[list[int], str | None]:
    return grid(Table(tuple(Column(width=each) for each in shares), (), ()))


def test_widths_are_as_the_author_said_and_the_rest_is_shared_evenly() -> None:
    assert widths(None, None, None) == ([3000, 3000, 3000], "autofit")
    assert widths(0.5, None, None) == ([4500, 2250, 2250], "fixed")
    assert widths(0.2, 0.2) == ([4500, 4500], "fixed")
    assert widths(1.0, 1.0, None)[0] == [4286, 4286, 429]


def test_a_cell_is_as_wide_as_its_columns_and_is_aligned_as_they_are_or_as_it_says() -> None:
    columns = (Column(Align.LEFT, 0.5), Column(Align.RIGHT, 0.25), Column(Align.CENTER, 0.25))
    rows = ((cell("a", columns=2), cell("b")), (cell("c"), cell("d"), cell("e", align=Align.RIGHT)))
    node = made(Table(columns, (), rows))
    assert [words(each) for each in node.iter(qn("w:tc"))] == [
        "a|left|6750",
        "b|center|2250",
        "c|left|4500",
        "d|right|2250",
        "e|right|2250",
    ]
    assert [each.get(qn("w:w")) for each in node.iter(qn("w:tcW"))] == [
        "6750",
        "2250",
        "4500",
        "2250",
        "2250",
    ]


def test_a_caption_is_also_the_table_s_title_for_a_screen_reader() -> None:
    node = made(table([cell("a")], caption="Medlemmer"))
    assert (value(node, "w:tblPr/w:tblCaption"), value(node, "w:tblPr/w:tblStyle")) == ("Medlemmer", "Tabell")
    assert value(made(table([cell("a")])), "w:tblPr/w:tblCaption") is None


CELLS = st.builds(cell, st.just("x"), rows=st.integers(1, 4), columns=st.integers(1, 4))


@given(st.integers(1, 5), st.lists(st.lists(CELLS, max_size=6), max_size=6))
def test_every_row_fills_the_grid_and_every_merge_has_a_beginning(
    columns: int, rows: list[list[Cell]]
) -> None:
    node = made(table(*rows, columns=columns))
    open_merges: set[int] = set()
    for row in node.iter(qn("w:tr")):
        at, merged = 0, set()
        for each in row.findall(qn("w:tc")):
            merge = value(each, "w:tcPr/w:vMerge")
            assert merge != "continue" or at in open_merges
            merged |= {at} if merge else set()
            at += int(value(each, "w:tcPr/w:gridSpan") or 1)
            assert each[-1].tag == qn("w:p")
        assert at == columns
        open_merges = merged
