from __future__ import annotations

from datetime import date

import pytest

from tests.builders import case, cell, meeting
from tests.register.rules.breaking import places, problems


def numbered(*numbers: int | None, **values: object) -> list[dict[str, object]]:
    return [dict(case(f"S-{at}", løpenr=number, **values)) for at, number in enumerate(numbers)]


def test_numbers_in_a_row_are_right_wherever_they_begin() -> None:
    assert places("hull-i-saksnumre", saker=numbered(12, 13, None, 14)) == []


def test_a_number_left_out_is_told_at_the_case_after_it() -> None:
    found = problems("hull-i-saksnumre", saker=numbered(12, 15, 13))
    assert [each.place for each in found] == [cell("saker", "løpenr", 3)]
    assert dict(found[0].found.values) == {"number": 15, "before": 13}
    assert not found[0].is_error


def test_each_committee_and_each_year_has_a_series_of_its_own() -> None:
    meetings = [
        meeting(),
        meeting(møte_id="M-2", utvalg="Representantskapet"),
        meeting(møte_id="M-3", dato=date(2027, 1, 5)),
    ]
    cases = [case("A"), case("B", møte_id="M-2", løpenr=2), case("C", møte_id="M-3", løpenr=20)]
    assert places("hull-i-saksnumre", møter=meetings, saker=cases) == []


def test_a_series_goes_on_from_meeting_to_meeting() -> None:
    meetings = [meeting(), meeting(møte_id="M-2", utvalg="styret", dato=date(2026, 3, 1))]
    cases = [case("A"), case("B", møte_id="M-2", løpenr=14)]
    assert places("hull-i-saksnumre", møter=meetings, saker=cases) == [cell("saker", "løpenr", 3)]


@pytest.mark.parametrize("rule", ["hull-i-saksnumre", "rekkefølge"])
def test_papers_that_are_sent_cannot_be_numbered_anew(rule: str) -> None:
    assert places(rule, saker=numbered(16, 12, status="utsendt")) == []


def test_an_agenda_in_the_order_of_its_numbers_is_right() -> None:
    cases = [case("A", løpenr=13, rekkefølge=2), case("B", løpenr=12, rekkefølge=1), case("C", løpenr=None)]
    assert places("rekkefølge", saker=cases) == []


def test_a_case_after_one_with_a_higher_number_is_told_at_its_place_on_the_agenda() -> None:
    cases = [case("A", løpenr=12, rekkefølge=2), case("B", løpenr=13, rekkefølge=1)]
    assert places("rekkefølge", saker=cases) == [cell("saker", "rekkefølge", 2)]
    assert places("rekkefølge", saker=numbered(13, 12)) == [cell("saker", "rekkefølge", 3)]


@pytest.mark.parametrize("called", [None, date(2026, 2, 5), date(2026, 2, 12)])
def test_a_notice_goes_out_before_the_meeting_or_on_its_day(called: date | None) -> None:
    assert places("innkalling-etter-møtet", møter=[meeting(innkalt_dato=called)]) == []


def test_a_notice_after_the_meeting_holds_back_the_meeting_s_papers() -> None:
    found = problems("innkalling-etter-møtet", møter=[meeting(innkalt_dato=date(2026, 2, 13))])
    assert [(each.place, each.cases) for each in found] == [
        (cell("møter", "innkalt_dato"), frozenset({"S-1"}))
    ]


@pytest.mark.parametrize("as_of", [None, date(2026, 1, 1), date(2026, 2, 12)])
def test_a_standdato_up_to_the_meeting_is_right(as_of: date | None) -> None:
    assert places("standdato-etter-møtet", saker=[case(standdato=as_of)]) == []


def test_a_standdato_after_the_meeting_is_told_unless_the_paper_is_sent() -> None:
    late = date(2026, 2, 13)
    assert places("standdato-etter-møtet", saker=[case(standdato=late)]) == [cell("saker", "standdato")]
    assert places("standdato-etter-møtet", saker=[case(standdato=late, status="behandlet")]) == []


def test_a_standdato_that_follows_a_late_notice_is_told_at_the_notice_only() -> None:
    assert places("standdato-etter-møtet", møter=[meeting(innkalt_dato=date(2026, 2, 13))]) == []
