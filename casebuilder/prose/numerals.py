"""Numbers in words, up to a hundred, in bokmål and nynorsk (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator

_UNITS = (
    ("en", "én", "ett", "ei", "ein", "eitt", "éin", "éi"), ("to",), ("tre",), ("fire",), ("fem",), ("seks",),
    ("sju", "syv"), ("åtte",), ("ni",),
)  # fmt: skip
_TO_NINETEEN = (
    ("ti",), ("elleve",), ("tolv",), ("tretten",), ("fjorten",), ("femten",), ("seksten",), ("sytten",),
    ("atten",), ("nitten",),
)  # fmt: skip
_TENS = (
    ("tjue", "tyve"), ("tretti", "tredve"), ("førti", "førr"), ("femti",), ("seksti",), ("sytti",), ("åtti",),
    ("nitti",),
)  # fmt: skip


def _words() -> Iterator[tuple[str, int]]:
    for number, names in enumerate((*_UNITS, *_TO_NINETEEN), start=1):
        yield from ((name, number) for name in names)
    for ten, names in enumerate(_TENS, start=2):
        for name in names:
            yield name, ten * 10
            for unit, others in enumerate(_UNITS, start=1):
                yield from ((f"{name}{other}", ten * 10 + unit) for other in others)
                yield from ((f"{other}og{name}", ten * 10 + unit) for other in others)
    yield from (("hundre", 100), ("etthundre", 100))


_BY_WORD = dict(_words())
_ARTICLES = frozenset(("en", "ei", "ein", "ett"))


def _either(*rows: tuple[str, ...]) -> str:
    """Return a pattern of these words, the longest first."""
    return "|".join(sorted((name for names in rows for name in names), key=len, reverse=True))


_FIGURES = r"\d{1,3}(?:[ \xa0]?\d{3})*"
_UNIT, _TEN = f"(?:{_either(*_UNITS)})", f"(?:{_either(*_TENS)})"
_COUNTED = _either(*_TO_NINETEEN, tuple(name for names in _UNITS for name in names if name not in _ARTICLES))
NUMBER = (
    rf"(?:{_FIGURES}|{_UNIT}og{_TEN}|{_TEN}(?:[- \xa0](?:og )?{_UNIT}|{_UNIT})?|{_COUNTED}|(?:ett)?hundre)"
)
"""A pattern of a number in figures or words; «en» and «ett» are mostly articles, and none."""


def number_of(text: str) -> int | None:
    """Return the number that figures or words stand for; None if they stand for none."""
    joined = re.sub(r"[-\s\xa0]", "", text.casefold())
    if joined.isdecimal():
        return int(joined)
    return _BY_WORD.get(joined)
