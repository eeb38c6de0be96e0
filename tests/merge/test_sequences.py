"""Rows of things compared: regions, pairs, likeness, and which changes meet."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebuilder.merge.sequences import Region, collide, likeness, pairs_outside, regions, share

_ROWS = st.text("abc ", max_size=12)


def test_equal_rows_have_no_regions() -> None:
    assert regions("abc", "abc") == ()


@pytest.mark.parametrize(
    ("base", "other", "found"),
    [
        ("abc", "axc", Region(1, 2, 1, 2)),
        ("ac", "abc", Region(1, 1, 1, 2)),
        ("abc", "ac", Region(1, 2, 1, 1)),
        ("", "ab", Region(0, 0, 0, 2)),
        ("ab", "", Region(0, 2, 0, 0)),
        ("aa", "aaa", Region(2, 2, 2, 3)),
    ],
)
def test_a_region_says_what_became_of_what(base: str, other: str, found: Region) -> None:
    assert regions(base, other) == (found,)


@given(_ROWS, _ROWS)
def test_carrying_the_regions_out_gives_the_other_row(base: str, other: str) -> None:
    made, at = "", 0
    for region in regions(base, other):
        made += base[at : region.start] + other[region.first : region.last]
        at = region.stop
    assert made + base[at:] == other


@given(_ROWS, _ROWS)
def test_what_stands_outside_of_the_regions_is_the_same_and_all_of_it_is_paired(
    base: str, other: str
) -> None:
    found = regions(base, other)
    pairs = pairs_outside(found, len(base))
    assert all(base[one] == other[two] for one, two in pairs)
    assert len(pairs) == len(base) - sum(region.stop - region.start for region in found)
    assert len(pairs) == len(other) - sum(region.last - region.first for region in found)


def test_likeness_is_what_two_bags_have_in_common() -> None:
    assert likeness(Counter("ab"), Counter("ab")) == 1
    assert likeness(Counter("ab"), Counter("cd")) == 0
    assert likeness(Counter("ab"), Counter("abcd")) == pytest.approx(2 / 3)
    assert likeness(Counter(), Counter()) == 1


def test_a_share_is_of_the_part_and_not_of_the_whole() -> None:
    assert share(Counter("ab"), Counter("abcdef")) == 1
    assert share(Counter("abcdef"), Counter("ab")) == pytest.approx(1 / 3)
    assert share(Counter(), Counter("ab")) == 0


@pytest.mark.parametrize(
    ("one", "two", "meet"),
    [
        ((2, 4), (3, 5), True),
        ((2, 4), (4, 6), False),
        ((2, 4), (2, 4), True),
        ((3, 3), (3, 3), True),  # both put something in at the same place
        ((3, 3), (4, 4), False),
        ((2, 2), (2, 4), False),  # put in before what the other replaced
        ((4, 4), (2, 4), False),  # put in after it
        ((3, 3), (2, 4), True),  # put in in the midst of it
    ],
)
def test_two_changes_meet_only_in_the_same_place(
    one: tuple[int, int], two: tuple[int, int], *, meet: bool
) -> None:
    first, second = Region(*one, 0, 1), Region(*two, 0, 1)
    assert (collide(first, second), collide(second, first)) == (meet, meet)
