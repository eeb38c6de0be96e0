"""What a text may ask of the register, as methods; `asking` gives them their Norwegian names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from casebuilder import wording
from casebuilder.paper import Mention, Table
from casebuilder.problems import msg
from casebuilder.prose.arguments import given_choice, given_day, given_unit_type
from casebuilder.prose.grounds import Grounds
from casebuilder.prose.tables import Columns, table
from casebuilder.prose.values import Names, NothingThere, Parts, When, Word
from casebuilder.register import questions
from casebuilder.register.dates import CoarseDate
from casebuilder.register.questions import Change
from casebuilder.register.records import Decision, Membership, Unit
from casebuilder.suggest import did_you_mean


class Vocabulary(Grounds):
    """The answers of a register on a case's standdato; they know nothing else of the case."""

    # -- bodies, units and dates ------------------------------------------------------------

    def mention(self, body: object) -> Mention:
        """Name a body: in full with its definition as a note first, in short afterwards."""
        found = self._body(body)
        self._body_named(found)
        return Mention(found.id)

    def body_name(self, body: object) -> str:
        """Name a body in full, without a note."""
        return self._body_named(self._body(body))

    def body_short_name(self, body: object) -> str:
        """Name a body in short."""
        return self._body_named(self._body(body), short=True)

    def unit_name(self, name: object) -> str:
        """Name a unit in full."""
        return self._unit_named(self._unit(name))

    def a_date(self, on: object) -> When:
        """Write a date given as «2027-01-01» or «1.1.2027»."""
        return self._when(CoarseDate(given_day(on)))

    def event(self, body: object, kind: object) -> When:
        """Tell when something happened to a body, as exactly as it is known."""
        events = questions.events_of(self.register, self._body(body).id)
        happened = [event for event in events if event.kind == str(kind)]
        if not happened:
            kinds = list(dict.fromkeys(event.kind for event in events))
            found = msg("«{body}» has no event «{kind}» in the sheet organhistorikk.", body=body, kind=kind)
            known = msg("Known: {values}.", values=", ".join(kinds))
            otherwise = known if kinds else msg("Add it there, or correct it here.")
            raise NothingThere(found, did_you_mean(str(kind), kinds, otherwise))
        self._saw(happened[-1], "dato")
        return self._when(happened[-1].date)

    # -- members ----------------------------------------------------------------------------

    def count(self, body: object, unit_type: object = None, on: object = None) -> int:
        """Count the members of a body on a day."""
        return len(self._members(body, unit_type, on))

    def counted(self, body: object, unit_type: object = None, on: object = None) -> str:
        """Count the members with their noun: «62 kommuner»."""
        number = self.count(body, unit_type, on)
        return wording.counted(number, given_unit_type(unit_type), self.language)

    def members(
        self, body: object, unit_type: object = None, on: object = None, *, short: object = False
    ) -> Names:
        """Name the members of a body on a day."""
        members = self._members(body, unit_type, on)
        return self._names((self._unit(member.unit_id) for member in members), short=given_choice(short))

    def leavers(
        self, body: object, decided: object = None, effective: object = None, *, short: object = False
    ) -> Names:
        """Name who left a body, by the year of the decision or of its effect."""
        changes = self._changes(questions.left, body, decided, effective)
        return self._names((change.unit for change in changes), short=given_choice(short))

    def joiners(
        self, body: object, decided: object = None, effective: object = None, *, short: object = False
    ) -> Names:
        """Name who joined a body, by the year of the decision or of its effect."""
        changes = self._changes(questions.joined, body, decided, effective)
        return self._names((change.unit for change in changes), short=given_choice(short))

    def leaving(self, body: object, decided: object = None, effective: object = None) -> str:
        """Tell who decided when to leave, with effect from when, a clause for each pair of dates."""
        changes = self._changes(questions.left, body, decided, effective)
        groups: dict[tuple[CoarseDate | None, CoarseDate], list[Unit]] = {}
        for change in changes:
            when = change.decision.decided if change.decision else None
            groups.setdefault((when, change.effective), []).append(change.unit)
        if not groups:
            found = msg("nobody has left «{body}» in that period.", body=body)
            expected = msg(
                "Remove the expression. Who has left needs its decision named in the sheet medlemmer."
            )
            raise NothingThere(found, expected)
        whole = self.body_name(body)
        first, *others = groups.items()
        clauses = [self._leaving_clause(whole, *first), *(self._leaving_clause("", *each) for each in others)]
        return "; ".join(clauses)

    def _leaving_clause(
        self, body: str, dates: tuple[CoarseDate | None, CoarseDate], units: list[Unit]
    ) -> str:
        """Write one clause; without a body it stands after one that names it."""
        decided, effective = dates
        words = wording.WORDS[self.language]
        names = wording.in_a_row([self._unit_named(unit) for unit in units], self.language)
        when = f" {wording.at(decided, self.language)}" if decided else ""
        leave = f"{words['å melde seg ut av']} {body}" if body else words["å melde seg ut"]
        starts = f"{words['virkning']} {wording.coarse(effective, self.language)}"
        return f"{names} {words['vedtok']}{when} {leave}, {starts}"

    # -- decisions --------------------------------------------------------------------------

    def pending(self, body: object) -> str:
        """Tell what is still to be decided about a body, in the conditional form."""
        decisions = questions.pending(self.register, self._body(body).id)
        if not decisions:
            found = msg("no decision about «{body}» is pending.", body=body)
            raise NothingThere(found, msg("Remove the expression, or correct «Status» in the sheet vedtak."))
        return ". ".join(self._pending_clause(decision) for decision in decisions)

    def _pending_clause(self, decision: Decision) -> str:
        words = wording.WORDS[self.language]
        self._saw(decision, "enhet_id", "vedtaksorgan", "status", "behandles_dato", "innstilling_fra")
        self._saw(decision, "innstilling", "virkningsdato")
        unit = self._unit_named(self._unit(decision.unit_id)) if decision.unit_id else ""
        about = f"{words[f'sak {decision.type}']} {self.body_name(decision.body_id)}"
        told = f"{wording.capital(unit or decision.decided_by)} {words['skal behandle']} {about}"
        told += f" {words['i']} {decision.decided_by}" if unit else ""
        told += f" {wording.day(decision.hearing, self.language)}" if decision.hearing else ""
        told += wording.proposal(decision.proposed_by, decision.proposal, self.language)
        if decision.effective:
            if_made = words.get(f"blir {decision.type}", words["blir vedtatt"])
            told += f". {if_made} {wording.day(decision.effective, self.language)}"
        return told

    def decision(self, name: object) -> Mapping[str, object]:
        """Return what can be asked of a decision."""
        decision = self._decision(name)
        return Parts(
            {
                "enhet": lambda: self._decider(decision) if decision.unit_id else None,
                "vedtaksorgan": lambda: self._told(decision, decision.decided_by, "vedtaksorgan"),
                "status": lambda: self._told(decision, self._status(decision), "status"),
                "dato": lambda: self._dated(decision, decision.decided, "vedtaksdato"),
                "behandles": lambda: self._dated(decision, _exact(decision.hearing), "behandles_dato"),
                "innstilling_fra": lambda: self._told(decision, decision.proposed_by, "innstilling_fra"),
                "innstilling": lambda: self._told(decision, decision.proposal, "innstilling"),
                "virkning": lambda: self._told(decision, self._effect(decision), "virkningsdato", "status"),
                "virkningsdato": lambda: self._dated(decision, _exact(decision.effective), "virkningsdato"),
                "tekst": lambda: self._told(decision, decision.text, "vedtakstekst"),
            }
        )

    def _told(self, decision: Decision, text: str | None, *columns: str) -> str | None:
        return self._word(text, decision, *columns) or None

    def _dated(self, decision: Decision, when: CoarseDate | None, column: str) -> When | None:
        self._saw(decision, column)
        return self._when(when) if when else None

    def _decider(self, decision: Decision) -> Word:
        """Name who makes a decision: the unit, or without one the body that it is left to."""
        if not decision.unit_id:
            return self._word(decision.decided_by, decision, "vedtaksorgan")
        unit, cell = self._unit_named(self._unit(decision.unit_id)), decision.place("enhet_id")
        self._saw(decision, "enhet_id")
        return Word(unit, (cell, *unit.sources))

    def _effect(self, decision: Decision) -> str | None:
        if not decision.effective:
            return None
        form = "virkning" if decision.is_made else "betinget_virkning"
        return f"{wording.WORDS[self.language][form]} {wording.day(decision.effective, self.language)}"

    def _status(self, decision: Decision) -> str:
        return wording.status_of_decision(decision.status, self.language)

    # -- ready tables -----------------------------------------------------------------------

    def member_table(self, body: object, unit_type: object = None, on: object = None) -> Table:
        """Return a table of a body's members on a day, with the date they joined and their group."""
        words = wording.WORDS[self.language]
        members = self._members(body, unit_type, on)
        columns: Columns = {
            words["medlem"]: [self._member(member) for member in members],
            words["medlem fra"]: [
                self._word(self._written(member.joined), member, "medlem_fra") for member in members
            ],
            words["delregion"]: [self._word(member.group, member, "gruppering") for member in members],
        }
        return table(self._captioned("medlemmer_i", body), columns)

    def leaver_table(self, body: object, decided: object = None, effective: object = None) -> Table:
        """Return a table of who left a body: unit, decided, first day outside."""
        words = wording.WORDS[self.language]
        changes = self._changes(questions.left, body, decided, effective)
        columns: Columns = {
            words["medlem"]: [self._member(change.membership) for change in changes],
            words["vedtatt"]: [self._when_decided(change) for change in changes],
            words["virker fra"]: [self._when_left(change) for change in changes],
        }
        return table(self._captioned("utmeldinger_av", body), columns)

    def _captioned(self, words: str, body: object) -> Word:
        found = self._body(body)
        name = self._body_named(found)
        return Word(f"{wording.WORDS[self.language][words]} {name}", (found.place("navn"),))

    def _member(self, member: Membership) -> Word:
        unit = self._unit_named(self._unit(member.unit_id))
        return Word(unit, (member.place("enhet_id"), *unit.sources))

    def _when_decided(self, change: Change) -> Word:
        if change.decision is None:
            return Word("", (change.membership.place("utmelding_vedtak_id"),))
        return self._word(self._written(change.decision.decided), change.decision, "vedtaksdato")

    def _when_left(self, change: Change) -> Word:
        """Tell the first day outside from the membership, or where that is silent from the decision."""
        written = self._written(change.effective)
        if change.decision and change.membership.row.values["utmelding_virkning"] is None:
            return self._word(written, change.decision, "virkningsdato")
        return self._word(written, change.membership, "utmelding_virkning")

    def decision_table(self, body: object) -> Table:
        """Return a table of all decisions about a body."""
        words = wording.WORDS[self.language]
        decisions = questions.decisions_of(self.register, self._body(body).id)
        columns: Columns = {
            words["vedtak av"]: [self._decider(each) for each in decisions],
            words["gjelder"]: [
                self._word(wording.type_of_decision(each.type, self.language), each, "type")
                for each in decisions
            ],
            words["status"]: [self._word(self._status(each), each, "status") for each in decisions],
            words["dato"]: [self._decided_or_heard(each) for each in decisions],
            words["virker fra"]: [
                self._word(self._written(_exact(each.effective)), each, "virkningsdato") for each in decisions
            ],
        }
        return table(self._captioned("vedtak_om", body), columns)

    def _decided_or_heard(self, decision: Decision) -> Word:
        if decision.decided:
            return self._word(self._written(decision.decided), decision, "vedtaksdato")
        return self._word(self._written(_exact(decision.hearing)), decision, "behandles_dato")


def _exact(day: date | None) -> CoarseDate | None:
    return CoarseDate(day) if day else None
