"""Titles and files: no full stop after a title, a file name of its own for each attachment, none left out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain

from casebuilder.problems import Place, msg
from casebuilder.register.records import Attachment
from casebuilder.register.rules.rule import Finding, Known

_SHORTENED = re.compile(
    r"(?:\b(?:mv|m\.v|m\.m|mfl|m\.fl|osv|o\.l|e\.l|etc|bl\.a|ca|nr|jf|ff|kl)|\.\.)\.$", re.IGNORECASE
)
"""Words that are written with a full stop, and three dots."""


def full_stops(known: Known) -> Iterator[Finding]:
    """Find the titles of cases and attachments at work that end in a full stop."""
    titles: Iterator[tuple[object, Place]] = chain(
        ((case.title, case.place("tittel")) for case in known.at_work),
        ((case.row.values["offentlig_tittel"], case.place("offentlig_tittel")) for case in known.at_work),
        ((each.title, each.place("tittel")) for each in known.attachments_at_work),
    )
    for title, place in titles:
        if title and str(title).endswith(".") and not _SHORTENED.search(str(title)):
            found = msg("the title ends in a full stop: «{title}».", title=title)
            yield Finding(place, found, msg("Delete the full stop."))


def same_file_names(known: Known) -> Iterator[Finding]:
    """Find the attachments of a meeting whose file has the name of another one's.

    Within a case the same path is an error already; here are other folders, and other cases.
    """
    first: dict[tuple[str, str], Attachment] = {}
    for each in known.attachments_at_work:
        meeting = known.register.cases[each.case_id].meeting_id
        name = re.split(r"[/\\]", each.file)[-1]
        other = first.setdefault((meeting, name.casefold()), each)
        is_told = other.case_id == each.case_id and other.file.casefold() == each.file.casefold()
        if other is not each and not is_told:
            found = msg(
                "«{name}» is also the file's name in {cell}.", name=name, cell=other.place("fil").cell
            )
            yield Finding(each.place("fil"), found, msg("Give one of the files another name."))


def attachment_gaps(known: Known) -> Iterator[Finding]:
    """Find the first attachment of a case whose number leaves out the one before it."""
    numbers: defaultdict[str, set[object]] = defaultdict(set)
    for row in known.tables["vedlegg"]:  # also those with faults of their own, which are told already
        numbers[str(row.values["sak_id"])].add(row.values["nr"])
    for each in known.attachments_at_work:
        there = numbers[each.case_id]
        if each.number > 1 and each.number - 1 not in there and None not in there:
            found = msg(
                "attachment {number} has no attachment {before} before it.",
                number=each.number,
                before=each.number - 1,
            )
            yield Finding(each.place("nr"), found, msg("Number the attachments of a case 1, 2, 3 …"))
