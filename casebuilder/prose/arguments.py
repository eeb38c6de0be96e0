"""What a clerk may give a function of a text, read into what the register is asked with (pure)."""

from __future__ import annotations

import re
from datetime import date, timedelta

from casebuilder.problems import msg
from casebuilder.prose.values import Refusal, When
from casebuilder.register.dates import Period
from casebuilder.sheets.codes import CODES
from casebuilder.suggest import did_you_mean

_PLURALS = {
    "kommuner": "kommune",
    "kommunar": "kommune",
    "fylkeskommuner": "fylkeskommune",
    "fylkeskommunar": "fylkeskommune",
}
_YES_NO = {"ja": True, "nei": False}


def given_day(value: object) -> date:
    """Read a day that a text names: a date of the register, «2027-01-01» or «1.1.2027»."""
    if isinstance(value, When):
        return value.date.first
    iso = re.fullmatch(r"([12]\d{3})-(\d{1,2})-(\d{1,2})", str(value).strip())
    norwegian = re.fullmatch(r"(\d{1,2})\.\s?(\d{1,2})\.\s?([12]\d{3})", str(value).strip())
    parts = iso.groups() if iso else norwegian.groups()[::-1] if norwegian else None
    try:
        year, month, day = (int(part) for part in parts or ())
        return date(year, month, day)
    except ValueError:
        found = msg("«{value}» is not a date.", value=value)
        raise Refusal(found, msg("Expected a date, such as 31.12.2026.")) from None


def given_unit_type(value: object) -> str | None:
    """Read a type of unit that a text names, in singular or plural."""
    known = CODES["enhetstype"]
    if value is None:
        return None
    name = str(value).strip().casefold()
    if name in known:
        return name
    if name in _PLURALS:
        return _PLURALS[name]
    found = msg("«{value}» is not a type of unit.", value=value)
    raise Refusal(found, did_you_mean(name, known, msg("Allowed: {values}.", values=", ".join(known))))


def given_year(value: object) -> int | None:
    """Read a year, given as 2024 or «2024»."""
    if value is None:
        return None
    if isinstance(value, When):
        return value.date.year
    if not re.fullmatch(r"[12]\d{3}", str(value).strip()):
        found = msg("«{value}» is not a year.", value=value)
        raise Refusal(found, msg("Expected a year, such as 2026."))
    return int(str(value))


def given_period(value: object) -> Period | None:
    """Read the time of effect that a text names: a year (2027), or a day («1.1.2027»)."""
    if value is None:
        return None
    if isinstance(value, When):
        return Period(value.date.first, value.date.last + timedelta(days=1))
    if re.fullmatch(r"\d+", str(value).strip()):
        return Period.of_year(given_year(value) or 0)
    day = given_day(value)
    return Period(day, day + timedelta(days=1))


def given_choice(value: object) -> bool:
    """Read a yes or a no: `ja`, `nei`, `true`, «nei»."""
    if isinstance(value, bool):
        return value
    if str(value).strip().casefold() in _YES_NO:
        return _YES_NO[str(value).strip().casefold()]
    raise Refusal(msg("«{value}» is neither «ja» nor «nei».", value=value), msg("Expected ja or nei."))
