"""Where the sentences of a passage begin and end, and what months and abbreviations are called (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

MONTHS = (
    "januar", "februar", "mars", "april", "mai", "juni",
    "juli", "august", "september", "oktober", "november", "desember",
)  # fmt: skip
MONTH = "|".join(MONTHS)

_SHORT = (
    "art bl.a ca dvs e.g etc ev evt f.eks f.o.m fr gnr hhv ifm iht inkl jf jfr jr kap kgl kl kr m.fl m.m maks"
    " mfl mill min mm mrd mv nr nto off offl osv pga pkt prof pst red ref s sst st t.o.m tlf vedr"
)
_ABBREVIATIONS = frozenset(_SHORT.split())
_END = re.compile(r"[.!?…][»”\")]*(?=[\s\xa0])")
_LAST_WORD = re.compile(r"[\w.]*$")


@lru_cache(maxsize=1024)
def sentences(words: str) -> tuple[tuple[int, int], ...]:
    """Return where each sentence begins and ends; several rules ask for those of the same words."""
    return tuple(_sentences(words))


def _sentences(words: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _END.finditer(words):
        if _ends_here(words, start, match):
            yield start, match.end()
            start = match.end() + len(words[match.end() :]) - len(words[match.end() :].lstrip())
    if words[start:].strip():
        yield start, len(words)


def _ends_here(words: str, start: int, end: re.Match[str]) -> bool:
    """Tell a sentence's end from an abbreviation, an ordinal («1. januar», «2. ledd») and an initial."""
    following = words[end.end() :].lstrip()[:1]
    if following.islower() or (following.isdigit() and end.group() == "."):
        return False
    word = _LAST_WORD.search(words[start : end.start()])
    last = word.group() if word else ""
    if end.group() != ".":
        return True
    is_initial = len(last) == 1 and last.isupper()
    return last.casefold() not in _ABBREVIATIONS and not is_initial
