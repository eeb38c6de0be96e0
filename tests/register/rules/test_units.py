from __future__ import annotations

from datetime import date

import pytest

from tests.builders import Values, body, case, cell, decision, member, unit
from tests.register.rules.breaking import places, problems

VIKEN = unit("30", "Viken", type="fylkeskommune", gyldig_fra=date(2020, 1, 1), gyldig_til=date(2023, 12, 31))
OSLO = unit("0301", "Oslo", fylkesnummer="03")


@pytest.mark.parametrize(
    "right",
    [OSLO, VIKEN, unit("OSLOMET", "OsloMet", type="universitet/høyskole"), unit("3201", "Bærum")],
)
def test_a_kommune_has_four_digits_and_a_fylke_two(right: Values) -> None:
    assert places("ukjent-kommunenummer", enheter=[right]) == []


@pytest.mark.parametrize(
    "wrong",
    [
        unit("OSLO", "Oslo", fylkesnummer="03"),
        unit("32011", "Bærum"),
        unit("3201", "Bærum", fylkesnummer="33"),
        unit("3", "Oslo", type="fylkeskommune"),
    ],
)
def test_another_number_is_an_error(wrong: Values) -> None:
    found = problems("ukjent-kommunenummer", enheter=[wrong])
    assert [(each.place, each.is_error) for each in found] == [(cell("enheter", "enhet_id"), True)]


def test_a_member_for_as_long_as_the_unit_was_there_is_right() -> None:
    members = [
        member("30", medlem_fra=date(2020, 1, 1), utmelding_virkning=date(2024, 1, 1)),
        member("0301", medlem_fra=date(1990, 1, 1)),
    ]
    assert places("enheten-fantes-ikke", enheter=[OSLO, VIKEN], medlemmer=members) == []


def test_a_coarse_day_is_right_when_the_unit_was_there_on_one_of_its_days() -> None:
    given = member(
        "30",
        medlem_fra=date(2020, 1, 1),
        medlem_fra_presisjon="år",
        utmelding_virkning=date(2024, 1, 1),
        utmelding_virkning_presisjon="år",
    )
    assert places("enheten-fantes-ikke", enheter=[VIKEN], medlemmer=[given]) == []


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("medlem_fra", {"medlem_fra": date(2019, 12, 31), "utmelding_virkning": date(2024, 1, 1)}),
        ("medlem_fra", {"medlem_fra": date(2024, 1, 1)}),
        ("enhet_id", {"medlem_fra": date(2020, 1, 1)}),
        ("utmelding_virkning", {"medlem_fra": date(2020, 1, 1), "utmelding_virkning": date(2024, 1, 2)}),
    ],
)
def test_a_member_that_was_not_there_is_told_where_the_day_stands(field: str, values: Values) -> None:
    given = {**member("30"), **values}
    assert places("enheten-fantes-ikke", enheter=[VIKEN], medlemmer=[given]) == [cell("medlemmer", field)]


def test_a_last_day_that_the_decision_gives_is_told_in_the_decision() -> None:
    made = decision("V", "30", vedtaksdato=date(2022, 1, 1), virkningsdato=date(2025, 1, 1))
    given = member("30", medlem_fra=date(2020, 1, 1), utmelding_vedtak_id="V")
    found = places("enheten-fantes-ikke", enheter=[VIKEN], medlemmer=[given], vedtak=[made])
    assert found == [cell("vedtak", "virkningsdato")]


def test_a_unit_that_ceases_after_the_standdato_is_there_still() -> None:
    given = member("30", medlem_fra=date(2020, 1, 1))
    early = case(standdato=date(2023, 12, 31))
    assert places("enheten-fantes-ikke", enheter=[VIKEN], medlemmer=[given], saker=[early]) == []


def test_a_decision_of_a_unit_that_is_gone_is_told_at_its_day() -> None:
    right = decision("V", "30", vedtaksdato=date(2023, 12, 31))
    wrong = decision("W", "30", vedtaksdato=date(2024, 1, 1))
    found = places("enheten-fantes-ikke", enheter=[VIKEN], vedtak=[right, wrong])
    assert found == [cell("vedtak", "vedtaksdato", 3)]


def test_an_office_in_a_unit_that_is_gone_is_told() -> None:
    offices = [body("A", kontorkommune="0301"), body("RAAD", kontorkommune="30")]
    found = places("enheten-fantes-ikke", enheter=[OSLO, VIKEN], organer=offices)
    assert found == [cell("organer", "kontorkommune", 3)]


def test_the_message_says_how_long_the_unit_was_there() -> None:
    [late] = problems("enheten-fantes-ikke", enheter=[VIKEN], medlemmer=[member("30")])
    assert late.expected is not None
    assert dict(late.expected.values) == {"day": "31.12.2023", "cell": "G2"}
    early = member("30", medlem_fra=date(2000, 1, 1), utmelding_virkning=date(2024, 1, 1))
    [first] = problems("enheten-fantes-ikke", enheter=[VIKEN], medlemmer=[early])
    assert first.expected is not None
    assert dict(first.expected.values) == {"day": "01.01.2020", "cell": "F2"}


@pytest.mark.parametrize("shown", [None, "Oslo", "Oslo kommune", "OSLO"])
def test_a_shown_name_that_is_the_unit_s_is_right(shown: str | None) -> None:
    assert places("navn-og-nummer", enheter=[OSLO], medlemmer=[member("0301", enhet_navn=shown)]) == []


def test_a_shown_name_of_another_unit_is_told() -> None:
    found = places("navn-og-nummer", enheter=[OSLO], medlemmer=[member("0301", enhet_navn="Asker")])
    assert found == [cell("medlemmer", "enhet_navn")]
