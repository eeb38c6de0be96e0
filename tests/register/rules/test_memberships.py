from __future__ import annotations

from datetime import date

import pytest

from tests.builders import body, cell, decision, member, unit
from tests.register.rules.breaking import places, problems

UNITS = [
    unit("3201", "Bærum"),
    unit("30", "Viken", type="fylkeskommune", gyldig_til=date(2023, 12, 31)),
]
OUT = date(2027, 1, 1)


def test_a_membership_that_began_on_a_day_is_right() -> None:
    given = member("3201", medlem_fra=date(2020, 1, 1))
    assert places("medlem-fra-mangler", enheter=UNITS, medlemmer=[given]) == []


def test_a_membership_without_a_beginning_is_told_at_the_empty_cell() -> None:
    found = places("medlem-fra-mangler", enheter=UNITS, medlemmer=[member("3201")])
    assert found == [cell("medlemmer", "medlem_fra")]


def test_a_member_may_leave_by_a_decision_or_because_it_ceased_to_be() -> None:
    members = [
        member("3201", utmelding_virkning=OUT, utmelding_vedtak_id="V"),
        member("30", utmelding_virkning=date(2024, 1, 1)),
        member("3201", organ_id="ANDRE"),
    ]
    made = [decision("V", "3201", virkningsdato=OUT, vedtaksdato=date(2025, 1, 1))]
    bodies = [body(), body("ANDRE")]
    sheets = {"organer": bodies, "enheter": UNITS, "medlemmer": members, "vedtak": made}
    assert places("utmelding-uten-vedtak", **sheets) == []


def test_a_member_that_has_decided_to_leave_is_told_where_its_row_does_not_name_the_decision() -> None:
    made = [decision("V", "3201", virkningsdato=OUT, vedtaksdato=date(2025, 1, 1))]
    sheets = {"enheter": UNITS, "medlemmer": [member("3201")], "vedtak": made}
    assert places("utmeldt-men-medlem", **sheets) == [cell("medlemmer", "utmelding_vedtak_id")]


@pytest.mark.parametrize(
    ("named", "said"),
    [("V", {}), (None, {"status": "til behandling"}), (None, {"type": "innmelding"})],
)
def test_a_row_that_names_the_decision_or_one_that_is_no_leaving_yet_is_right(
    named: str | None, said: dict[str, str]
) -> None:
    made = [decision("V", "3201", **{"virkningsdato": OUT, **said})]
    members = [member("3201", utmelding_vedtak_id=named)]
    assert places("utmeldt-men-medlem", enheter=UNITS, medlemmer=members, vedtak=made) == []


@pytest.mark.parametrize(("unit_id", "day"), [("3201", OUT), ("30", date(2023, 1, 1))])
def test_a_member_that_leaves_without_a_decision_is_told_at_the_decision_s_cell(
    unit_id: str, day: date
) -> None:
    given = member(unit_id, utmelding_virkning=day)
    assert places("utmelding-uten-vedtak", enheter=UNITS, medlemmer=[given]) == [
        cell("medlemmer", "utmelding_vedtak_id")
    ]


@pytest.mark.parametrize(
    ("typed", "precision"), [(None, None), (OUT, "dag"), (OUT, "år"), (date(2027, 5, 5), "år")]
)
def test_a_typed_last_day_that_can_be_the_decision_s_is_right(
    typed: date | None, precision: str | None
) -> None:
    given = member(
        "3201", utmelding_virkning=typed, utmelding_virkning_presisjon=precision, utmelding_vedtak_id="V"
    )
    made = [decision("V", "3201", virkningsdato=OUT)]
    assert places("ulik-virkningsdato", enheter=UNITS, medlemmer=[given], vedtak=made) == []


@pytest.mark.parametrize("status", ["vedtatt", "innstilt"])
@pytest.mark.parametrize(
    ("typed", "precision"), [(date(2027, 1, 2), "dag"), (date(2027, 2, 1), "måned"), (date(2026, 1, 1), "år")]
)
def test_a_typed_last_day_that_is_not_the_decision_s_is_an_error(
    typed: date, precision: str, status: str
) -> None:
    given = member(
        "3201", utmelding_virkning=typed, utmelding_virkning_presisjon=precision, utmelding_vedtak_id="V"
    )
    made = [decision("V", "3201", virkningsdato=OUT, status=status)]
    found = problems("ulik-virkningsdato", enheter=UNITS, medlemmer=[given], vedtak=made)
    assert [(each.place, each.is_error) for each in found] == [
        (cell("medlemmer", "utmelding_virkning"), True)
    ]


def test_a_decision_on_the_membership_itself_is_right_whoever_made_it() -> None:
    made = [decision("V"), decision("W", "3201", type="innmelding")]
    given = member("3201", utmelding_vedtak_id="V", innmelding_vedtak_id="W")
    assert places("annens-vedtak", enheter=UNITS, medlemmer=[given], vedtak=made) == []


@pytest.mark.parametrize(
    "wrong",
    [
        decision("V", "30"),
        decision("V", "3201", gjelder_organ="ANDRE"),
        decision("V", "3201", type="innmelding"),
    ],
)
def test_a_decision_on_something_else_is_told_at_the_reference(wrong: dict[str, object]) -> None:
    given = member("3201", utmelding_vedtak_id="V")
    found = places(
        "annens-vedtak", organer=[body(), body("ANDRE")], enheter=UNITS, medlemmer=[given], vedtak=[wrong]
    )
    assert found == [cell("medlemmer", "utmelding_vedtak_id")]
