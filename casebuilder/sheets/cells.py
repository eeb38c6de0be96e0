"""One raw cell → its value by the column's declaration, or the problem that stands there.

Nothing is repaired in silence: a zero put back in front of a kommunenummer, a date typed as text and
spaces taken away at the ends are told. An empty cell is None, never "".
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from urllib.parse import urlsplit

from casebuilder.printable import UNPRINTABLE
from casebuilder.problems import Place, Problem, info, msg, warning
from casebuilder.sheets.codes import CODES
from casebuilder.sheets.declarations import Column, Kind
from casebuilder.sheets.raw import FIRST_DAY, FORMULA_WITHOUT_VALUE, Percent
from casebuilder.suggest import did_you_mean

Read = tuple[object, tuple[Problem, ...]]

_EXCEL_ERRORS = frozenset(
    ("#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#FIELD!",
     "#BLOCKED!", "#CONNECT!", "#UNKNOWN!", "#BUSY!", "#GETTING_DATA", "#EXTERNAL!", "#PYTHON!")
)  # fmt: skip
_TEXT_DATE = re.compile(r"([0-9]{1,2})[./-]\s?([0-9]{1,2})[./-]\s?([0-9]{4})")
_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_CLOCK = re.compile(r"(?:kl\.?\s*)?(\d{1,2})[.:](\d{2})")
_FIRST_SERIAL, _LAST_SERIAL = 18264, 73415  # 1950–2100 in Excel's calendar
_REFERENCE_SEPARATOR = re.compile(r"\s*;\s*")


def read_cell(raw: object, column: Column, place: Place, epoch: datetime = FIRST_DAY) -> Read:
    """Return (value, problems) of one cell; the value is None where it is empty or refused.

    `epoch` is the day that the workbook counts its days from.
    """
    if raw is None or column.kind is Kind.FORMULA:
        return _shown(raw), ()
    if raw is FORMULA_WITHOUT_VALUE:
        return _refused(
            "formula-without-value",
            place,
            msg("the cell holds a formula that has not been computed."),
            msg("Open the workbook in Excel, let it compute, and save it."),
        )
    if isinstance(raw, str) and raw in _EXCEL_ERRORS:
        return _refused("cell-error", place, msg("the cell shows the error «{error}».", error=raw), None)
    if column.kind in (Kind.DATE, Kind.TIME):
        return _serial(raw, epoch, place) if _is_serial(raw, column) else _moment(raw, column, place)
    if column.kind is Kind.INTEGER and not isinstance(raw, str) and not _is_whole(raw):
        return _integer(str(raw), column, place)
    return _as_text(raw, column, place)


def _shown(raw: object) -> str | None:
    """Return what a formula for the eye shows, if it shows any words; nothing is printed of it."""
    is_text = isinstance(raw, str) and raw not in _EXCEL_ERRORS and not UNPRINTABLE.search(raw)
    return str(raw).strip() or None if is_text else None


def _is_serial(raw: object, column: Column) -> bool:
    """Tell whether a number is likely to be a day of 1950–2100 whose date format was lost."""
    is_number = column.kind is Kind.DATE and _is_whole(raw)
    return is_number and _FIRST_SERIAL <= raw <= _LAST_SERIAL  # type: ignore[operator]


def _serial(raw: object, epoch: datetime, place: Place) -> Read:
    day = (epoch + timedelta(days=int(raw))).date()  # type: ignore[call-overload]
    told = msg("the number «{value}» is read as the date {date}.", value=raw, date=f"{day:%d.%m.%Y}")
    return day, (info("serial-date", place, told, msg("Format the cell as a date.")),)


def _is_whole(raw: object) -> bool:
    if isinstance(raw, Percent):
        return False
    if isinstance(raw, float):
        return raw.is_integer()
    return isinstance(raw, int) and not isinstance(raw, bool)


def _refused(rule: str, place: Place, found: object, expected: object) -> Read:
    return None, (Problem(rule, place, found, expected),)  # type: ignore[arg-type]


def _as_text(raw: object, column: Column, place: Place) -> Read:
    text, problems = _text(raw, column, place)
    if text is None:
        return None, problems
    value, more = _by_kind(text, column, place)
    return value, problems + more


def _text(raw: object, column: Column, place: Place) -> tuple[str | None, tuple[Problem, ...]]:
    """Return a cell's content as text, told where something was mended."""
    if not isinstance(raw, str) and not _is_whole(raw):
        found = msg(
            "Excel has stored «{value}» here, where «{column}» is text.",
            value=_as_seen(raw),
            column=column.header,
        )
        expected = msg("Format the cell as text and type the content again.")
        return None, (Problem("not-text", place, found, expected),)
    text = str(int(raw)) if isinstance(raw, int | float) else str(raw)
    refused = _unprintable(text, place)
    if refused:
        return None, refused
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    stripped = text.strip()
    problems: tuple[Problem, ...] = ()
    if stripped != text:
        problems += (info("outer-spaces", place, msg("spaces at the ends were taken away.")),)
    padded = _padded(stripped) if column.padded else stripped
    if padded != stripped:
        problems += (_lost_zero(stripped, padded, place),)
    refused = _more_lines(padded, column, place)
    return (None if refused else padded or None), problems + refused


