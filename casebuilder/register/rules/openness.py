"""Openness: what is exempt says by which provision, and nobody's identity number stands in the sheets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from casebuilder.problems import msg
from casebuilder.register.records import Attachment, Case
from casebuilder.register.rules.digits import has_identity_number
from casebuilder.register.rules.rule import Finding, Known

_PROVISION = re.compile(
    r"(?:jf\. )?(?:offl\.|offentleglova) § \d+"
    r"(?: (?:første|fyrste|andre|annet|tredje|fjerde|femte|sjette) ledd)?"
    r"(?: bokstav [a-z])?(?: nr\. \d+)?(?: (?:første|fyrste|andre|annet|tredje) punktum)?(?:, jf\. \S.*)?"
)
_SECRECY = re.compile(r"[^§]*§+ ?13\b(?P<rest>.*)")  # the first provision is § 13
_EXAMPLE = "offl. § 13 første ledd, jf. fvl. § 13 første ledd nr. 1"


def secrecy_without_provision(known: Known) -> Iterator[Finding]:
    """Find references to offentleglova § 13 that do not go on to the provision on secrecy."""
    for record, text in _exempt(known):
        if _lacks_secrecy(text):
            found = msg("«{text}» does not say which duty of secrecy it is.", text=text)
            expected = msg("Expected the provision after «jf.», such as «{example}».", example=_EXAMPLE)
            yield Finding(record.place("unntatt_hjemmel"), found, expected)


def _lacks_secrecy(text: str) -> bool:
    """Tell whether a text names § 13 first, and no provision after it."""
    secrecy = _SECRECY.fullmatch(_plain(text))
    return secrecy is not None and not re.search(r"\bjf\.? ?\S", secrecy["rest"])


def provisions_of_another_form(known: Known) -> Iterator[Finding]:
    """Find provisions that are not written with act, paragraph, section and letter or number."""
    for record, text in _exempt(known):
        if not _PROVISION.fullmatch(_plain(text)) and not _lacks_secrecy(text):
            found = msg("«{text}» does not name a provision of offentleglova as it is cited.", text=text)
            expected = msg("Expected a form such as «{example}».", example=_EXAMPLE)
            yield Finding(record.place("unntatt_hjemmel"), found, expected)


def provisions_of_what_is_open(known: Known) -> Iterator[Finding]:
    """Find cases and attachments that name a provision but are to be open to all."""
    for record in _records(known):
        if record.exemption and record.access == "offentlig":
            found = msg(
                "the access is «offentlig», but a provision is given: «{text}».", text=record.exemption
            )
            expected = msg("Choose «unntatt» or «delvis unntatt», or delete the provision.")
            yield Finding(record.place("tilgang"), found, expected)


def numbers_of_persons(known: Known) -> Iterator[Finding]:
    """Find eleven digits with valid control digits in any cell; the message does not show them."""
    tables = known.tables
    for row in chain(*tables.rows.values(), *tables.repeated.values()):
        for field, value in row.values.items():
            if isinstance(value, str) and len(value) > 10 and has_identity_number(value):
                found = msg("there seems to be a national identity number in the cell.")
                yield Finding(row.place(field), found, msg("Delete it: it must not get into a paper."))


def _records(known: Known) -> Iterator[Case | Attachment]:
    yield from known.at_work
    yield from known.attachments_at_work


def _exempt(known: Known) -> Iterator[tuple[Case | Attachment, str]]:
    """Return the cases and attachments that are exempt, with the provision that is given."""
    for record in _records(known):
        if record.access != "offentlig" and record.exemption:
            yield record, record.exemption


def _plain(text: str) -> str:
    return text.replace("\xa0", " ")
