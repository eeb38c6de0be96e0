"""Bodies: their number, their name as the law wants it, and their form as their history has it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casebuilder.problems import msg
from casebuilder.register.records import BodyEvent
from casebuilder.register.rules.digits import is_organisation_number
from casebuilder.register.rules.rule import Finding, Known, said


def wrong_organisation_numbers(known: Known) -> Iterator[Finding]:
    """Find the organisation numbers whose last digit does not check (modulus 11)."""
    for body in known.register.bodies.values():
        number = body.row.values["orgnr"]
        if number and not is_organisation_number(str(number)):
            found = msg(
                "«{number}» is not an organisation number: its last digit does not fit.", number=number
            )
            yield Finding(body.place("orgnr"), found, msg("Look it up in Brønnøysundregistrene."))


def names_without_ipr(known: Known) -> Iterator[Finding]:
    """Find the political councils whose name does not say what they are."""
    for body in known.register.bodies.values():
        if body.form == "IPR" and not re.search(
            r"\bIPR\b|interkommunalt politisk råd", body.name, re.IGNORECASE
        ):
            found = msg("«{name}» is an IPR, but its name does not say so.", name=body.name)
            expected = msg("Expected «IPR» or «interkommunalt politisk råd» in the name.")
            yield Finding(body.place("navn"), found, expected)


def forms_against_history(known: Known) -> Iterator[Finding]:
    """Find the bodies whose form is not the one that they last were given in the sheet organhistorikk."""
    last: dict[str, BodyEvent] = {}
    for event in known.register.events:
        if event.kind == "omdannet" and event.new_form:
            other = last.get(event.body_id)
            if other is None or other.date.first <= event.date.first:
                last[event.body_id] = event
    unsure = {row.values["organ_id"] for row in known.tables["organhistorikk"] if row.faulty}
    for body in known.register.bodies.values():
        changed = last.get(body.id)
        if changed and body.id not in unsure and changed.new_form != body.form:
            found = msg(
                "the form is «{form}», but the body became «{other}» {day} ({cell}).",
                form=body.form,
                other=changed.new_form,
                day=said(changed.date),
                cell=changed.place("ny_form").cell,
            )
            yield Finding(body.place("organisasjonsform"), found, msg("Correct one of them."))
