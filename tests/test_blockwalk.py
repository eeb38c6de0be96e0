from __future__ import annotations

from dataclasses import replace

from casebuilder.blockwalk import headings, inlines, mapped_headings, mapped_inlines, mapped_lines
from casebuilder.paper import (
    Block,
    Cell,
    Code,
    Column,
    Figure,
    Heading,
    Image,
    Inline,
    Jump,
    Landscape,
    Link,
    ListBlock,
    Note,
    Paragraph,
    Quote,
    Table,
    Text,
)


def line(text: str) -> tuple[Text, ...]:
    return (Text(text),)


EVERY: tuple[Block, ...] = (
    Heading(1, line("a")),
    Paragraph(
        (Text("b"), Note((Paragraph(line("c")),)), Link("https://x.no", line("d")), Jump("a", line("e")))
    ),
    Quote((Paragraph(line("f")), Heading(2, line("g")))),
    ListBlock(((Paragraph(line("h")), ListBlock(((Paragraph(line("i")),),))), (Paragraph(line("j")),))),
    Table(
        (Column(),),
        ((Cell((Paragraph(line("l")),)),),),
        ((Cell((Paragraph(line("m")), Paragraph(line("n")))),),),
        line("k"),
    ),
    Figure(Image("x.png", b"", "alt"), line("o")),
    Code("kode"),
    Landscape((Heading(2, line("p")), Paragraph(line("q")))),
)


def test_every_word_is_met_once_in_reading_order() -> None:
    met: list[str] = []

    def look(inline: Inline) -> tuple[Inline, ...]:
        met.extend([inline.text] if isinstance(inline, Text) else [])
        return (inline,)

    assert mapped_inlines(EVERY, look) == EVERY
    assert "".join(met) == "abcdefghijklmnopq"


def test_every_inline_is_met_once_the_inner_ones_after_what_holds_them() -> None:
    met = list(inlines(EVERY))
    assert "".join(each.text for each in met if isinstance(each, Text)) == "abcdefghijklmnopq"
    assert [type(each) for each in met[1:7]] == [Text, Note, Text, Link, Text, Jump]


def test_an_inline_can_become_none_or_several() -> None:
    def twice(inline: Inline) -> tuple[Inline, ...]:
        return (
            (inline, inline) if inline == Text("b") else () if isinstance(inline, Link | Jump) else (inline,)
        )

    (paragraph,) = mapped_inlines([EVERY[1]], twice)
    assert paragraph == Paragraph((Text("b"), Text("b"), Note((Paragraph(line("c")),))))


def test_a_link_keeps_nothing_but_words() -> None:
    link = Paragraph((Link("https://x.no", line("d")),))
    note = Note((Paragraph(line("c")),))
    (changed,) = mapped_inlines(
        [link], lambda inline: (inline, note) if isinstance(inline, Text) else (inline,)
    )
    assert changed == link


def test_a_line_is_met_with_the_block_it_stands_in() -> None:
    met: list[str] = []

    def look(inlines: object, block: Block) -> tuple[Inline, ...]:
        met.append(type(block).__name__)
        assert isinstance(inlines, tuple)
        return inlines

    assert mapped_lines(EVERY, look) == EVERY
    assert met == [
        "Heading", "Paragraph", "Paragraph", "Heading", "Paragraph", "Paragraph", "Paragraph", "Table",
        "Paragraph", "Paragraph", "Paragraph", "Figure", "Heading", "Paragraph",
    ]  # fmt: skip


def test_the_headings_that_divide_the_text_stand_on_upright_or_turned_pages() -> None:
    assert [heading.content for heading in headings(EVERY)] == [line("a"), line("p")]
    changed = mapped_headings(EVERY, lambda heading: replace(heading, anchor="x"))
    assert [heading.anchor for heading in headings(changed)] == ["x", "x"]
    assert (changed[1:7], changed[2]) == (EVERY[1:7], EVERY[2])