def _as_seen(raw: object) -> object:
    """Return a date without its midnight, a percentage with its sign, any other value as it is."""
    if isinstance(raw, Percent):
        return str(raw)
    return f"{raw:%d.%m.%Y}" if isinstance(raw, datetime) and raw.time() == time() else raw


def _lost_zero(found: str, padded: str, place: Place) -> Problem:
    told = msg("«{found}» is read as «{value}».", found=found, value=padded)
    return info("lost-zero", place, told, msg("Format the cell as text, so that Excel keeps the zero."))


def _padded(text: str) -> str:
    return f"0{text}" if text.isascii() and text.isdigit() and len(text) in (1, 3) else text


def _unprintable(text: str, place: Place) -> tuple[Problem, ...]:
    unprintable = UNPRINTABLE.search(text)
    if not unprintable:
        return ()
    code = f"U+{ord(unprintable.group()):04X}"
    found = msg("the cell holds the invisible control character {code}, which Word cannot hold.", code=code)
    return (Problem("control-character", place, found, msg("Delete it and type the text again.")),)


def _more_lines(text: str, column: Column, place: Place) -> tuple[Problem, ...]:
    if column.kind is not Kind.LONG_TEXT and "\n" in text:
        found = msg("there is a line break in the cell, but «{column}» is one line.", column=column.header)
        return (Problem("line-break", place, found, msg("Write the text on one line.")),)
    return ()


def _by_kind(text: str, column: Column, place: Place) -> Read:
    match column.kind:
        case Kind.CODE:
            return _code(text, column, place)
        case Kind.INTEGER:
            return _integer(text, column, place)
        case Kind.URL:
            return _url(text, place)
        case Kind.REFERENCES:
            return _references(text, column, place)
        case _:
            return _shaped(text, column, place)


def _references(text: str, column: Column, place: Place) -> Read:
    parts = tuple(part for part in _REFERENCE_SEPARATOR.split(text) if part)
    padded = tuple(_padded(part) if column.padded else part for part in parts)
    told = tuple(_lost_zero(*pair, place) for pair in zip(parts, padded, strict=True) if pair[0] != pair[1])
    return padded or None, told


def _code(text: str, column: Column, place: Place) -> Read:
    codes = CODES[column.codes]
    for code in codes:
        if code.casefold() == text.casefold():
            return code, ()
    found = msg("«{value}» is not one of the values of «{column}».", value=text, column=column.header)
    allowed = msg("Allowed: {values}.", values=", ".join(codes))
    return _refused("unknown-code", place, found, did_you_mean(text, codes, allowed))


def _integer(text: str, column: Column, place: Place) -> Read:
    number = int(text) if re.fullmatch(r"-?[0-9]{1,15}", text) else None
    fits = number is not None and (column.least is None or number >= column.least)
    fits = fits and (column.most is None or (number or 0) <= column.most)
    if fits:
        return number, ()
    found = msg("«{value}» does not fit «{column}».", value=text, column=column.header)
    if column.most is None:
        expected = msg("Expected a whole number, {least} or more.", least=column.least)
    else:
        expected = msg(
            "Expected a whole number from {least} to {most}.", least=column.least, most=column.most
        )
    return _refused("not-a-number", place, found, expected)


def is_web_address(text: str) -> bool:
    """Tell whether a text is an http or https address with a host and no spaces."""
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(host) and not re.search(r"\s", text)


