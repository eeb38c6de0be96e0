"""Texts read the whole way: values stay literal, problems know their place and their case."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebuilder.blockwalk import mapped_inlines
from casebuilder.paper import Block, Citation, Code, Inline, Text
from casebuilder.problems import Place, Severity
from casebuilder.prose.pandoc import TextNotReadable, reader_name, tree_of
from casebuilder.prose.reading import mark_markdown, read_prose
from tests.builders import body, case_of, cell, register
from tests.prose.builders import faults, marked, read, told, told_of

EVERYWHERE = """# {{ organ_navn("RAAD") }}

Ord {{ organ_navn("RAAD") }}ord *{{ organ_navn("RAAD") }}* **x{{ organ_navn("RAAD") }}**.

- {{ organ_navn("RAAD") }}
    1. {{ organ_navn("RAAD") }}

| A | B |
|---|---|
| {{ organ_navn("RAAD") }} | "{{ organ_navn("RAAD") }}" |

: {{ organ_navn("RAAD") }}

> Ord.[^1] [{{ organ_navn("RAAD") }}](https://x.no)

[^1]: {{ organ_navn("RAAD") }}

~~~
{{ organ_navn("RAAD") }}
~~~
"""
TEXT = marked(EVERYWHERE)
TRICKY = [
    "*Ski_",
    "A & B <C>",
    "{{ 7*7 }}",
    "[^1]",
    "a|b",
    "[@A]",
    "\\",
    "`x`",
    "$1$",
    "# x",
    "1. x",
    "🙂",
    "Sámi giella",
]
NASTY = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1) | st.text(
    alphabet="*_`~^[](){}<>|#$@\\&;:!-+.'\"\n 1aÅčŋ🙂\ue0f0", min_size=1
)


def values(blocks: tuple[Block, ...]) -> list[str]:
    found = [block.text for block in blocks if isinstance(block, Code)]

    def look(inline: Inline) -> tuple[Inline, ...]:
        found.extend([inline.text] if isinstance(inline, Text) and inline.origin else [])
        return (inline,)

    mapped_inlines(blocks, look)
    return [text.replace("\xa0", " ") for text in found]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(TRICKY) | NASTY)
def test_a_value_arrives_as_it_stands_in_its_cell_wherever_it_is_asked_for(name: str) -> None:
    known = register(organer=[body(navn=name)])
    prose, problems = read_prose([TEXT], known, case_of(known))
    assert problems == ()
    assert values((*prose.summary, *prose.body)) == [name.replace("\xa0", " ")] * 12


def test_a_value_that_looks_like_a_summary_s_heading_is_no_reason_to_move_a_part() -> None:
    known = register(organer=[body(navn="Sammendrag")])
    assert told_of('# {{ organ_navn("RAAD") }}\n\nOrd.', known) == ["# Sammendrag", "Ord."]


def test_every_word_of_an_answer_knows_its_cell_and_its_question() -> None:
    known = register()
    prose, _problems = read('{{ sak.tittel }}\n\n{{ medlemstabell("RAAD") }}', known)
    found: list[tuple[str, str, tuple[Place, ...]]] = []

    def look(inline: Inline) -> tuple[Inline, ...]:
        assert isinstance(inline, Text)
        found.append((inline.text, inline.origin, inline.sources))
        return (inline,)

    mapped_inlines(prose.body, look)
    assert found[0] == ("Samarbeid", "sak.tittel", (cell("saker", "tittel"),))
    assert {origin for _text, origin, _sources in found[1:]} == {'medlemstabell("RAAD")'}
    assert [(text, sources) for text, _origin, sources in found[1:]] == [
        ("Medlemmer i Østre råd IPR", (cell("organer", "navn"),)),
        *((header, ()) for header in ("Medlem", "Medlem fra", "Delregion")),
    ]


def test_problems_hold_back_the_case_whose_text_they_stand_in() -> None:
    _prose, problems = read("Ord\n\n{{ sak.titel }}")
    assert [(each.severity, each.cases) for each in problems] == [(Severity.ERROR, frozenset({"S-1"}))]
    assert faults(problems) == [("expression", 3, 1)]


def test_a_text_may_have_a_byte_order_mark_and_line_ends_of_windows() -> None:
    made, problems = mark_markdown("t.md", "\ufeffOrd\r\n\r\n{{ sak.tittel }} [@A]".encode())
    assert problems == ()
    assert [slot.place for slot in made.slots] == [
        Place("t.md", line=3, column=1),
        Place("t.md", line=3, column=18),
    ]
    assert isinstance(made.slots[1], Citation)
    assert made.content.decode() == "Ord\n\n\ue0f00\ue0f1 \ue0f01\ue0f1"


def test_a_text_of_another_encoding_is_refused() -> None:
    with pytest.raises(UnicodeDecodeError):
        mark_markdown("t.md", "Bærum".encode("latin-1"))


def test_a_case_without_a_text_has_no_prose() -> None:
    known = register()
    prose, problems = read_prose([], known, case_of(known))
    assert (told(prose.summary), told(prose.body), problems) == ([], [], ())


def test_what_pandoc_cannot_read_is_a_named_fault() -> None:
    with pytest.raises(TextNotReadable):
        tree_of(b"ikke en docx", ".docx")


def test_a_tree_depends_on_the_reader_and_on_pandoc_s_version() -> None:
    assert reader_name(".docx").split(" ")[0] == "docx"
    assert reader_name(".md") != reader_name(".docx")
