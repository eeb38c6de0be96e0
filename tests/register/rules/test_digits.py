from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebuilder.register.rules.digits import has_identity_number, is_identity_number, is_organisation_number


def control(digits: str, weights: tuple[int, ...]) -> int:
    rest = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11
    return 0 if rest == 0 else 11 - rest


@given(st.text("0123456789", min_size=9, max_size=9))
def test_nine_digits_check_when_the_last_is_what_eleven_leaves(nine: str) -> None:
    last = control(nine[:8], (3, 2, 7, 6, 5, 4, 3, 2))
    assert is_organisation_number(f"{nine[:8]}{nine[8]}") == (int(nine[8]) == last)


@given(st.text("0123456789", min_size=9, max_size=9))
def test_two_control_digits_make_an_identity_number_and_one_wrong_unmakes_it(nine: str) -> None:
    first = control(nine, (3, 7, 6, 1, 8, 9, 4, 5, 2))
    second = control(f"{nine}{first}", (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) if first < 10 else 10
    if second == 10:
        return
    right = f"{nine}{first}{second}"
    assert is_identity_number(right)
    assert not is_identity_number(f"{nine}{first}{(second + 1) % 10}")
    assert not is_identity_number(f"{nine}{(first + 1) % 10}{second}")


def made(nine: str) -> str:
    first = control(nine, (3, 7, 6, 1, 8, 9, 4, 5, 2))
    return f"{nine}{first}{control(f'{nine}{first}', (5, 4, 3, 2, 7, 6, 5, 4, 3, 2))}"


INVENTED = made("320199001")  # there is no 32 January


@pytest.mark.parametrize(
    "text",
    [
        INVENTED,
        f"Kari, f. {INVENTED}.",
        f"{INVENTED[:6]} {INVENTED[6:]}",
        f"{INVENTED[:6]}\xa0{INVENTED[6:]}",
    ],
)
def test_an_identity_number_is_seen_in_any_text(text: str) -> None:
    assert has_identity_number(text)


@pytest.mark.parametrize(
    "text", ["", "2026/45", "12345678901", f"1{INVENTED}", f"{INVENTED}2", "+47 22 33 44 55", "986515682"]
)
def test_other_numbers_are_left_in_peace(text: str) -> None:
    assert not has_identity_number(text)
