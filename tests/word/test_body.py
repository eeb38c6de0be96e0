"""Blocks beside and inside each other: what a person who knows Word would have done by hand."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator

import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml.etree import _Element as Element

from casebuilder.paper import (
    Align,
    Block,
    Cell,
    Code,
    Column,
    Figure,
    Heading,
    Image,
    Inline,
    Landscape,
    ListBlock,
    Note,
    NumberFormat,
    Paragraph,
    Quote,
    Table,
    Text,
)
from tests.papertext import paper_text
from tests.test_another_secretariat import png
from tests.word.builders import notes, opened, paper, template_with, words, written

EMU_PER_CM = 360_000


def p(*content: Inline | str) -> Paragraph:
    return Paragraph(tuple(Text(each) if isinstance(each, str) else each for each in content))


def table(*texts: str, caption: str = "") -> Table:
    rows = tuple((Cell((p(text),)),) for text in texts)
    return Table((Column(),), rows[:1], rows[1:], (Text(caption),) if caption else ())


def body_of(*blocks: Block) -> Element:
    element: Element = opened(written(paper(*blocks))).element.body
    return element


def paragraph_with(text: str, within: Element) -> Element:
    return next(each for each in within.iter(qn("w:p")) if words(each) == text)


def said(paragraph: Element, path: str, attribute: str) -> str | None:
    found = paragraph.find("/".join(qn(each) for each in f"w:pPr/{path}".split("/")))
    return None if found is None else found.get(qn(attribute))


@pytest.mark.parametrize(
    "block",
    [
        ListBlock(((p("x"),),)),
        Quote((p("x"),)),
        Code("x"),
    ],
)
def test_what_follows_a_table_keeps_its_distance(block: Block) -> None:
    body = body_of(table("A", "1"), block)
    assert said(paragraph_with("x", body), "w:spacing", "w:before") == "240"


def test_words_after_a_table_take_the_template_s_style_for_that() -> None:
    lines = paper_text(written(paper(table("A", "1"), p("x"), p("y")))).splitlines()
    assert [line for line in lines if line.endswith(("] x", "] y"))] == [
        "[Brødtekst etter tabell] x",
        "[Normal] y",
    ]


def test_a_caption_stays_with_what_it_names() -> None:
    figure = Figure(Image("a.png", png(), "x"), (Text("Kart"),))
    body = body_of(figure, table("A", caption="Tall"))
    picture = next(body.iter(qn("w:drawing"))).getparent()
    assert picture is not None
    above = picture.getparent()
    assert above is not None
    assert above.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None
    below = paragraph_with("Figur\xa01: Kart", body)
    assert said(below, "w:keepNext", "w:val") == "0"
    assert said(paragraph_with("Tabell\xa01: Tall", body), "w:keepNext", "w:val") is None


def test_an_item_s_further_paragraphs_stand_under_its_words_each_time() -> None:
    items = ListBlock(((p("a"), p("mer")), (p("b"), p("mer igjen"))))
    body = body_of(items, p("mellom"), items)
    found = [said(each, "w:ind", "w:left") for each in body.iter(qn("w:p")) if words(each).startswith("mer")]
    assert found == ["425"] * 4


@pytest.mark.parametrize("first", [Code("x"), ListBlock(((p("x"),),)), table("x")])
def test_an_item_that_begins_with_something_else_has_its_number_all_the_same(first: Block) -> None:
    body = body_of(ListBlock(((first,),), NumberFormat.DECIMAL))
    numbered = [each for each in body.iter(qn("w:p")) if said(each, "w:numPr/w:ilvl", "w:val") == "0"]
    assert [words(each) for each in numbered] == [""]


def test_an_empty_item_is_an_item() -> None:
    lines = paper_text(written(paper(ListBlock(((p("a"),), (), (p("b"),)))))).splitlines()
    assert [line for line in lines if line.startswith("[List Bullet")] == [
        "[List Bullet 0] a",
        "[List Bullet 0] ",
        "[List Bullet 0] b",
    ]


def test_a_list_in_a_note_or_a_cell_has_the_letters_of_the_note_or_the_cell() -> None:
    items = ListBlock(((p("a"), p("mer")),))
    document = opened(
        written(paper(p("x", Note((p("n"), items))), Table((Column(),), (), ((Cell((items,)),),))))
    )
    names = {style.style_id: style.name for style in document.styles}
    (note,) = notes(document)
    assert {names[str(said(each, "w:pStyle", "w:val"))] for each in note.iter(qn("w:p"))} == {"footnote text"}
    cell = list(document.element.body.iter(qn("w:tc")))[-1]
    assert {names[str(said(each, "w:pStyle", "w:val"))] for each in cell.iter(qn("w:p"))} == {"Tabelltekst"}


@pytest.mark.parametrize("first", [Code("x"), ListBlock(((p("x"),),)), table("x")])
def test_a_note_begins_with_its_number_and_ends_with_a_paragraph(first: Block) -> None:
    (note,) = notes(opened(written(paper(p("a", Note((first,)))))))
    assert (note[0].tag, note[-1].tag) == (qn("w:p"), qn("w:p"))
    assert next(note[0].iter(qn("w:footnoteRef"))) is not None
    assert said(note[0], "w:numPr/w:numId", "w:val") is None


def extents(*blocks: Block) -> Iterator[tuple[float, float]]:
    for extent in body_of(*blocks).iter(qn("wp:extent")):
        yield (int(extent.get("cx", "0")) / EMU_PER_CM, int(extent.get("cy", "0")) / EMU_PER_CM)


def test_a_picture_fits_its_page_its_cell_and_the_page_turned_sideways() -> None:
    big = Image("a.png", png(), "x", width=100 * EMU_PER_CM)
    halves = Table((Column(width=0.5), Column(width=0.5)), (), ((Cell((p(big),)), Cell(())),))
    (page, _), (cell, _), (wide, _) = extents(p(big), halves, Landscape((p(big),)))
    assert cell < page / 2
    assert (round(page, 1), round(wide, 1)) == (16.0, 24.7)


def tall() -> bytes:
    """Return a picture ten times as high as it is wide."""
    header = struct.pack(">IIBBBBB", 10, 100, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress((b"\0" + b"\x80" * 10) * 100)), (b"IEND", b""))
    made = (struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in chunks)
    return b"\x89PNG\r\n\x1a\n" + b"".join(made)


def test_a_tall_picture_leaves_room_for_its_caption_and_keeps_its_shape() -> None:
    picture = p(Image("a.png", tall(), "x", width=10 * EMU_PER_CM))
    for (width, height), page in zip(extents(picture, Landscape((picture,))), (24.5, 15.8), strict=True):
        assert page - 3.1 < height < page - 2.9
        assert round(height / width, 1) == 10.0


def test_every_picture_has_an_id_of_its_own_and_no_margin() -> None:
    picture = Image("a.png", png(), "x")
    body = body_of(p(picture, picture), Figure(picture))
    ids = [each.get("id") for each in body.iter(qn("wp:docPr"))]
    assert len(set(ids)) == len(ids) == 3
    assert {each.get(side) for each in body.iter(qn("wp:inline")) for side in ("distL", "distR")} == {"0"}


def test_nothing_inside_a_cell_or_a_note_has_a_bookmark_and_none_stands_twice() -> None:
    inner = table("x", caption="Inne")
    figure = Figure(Image("a.png", png(), "x"), (Text("Kart"),))
    outer = Table((Column(),), (), ((Cell((inner, inner, figure)),), (Cell((inner,)),)))
    body = body_of(outer, p("n", Note((p("a"), inner, figure))))
    names = [each.get(qn("w:name")) for each in body.iter(qn("w:bookmarkStart"))]
    assert len(set(names)) == len(names)
    assert list(next(body.iter(qn("w:tc"))).iter(qn("w:bookmarkStart"))) == []


def test_a_captioned_picture_in_a_right_aligned_cell_keeps_the_schema_s_order() -> None:
    figure = Figure(Image("a.png", png(), "x"), (Text("Kart"),))
    made = Table((Column(Align.RIGHT),), (), ((Cell((figure,)),),))
    data = written(paper(made), template_with("{{ saksutredning }}"))
    drawing = next(opened(data).element.body.iter(qn("w:drawing")))
    paragraph = next(drawing.iterancestors(qn("w:p")))
    order = [each.tag for each in paragraph.find(qn("w:pPr"))]
    assert order == [qn("w:keepNext"), qn("w:spacing"), qn("w:jc")]


def between_tables() -> bytes:
    document = Document()
    document.add_table(1, 1).cell(0, 0).text = "før"
    document.add_paragraph("{{ saksutredning }}")
    document.add_table(1, 1).cell(0, 0).text = "etter"
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("blocks", [(), (table("x"),), (p("x"),), (table("x"), p("y"), table("z"))])
def test_tables_of_the_template_and_of_the_text_never_touch(blocks: tuple[Block, ...]) -> None:
    body = opened(written(paper(*blocks), between_tables())).element.body
    marks = (qn("w:bookmarkStart"), qn("w:bookmarkEnd"))
    tags = "".join("t" if each.tag == qn("w:tbl") else "p" for each in body if each.tag not in marks)
    assert "tt" not in tags


def test_a_marker_in_a_table_cell_leaves_a_cell_that_ends_with_a_paragraph() -> None:
    document = Document()
    document.add_table(1, 1).cell(0, 0).text = "{{ saksutredning }}"
    buffer = io.BytesIO()
    document.save(buffer)
    for blocks in ((), (table("x"),), (Heading(1, (Text("H"),)), p("x"))):
        body = opened(written(paper(*blocks), buffer.getvalue())).element.body
        assert next(each[-1].tag for each in body.iter(qn("w:tc"))) == qn("w:p")


def test_a_section_break_in_the_marker_s_paragraph_is_kept() -> None:
    document = Document()
    marker = document.add_paragraph("{{ saksutredning }}")
    document.add_section()
    document.add_paragraph("Siste side")
    body = document.element.body
    holder = next(each for each in body if each.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None)
    section = holder.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
    marker._p.get_or_add_pPr().append(section)
    body.remove(holder)
    buffer = io.BytesIO()
    document.save(buffer)
    made = opened(written(paper(p("x"), Landscape((p("y"),))), buffer.getvalue()))
    turned = [str(each.orientation).split(" ", maxsplit=1)[0] for each in made.sections]
    assert turned[:2] == ["PORTRAIT", "LANDSCAPE"]
    assert made.paragraphs[-1].text == "Siste side"
    assert len(turned) in (3, 4)
