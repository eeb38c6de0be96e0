"""The cells behind the words of a paper: by block, by value, by template; kept as text and read again."""

from __future__ import annotations

from datetime import date

import pytest

from casebuilder.paper import (
    Block,
    Cell,
    Column,
    Datum,
    Heading,
    Inline,
    Landscape,
    Link,
    ListBlock,
    Note,
    NumberFormat,
    Paper,
    Paragraph,
    Properties,
    Quote,
    Table,
    Text,
)
from casebuilder.problems import Place
from casebuilder.provenance import Provenance, cells_behind, provenance_of

COUNT, NAME, TITLE = (Place("a.xlsx", "saker", cell) for cell in ("A2", "B2", "C2"))


def value(said: str, *sources: Place) -> Text:
    return Text(said, sources=sources)


def p(*content: Inline, key: str = "") -> Paragraph:
    return Paragraph(content, key=key)


def of(*body: Block, **frame: Datum) -> Provenance:
    """Return the provenance of a paper."""
    properties = Properties("Tittel", "Rådet", "Sak 1/26", "nb-NO", date(2026, 2, 5))
    return provenance_of(Paper("S-1", properties, {}, dict(frame), (), body, ()))


def test_a_value_in_a_paragraph_knows_its_cells() -> None:
    found = of(p(Text("Rådet har "), value("62", COUNT), Text(" kommuner."), key="b1"))
    assert cells_behind(found, "b1", "62") == (COUNT,)


def test_of_several_values_the_one_that_stands_in_the_words_is_meant() -> None:
    found = of(p(value("62", COUNT), Text(" ved "), value("Kari Moe", NAME), key="b1"))
    assert cells_behind(found, "b1", "Kari Moe") == (NAME,)
    assert cells_behind(found, "b1", "Moe") == (NAME,)
    assert cells_behind(found, "b1", "62 ved Kari Moe") == (COUNT, NAME)


def test_a_figure_does_not_stand_in_a_longer_one() -> None:
    found = of(p(value("2", COUNT), Text(" av "), value("12 000", NAME), key="b1"))
    assert cells_behind(found, "b1", "2") == (COUNT,)


def test_words_that_no_value_shares_stand_on_all_the_cells_of_their_block() -> None:
    found = of(p(value("62", COUNT), value("Kari Moe", NAME), key="b1"))
    assert cells_behind(found, "b1", "") == (COUNT, NAME)
    assert cells_behind(found, "b1", "noe annet") == (COUNT, NAME)


def test_words_of_the_author_alone_stand_on_no_cell() -> None:
    assert cells_behind(of(p(Text("Bare tekst."), key="b1")), "b1", "Bare tekst.") == ()


def test_what_the_template_prints_is_found_by_its_words_and_never_guessed() -> None:
    found = of(tittel=Datum("En tittel", (TITLE,)))
    assert cells_behind(found, "", "En tittel") == (TITLE,)
    assert cells_behind(found, "ukjent", "En tittel") == (TITLE,)
    assert cells_behind(found, "", "noe annet") == ()


@pytest.mark.parametrize(
    "block",
    [
        Heading(1, (value("62", COUNT),), key="b1"),
        p(Link("https://a.no", (value("62", COUNT),)), key="b1"),
        p(Text("Ord"), Note((p(value("62", COUNT)),)), key="b1"),
        Table((Column(),), ((Cell((p(Text("Hode")),)),),), ((Cell((p(value("62", COUNT)),)),),), key="b1"),
        ListBlock(((p(value("62", COUNT), key="b1"),),), NumberFormat.DECIMAL, key="b2"),
        Quote((p(value("62", COUNT), key="b1"),)),
        Landscape((p(value("62", COUNT), key="b1"),)),
    ],
)
def test_a_value_is_found_wherever_in_a_block_it_stands(block: Block) -> None:
    assert cells_behind(of(block), "b1", "62") == (COUNT,)


def test_a_caption_has_the_key_of_its_table_and_a_c() -> None:
    caption = (Text("Tall per "), value("62", COUNT))
    found = of(Table((Column(),), (), ((Cell((p(value("Moe", NAME)),)),),), caption, key="b1"))
    assert cells_behind(found, "b1c", "62") == (COUNT,)
    assert cells_behind(found, "b1", "Moe") == (NAME,)


def test_a_value_is_as_of_the_standdato_unless_it_asks_about_another_day() -> None:
    asked = Text("57", sources=(COUNT,), as_of=date(2027, 1, 1))
    found = of(p(value("62", COUNT), Text(" blir "), asked, key="b1"), tittel=Datum("Plan", (TITLE,)))
    assert [told.as_of for told in found["b1"][0]] == [date(2026, 2, 5), None, date(2027, 1, 1)]
    assert [told.as_of for (told,) in found[""]] == [date(2026, 2, 5)]
