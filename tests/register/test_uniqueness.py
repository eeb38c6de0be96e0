from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from casebuilder.register.uniqueness import repeated
from tests.builders import attachment, body, case, meeting, member, register, unit

MEETINGS = [
    meeting(),
    meeting(møte_id="M1"),
    meeting(møte_id="M2"),
    meeting(møte_id="R1", utvalg="representantskapet"),
]


def cells(**sheets: object) -> list[str]:
    made = register(organer=[body()], møter=MEETINGS, **sheets)  # type: ignore[arg-type]
    return [f"{problem.place.sheet}!{problem.place.cell}" for problem in repeated(made)]


def test_a_case_number_stands_once_in_a_committee_s_year() -> None:
    saker = [case("A", møte_id="M1", løpenr=12), case("B", møte_id="M2", løpenr=12)]
    assert cells(saker=saker) == ["saker!D3"]


def test_another_committee_has_numbers_of_its_own_and_drafts_have_none() -> None:
    saker = [
        case("A", møte_id="M1", løpenr=12),
        case("B", møte_id="R1", løpenr=12),
        case("C", møte_id="M1", løpenr=None),
        case("D", møte_id="M1", løpenr=None),
    ]
    assert cells(saker=saker) == []


def test_attachments_of_a_case_share_neither_number_title_nor_file() -> None:
    vedlegg = [attachment(1, "Plan", fil="a.pdf"), attachment(1, "plan", fil="A.pdf"), attachment(2, "Kart")]
    assert cells(saker=[case()], vedlegg=vedlegg) == ["vedlegg!B3", "vedlegg!C3", "vedlegg!D3"]


def members(*rows: Mapping[str, object]) -> list[str]:
    return cells(enheter=[unit("0301", "Oslo")], medlemmer=[member("0301", **row) for row in rows])


def test_a_unit_is_a_member_of_a_body_once_at_a_time() -> None:
    first, again = {"medlem_fra": date(2020, 1, 1)}, {"medlem_fra": date(2024, 1, 1)}
    assert members(first, again) == ["medlemmer!C3"]
    assert members({}, again) == ["medlemmer!C3"]


def test_a_unit_that_left_may_join_again() -> None:
    first = {"medlem_fra": date(2020, 1, 1), "utmelding_virkning": date(2024, 1, 1)}
    assert members(first, {"medlem_fra": date(2024, 1, 1)}) == []
    assert members(first, {"medlem_fra": date(2024, 1, 1), "rolle": "observatør"}) == []
