"""Numbers in words."""

from __future__ import annotations

import re
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebuilder.prose.numerals import _ARTICLES, _BY_WORD, _TENS, _UNITS, NUMBER, number_of


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


_ONE_BY_ONE = re.compile(
    rf"\d{{1,3}}(?:[ \xa0]?\d{{3}})*"
    rf"|(?:{'|'.join(chain(*_TENS))})[- \xa0](?:og )?(?:{'|'.join(chain(*_UNITS))})"
    rf"|{'|'.join(sorted(set(_BY_WORD) - _ARTICLES))}"
)
"""The same numbers, each word written out."""

_PARTS = [*"-\xa0 1", "og", "og ", "hundre", *chain(*_UNITS, *_TENS)]


def test_every_number_in_words_is_found() -> None:
    assert [word for word in _BY_WORD if not re.fullmatch(NUMBER, word)] == [
        word for word in _BY_WORD if word in _ARTICLES
    ]


@given(st.lists(st.sampled_from(_PARTS), max_size=5))
def test_nothing_else_is_taken_for_a_number(parts: list[str]) -> None:
    text = "".join(parts)
    assert bool(re.fullmatch(NUMBER, text)) is bool(_ONE_BY_ONE.fullmatch(text))
