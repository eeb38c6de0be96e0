"""Figures and dates typed by hand, held against the register on the case's standdato (pure).

Only what a sentence says of a whole body is looked at: «Osloregionen har 62 kommuner», not «tre kommuner i
Osloregionen har innført …» and not «357 kommuner i Norge». An expression's answer is never looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from casebuilder.problems import msg
from casebuilder.prose.mentions import Named, bodies_in, days_in
from casebuilder.prose.numerals import NUMBER, number_of
from casebuilder.prose.passages import Passage
from casebuilder.prose.rules.rule import Finding, Known
from casebuilder.prose.sentences import sentences
from casebuilder.register.dates import Precision
from casebuilder.register.questions import members_on
from casebuilder.register.records import Case
from casebuilder.wording import day as written_day

_TYPES = {"kommun": "kommune", "fylke": "fylkeskommune", "medlem": None}
_NOUN = (
    r"(?:medlemskommun(?:er|ar)|medlemsfylke(?:r|skommuner)?|medlemm?er|fylkeskommun(?:er|ar)|fylker"
    r"|kommun(?:er|ar))"
)
_ADVERBS = (
    r"(?:(?:nå|no|i dag|fortsatt|framleis|fremdeles|dermed|altså|i alt|totalt|til sammen|tilsammen|for tiden"
    r"|per i dag|bare|kun|hele|i \d{4}|per [\d. ]*\w+ \d{4}) ){0,3}"
)
_FIRST = rf"(?P<number>{NUMBER}) (?P<noun>{_NOUN})(?!\w)"
_SECOND = rf"(?P<number2>{NUMBER}) (?P<noun2>{_NOUN})(?!\w)"
_PAIR = rf"{_ADVERBS}{_FIRST}(?:(?: og |, |: ){_SECOND})?"
_NOT_SOME = r"(?! (?:som|fra|på|med|uten|frå)\b)(?! i (?!dag\b|alt\b|\d{4}))"
_GOES_ON = r" (?:og|men|nå|no|per|ved|fordelt|spredt|samt)\b| som medlem| i (?:dag|alt|\d{4})\b"
_AND_NO_MORE = rf"(?!,? som\b(?! medlem))(?=[.,;:!?)]|$|{_GOES_ON})"
_COUNT = rf"{_PAIR}{_AND_NO_MORE}"
_NAMED_AS = r"(?: \([^()]{1,15}\))?"
_HAS = "(?:har|teller|tel|omfatter|omfattar|samler|samlar|representerer|representerar|favner)"
_IS_MADE_OF = "(?:består|er sammensatt|er satt sammen) (?:i dag |nå |no )?"
_IS_ONE_OF = r"er (?:et|en|ei|eit|ein) [^,.;:]{0,60}? (?:mellom|for|av|med) "
_SAYS_OF_ITSELF = re.compile(rf"{_NAMED_AS} (?:{_HAS} |{_IS_MADE_OF}av |{_IS_ONE_OF}){_COUNT}")
_TURNED = re.compile(rf"{_NAMED_AS} (?:av )?{_COUNT}")
_TURNED_BEFORE = re.compile(r"(?:^|\W)(?:består|har|teller|tel|omfatter|omfattar) $", re.IGNORECASE)
_OF_GENITIVE = re.compile(rf" (?:nåværende )?{_PAIR}{_NOT_SOME}")
_IN_IT = re.compile(rf"{_NAMED_AS} er det {_COUNT}")
_THE_NOUN = r"(?:medlemskommunene|medlemskommunane|medlemmene|medlemene|medlemsfylkene)"
_THE_WHOLE = tuple(
    re.compile(rf"(?<![\w-]){lead} (?P<number>{NUMBER}) (?P<noun>{noun}) (?:i|av|til) $", re.IGNORECASE)
    for lead, noun in (
        ("(?:alle|samtlige)(?: de)?", rf"{_THE_NOUN}|{_NOUN}|(?:fylkes)?kommun(?:ene|ane)"),
        ("(?<!av )de", _THE_NOUN),
    )
)
_THERE_ARE = re.compile(rf"(?:det er|er det) {_ADVERBS}{_FIRST} (?:med )?i $", re.IGNORECASE)
_LEADING_WORDS = "i|av|for|til|fra|frå|med|hos|ved|om|mot|på|mellom|enn|utenom|blant|og|eller|som"
_NOT_A_SUBJECT = re.compile(rf"(?:^|\W)(?:{_LEADING_WORDS}) $", re.IGNORECASE)
_SOME_OF_THEM = re.compile(r" ?(?:IPR )?(?:som\b|fra\b|\()")
_ANOTHER_DAY = re.compile(r"dato\(|år|når|hendelse|virkning|vedtatt|behandles")
_THE_DAY = re.compile(r"standdato(?:\s*\|\s*\w+)?")


@dataclass(frozen=True, slots=True)
class _Claim:
    """A count that a sentence says a body has."""

    body_id: str
    start: int
    end: int
    number: int
    noun: str

    @property
    def unit_type(self) -> str | None:
        bare = self.noun.removeprefix("medlems") if self.noun.startswith("medlems") else self.noun
        return next(kind for stem, kind in _TYPES.items() if bare.casefold().startswith(stem))


def counts(passage: Passage, known: Known) -> Iterator[Finding]:
    """Find the counts of a body's members that are not the register's."""
    words = passage.spoken
    bodies = bodies_in(passage, known) if known.knows_members else ()
    for start, end in sentences(words) if bodies else ():
        on = _day_of(passage, words, start, end, known.case)
        inside = [body for body in bodies if start <= body.start < end]
        claims = {claim.start: claim for body in inside for claim in _claims(words, start, end, body)}
        for claim in claims.values() if on else ():
            yield from _checked(claim, passage, known, on or known.case.as_of)


def _day_of(passage: Passage, words: str, start: int, end: int, case: Case) -> date | None:
    """Return the day that a sentence speaks of; None for one before the standdato, or that is not sure."""
    asked = [source for at, source in passage.values.items() if start <= at < end]
    if any(_ANOTHER_DAY.search(source) and not _THE_DAY.fullmatch(source) for source in asked):
        return None
    days = list(days_in(words, start, end))
    exact = [each.when for each in days if each.when.precision is Precision.DAY]
    others = [each.when for each in days if each.when.precision is not Precision.DAY]
    if any(not other.first <= case.as_of <= other.last for other in others):
        return None
    if not exact:
        return case.as_of
    return exact[0].day if len(exact) == 1 and exact[0].day >= case.as_of else None


def _claims(words: str, start: int, end: int, body: Named) -> Iterator[_Claim]:
    """Yield what a sentence says of a body's size."""
    before, after = words[start : body.start], words[body.end : end]
    found: list[tuple[int, re.Match[str] | None]] = []
    if body.genitive:
        found.append((body.end, _OF_GENITIVE.match(after)))
    elif before == "I ":
        found.append((body.end, _IN_IT.match(after)))
    elif _TURNED_BEFORE.search(before):
        found.append((body.end, _TURNED.match(after)))
    elif not _NOT_A_SUBJECT.search(before):
        found.append((body.end, _SAYS_OF_ITSELF.match(after)))
    elif not _SOME_OF_THEM.match(after):
        found += [(start, pattern.search(before)) for pattern in (*_THE_WHOLE, _THERE_ARE)]
    for base, match in found:
        if match:
            yield from _of_match(match, base, body)


