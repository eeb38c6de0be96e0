"""Problems as plain values: kept and read again they say the very same."""

from __future__ import annotations

import json
from dataclasses import astuple, fields
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebuilder.problem_values import NotKept, problem_of, value_of
from casebuilder.problems import Message, Place, Problem, Severity, Spot, msg

PLAIN = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(), st.dates())
NAMED = st.dictionaries(st.text(max_size=5), PLAIN, max_size=3)
MESSAGES = st.recursive(
    st.builds(lambda name, values: Message(name, tuple(values.items())), st.text(), NAMED),
    lambda inner: st.builds(lambda name, more: Message(name, (("x", more),)), st.text(), inner),
    max_leaves=3,
)
SPOTS = st.builds(Spot, st.text(), st.integers(), st.integers(), st.integers(), st.text())
NUMBERS = st.integers()
PLACES = st.builds(
    Place, st.text(), st.text(), st.text(), NUMBERS, NUMBERS, NUMBERS, st.text(), SPOTS, st.text()
)
CASES = st.none() | st.frozensets(st.text(), max_size=3)


@given(
    problem=st.builds(
        Problem, st.text(), PLACES, MESSAGES, st.none() | MESSAGES, st.sampled_from(Severity), CASES
    )
)
def test_a_problem_comes_back_as_it_was(problem: Problem) -> None:
    again = problem_of(json.loads(json.dumps(value_of(problem))))
    assert astuple(again) == astuple(problem)  # also what makes no difference to whether two are the same


def test_everything_that_a_problem_has_is_kept() -> None:
    kinds = (Problem, Place, Spot, Message)
    assert [len(fields(kind)) for kind in kinds] == [6, 9, 5, 2], "value_of must learn of the new field"


def test_a_value_of_another_kind_is_not_kept() -> None:
    with pytest.raises(NotKept):
        value_of(Problem("x", Place(), msg("{a}", a=object())))
    with pytest.raises(NotKept):
        value_of(Problem("x", Place(), msg("{a}", a=Severity.ERROR)))


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        ["x"],
        ["x", [], ["", []], None, "error", None],
        ["x", 1, 2, 3, 4, 5],
        ["x", [], [], [], "", []],
    ],
)
def test_what_is_no_problem_is_a_named_fault(value: object) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - Severity's own is one of them
        problem_of(value)  # type: ignore[arg-type]


def test_a_day_stays_a_day() -> None:
    told = Problem("x", Place(), msg("{day:%d.%m.%Y}", day=date(2026, 2, 12)))
    assert dict(problem_of(value_of(told)).found.values)["day"] == date(2026, 2, 12)
