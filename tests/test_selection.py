"""Which cases a run is about."""

from __future__ import annotations

from casebuilder.selection import selected
from tests.builders import body, case, meeting, register

REGISTER = register(
    organer=[body()],
    møter=[meeting(møte_id="M1"), meeting(møte_id="M2")],
    saker=[
        case("A", møte_id="M1", rekkefølge=2),
        case("B", møte_id="M1", rekkefølge=1),
        case("C", møte_id="M2", status="utsendt", løpenr=3),
        case("D", møte_id="M2", status="trukket"),
    ],
)


def chosen(*names: str) -> list[str]:
    return [each.id for each in selected(REGISTER, names)[0]]


def test_without_names_every_unsent_case_in_the_agenda_s_order() -> None:
    assert chosen() == ["B", "A"]


def test_a_meeting_stands_for_its_cases_whatever_their_status() -> None:
    assert chosen("M2") == ["C", "D"]


def test_a_case_named_with_its_meeting_is_taken_once() -> None:
    assert chosen("A", "M1") == ["B", "A"]


def test_an_unknown_name_is_a_problem_that_holds_nothing_back() -> None:
    cases, problems = selected(REGISTER, ["A", "X"])
    assert [each.id for each in cases] == ["A"]
    assert [(problem.rule, problem.cases) for problem in problems] == [("unknown-case", frozenset())]
