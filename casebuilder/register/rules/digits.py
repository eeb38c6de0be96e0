"""Numbers that check themselves by modulus 11: organisation numbers and national identity numbers."""

from __future__ import annotations

import re

_ORGANISATION = (3, 2, 7, 6, 5, 4, 3, 2)  # Brønnøysundregistrene, organisasjonsnummeret
_FIRST = (3, 7, 6, 1, 8, 9, 4, 5, 2)  # Skatteetaten, fødselsnummer: first control digit
_SECOND = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_ELEVEN = re.compile(r"(?<![0-9])([0-9]{6})[ \xa0]?([0-9]{5})(?![0-9])")


def is_organisation_number(text: str) -> bool:
    """Tell whether nine digits end in the control digit that the others give."""
    digits = [int(each) for each in text]
    return len(digits) == 9 and digits[8] == _control(digits, _ORGANISATION)


def is_identity_number(text: str) -> bool:
    """Tell whether eleven digits end in the two control digits that the others give."""
    digits = [int(each) for each in text]
    return (
        len(digits) == 11
        and digits[9] == _control(digits, _FIRST)
        and digits[10] == _control(digits, _SECOND)
    )


def has_identity_number(text: str) -> bool:
    """Tell whether an identity number, or a D-number, stands in a text, perhaps with a space in it."""
    return any(is_identity_number(match[1] + match[2]) for match in _ELEVEN.finditer(text))


def _control(digits: list[int], weights: tuple[int, ...]) -> int:
    """Return the control digit; 10 is none, and no digit equals it."""
    total = sum(digit * weight for digit, weight in zip(digits, weights, strict=False))
    return -total % 11
