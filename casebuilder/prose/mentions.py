"""Where a passage names bodies, units and days (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from casebuilder.prose.lexicon import Names
from casebuilder.prose.passages import VALUE, Passage
from casebuilder.prose.rules.rule import Known
from casebuilder.prose.sentences import MONTH, MONTHS
from casebuilder.register.dates import CoarseDate, Precision

_ASKS_FOR_A_BODY = re.compile(r"organ(?:_navn|_kortnavn)?\([\"']([^\"']+)[\"']\)")
_DAY = re.compile(
    rf"(?<![\w/.-])(?:(?P<day>[12]?\d|3[01])\.[ \xa0]?)?(?P<month>{MONTH}),?[ \xa0](?P<in>\d{{4}})(?![\d/-])"
    rf"|(?<![\w/.-])(?P<d>\d{{1,2}})\.(?P<m>\d{{1,2}})\.(?P<y>\d{{4}})(?![\d/-])"
    rf"|(?<=\b[Ii] )(?P<year>(?:19|20)\d{{2}})(?![\w/-])|(?<=\b[Ff]ra )(?P<since>(?:19|20)\d{{2}})(?![\w/-])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Named:
    """A body or unit named from `start` to `end`; with several ids where the name is several units'."""

    start: int
    end: int
    ids: tuple[str, ...]
    genitive: bool = False


@dataclass(frozen=True, slots=True)
class Dated:
    """A day, month or year that is named from `start` to `end`."""

    start: int
    end: int
    when: CoarseDate


def bodies_in(passage: Passage, known: Known) -> tuple[Named, ...]:
    """Return the bodies that a passage names, in words or with an expression, in their order."""
    words = passage.spoken
    found = [each for each in _named(words, known.lexicon.bodies) if len(each.ids) == 1]
    for at, source in passage.values.items():
        asked = _ASKS_FOR_A_BODY.match(source)
        if asked and asked[1] in known.register.bodies and words[at] == VALUE:
            genitive = bool(re.match(r"s(?!\w)", words[at + 1 :]))
            found.append(Named(at, at + 1 + genitive, (asked[1],), genitive))
    return tuple(sorted(found, key=lambda each: each.start))


def units_in(passage: Passage, known: Known) -> tuple[Named, ...]:
    """Return the kommuner and fylkeskommuner that a passage names, in their order."""
    return tuple(_named(passage.spoken, known.lexicon.units))


def _named(words: str, names: Names) -> Iterator[Named]:
    for start, end, name, is_genitive in names.found(words):
        yield Named(start, end, names.ids[name], is_genitive)


def days_in(words: str, start: int = 0, end: int | None = None) -> Iterator[Dated]:
    """Yield the days, months and years that are named in a stretch of words."""
    for match in _DAY.finditer(words, start, len(words) if end is None else end):
        when = _when(match)
        if when:
            yield Dated(match.start(), match.end(), when)


def _when(match: re.Match[str]) -> CoarseDate | None:
    """Return what a match means; None for a day that no calendar has."""
    try:
        if match["year"] or match["since"]:
            return CoarseDate(date(int(match["year"] or match["since"]), 1, 1), Precision.YEAR)
        if match["d"]:
            return CoarseDate(date(int(match["y"]), int(match["m"]), int(match["d"])))
        month = MONTHS.index(match["month"].casefold()) + 1
        precision = Precision.DAY if match["day"] else Precision.MONTH
        return CoarseDate(date(int(match["in"]), month, int(match["day"] or 1)), precision)
    except ValueError:
        return None
