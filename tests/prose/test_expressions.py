from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebuilder.paper import Citation
from casebuilder.problems import Place
from casebuilder.prose.expressions import Expression, filled_with_tokens, find, line_and_column, token


def at(text: str, offset: int) -> Place:
    line, column = line_and_column(text, offset)
    return Place("t.md", line=line, column=column)


def slots(text: str) -> list[str]:
    """What stands for something, in short; marks without a partner are not looked at."""
    found, _problems = find(text, lambda offset: at(text, offset))
    return [
        slot.source if isinstance(slot, Expression) else f"{slot.prefix}@{slot.source_id}{slot.suffix}"
        for each in found
        for slot in each.slots
    ]


def marks(text: str) -> list[tuple[str, int, int]]:
    _found, problems = find(text, lambda offset: at(text, offset))
    return [(each.rule, each.place.line, each.place.column) for each in problems]


def test_an_expression_knows_its_line_and_column() -> None:
    text = "Én linje 🙂\n\nØst {{ sak.tittel }} og {{standdato|år}}."
    found, problems = find(text, lambda offset: at(text, offset))
    assert [each.slots for each in found] == [
        (Expression("sak.tittel", Place("t.md", line=3, column=5)),),
        (Expression("standdato|år", Place("t.md", line=3, column=25)),),
    ]
    assert problems == ()


def test_a_citation_knows_its_source_and_the_words_around_it() -> None:
    text = "Ord [se @A-1, s. 12; jf. også @B]."
    found, _problems = find(text, lambda offset: at(text, offset))
    place = Place("t.md", line=1, column=5)
    assert found[0].slots == (Citation("A-1", "se ", ", s. 12", place), Citation("B", "jf. også ", "", place))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[@A]", ["@A"]),
        ("ord[@A].", ["@A"]),
        ("[@A, s. 12]: slik", ["@A, s. 12"]),
        ("[@A][@B]", ["@A", "@B"]),
        ("^[@A]", ["@A"]),
        ("^[Jf. [@A].]", ["@A"]),
        ("[@NIBR-2021:17]", ["@NIBR-2021:17"]),
        ("[@A kap. 2.]", ["@A kap. 2."]),
        ("@A alene", []),
        (r"\[@A]", []),
        ("[lenke](a@b.no)", []),
        ("[post@b.no](mailto:post@b.no)", []),
        ("[@A](https://b.no)", []),
        ("^[Skriv til post@b.no.]", []),
        ("[Skriv til post@b.no]", []),
        ("^[Følg oss som @navn.]", []),
    ],
)
def test_a_citation_is_a_bracket_around_an_at_sign_and_an_id(text: str, expected: list[str]) -> None:
    assert slots(text) == expected


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("{{ organ(“X”) }}", 'organ("X")'),
        ("{{ organ(«X») }}", 'organ("X")'),
        ("{{ organ(„X“) }}", 'organ("X")'),
        ("{{ organ(”X”) }}", 'organ("X")'),
        ("{{ organ(’X’) }}", "organ('X')"),
        ("{{ organ(“X”,\xa0type=“y”) }}", 'organ("X", type="y")'),
        ('{{ organ("«X»") }}', 'organ("«X»")'),
        ('{{ organ("a }} b {{ c") }}', 'organ("a }} b {{ c")'),
        ("{{\n  organ('X')\n}}", "organ('X')"),
    ],
)
def test_an_expression_is_read_with_the_quotes_that_word_makes(text: str, source: str) -> None:
    assert (slots(text), marks(text)) == ([source], [])


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("a {{ b", 3),
        ("a }} b", 3),
        ("a {% if x %}", 3),
        ("a {# merknad #}", 3),
        ("a {#merknad#}", 3),
        ("a <!-- husk Kari -->", 3),
        ('a {{ organ("X }}', 3),
    ],
)
def test_a_mark_without_its_partner_is_told_where_it_stands(text: str, column: int) -> None:
    assert marks(f"Linje\n{text}")[0] == ("expression-mark", 2, column)


@pytest.mark.parametrize("text", ["# Bakgrunn {#bakgrunn}", "# A {#a-1 .b}", "![x](y){width=50%}", "a --> b"])
def test_what_belongs_to_markdown_is_no_mark(text: str) -> None:
    assert marks(text) == []


def test_a_character_that_tokens_are_made_of_is_refused() -> None:
    assert marks("Ord\nog \ue0f0") == [("reserved-character", 2, 4)]


def test_tokens_are_numbered_on_from_the_first() -> None:
    text = "{{ a }} og [@B; @C]."
    found, _problems = find(text, lambda offset: at(text, offset))
    assert filled_with_tokens(text, found, 7) == f"{token(7)} og {token(8)}{token(9)}."


@given(st.text(alphabet="{}[]@|\"'“”«»‘’;,a\n %#^(", max_size=60))
def test_what_is_no_slot_stays_as_it_was(text: str) -> None:
    found, _problems = find(text, lambda offset: at(text, offset))
    outside = [text[before.end : after.start] for before, after in pairwise(found)]
    filled = filled_with_tokens(text, found)
    assert all(piece in filled for piece in outside)
    assert filled.count("\ue0f0") == sum(len(each.slots) for each in found)
