"""Values that a merge compares: what counts as the same, and how they are shown to a person."""

from __future__ import annotations

from dataclasses import replace

from casebuilder.merge.model import (
    Change,
    Kind,
    Para,
    Plan,
    Remove,
    Word,
    bag_of,
    looking,
    row_text,
    saying,
    shown,
    text_of,
    words_of,
)
from tests.merge.builders import para, row, table, words


def test_a_note_is_shown_in_brackets_and_a_link_with_its_address_once() -> None:
    said = words("Se <denne siden|https://a.no>[en kilde].")
    assert shown(said) == "Se denne siden (https://a.no) [en kilde]."


def test_two_links_side_by_side_each_show_their_address() -> None:
    assert shown(words("<a|https://a.no><b|https://b.no>")) == "a (https://a.no)b (https://b.no)"


def test_a_field_or_picture_has_no_address() -> None:
    assert [Word("", mark).address for mark in ("field REF _Ref1", "picture 3f", "note Se a")] == ["", "", ""]
    assert [Word("a", mark).address for mark in ("https://a.no", "mailto:a@b.no")] == [
        "https://a.no",
        "mailto:a@b.no",
    ]


def test_cells_and_rows_are_shown_apart() -> None:
    assert row_text(row("a", "b c")) == "a | b c"
    assert text_of((para("Før."), table(row("a", "b"), row("c", "d")))) == "Før. a | b / c | d"


def test_a_hard_space_says_what_a_space_says() -> None:
    assert Word("\xa0").key == Word(" ").key
    assert saying(para("5\xa0000 kr")) == saying(para("5 000 kr"))


def test_the_same_words_to_another_address_do_not_say_the_same() -> None:
    assert saying(para("<her|https://a.no>")) != saying(para("<her|https://b.no>"))


def test_bold_words_say_the_same_and_look_otherwise() -> None:
    plain, bold = para("Et ord"), para("Et ord", look="b")
    assert saying(plain) == saying(bold)
    assert looking(plain) != looking(bold)


def test_a_heading_says_what_its_words_say_and_looks_otherwise_than_a_paragraph() -> None:
    assert saying(para("Mål", style="heading 1")) == saying(para("Mål"))
    assert looking(para("Mål", style="heading 1")) != looking(para("Mål"))


def test_a_bold_word_in_a_note_makes_its_paragraph_look_otherwise() -> None:
    said = para("Et ord[en note]")
    note = (Para(1, words("en note", "b")),)
    bold = replace(said, words=(*said.words[:-1], replace(said.words[-1], note=note)))
    assert saying(said) == saying(bold)
    assert looking(said) != looking(bold)


def test_a_paragraph_and_a_table_never_say_the_same() -> None:
    assert saying(para("")) != saying(table())


def test_words_are_counted_whatever_their_case_and_without_blanks() -> None:
    assert bag_of(words("Ord og ord, [en note]")) == {"ord": 2, "og": 1, ",": 1, "note en note": 1}


def test_the_words_of_a_table_are_those_of_its_cells() -> None:
    assert [word.text for word in words_of(table(row("a", "b"), row("c", "d")))] == ["a", "b", "c", "d"]


def test_a_blank_is_nothing_to_be_seen_and_a_note_is_something() -> None:
    assert [word.is_blank for word in (Word(" "), Word("\xa0"), Word("a"), Word("", "note a"))] == [
        True, True, False, False,
    ]  # fmt: skip


def test_two_plans_are_joined_in_order() -> None:
    change = Change(Kind.REMOVED, "a", "")
    assert Plan((Remove(1),)) + Plan((Remove(2),), (change,)) == Plan((Remove(1), Remove(2)), (change,))
