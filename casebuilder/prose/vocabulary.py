"""What a text may ask of the register, as methods; `asking` gives them their Norwegian names."""

from __future__ import annotations

from collections.abc import Mapping

from casebuilder import wording
from casebuilder.paper import Mention, Table
from casebuilder.problems import msg
from casebuilder.prose.arguments import given_choice, given_day, given_unit_type
from casebuilder.prose.grounds import Grounds
from casebuilder.prose.tables import Columns, table
from casebuilder.prose.values import Names, NothingThere, When
from casebuilder.register import questions
from casebuilder.register.dates import CoarseDate
from casebuilder.register.records import Decision, Unit
from casebuilder.suggest import did_you_mean


class Vocabulary(Grounds):
    """The answers of a register about one case on its standdato. One serves one expression."""

    # -- bodies, units and dates ------------------------------------------------------------

    def mention(self, body: object) -> Mention:
        """Name a body: in full with its definition as a note first, in short afterwards."""
        return Mention(self._body(body).id)

    def body_name(self, body: object) -> str:
        """Name a body in full, without a note."""
        return self._body(body).name

    def body_short_name(self, body: object) -> str:
        """Name a body in short."""
        found = self._body(body)
        return found.short_name or found.name

    def unit_name(self, name: object) -> str:
        """Name a unit in full."""
        return self._unit(name).full_name

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
        self._saw(happened[-1], "dato", "presisjon")
        return self._when(happened[-1].date)

    # -- members ----------------------------------------------------------------------------

    def count(self, body: object, unit_type: object = None, on: object = None) -> int:
        """Count the members of a body on a day."""
        return len(self._members(body, unit_type, on))

    def counted(self, body: object, unit_type: object = None, on: object = None) -> str:
        """Count the members with their noun: «62 kommuner»."""
        number = self.count(body, unit_type, on)
        return wording.counted(number, given_unit_type(unit_type), self._language)

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
        words = wording.WORDS[self._language]
        names = wording.in_a_row([unit.full_name for unit in units], self._language)
        when = f" {wording.at(decided, self._language)}" if decided else ""
        leave = f"{words['å melde seg ut av']} {body}" if body else words["å melde seg ut"]
        starts = f"{words['virkning']} {wording.coarse(effective, self._language)}"
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
        words = wording.WORDS[self._language]
        self._saw(decision, "enhet_id", "vedtaksorgan", "status", "behandles_dato", "innstilling_fra")
        self._saw(decision, "innstilling", "virkningsdato")
        unit = self._unit(decision.unit_id).full_name if decision.unit_id else ""
        about = f"{words[f'sak {decision.type}']} {self.body_name(decision.body_id)}"
        told = f"{wording.capital(unit or decision.decided_by)} {words['skal behandle']} {about}"
        told += f" {words['i']} {decision.decided_by}" if unit else ""
        told += f" {wording.day(decision.hearing, self._language)}" if decision.hearing else ""
        told += wording.proposal(decision.proposed_by, decision.proposal, self._language)
        if decision.effective:
            if_made = words.get(f"blir {decision.type}", words["blir vedtatt"])
            told += f". {if_made} {wording.day(decision.effective, self._language)}"
        return told

    def decision(self, name: object) -> Mapping[str, object]:
        """Return what can be asked of a decision."""
        decision = self._decision(name)
        self._saw(decision, "vedtak_id", "status", "vedtaksdato", "virkningsdato")
        unit = self._unit(decision.unit_id).full_name if decision.unit_id else None
        return {
            "enhet": unit,
            "vedtaksorgan": decision.decided_by,
            "status": self._status(decision),
            "dato": self._when(decision.decided) if decision.decided else None,
            "behandles": self._when(CoarseDate(decision.hearing)) if decision.hearing else None,
            "innstilling_fra": decision.proposed_by,
            "innstilling": decision.proposal,
            "virkning": self._effect(decision),
            "virkningsdato": self._when(CoarseDate(decision.effective)) if decision.effective else None,
            "tekst": decision.text,
        }

    def _effect(self, decision: Decision) -> str | None:
        if not decision.effective:
            return None
        form = "virkning" if decision.is_made else "betinget_virkning"
        return f"{wording.WORDS[self._language][form]} {wording.day(decision.effective, self._language)}"

    def _status(self, decision: Decision) -> str:
        return wording.status_of_decision(decision.status, self._language)

    # -- ready tables -----------------------------------------------------------------------

    def member_table(self, body: object, unit_type: object = None, on: object = None) -> Table:
        """Return a table of a body's members on a day, with the date they joined and their group."""
        words = wording.WORDS[self._language]
        members = self._members(body, unit_type, on)
        columns: Columns = {
            words["medlem"]: [self._unit(member.unit_id).full_name for member in members],
            words["medlem fra"]: [self._written(member.joined) for member in members],
            words["delregion"]: [member.group for member in members],
        }
        return table(f"{words['medlemmer_i']} {self.body_name(body)}", columns)

    def leaver_table(self, body: object, decided: object = None, effective: object = None) -> Table:
        """Return a table of who left a body: unit, decided, first day outside."""
        words = wording.WORDS[self._language]
        changes = self._changes(questions.left, body, decided, effective)
        decisions = [change.decision.decided if change.decision else None for change in changes]
        columns: Columns = {
            words["medlem"]: [change.unit.full_name for change in changes],
            words["vedtatt"]: [self._written(when) for when in decisions],
            words["virker fra"]: [self._written(change.effective) for change in changes],
        }
        return table(f"{words['utmeldinger_av']} {self.body_name(body)}", columns)

    def decision_table(self, body: object) -> Table:
        """Return a table of all decisions about a body."""
        words = wording.WORDS[self._language]
        decisions = questions.decisions_of(self.register, self._body(body).id)
        for decision in decisions:
            self._saw(
                decision, "enhet_id", "type", "status", "vedtaksdato", "behandles_dato", "virkningsdato"
            )
        columns: Columns = {
            words["vedtak av"]: [
                self._unit(each.unit_id).full_name if each.unit_id else each.decided_by for each in decisions
            ],
            words["gjelder"]: [wording.type_of_decision(each.type, self._language) for each in decisions],
            words["status"]: [self._status(each) for each in decisions],
            words["dato"]: [self._written(_decided_or_heard(each)) for each in decisions],
            words["virker fra"]: [
                self._written(CoarseDate(each.effective)) if each.effective else None for each in decisions
            ],
        }
        return table(f"{words['vedtak_om']} {self.body_name(body)}", columns)


def _decided_or_heard(decision: Decision) -> CoarseDate | None:
    if decision.decided:
        return decision.decided
    return CoarseDate(decision.hearing) if decision.hearing else None
