"""What every answer to a text stands on: looking records up by id, and noting the cells that were used."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from casebuilder import wording
from casebuilder.problems import Place, Problem, msg
from casebuilder.prose.arguments import given_day, given_period, given_unit_type, given_year
from casebuilder.prose.values import AlreadyReported, Names, Refusal, When
from casebuilder.register import questions
from casebuilder.register.dates import CoarseDate
from casebuilder.register.questions import Change
from casebuilder.register.records import Body, Case, Decision, Membership, Record, Register, Unit
from casebuilder.suggest import did_you_mean

R = TypeVar("R", bound=Record)


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

    def _body(self, name: object) -> Body:
        body = self._lookup(self.register.bodies, "organer", name)
        self._saw(body, "navn", "kortnavn")
        return body

    def _unit(self, name: object) -> Unit:
        unit = self._lookup(self.register.units, "enheter", name)
        self._saw(unit, "navn")
        return unit

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
        day = self.case.as_of if on is None else given_day(on)
        members = questions.members_on(self.register, self._body(body).id, day, given_unit_type(unit_type))
        for member in members:
            self._saw(member, "enhet_id", "medlem_fra", "utmelding_virkning", "utmelding_vedtak_id")
        return members

    def _changes(
        self, question: Callable[..., tuple[Change, ...]], body: object, decided: object, effective: object
    ) -> tuple[Change, ...]:
        year, period = given_year(decided), given_period(effective)
        changes = question(self.register, self._body(body).id, decided=year, effective=period)
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
