"""Names as the register has them: bodies, units and laws with the letters that are theirs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from casebuilder.problems import msg
from casebuilder.prose.lexicon import LONG_NAME, WORD, Lexicon, without_genitive
from casebuilder.prose.passages import Passage
from casebuilder.prose.rules.rule import Edit, Finding, Known

_NAME = r"[A-ZÆØÅÁČĐŊŠŦŽ][\w-]*(?: (?:og|i|[A-ZÆØÅÁČĐŊŠŦŽ][\w-]*)(?=[ \xa0])){0,3}"
_OF_TYPE = re.compile(
    rf"(?<![\w-])(?P<name>{_NAME})[ \xa0](?P<type>(?:Fylkesk|K)ommunen?s?)(?![\w-])(?! [A-ZÆØÅ])"
)
_BENT = re.compile(
    rf"(?<![\w-])(?P<name>{_NAME})[ \xa0](?P<type>(?:fylkes)?kommun)"
    r"(?P<end>en|ens|ene|enes|ane|anes|er|ers|ar)(?!\w)"
)
_SMALL = re.compile(
    r"(?<![\w-])(?P<name>[\w-]+(?: [\w-]+){0,2})[ \xa0](?P<type>(?:fylkes)?kommune)(?:s|ns)?(?![\w-])",
    re.IGNORECASE,
)
_LAWS = (
    "kommune|offentleg|offentlighets|forvaltnings|arkiv|personopplysnings|plan- og bygnings|valg|opplærings"
    "|anskaffelses|arbeidsmiljø|inndelings|språk|barnehage|forurensnings|naturmangfold|vegtrafikk|aksje|bokførings"
)
_LAW = re.compile(
    rf"(?:(?<=[a-zæøå,;)] )|(?<=[a-zæøå,;)]\xa0)|(?<=jf\. )|(?<=jf\.\xa0)|(?<=jfr\. ))"
    rf"(?P<law>(?i:{_LAWS})(?:lov(?:en|ens|a|as)?|forskrift(?:en|ens|a)?))(?![\w-])"
)
_MONTH_NAMES = "Januar|Februar|Mars|April|Juni|Juli|August|September|Oktober|November|Desember"
_MONTH = re.compile(rf"(?<![\w.])(?:[12]?\d|3[01])\.[ \xa0](?P<month>{_MONTH_NAMES})(?= \d{{4}}|[,;.)]|$)")
_LONG_ENOUGH = 5  # letters of a unit's name, for one wrong letter to be told
_PLACE_LIKE = re.compile(
    r"(?:øst|vest|sør|nord|midt|inn|opp)?lands?|(?:oslo|viken|trønder|fjell)", re.IGNORECASE
)
_BEGINNING = re.compile(r"(?:^|[.!?:…–-])[\s\xa0]*$")


def capitals(passage: Passage, known: Known) -> Iterator[Finding]:
    """Find «Horten Kommune», «jf. Kommuneloven» and «1. Januar», whose small letter is sure."""
    words = passage.own
    for match in _OF_TYPE.finditer(words):
        name = _known_end(match["name"], known.lexicon.unit_names)
        if name:
            at = match.start("type")
            start = match.end("name") - len(name)
            yield Finding(start, match.end(), edits=(Edit(at, at + 1, words[at].lower()),))
    for pattern, group in ((_LAW, "law"), (_MONTH, "month")):
        for match in pattern.finditer(words):
            at = match.start(group)
            if words[at].isupper():
                yield Finding(match.start(), match.end(), edits=(Edit(at, at + 1, words[at].lower()),))


def _known_end(name: str, units: Iterable[str]) -> str:
    """Return the unit's name that some words end with, for «Samarbeid mellom Horten» has words before it."""
    ends = (each for each in units if name == each or name.endswith((f" {each}", f"\xa0{each}")))
    return max(ends, key=len, default="")


def unit_names(passage: Passage, known: Known) -> Iterator[Finding]:
    """Find names of units with a wrong letter or form: «øvre eiker kommune», «Viken fylkeskommunene»."""
    words = passage.own
    by_folded = known.lexicon.units_by_folded
    for match in _BENT.finditer(words):
        name = _known_end(match["name"], by_folded.values())
        listed = words[: match.end("name") - len(name)].endswith((" og ", ", "))
        if name and not (match["end"] in ("er", "ers", "ar") and listed):
            start = match.end("name") - len(name)
            found = msg("«{text}» is not how the register writes it.", text=words[start : match.end()])
            expected = msg("Expected «{better}».", better=f"{name} {match['type']}e")
            yield Finding(start, match.end(), found, expected)
    for match in _SMALL.finditer(words):
        yield from _misspelt(match, by_folded)


