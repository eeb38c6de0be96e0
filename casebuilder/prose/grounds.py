"""What every answer to a text stands on: looking records up by id, and noting the cells that were used."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from casebuilder import wording
from casebuilder.problems import Place, msg
from casebuilder.prose.arguments import given_day, given_period, given_unit_type, given_year
from casebuilder.prose.values import AlreadyReported, Names, Refusal, When, Word
from casebuilder.register import questions
from casebuilder.register.dates import CoarseDate
from casebuilder.register.questions import Change
from casebuilder.register.records import Body, Decision, Membership, Record, Register, Unit
from casebuilder.suggest import did_you_mean

R = TypeVar("R", bound=Record)


_CHANGED = {
    questions.left: ("utmelding_virkning", "utmelding_vedtak_id"),
    questions.joined: ("medlem_fra", "innmelding_vedtak_id"),
}
"""What is asked about the ends of memberships → the columns that tell when, and who decided it."""


_PRECISION = {
    "dato": "presisjon",
    "vedtaksdato": "vedtaksdato_presisjon",
    "medlem_fra": "medlem_fra_presisjon",
    "utmelding_virkning": "utmelding_virkning_presisjon",
}
"""A date's column → the one that tells how exactly it is known."""


def _cells(record: Record, columns: Iterable[str]) -> Iterator[Place]:
    """Yield the cells of columns; of a date that is known to the month or the year also what says so."""
    for column in columns:
        yield record.place(column)
        precision = _PRECISION.get(column, "")
        if record.row.values.get(precision, "dag") != "dag" and record.row.values[column] is not None:
            yield record.place(precision)


@dataclass
class Grounds:
    """A register on a day, in a language; `cells` collects what was looked at.

    `day` is the day that was asked about, if one was.
    """

    register: Register
    as_of: date
    language: str
    cells: list[Place] = field(default_factory=list)
    day: date | None = None

    def _when(self, when: CoarseDate) -> When:
        return When(when, self.language)

    def _written(self, when: CoarseDate | None) -> str | None:
        return wording.coarse(when, self.language) if when else None

    def _saw(self, record: Record, *columns: str) -> None:
        self.cells.extend(_cells(record, columns))

    def _body(self, name: object) -> Body:
        return self._lookup(self.register.bodies, "organer", name)

    def _body_named(self, body: Body, *, short: bool = False) -> str:
        is_short = bool(short and body.short_name)
        self._saw(body, "kortnavn" if is_short else "navn")
        return (body.short_name if is_short else None) or body.name

    def _unit(self, name: object) -> Unit:
        return self._lookup(self.register.units, "enheter", name)

    def _unit_named(self, unit: Unit, *, short: bool = False) -> Word:
        column = "navn_fullt" if unit.own_full_name and not short else "navn"
        return self._word(unit.name if short else unit.full_name, unit, column)

    def _word(self, text: str | None, record: Record, *columns: str) -> Word:
        """Return a text with its cells; an empty one where the register is silent."""
        self._saw(record, *columns)
        return Word(text or "", _cells(record, columns))

    def _decision(self, name: object) -> Decision:
        return self._lookup(self.register.decisions, "vedtak", name)

    def _lookup(self, records: Mapping[str, R], sheet: str, name: object) -> R:
        key = str(name)
        if key in records:
            return records[key]
        if sheet in self.register.incomplete or key in self.register.faulty.get(sheet, ()):
            raise AlreadyReported
        found = msg("«{name}» is not found in the sheet «{sheet}».", name=name, sheet=sheet)
        raise Refusal(found, did_you_mean(key, records, msg("Use an id from that sheet.")))

    def _members(self, body: object, unit_type: object, on: object) -> tuple[Membership, ...]:
        self.day = self.as_of if on is None else given_day(on)
        kind = given_unit_type(unit_type)
        members = questions.members_on(self.register, self._body(body).id, self.day, kind)
        for member in members:
            self._saw(member, "enhet_id", "medlem_fra", "utmelding_virkning", "utmelding_vedtak_id")
        return members

    def _changes(
        self, question: Callable[..., tuple[Change, ...]], body: object, decided: object, effective: object
    ) -> tuple[Change, ...]:
        year, period = given_year(decided), given_period(effective)
        changes = question(self.register, self._body(body).id, decided=year, effective=period)
        for change in changes:
            self._saw(change.membership, "enhet_id", *_CHANGED[question])
            if change.decision:
                self._saw(change.decision, "vedtaksdato", "virkningsdato", "status")
        return changes

    def _names(self, units: Iterable[Unit], *, short: bool) -> Names:
        return Names(tuple(self._unit_named(unit, short=short) for unit in units), self.language)
