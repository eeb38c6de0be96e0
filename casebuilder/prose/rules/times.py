"""Words and dates that mean another day to a later reader.

Only what can hardly be meant otherwise is told: «i dag», «nå» and «i vår» may well be right, and so may a
date in a year that the sentence, or what leads up to it, has named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from casebuilder.problems import Message, msg
from casebuilder.prose.passages import VALUE, Kind, Passage
from casebuilder.prose.rules.rule import Finding, Known
from casebuilder.prose.sentences import MONTH, sentences

_YEARS_AWAY = {
    "i forfjor": -2, "i fjor": -1, "fjoråret": -1, "fjorårets": -1, "forrige år": -1, "førre år": -1,
    "i år": 0, "neste år": 1, "til neste år": 1, "til års": 1,
}  # fmt: skip
_RELATIVE = re.compile(
    r"(?<![\w-])(?:"
    r"i forfjor|i fjor(?! (?:høst|vinter|vår|sommer))|fjorårets?|(?:forrige|førre) år|(?:til )?neste år"
    r"|i år(?! (?:\d|etter|for|og dag|med|uten|utan))"
    r"|i fjor (?:høst|vinter|vår|sommer)"
    r"|i (?:går|morgen|forgårs|overmorgen|høst|haust|vinter|sommer|sommar|natt|kveld|ettermiddag)"
    r"|(?:i )?(?:forrige|førre|neste) (?:uke|uka|veke|måned|månad|kvartal|halvår)"
    r"|(?:denne|inneværende|inneverande) (?:uken|uka|veka|måneden|månaden)"
    r")(?![\w-])",
    re.IGNORECASE,
)
_DATE = re.compile(
    rf"(?<![\w.,/§-])(?:[12]?\d|3[01])\.[ \xa0]?(?:{MONTH})(?![\w-])(?!\.\w|,?[ \xa0]?\d{{4}})"
)
_FULL_DATE = re.compile(rf"(?:(?:[12]?\d|3[01])\.[ \xa0]?)?(?:{MONTH}),? (?:\d{{4}})(?!\d)")
_YEAR = re.compile(r"(?<![\d.,/\w-])(?:19|20)\d{2}(?![\d\w]|[.,]\d)")
_EVERY_YEAR = re.compile(
    r"(?<!\w)(?:år|året|årets|årene|åra|årlig|årlege?|årvisst|årsskifte(?:t|r|ne)?|hver|hvert|kvar|kvart"
    r"|alltid|vanligvis|vanlegvis|normalt|ellers)(?!\w)",
    re.IGNORECASE,
)
_SAME_DAY_EACH_YEAR = re.compile(r"(?:1|17)\.[ \xa0]?mai|8\.[ \xa0]?mars|24\.[ \xa0]?(?:desember|oktober)")
_AND = r"(?:, |,? og |,? eller |,? til |–| – |-)(?:(?:den|fra|til) )?"
_DAY = r"(?:[12]?\d|3[01])\.[ \xa0]?"
_ENUMERATED = re.compile(rf"(?:{_AND}{_DAY}(?:{MONTH})?)*{_AND}{_DAY}(?:{MONTH}),? \d{{4}}")
_ASKS_FOR_A_YEAR = re.compile(r"år|dato|standdato|når|virkning|hendelse|behandles")


def relative_words(passage: Passage, known: Known) -> Iterator[Finding]:
    """Find «i fjor», «neste år» and the like."""
    words = passage.own
    for match in _RELATIVE.finditer(words):
        found = msg("«{words}» will mean another time to a later reader.", words=match.group())
        yield Finding(match.start(), match.end(), found, _absolute(match.group().casefold(), known))


def _absolute(words: str, known: Known) -> Message:
    away = _YEARS_AWAY.get(words)
    if away is None:
        return msg("Write the date, or the month and the year.")
    return msg("Write the year; if {year} is meant, «{year}».", year=known.case.as_of.year + away)


def dates_without_year(known: Known) -> Iterator[tuple[int, Finding]]:
    """Find «26. februar» where nothing before it says of which year."""
    for number, passage in enumerate(known.passages):
        if passage.kind in (Kind.QUOTATION, Kind.CELL) or not _DATE.search(passage.own):
            continue
        if _has_year(passage.heading):
            continue
        before = _leading_up_to(known.passages, number)
        if not _has_year(before):
            yield from ((number, finding) for finding in _undated(passage))


def _leading_up_to(passages: Sequence[Passage], number: int) -> str:
    """Return the words that lead up to a list."""
    at = number
    while at > 0 and passages[at].kind is Kind.ITEM:
        at -= 1
    return passages[at].own if at != number else ""


def _undated(passage: Passage) -> Iterator[Finding]:
    """Find the dates without a year in sentences that name none, nor any before them in the passage."""
    words = passage.own
    for start, end in sentences(words):
        sentence = words[start:end]
        if _has_year(words[:end]) or _EVERY_YEAR.search(sentence) or _gives_a_year(passage, start, end):
            continue
        for match in _DATE.finditer(words, start, end):
            if _SAME_DAY_EACH_YEAR.fullmatch(match.group()) or _ENUMERATED.match(words, match.end(), end):
                continue
            found = msg("the date «{date}» has no year.", date=match.group().replace("\xa0", " "))
            yield Finding(match.start(), match.end(), found, msg("Write the year as well."))


def _has_year(words: str) -> bool:
    """Tell whether words name a year that is not part of another date."""
    return bool(_YEAR.search(_FULL_DATE.sub(lambda match: VALUE * len(match.group()), words)))


def _gives_a_year(passage: Passage, start: int, end: int) -> bool:
    """Tell whether an expression in a sentence may have a year in its answer."""
    inside = (source for at, source in passage.values.items() if start <= at < end)
    return any(_ASKS_FOR_A_YEAR.search(source) for source in inside)
