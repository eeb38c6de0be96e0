"""What every answer to a text stands on: looking records up by id, and noting the cells that were used."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from casebuilder import wording
from casebuilder.problems import Place, Problem, msg
from casebuilder.prose.values import AlreadyReported, Names, Refusal, When
from casebuilder.register import questions
from casebuilder.register.dates import CoarseDate, Period
from casebuilder.register.questions import Change
from casebuilder.register.records import Body, Case, Decision, Membership, Record, Register, Unit
from casebuilder.sheets.codes import CODES
from casebuilder.suggest import did_you_mean

R = TypeVar("R", bound=Record)

_PLURALS = {"kommuner": "kommune", "kommunar": "kommune", "fylkeskommuner": "fylkeskommune"}


@dataclass
class Grounds:
    """A register and a case; `cells` collects what was looked at, `problems` what must be warned of."""

    register: Register
    case: Case
    cells: list[Place] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def _language(self) -> str:
        return self.case.language

    def _when(self, when: CoarseDate) -> When:
        return When(when, self._language)

    def _written(self, when: CoarseDate | None) -> str | None:
        return wording.coarse(when, self._language) if when else None

    def _saw(self, record: Record, *columns: str) -> None:
        self.cells.extend(record.place(column) for column in columns)

    def _body(self, name: str) -> Body:
        body = self._lookup(self.register.bodies, "organer", name)
        self._saw(body, "navn", "kortnavn")
        return body

    def _unit(self, name: str) -> Unit:
        unit = self._lookup(self.register.units, "enheter", name)
        self._saw(unit, "navn")
        return unit

    def _decision(self, name: str) -> Decision:
        return self._lookup(self.register.decisions, "vedtak", name)

    def _lookup(self, records: Mapping[str, R], sheet: str, name: str) -> R:
        if name in records:
            return records[name]
        if name in self.register.faulty.get(sheet, ()):
            raise AlreadyReported
        found = msg("«{name}» is not found in the sheet «{sheet}».", name=name, sheet=sheet)
        raise Refusal(found, did_you_mean(str(name), records, msg("Use an id from that sheet.")))

    def _members(self, body: str, unit_type: str | None, on: object) -> tuple[Membership, ...]:
        day = self.case.as_of if on is None else given_day(on)
        members = questions.members_on(self.register, self._body(body).id, day, given_unit_type(unit_type))
        for member in members:
            self._saw(member, "enhet_id", "medlem_fra", "utmelding_virkning", "utmelding_vedtak_id")
        return members

    def _changes(
        self, question: Callable[..., tuple[Change, ...]], body: str, decided: int | None, effective: object
    ) -> tuple[Change, ...]:
        period = None if effective is None else _given_period(effective)
        changes = question(self.register, self._body(body).id, decided=decided, effective=period)
        for change in changes:
            self._saw(change.membership, "enhet_id", "medlem_fra", "utmelding_virkning")
            if change.decision:
                self._saw(change.decision, "vedtaksdato", "virkningsdato", "status")
        return changes

    def _names(self, units: Iterable[Unit], *, short: bool) -> Names:
        found = list(units)
        for unit in found:
            self._saw(unit, "navn")
        return Names(tuple(unit.name if short else unit.full_name for unit in found), self._language)


def given_day(value: object) -> date:
    """Read a day that a text names: a date of the register, «2027-01-01» or «1.1.2027»."""
    if isinstance(value, When):
        return value.date.first
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", str(value).strip())
    norwegian = re.fullmatch(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})", str(value).strip())
    parts = iso.groups() if iso else norwegian.groups()[::-1] if norwegian else None
    try:
        year, month, day = (int(part) for part in parts or ())
        return date(year, month, day)
    except ValueError:
        found = msg("«{value}» is not a date.", value=value)
        raise Refusal(found, msg("Expected a date, such as 31.12.2026.")) from None


def given_unit_type(value: str | None) -> str | None:
    """Read a type of unit that a text names, in singular or plural."""
    known = CODES["enhetstype"]
    if value is None or value in known:
        return value
    if value in _PLURALS:
        return _PLURALS[value]
    found = msg("«{value}» is not a type of unit.", value=value)
    raise Refusal(found, did_you_mean(value, known, msg("Allowed: {values}.", values=", ".join(known))))


def _given_period(value: object) -> Period:
    """Read a year (2027) or a day («1.1.2027») that a text names as the time of effect."""
    if isinstance(value, int):
        return Period.of_year(value)
    day = given_day(value)
    return Period(day, date.fromordinal(day.toordinal() + 1))
