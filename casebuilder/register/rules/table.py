"""The rules of the house, one a line: name, gravity, reason, test.

What can be seen in one cell or row (its form, what must be filled in, a key used twice, a reference to
nothing) is found by the sheets and the register before this; the rules look across rows and sheets.
"""

from __future__ import annotations

from casebuilder.problems import Severity, msg
from casebuilder.register.rules.agenda import (
    as_of_after_meeting,
    called_after_meeting,
    number_gaps,
    order_against_numbers,
)
from casebuilder.register.rules.bodies import (
    forms_against_history,
    names_without_ipr,
    wrong_organisation_numbers,
)
from casebuilder.register.rules.decisions import decided_after_as_of, effective_before_decided, stale_hearings
from casebuilder.register.rules.memberships import (
    decisions_of_others,
    leaving_dates_that_differ,
    left_and_still_counted,
    left_without_decision,
    without_start,
)
from casebuilder.register.rules.notice import long_notice, short_notice, unsure_notice
from casebuilder.register.rules.openness import (
    numbers_of_persons,
    provisions_of_another_form,
    provisions_of_what_is_open,
    secrecy_without_provision,
)
from casebuilder.register.rules.rule import Rule
from casebuilder.register.rules.sources import facts_without_source, read_after_as_of
from casebuilder.register.rules.titles import attachment_gaps, full_stops, same_file_names
from casebuilder.register.rules.units import names_that_differ, not_there_on_the_day, wrong_numbers

_F, _A, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

_SOUND_GROUNDS = msg("Kommuneloven § 13-1 third paragraph: cases rest on right facts")
_AGREEMENT = msg("The body's own agreement, kommuneloven § 18-4 fourth paragraph g")
_MEMBERS = msg("Kommuneloven § 18-2 and § 18-4: who takes part, and is liable for what, has a date")
_PROVISION = msg("Offentleglova § 31: who refuses access must name the provision")
_SERIES = msg("The cases of a committee are numbered in a row each calendar year")
_FILES = msg("Archive and post systems mix up files of the same name")

RULES: tuple[Rule, ...] = (
    Rule("hull-i-saksnumre", _A, _SERIES, number_gaps),
    Rule("rekkefølge", _A, _SERIES, order_against_numbers),
    Rule(
        "innkalling-etter-møtet",
        _F,
        msg("Kommuneloven § 11-3: notice is given in reasonable time, with the papers"),
        called_after_meeting,
    ),
    Rule(
        "standdato-etter-møtet",
        _A,
        msg("A paper tells what was known when the meeting decided"),
        as_of_after_meeting,
    ),
    Rule(
        "virkning-før-vedtak",
        _F,
        msg("A decision cannot take effect before it is made"),
        effective_before_decided,
    ),
    Rule("vedtak-etter-standdato", _F, _SOUND_GROUNDS, decided_after_as_of),
    Rule("behandling-passert", _A, _SOUND_GROUNDS, stale_hearings),
    Rule("medlem-fra-mangler", _A, _MEMBERS, without_start),
    Rule("utmelding-uten-vedtak", _A, _AGREEMENT, left_without_decision),
    Rule("utmeldt-men-medlem", _A, _MEMBERS, left_and_still_counted),
    Rule("ulik-virkningsdato", _F, _MEMBERS, leaving_dates_that_differ),
    Rule("annens-vedtak", _A, _MEMBERS, decisions_of_others),
    Rule("kort-varsel", _A, _AGREEMENT, short_notice),
    Rule("usikkert-varsel", _A, _AGREEMENT, unsure_notice),
    Rule("langt-varsel", _INFO, _AGREEMENT, long_notice),
    Rule(
        "ukjent-kommunenummer",
        _F,
        msg("The numbers of kommuner and fylker are Statistics Norway's"),
        wrong_numbers,
    ),
    Rule("enheten-fantes-ikke", _A, _SOUND_GROUNDS, not_there_on_the_day),
    Rule("navn-og-nummer", _A, _SOUND_GROUNDS, names_that_differ),
    Rule(
        "organisasjonsnummer",
        _F,
        msg("The last digit of an organisation number follows from the others"),
        wrong_organisation_numbers,
    ),
    Rule(
        "navn-uten-ipr",
        _A,
        msg("Kommuneloven § 18-1: the name has «interkommunalt politisk råd» or «IPR»"),
        names_without_ipr,
    ),
    Rule("form-og-historikk", _A, _SOUND_GROUNDS, forms_against_history),
    Rule("uten-kilde", _A, _SOUND_GROUNDS, facts_without_source),
    Rule("lest-etter-standdato", _A, _SOUND_GROUNDS, read_after_as_of),
    Rule("taushetsplikt-uten-hjemmel", _F, _PROVISION, secrecy_without_provision),
    Rule("hjemmelens-form", _A, _PROVISION, provisions_of_another_form),
    Rule("hjemmel-men-offentlig", _A, _PROVISION, provisions_of_what_is_open),
    Rule(
        "fødselsnummer",
        _A,
        msg("Offentleglova § 26 fifth paragraph and offentlegforskrifta § 7: not to be published"),
        numbers_of_persons,
    ),
    Rule("like-filnavn", _A, _FILES, same_file_names),
    Rule("hull-i-vedlegg", _A, msg("The attachments of a case are numbered in a row"), attachment_gaps),
    Rule("punktum-i-tittel", _A, msg("A title has no full stop"), full_stops),
)
