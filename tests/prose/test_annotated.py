"""A copy of a Markdown text with notes: each below its line, every line of the text as it was."""

from __future__ import annotations

from casebuilder.problems import Place
from casebuilder.prose.annotated import annotated_markdown


def at(line: int, column: int = 1) -> Place:
    return Place("sources/tekster/a.md", line=line, column=column)


def told(text: bytes, *notes: tuple[Place, str]) -> list[str]:
    return annotated_markdown(text, notes).decode("utf-8-sig").split("\r\n")


def test_a_note_stands_below_its_line_and_two_in_the_order_of_their_columns() -> None:
    notes = [(at(1, 9), "to"), (at(1, 2), "en"), (at(3), "tre")]
    assert told("Først\n\nSist\n".encode(), *notes) == [
        "Først", "<!-- casebuilder: en -->", "<!-- casebuilder: to -->", "",
        "Sist", "<!-- casebuilder: tre -->", "",
    ]  # fmt: skip


def test_a_note_on_the_whole_text_stands_first() -> None:
    assert told(b"Ord", (at(0), "tom")) == ["<!-- casebuilder: tom -->", "Ord", ""]


def test_a_note_on_a_line_below_the_last_stands_last() -> None:
    assert told(b"Ord", (at(7), "slutt")) == ["Ord", "<!-- casebuilder: slutt -->", ""]


def test_lines_end_where_the_text_s_own_do_and_nowhere_else() -> None:
    text = "\ufeffEn\u2028linje\r\n\x0cTo\r\n"
    assert told(text.encode(), (at(2), "her")) == ["En\u2028linje", "\x0cTo", "<!-- casebuilder: her -->", ""]


def test_a_text_of_an_old_windows_keeps_its_letters() -> None:
    assert told("Ærfugl på øya".encode("cp1252"), (at(1), "æ"))[0] == "Ærfugl på øya"


def test_no_words_of_a_note_end_the_comment() -> None:
    assert told(b"Ord", (at(1), "«a --> b\n<b>»"))[1] == "<!-- casebuilder: «a ––> b <b>» -->"
