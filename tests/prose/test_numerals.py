"""Numbers in words."""

from __future__ import annotations

import re

import pytest

from casebuilder.prose.numerals import NUMBER, number_of


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("to", 2), ("sju", 7), ("syv", 7), ("tolv", 12), ("nitten", 19), ("tjue", 20), ("tjueen", 21),
        ("trettifem", 35), ("sekstito", 62), ("seksti-to", 62), ("seksti to", 62), ("toogseksti", 62),
        ("nittini", 99), ("hundre", 100), ("62", 62), ("1 000", 1000), ("1\xa0000", 1000), ("Tolv", 12),
    ],
)  # fmt: skip
def test_a_number_is_read_in_figures_and_in_words(text: str, number: int) -> None:
    assert number_of(text) == number
    assert re.fullmatch(NUMBER, text, re.IGNORECASE)


@pytest.mark.parametrize("text", ["en", "ett", "ei"])
def test_an_article_is_no_number(text: str) -> None:
    assert not re.fullmatch(NUMBER, text)


def test_words_are_no_numbers() -> None:
    assert number_of("mange") is None
