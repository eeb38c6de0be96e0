"""Who left a body and when, as a sentence says it by hand, held against the register (pure).

A sentence is read only where unit, verb and date stand together; a date may be that of the decision, the
last day as member or the first day outside, but after «med virkning fra» the first day outside only.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from casebuilder.problems import Message, msg
from casebuilder.prose.mentions import Dated, Named, bodies_in, days_in, units_in
from casebuilder.prose.passages import Passage
from casebuilder.prose.rules.rule import Finding, Known
from casebuilder.prose.sentences import sentences
from casebuilder.register.dates import CoarseDate
from casebuilder.register.records import Membership, Register
from casebuilder.wording import coarse, in_a_row

_GO = r"(?:gikk|går|gått|gå|gjekk|gått|trådte|trer|tre|trådt|meldte seg|melder seg|meldt seg|melde seg) ut"
_LEAVES = re.compile(rf"{_GO}|forlot|forlater|forlate|forlatt")
_WILLING = r"(?:har|hadde|valgte(?: å)?|valde å|vedtok(?: å)?|besluttet å|bestemte seg for å)"
_LEADS_TO_VERB = re.compile(rf" (?:{_WILLING} )?(?:(?:i (?:\w+ )?\d{{4}}|\d+\. \w+ \d{{4}}) )?(?:å )?$")
_BETWEEN_UNITS = re.compile(r"(?:,|,? og|,? samt) $")
_UNSURE = re.compile(
    r"(?<!\w)(?:dersom|hvis|om|vurder\w*|bør|burde|foreslå\w*|foreslo|innstil\w*|behandl\w*|ønsk\w*|planlegg\w*|kan|kunne"
    r"|skulle|tidligst|ikke|ikkje|verken|vil|ville|nesten|uten|utan|aldri|neppe|spørsmål\w*|frykt\w*|tru(?:er|et|a)|forslag\w*)(?!\w)",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(
    r"[,;:](?! (?:med virkning|med verknad|gjeldende|fra|frå|og fra))| (?:som|men|mens|da|fordi|etter) |$"
)
_WHAT_IS_LEFT = re.compile(rf"{_GO} av |forl\w+ |{_GO} (?:fra|frå) (?!\d|den |og med )")
_EFFECT = re.compile(r"(?:virkning|verknad|gjeldende|gjeldande) (?:fra|frå)(?: og med)? (?:den )?$")


def leavings(passage: Passage, known: Known) -> Iterator[Finding]:
    """Find the leavers of which a passage says another date than the register."""
    words = passage.spoken
    if not known.knows_members or not _LEAVES.search(words):
        return
    units, bodies = units_in(passage, known), bodies_in(passage, known)
    for start, end in sentences(words):
        for verb in _LEAVES.finditer(words, start, end):
            clause_end = _clause_end(words, verb.end(), end)
            inside = [unit for unit in units if start <= unit.start < end]
            who = _subjects(words, verb.start(), inside) or _listed(words, clause_end, inside)
            if (
                who
                and _is_of_ours(words[verb.start() :], verb, bodies)
                and not _UNSURE.search(words, start, clause_end)
            ):
                after = verb.end() if who[0].start > verb.start() else who[-1].end
                days = [*_opening(words, start, who), *days_in(words, after, clause_end)]
                named = [body for body in bodies if verb.end() <= body.start < clause_end]
                ids = {body.ids[0] for body in named}
                if days:
                    yield from _held(who, _settling(words, days), ids, passage, known)
                elif len(named) == 1 and not named[0].genitive:
                    yield from _never(who, named[0].ids[0], passage, known)


def _is_of_ours(words: str, verb: re.Match[str], bodies: Sequence[Named]) -> bool:
    """Tell whether what is left, if it is named, is one of the register's bodies."""
    named = _WHAT_IS_LEFT.match(words)
    return named is None or any(body.start == verb.start() + named.end() for body in bodies)


def _clause_end(words: str, start: int, end: int) -> int:
    match = _CLAUSE_END.search(words, start, end)
    return match.start() if match else end


def _subjects(words: str, verb: int, units: Sequence[Named]) -> list[Named]:
    """Return the units in the row that ends right before the verb."""
    row: list[Named] = []
    for unit in reversed([each for each in units if each.end <= verb and not each.genitive]):
        gap = words[unit.end : row[-1].start] if row else words[unit.end : verb]
        if not (_BETWEEN_UNITS if row else _LEADS_TO_VERB).fullmatch(gap):
            break
        row.append(unit)
    return row[::-1]