def _of_match(match: re.Match[str], base: int, body: Named) -> Iterator[_Claim]:
    for name, noun in (("number", "noun"), ("number2", "noun2")):
        groups = match.groupdict()
        number = number_of(groups.get(name) or "")
        if number is not None:
            span = match.start(name), match.end(noun)
            yield _Claim(body.ids[0], base + span[0], base + span[1], number, groups[noun])


def _checked(claim: _Claim, passage: Passage, known: Known, on: date) -> Iterator[Finding]:
    register = known.register
    has_any = any(
        membership.body_id == claim.body_id
        and claim.unit_type in (None, register.units[membership.unit_id].type)
        for membership in register.memberships
    )
    number = len(members_on(register, claim.body_id, on, claim.unit_type))
    if has_any and number != claim.number:
        found = msg(
            "«{text}» stands here, but the register has {number} in «{body}» on {day}.",
            text=passage.words[claim.start : claim.end].replace("\xa0", " "),
            number=number,
            body=register.bodies[claim.body_id].name,
            day=written_day(on, known.case.language),
        )
        expected = msg("Correct it here, or the sheet medlemmer; an expression is always right.")
        if passage.at(claim.start).sheet:  # where no expression can stand
            expected = msg("Correct it here, or the sheet medlemmer.")
        yield Finding(claim.start, claim.end, found, expected)
