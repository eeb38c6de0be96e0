"""The rules on the language of a paper, one a line: name, reason, test, whether it mends."""

from __future__ import annotations

from casebuilder.problems import msg
from casebuilder.prose.figures import counts
from casebuilder.prose.leavings import leavings
from casebuilder.prose.rules.marks import (
    bare_addresses,
    citations_without_at,
    foreign_quotation_marks,
    single_braces,
)
from casebuilder.prose.rules.names import body_names, capitals, unit_names
from casebuilder.prose.rules.repeats import mixed_forms, repeated_passages
from casebuilder.prose.rules.rule import Rule, each
from casebuilder.prose.rules.spacing import dates_close_up, dates_no_list, double_spaces, spaces_before_marks
from casebuilder.prose.rules.times import dates_without_year, relative_words

_SPACES = msg("Språkrådet: spaces")
_NAMES = msg("A name is written as the register has it")
_LATER = msg("Papers are kept, and read in other years")
_MEANT_FOR_US = msg("It reads like something that casebuilder was to fill in")

_SOUND_GROUNDS = msg("Kommuneloven § 13-1 third paragraph: cases rest on right facts")

FIGURES: tuple[Rule, ...] = (
    Rule("tall-og-register", _SOUND_GROUNDS, each(counts)),
    Rule("utmelding-og-register", _SOUND_GROUNDS, each(leavings)),
)
"""The rules that hold what is typed by hand against the register, in a text as in an edited paper."""

RULES: tuple[Rule, ...] = (
    Rule("dato-uten-mellomrom", msg("Språkrådet: dates"), each(dates_close_up), mends=True),
    Rule(
        "dato-som-liste",
        msg("Markdown takes a number with a full stop for a list"),
        each(dates_no_list),
        mends=True,
    ),
    Rule("doble-mellomrom", _SPACES, each(double_spaces), mends=True),
    Rule("mellomrom-før-tegn", _SPACES, each(spaces_before_marks), mends=True),
    Rule("anførselstegn", msg("Språkrådet: « » in Norwegian"), each(foreign_quotation_marks), mends=True),
    Rule("stor-forbokstav", msg("Språkrådet: small letter in what is no name"), each(capitals), mends=True),
    Rule("enhetens-navn", _NAMES, each(unit_names)),
    Rule("organets-navn", _NAMES, each(body_names)),
    Rule("relativ-tid", _LATER, each(relative_words)),
    Rule("dato-uten-år", _LATER, dates_without_year),
    Rule("naken-nettadresse", msg("WCAG 2.4.4: a link says where it leads"), each(bare_addresses)),
    Rule("gjentatt-tekst", msg("One fact, one place"), repeated_passages),
    Rule("blandede-former", msg("Bokmål has both forms; a paper keeps to one"), mixed_forms),
    Rule("enkel-krøllparentes", _MEANT_FOR_US, each(single_braces)),
    Rule("kilde-uten-krøllalfa", _MEANT_FOR_US, each(citations_without_at)),
    *FIGURES,
)
