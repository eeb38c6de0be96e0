from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from casebuilder.keys import keyed, keyed_by
from casebuilder.paper import (
    Block,
    Cell,
    Citation,
    Code,
    Column,
    Figure,
    Format,
    Heading,
    Image,
    Jump,
    Landscape,
    Link,
    ListBlock,
    Mention,
    Note,
    Paragraph,
    Quote,
    Table,
    Text,
)
from casebuilder.problems import Place


def paragraphs(value: str) -> list[Block]:
    """Blocks of every kind that hold the same value."""
    text = Text(value, origin="antall(…)")
    line = (Text("Vi er "), text, Text("\xa0kommuner" if value.isdigit() else " kommuner"))
    inner = Paragraph(line)
    return [
        inner,
        Heading(1, line),
        Quote((inner,)),
        ListBlock(((inner,), (inner,))),
        Landscape((inner,)),
        Table((Column(),), (), (((Cell((inner,))),),)),
        Table((Column(),), (), (), caption=line),
        Figure(Image("k.png", b"", "alt"), line),
        Paragraph((Note((inner,)), Link("https://x.no", (text,)), Jump("a", (text,)))),
        Paragraph((Mention("RAAD", origin="organ(…)"), Citation("A", "", "", Place()))),
    ]


def keys(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        yield block.key
        if isinstance(block, Quote | Landscape):
            yield from keys(block.content)
        if isinstance(block, ListBlock):
            for item in block.items:
                yield from keys(item)


@given(st.text(), st.text())
def test_a_new_value_leaves_every_key_as_it_was(before: str, after: str) -> None:
    assert list(keys(keyed(paragraphs(before), "b"))) == list(keys(keyed(paragraphs(after), "b")))


LINES = st.lists(st.sampled_from(["a", "b", "Ord."]), max_size=5)


@given(LINES, LINES, LINES)
def test_no_two_blocks_have_the_same_key(first: list[str], second: list[str], third: list[str]) -> None:
    def made(lines: list[str]) -> tuple[Block, ...]:
        return tuple(Paragraph((Text(line),)) for line in lines)

    blocks = [*made(first), Quote(made(second)), ListBlock((made(third), made(first))), *made(second)]
    found = [*keys(keyed(blocks, "b")), *keys(keyed(blocks, "s"))]
    assert len(found) == len(set(found))


def test_another_word_or_another_kind_of_block_has_another_key() -> None:
    words = (Text("Ord"),)
    blocks: list[Block] = [
        Paragraph(words),
        Heading(1, words),
        Paragraph((Text("Ordet"),)),
        Code("Ord"),
        Quote((Paragraph(words),)),
    ]
    assert len({block.key for block in keyed(blocks, "b")}) == 5


def test_formatting_changes_no_key() -> None:
    bold = keyed([Paragraph((Text("Ord", Format(bold=True)),))], "b")
    assert [block.key for block in bold] == [block.key for block in keyed([Paragraph((Text("Ord"),))], "b")]


def test_the_second_of_two_equal_blocks_is_numbered() -> None:
    first, second = keyed([Paragraph((Text("Ord"),)), Paragraph((Text("Ord"),))], "b")
    assert second.key == f"{first.key}_2"


def test_a_key_is_short_enough_for_a_bookmark_s_name() -> None:
    (block,) = keyed([Paragraph((Text("Ord" * 1000),))], "b")
    assert (len(block.key), block.key.isalnum()) == (17, True)


def test_a_list_of_sources_is_keyed_by_the_sources() -> None:
    before = keyed_by(["A", "B"], [Paragraph((Text("En"),)), Paragraph((Text("To"),))], "k")
    after = keyed_by(["B", "A"], [Paragraph((Text("Annet"),)), Paragraph((Text("Nytt"),))], "k")
    assert [block.key for block in before] == [block.key for block in reversed(after)]
