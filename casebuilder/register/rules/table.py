"""The rules of the house, one a line: name, gravity, reason, test.

What can be seen in one cell or row (its form, what must be filled in, a key used twice, a reference to
nothing) is found by the sheets and the register before this; the rules look across rows and sheets.
"""

from __future__ import annotations

from casebuilder.problems import Severity, msg
from casebuilder.register.rules import (
    agenda,
    bodies,
    decisions,
    memberships,
    notice,
    openness,
    sources,
    titles,
    units,
)
from casebuilder.register.rules.rule import Rule

_F, _A, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

_SOUND_GROUNDS = msg("Kommuneloven § 13-1 third paragraph: cases rest on right facts")
_AGREEMENT = msg("The body's own agreement, kommuneloven § 18-4 fourth paragraph g")
_MEMBERS = msg("Kommuneloven § 18-2 and § 18-4: who takes part, and is liable for what, has a date")
_PROVISION = msg("Offentleglova § 31: who refuses access must name the provision")
_SERIES = msg("The cases of a committee are numbered in a row each calendar year")
_FILES = msg("Archive and post systems mix up files of the same name")

RULES: tuple[Rule, ...] = (
    Rule("hull-i-saksnumre", _A, _SERIES, agenda.number_gaps),
    Rule("rekkefølge", _A, _SERIES, agenda.order_against_numbers),
    Rule(
        "innkalling-etter-møtet",
        _F,
        msg("Kommuneloven § 11-3: notice is given in reasonable time, with the papers"),
        agenda.called_after_meeting,
    ),
    Rule(
        "standdato-etter-møtet",
        _A,
        msg("A paper tells what was known when the meeting decided"),
        agenda.as_of_after_meeting,
    ),
    Rule(
        "virkning-før-vedtak",
        _F,
        msg("A decision cannot take effect before it is made"),
        decisions.effective_before_decided,
    ),
    Rule("vedtak-etter-standdato", _F, _SOUND_GROUNDS, decisions.decided_after_as_of),
    Rule("behandling-passert", _A, _SOUND_GROUNDS, decisions.stale_hearings),
    Rule("medlem-fra-mangler", _A, _MEMBERS, memberships.without_start),
    Rule("utmelding-uten-vedtak", _A, _AGREEMENT, memberships.left_without_decision),
    Rule("ulik-virkningsdato", _F, _MEMBERS, memberships.leaving_dates_that_differ),
    Rule("annens-vedtak", _A, _MEMBERS, memberships.decisions_of_others),
    Rule("kort-varsel", _A, _AGREEMENT, notice.short_notice),
    Rule("usikkert-varsel", _A, _AGREEMENT, notice.unsure_notice),
    Rule("langt-varsel", _INFO, _AGREEMENT, notice.long_notice),
    Rule(
        "ukjent-kommunenummer",
        _F,
        msg("The numbers of kommuner and fylker are Statistics Norway's"),
        units.wrong_numbers,
    ),
    Rule("enheten-fantes-ikke", _A, _SOUND_GROUNDS, units.not_there_on_the_day),
    Rule("navn-og-nummer", _A, _SOUND_GROUNDS, units.names_that_differ),
    Rule(
        "organisasjonsnummer",
        _F,
        msg("The last digit of an organisation number follows from the others"),
        bodies.wrong_organisation_numbers,
    ),
    Rule(
        "navn-uten-ipr",
        _A,
        msg("Kommuneloven § 18-1: the name has «interkommunalt politisk råd» or «IPR»"),
        bodies.names_without_ipr,
    ),
    Rule("form-og-historikk", _A, _SOUND_GROUNDS, bodies.forms_against_history),
    Rule("uten-kilde", _A, _SOUND_GROUNDS, sources.facts_without_source),
    Rule("lest-etter-standdato", _A, _SOUND_GROUNDS, sources.read_after_as_of),
    Rule("taushetsplikt-uten-hjemmel", _F, _PROVISION, openness.secrecy_without_provision),
    Rule("hjemmelens-form", _A, _PROVISION, openness.provisions_of_another_form),
    Rule("hjemmel-men-offentlig", _A, _PROVISION, openness.provisions_of_what_is_open),
    Rule(
        "fødselsnummer",
        _A,
        msg("Offentleglova § 26 fifth paragraph and offentlegforskrifta § 7: not to be published"),
        openness.numbers_of_persons,
    ),
    Rule("like-filnavn", _A, _FILES, titles.same_file_names),
    Rule("hull-i-vedlegg", _A, _FILES, titles.attachment_gaps),
    Rule("punktum-i-tittel", _A, msg("A title has no full stop"), titles.full_stops),
)
