"""Which block is which: by words, by name, by likeness, where it was moved, split or joined."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from casebuilder.merge.model import Block
from casebuilder.merge.pairing import Group, groups, paired, paired_rows
from tests.merge.builders import heading, para, row, story, table

LONG = "Rådet har seksti medlemmer i hele regionen"


def hers(base: tuple[Block, ...], other: tuple[Block, ...]) -> dict[int, int]:
    """Return the pairs of a base and what a person has made of it."""
    return paired(base, other, trust_names=False)


def built(base: tuple[Block, ...], other: tuple[Block, ...]) -> dict[int, int]:
    """Return the pairs of two builds."""
    return paired(base, other, trust_names=True)


def test_what_says_the_same_is_the_same() -> None:
    assert hers(story("En.", "To.", "Tre."), story("En.", "Nytt.", "To.", "Tre.")) == {0: 0, 1: 2, 2: 3}


def test_a_paragraph_that_stands_twice_is_paired_in_order() -> None:
    assert hers(story("Likt.", "Midt.", "Likt."), story("Likt.", "Midt.", "Likt.")) == {0: 0, 1: 1, 2: 2}


def test_a_changed_paragraph_is_found_by_its_name_where_little_else_is_left() -> None:
    base = story(para(LONG, name="a"), "To.")
    other = story("Nytt.", "Nytt igjen.", "To.", para("Rådet har mange", name="a"))
    assert hers(base, other) == {0: 3, 1: 2}


def test_of_several_that_carry_a_name_the_one_most_alike_is_meant() -> None:
    base = story(para(LONG, name="a"))
    other = story(para("Noe annet nå", name="a"), para(LONG + " nå", name="a"))
    assert hers(base, other) == {0: 1}


def test_a_name_that_stands_on_other_words_says_less_than_the_words() -> None:
    base = story(para(LONG, name="a"), para("Møtet er lagt til Hamar i april", name="b"))
    other = story(para("Møtet er lagt til Hamar i april", name="a"), para(LONG, name="b"))
    assert hers(base, other)[0] == 1


def test_of_two_builds_the_names_say_more_than_the_words() -> None:
    base = story(para("Ja.", name="a"), para("Nei.", name="b"))
    fresh = story(para("Nei.", name="a"), para("Ja.", name="b"))
    assert built(base, fresh) == {0: 0, 1: 1}


def test_a_rewritten_paragraph_is_found_between_its_neighbours_by_likeness() -> None:
    base = story("Før.", LONG, "Etter.")
    other = story("Før.", "Helt nytt.", LONG.replace("seksti", "sytti"), "Etter.")
    assert hers(base, other) == {0: 0, 1: 2, 2: 3}


def test_alone_between_the_same_neighbours_it_is_the_same_whatever_it_says() -> None:
    assert hers(story("Før.", "Gammelt.", "Etter."), story("Før.", "Noe annet her", "Etter."))[1] == 1


def test_a_table_and_a_paragraph_are_never_the_same() -> None:
    base, other = story("Før.", table(row("a", "b")), "Etter."), story("Før.", "a b", "Etter.")
    assert 1 not in hers(base, other)


def test_a_paragraph_that_was_moved_is_found() -> None:
    assert hers(story(LONG, "To.", "Tre."), story("To.", "Tre.", LONG)) == {0: 2, 1: 0, 2: 1}


def test_a_moved_paragraph_that_says_too_little_is_not_guessed_at() -> None:
    assert 0 not in hers(story("Ja.", "To er her.", "Tre er her."), story("To er her.", "Tre er her.", "Ja."))


def test_two_halves_of_a_split_paragraph_are_one_group() -> None:
    base, other = story("Før.", f"{LONG}. Møtet er i april."), story("Før.", f"{LONG}.", "Møtet er i april.")
    assert Group((1,), (1, 2)) in groups(base, other, hers(base, other))


def test_two_joined_paragraphs_are_one_group() -> None:
    base, other = story("Før.", f"{LONG}.", "Møtet er i april."), story("Før.", f"{LONG}. Møtet er i april.")
    assert Group((1, 2), (1,)) in groups(base, other, hers(base, other))


def test_a_new_paragraph_beside_is_no_half_of_its_neighbour() -> None:
    base, other = story("Før.", LONG), story("Før.", LONG, "Noe helt annet står her.")
    assert groups(base, other, hers(base, other)) == [Group((0,), (0,)), Group((1,), (1,))]


def test_rows_with_running_numbers_are_told_by_what_else_they_say() -> None:
    base = (row("1", "Hamar", "Kari Moe"), row("2", "Lillehammer", "Ola Lie"), row("3", "Gjøvik", "Åse By"))
    other = (row("1", "Lillehammer", "Ola Lie"), row("2", "Gjøvik", "Åse By"))
    assert paired_rows(base, other) == {1: 0, 2: 1}


def test_rows_are_told_by_what_they_begin_with() -> None:
    base = (row("Hamar", "10"), row("Gjøvik", "20"))
    other = (row("Oslo", "99"), row("Hamar", "11"), row("Gjøvik", "21"))
    assert paired_rows(base, other) == {0: 1, 1: 2}


def test_a_row_of_other_words_is_another_row() -> None:
    assert paired_rows((row("Hamar", "10"),), (row("Oslo", "99"),)) == {}


@given(st.lists(st.sampled_from(["Ja.", "Nei.", LONG, "To ord her."]), max_size=8), st.data())
def test_nobody_is_paired_twice_and_equal_stories_are_paired_throughout(
    said: list[str], data: st.DataObject
) -> None:
    base, other = story(*said), story(*data.draw(st.permutations(said)))
    pairs = hers(base, other)
    assert len(set(pairs.values())) == len(pairs)
    assert hers(base, base) == {at: at for at in range(len(base))}


def test_headings_that_changed_places_keep_their_own_sections() -> None:
    base = story(heading("En"), LONG, heading("To"), "Møtet er lagt til Hamar i april.")
    other = (base[2], base[3], base[0], base[1])
    found = hers(base, other)
    assert (found[1], found[3]) == (3, 1)
