"""Where facts come from: every fact has a source, and no source was read after the day it speaks of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import chain

from casebuilder.problems import msg
from casebuilder.register.records import Case, Record
from casebuilder.register.rules.rule import Finding, Known, said, without


def facts_without_source(known: Known) -> Iterator[Finding]:
    """Find the bodies, events and memberships that name no source; a decision must always have one."""
    register = known.register
    facts: Iterator[Record] = chain(
        (body for body in register.bodies.values() if body.source_id is None),
        (event for event in register.events if event.source_id is None),
        (member for member in register.memberships if not member.source_ids and member.joining_id is None),
    )
    yield from without(facts, "kilde_id", msg("Enter the source that the row is taken from."))


def read_after_as_of(known: Known) -> Iterator[Finding]:
    """Find the sources read after the standdato of the papers that list them, or, unlisted, of all papers."""
    listing: defaultdict[str, list[Case]] = defaultdict(list)
    for case in known.at_work:
        for source_id in case.source_ids:
            listing[source_id].append(case)
    for source in known.register.sources.values():
        papers = listing.get(source.id) or ([known.latest] if known.latest else [])
        earliest = min(papers, key=lambda case: case.as_of, default=None)
        if source.read and earliest and source.read > earliest.as_of:
            found = msg(
                "the source was read {read}, but {case} tells what is known on {as_of}.",
                read=said(source.read),
                case=earliest.id,
                as_of=said(earliest.as_of),
            )
            expected = msg("Correct the date, or let «Opplysninger per» of the case be a later day.")
            yield Finding(source.place("lest_dato"), found, expected)
