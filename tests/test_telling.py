"""News in words, in two languages, with the cells behind it."""

from __future__ import annotations

import pytest

from casebuilder.language import LANGUAGES, speaker
from casebuilder.merge.model import Change, Kind, Standing
from casebuilder.problems import Place
from casebuilder.provenance import Told
from casebuilder.telling import cells_of, comment, line

CELL = Place("sources/saker.xlsx", "saker", "J4")
KNOWN = {"b1": ((Told("Nina Ny", (CELL,)),),)}


def changed(before: str = "Kari Moe", now: str = "Nina Ny", **more: object) -> Change:
    return Change(Kind.WORDS, before, now, "Bakgrunn", "_cb_b1", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "nb",
            "under «Bakgrunn»: Kildene sier nå «Nina Ny»; før sa de «Kari Moe»."
            " Hentet fra saker.xlsx, ark saker, J4.",
        ),
        (
            "en",
            "under «Bakgrunn»: The sources now say «Nina Ny»; before they said «Kari Moe»."
            " From saker.xlsx, sheet saker, J4.",
        ),
    ],
)
def test_a_piece_of_news_is_a_line_with_its_heading_and_its_cell(language: str, said: str) -> None:
    assert line(changed(), KNOWN, speaker(language)) == said


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (Change(Kind.ADDED, "", "Et avsnitt."), "Nytt i kildene: «Et avsnitt.»."),
        (Change(Kind.REMOVED, "Et avsnitt.", ""), "Ikke lenger i kildene: «Et avsnitt.»."),
        (Change(Kind.WORDS, "", "ord"), "Kildene har føyd til «ord»."),
        (Change(Kind.WORDS, "ord", ""), "Kildene har tatt bort «ord»."),
        (Change(Kind.STYLE, "ord", "ord"), "Formateringen av «ord» er en annen nå."),
    ],
)
def test_every_kind_of_news_has_its_sentence(change: Change, said: str) -> None:
    assert line(change, {}, speaker("nb")) == said


def test_what_became_of_news_that_could_not_be_put_in_is_said() -> None:
    say = speaker("en")
    assert line(changed(standing=Standing.CONFLICT), {}, say).endswith(
        "You have changed the same words; yours stand, with a comment."
    )
    assert line(changed(standing=Standing.GONE), {}, say).endswith("You have deleted this; it stays deleted.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_comment_says_what_is_new_where_from_and_what_to_do(language: str) -> None:
    news, cells, what_to_do = comment(changed(), KNOWN, speaker(language))
    assert "«Nina Ny»" in news
    assert "«Kari Moe»" in news
    assert "saker.xlsx, " in cells
    assert "saker, J4" in cells
    assert what_to_do.endswith(".")


def test_a_comment_about_words_of_no_cell_names_none() -> None:
    assert len(comment(changed(), {}, speaker("nb"))) == 2


def test_the_cells_are_those_of_the_block_that_the_change_names() -> None:
    assert cells_of(changed(), KNOWN) == (CELL,)


def test_long_words_are_cut_and_line_feeds_are_blanks() -> None:
    said = line(Change(Kind.ADDED, "", "Ord\nog\tord " + "langt " * 60), {}, speaker("nb"))
    assert "«Ord og ord langt" in said
    assert " …»" in said
    assert len(said) < 220