def _url(text: str, place: Place) -> Read:
    if is_web_address(text):
        return text, ()
    found = msg("«{value}» is not a web address.", value=text)
    return _refused(
        "not-an-address", place, found, msg("Expected an address that starts with https:// or http://.")
    )


def _shaped(text: str, column: Column, place: Place) -> Read:
    if column.longest is not None and len(text) > column.longest:
        found = msg("the text has {length} characters.", length=len(text))
        return _refused(
            "too-long", place, found, msg("At most {longest} are allowed.", longest=column.longest)
        )
    if column.pattern and not re.fullmatch(column.pattern, text):
        found = msg("«{value}» does not have the form of «{column}».", value=text, column=column.header)
        return _refused("wrong-form", place, found, _EXPECTED_FORM[column.pattern])
    return text, ()


_EXPECTED_FORM = {
    r"[A-ZÆØÅ0-9_]+": msg("Expected capital letters, digits and underscores, such as OSLOREGIONEN."),
    r"\d{9}": msg("Expected nine digits."),
    r"\d{2}": msg("Expected two digits, such as 03."),
    r"(?:\d{2}|\d{4})/\d+(?:-\d+)?": msg("Expected year/number, such as 2026/45 or 26/00045."),
    r".+\.docx": msg("Expected the name of a .docx file."),
}


def _moment(raw: object, column: Column, place: Place) -> Read:
    if isinstance(raw, str):
        refused = _unprintable(raw, place)
        if refused:
            return None, refused
        if not raw.strip():
            return None, (info("outer-spaces", place, msg("spaces at the ends were taken away.")),)
    return _clock(raw, place) if column.kind is Kind.TIME else _day(raw, place)


def _day(raw: object, place: Place) -> Read:
    if isinstance(raw, datetime):
        return raw.date(), (*_clock_dropped(raw, place), *_perhaps_a_year(raw.date(), place))
    if isinstance(raw, date):
        return raw, _perhaps_a_year(raw, place)
    typed = _typed_date(str(raw).strip()) if isinstance(raw, str) else None
    if typed is None:
        found = msg("«{value}» is not a date.", value=raw)
        return _refused("not-a-date", place, found, msg("Expected a date, such as 31.12.2026."))
    told = msg(
        "the date «{value}» is stored as text; it is read as {date}.", value=raw, date=f"{typed:%d.%m.%Y}"
    )
    return typed, (info("text-date", place, told, msg("Format the cell as a date.")),)


def _perhaps_a_year(day: date, place: Place) -> tuple[Problem, ...]:
    """Warn of a date that Excel makes of a year typed in a date cell: 2003 is day 2003, 25.6.1905."""
    number = (day - date(1899, 12, 30)).days
    if not 1950 <= number <= 2100 or day.day == 1:
        return ()
    found = msg(
        "the date is {date}, which Excel makes of the number {number}.", date=f"{day:%d.%m.%Y}", number=number
    )
    expected = msg(
        "If the year {number} is meant, write 01.01.{number} and choose the precision år.", number=number
    )
    return (warning("perhaps-a-year", place, found, expected),)


def _clock_dropped(moment: datetime, place: Place) -> tuple[Problem, ...]:
    if moment.time() == time():
        return ()
    return (info("time-dropped", place, msg("the time of day in the cell is passed over.")),)


def _typed_date(text: str) -> date | None:
    norwegian, iso = _TEXT_DATE.fullmatch(text), _ISO_DATE.fullmatch(text)
    if norwegian:
        day, month, year = (int(part) for part in norwegian.groups())
    elif iso:
        year, month, day = (int(part) for part in iso.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _clock(raw: object, place: Place) -> Read:
    if isinstance(raw, datetime):
        return raw.time(), ()
    if isinstance(raw, time):
        return raw, ()
    if isinstance(raw, timedelta) and timedelta() <= raw < timedelta(days=1):
        minutes, seconds = divmod(int(raw.total_seconds()), 60)
        return time(minutes // 60, minutes % 60, seconds), ()
    typed = _CLOCK.fullmatch(raw.strip()) if isinstance(raw, str) else None
    if typed and int(typed[1]) < 24 and int(typed[2]) < 60:
        return time(int(typed[1]), int(typed[2])), ()
    found = msg("«{value}» is not a time of day.", value=raw)
    return _refused("not-a-time", place, found, msg("Expected hour and minutes, such as 12.00."))
