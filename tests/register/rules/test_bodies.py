from __future__ import annotations

from datetime import date

import pytest

from tests.builders import body, cell, event
from tests.register.rules.breaking import places


@pytest.mark.parametrize("number", [None, "986515682", "974760673"])
def test_an_organisation_number_that_checks_is_right(number: str | None) -> None:
    assert places("organisasjonsnummer", organer=[body(orgnr=number)]) == []


@pytest.mark.parametrize("number", ["986515683", "985615682"])
def test_a_slip_in_an_organisation_number_is_told(number: str) -> None:
    assert places("organisasjonsnummer", organer=[body(orgnr=number)]) == [cell("organer", "orgnr")]


@pytest.mark.parametrize("name", ["Østre råd IPR", "Østre interkommunalt politisk råd"])
def test_a_council_s_name_says_what_it_is(name: str) -> None:
    assert places("navn-uten-ipr", organer=[body(navn=name)]) == []


def test_a_council_whose_name_does_not_is_told_and_other_forms_are_not() -> None:
    bodies = [body(navn="Østre råd"), body("LAG", navn="Et lag", organisasjonsform="forening")]
    assert places("navn-uten-ipr", organer=bodies) == [cell("organer", "navn")]


def became(form: str, year: int) -> dict[str, object]:
    return dict(event("omdannet", date(year, 1, 1), ny_form=form))


def test_the_form_is_the_one_that_the_body_became_last() -> None:
    history = [became("IPR", 2020), became("forening", 2005)]
    assert places("form-og-historikk", organer=[body()], organhistorikk=history) == []
    assert places("form-og-historikk", organer=[body()]) == []


def test_another_form_than_the_last_is_told_at_the_form() -> None:
    history = [became("IPR", 2005), became("KO", 2020)]
    found = places("form-og-historikk", organer=[body()], organhistorikk=history)
    assert found == [cell("organer", "organisasjonsform")]