def _misspelt(match: re.Match[str], by_folded: Mapping[str, str]) -> Iterator[Finding]:
    """Find, in the words before «kommune», a unit's name in other letters."""
    tail = match["name"]
    while tail:
        start = match.end("name") - len(tail)
        right = by_folded.get(tail.casefold())
        if right is None and tail[:1].isupper() and len(tail) >= _LONG_ENOUGH:
            right = next(
                (name for folded, name in by_folded.items() if one_off(tail.casefold(), folded)), None
            )
        if right is not None:
            if right != tail and not tail.isupper():
                found = msg("«{text}» is not how the register writes it.", text=tail)
                yield Finding(start, match.end("name"), found, msg("Expected «{better}».", better=right))
            return
        tail = tail.partition(" ")[2]


def body_names(passage: Passage, known: Known) -> Iterator[Finding]:
    """Find names of bodies in other letters than the register's: «Østlandsamarbeidet»."""
    words, lexicon = passage.spoken, known.lexicon
    tokens = list(WORD.finditer(words))
    starts, ends = [token.start() for token in tokens], [token.end() for token in tokens]
    for count, letters in lexicon.body_letters.items():
        for at, (start, end) in enumerate(zip(starts, ends[count - 1 :], strict=False)):
            said = words[start:end]
            if end - start not in letters or not (said[0].isupper() or said.casefold() in lexicon.folded):
                continue
            for name in _nearly(said, tokens[at : at + count], lexicon):
                if _is_meant(said, name, begins=_BEGINNING.search(words[:start]) is not None):
                    found = msg("«{text}» is not how the register writes it.", text=said)
                    yield Finding(start, end, found, msg("Expected «{better}».", better=name))


def _nearly(said: str, row: Sequence[re.Match[str]], lexicon: Lexicon) -> Iterator[str]:
    """Yield the names of bodies that words may be meant for; what begins a sentence is held to more."""
    names = lexicon.bodies_like(said, len(row))
    if not names or said in lexicon.bodies.ids or without_genitive(said) in lexicon.bodies.ids:
        return
    if said.split(" ") == [token.group() for token in row]:
        yield from (name for name in names if _is_meant(said, name, begins=False))


@lru_cache(maxsize=4096)
def _is_meant(said: str, name: str, *, begins: bool) -> bool:
    """Tell whether words are a body's name with other capitals, or with one letter wrong.

    Ordinary words are not: «rådet» where a body is called «Rådet», or «Samarbeider» at the beginning of a
    sentence where one is called «Samarbeidet».
    """
    bare = without_genitive(said) if without_genitive(said).casefold() == name.casefold() else said
    is_one_word, is_a_place = " " not in name, bool(_PLACE_LIKE.match(name))
    if bare.casefold() == name.casefold():
        has_capitals_inside = name[1:] != name[1:].lower()
        only_the_first_differs = bare[1:] == name[1:] or bare.islower()
        if bare.isupper() or (is_one_word and name.isupper()):
            return False
        return has_capitals_inside or is_a_place or not only_the_first_differs
    if re.sub(r"\d", "", said) == name or len(name) < LONG_NAME:
        return False
    if not said[:1].isupper() or (begins and is_one_word and not is_a_place):
        return False
    return any(one_off(each.casefold(), name.casefold()) for each in (said, without_genitive(said)))


def one_off(one: str, other: str) -> bool:
    """Tell whether one letter, and no hyphen, is wrong, missing, too many, or two are swapped."""
    if one.replace("-", "") == other.replace("-", "") or abs(len(one) - len(other)) > 1:
        return False
    at = next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    rest, rest_of_other = one[at:], other[at:]
    return (
        rest[1:] == rest_of_other[1:]
        or rest == rest_of_other[1:]
        or rest[1:] == rest_of_other
        or (rest[:2] == rest_of_other[1::-1] and rest[2:] == rest_of_other[2:])
    )