def _listed(words: str, colon: int, units: Sequence[Named]) -> list[Named]:
    """Return the units in the row that begins right after a colon."""
    row: list[Named] = []
    for unit in units:
        gap = words[row[-1].end : unit.start] if row else words[colon : unit.start]
        if unit.start > colon and (_BETWEEN_UNITS.fullmatch(gap) if row else gap == ": "):
            row.append(unit)
    return row


def _opening(words: str, start: int, who: Sequence[Named]) -> list[Dated]:
    """Return the date that a sentence opens with: «I 2024 valgte Bærum kommune å …»."""
    days = list(days_in(words, start, who[0].start))
    return days if len(days) == 1 and days[0].start - start <= len("I løpet av ") else []


@dataclass(frozen=True, slots=True)
class _Days:
    """The days that settle when somebody left; `only_effect` if they are said to be first days outside."""

    named: tuple[Dated, ...]
    only_effect: bool


def _settling(words: str, days: Sequence[Dated]) -> _Days:
    effective = tuple(each for each in days if _EFFECT.search(words[: each.start]))
    return _Days(effective or tuple(days), bool(effective))


def _held(
    who: Sequence[Named], days: _Days, ids: Collection[str], passage: Passage, known: Known
) -> Iterator[Finding]:
    """Find, of the units said to leave, those of which the register says otherwise; alike ones together."""
    wrong: dict[tuple[str, CoarseDate | None], list[str]] = {}
    for unit in who if days.named else ():
        against = _against(unit, days, ids, known.register)
        if against:
            body = known.register.bodies[against.body_id].name
            wrong.setdefault((body, against.left), []).append(passage.words[unit.start : unit.end])
    for (body, left), names in wrong.items():
        told = days.named[-1]
        day, units = passage.words[told.start : told.end], in_a_row(names, known.case.language)
        expected = msg("Correct it here, or the sheets medlemmer and vedtak.")
        yield Finding(told.start, told.end, _said(day, units, body, left, known), expected)


def _never(who: Sequence[Named], body_id: str, passage: Passage, known: Known) -> Iterator[Finding]:
    """Find, of the units said to leave a body on no day in particular, those of which nothing says so."""
    register = known.register
    leaving = {each.unit_id for each in register.decisions.values() if each.body_id == body_id}
    leaving |= {each.unit_id for each in register.memberships if each.body_id == body_id and each.left}
    members = {each.unit_id for each in register.memberships if each.body_id == body_id}
    for unit in who:
        if members.intersection(unit.ids) and leaving.isdisjoint(unit.ids):
            name, body = passage.words[unit.start : unit.end], register.bodies[body_id].name
            expected = msg("Correct it here, or the sheets medlemmer and vedtak.")
            yield Finding(unit.start, unit.end, _said("", name, body, None, known), expected)


def _said(day: str, units: str, body: str, left: CoarseDate | None, known: Known) -> Message:
    if left is None:
        return msg(
            "«{unit}» is said to leave, but is a member of «{body}» in the register.", unit=units, body=body
        )
    return msg(
        "«{date}» stands here, but by the register «{unit}» is out of «{body}» from {day}.",
        date=day.replace("\xa0", " "),
        unit=units,
        body=body,
        day=coarse(left, known.case.language),
    )


def _against(unit: Named, days: _Days, ids: Collection[str], register: Register) -> Membership | None:
    """Return the membership that speaks against what is said; None if none does, or it is not known."""
    mine = [
        each
        for each in register.memberships
        if each.unit_id in unit.ids and each.role == "medlem" and (not ids or each.body_id in ids)
    ]
    ended = [each for each in mine if each.left]
    if not mine or (not ended and not ids) or any(_agrees(each, days, register) for each in ended):
        return None
    meant = days.named[-1].when.first
    return min(ended or mine[-1:], key=lambda each: abs((each.left.first - meant).days) if each.left else 0)


def _agrees(membership: Membership, days: _Days, register: Register) -> bool:
    """Tell whether one of the days can be one on which this membership ended or its end was decided."""
    decision = register.decisions.get(membership.leaving_id or "")
    told = membership.row.values.get("utmelding_varslet")
    when = [membership.left]
    if not days.only_effect:
        when += [decision.decided if decision else None]
        when += [CoarseDate(membership.left.first - timedelta(days=1))] if membership.left else []
        when += [CoarseDate(told)] if isinstance(told, date) else []
    return any(_overlap(one, each.when) for one in when if one for each in days.named)


def _overlap(one: CoarseDate, other: CoarseDate) -> bool:
    return one.first <= other.last and other.first <= one.last
