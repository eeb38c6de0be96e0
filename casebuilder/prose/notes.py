"""Markdown's notes by name, `[^a]` and `[^a]: …`: those that pandoc would leave out without a word (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casebuilder.problems import Problem, msg, warning
from casebuilder.prose.expressions import PlaceAt

_DEFINITION = re.compile(r"^[ \t>*+-]*\[\^(?P<name>[^\]\s]+)\]:", re.MULTILINE)
_REFERENCE = re.compile(r"\[\^(?P<name>[^\]\s]+)\](?!:)")


def lost_notes(text: str, place_at: PlaceAt) -> Iterator[Problem]:
    """Yield a warning for each note that is written twice under one name, or never referred to."""
    referred = {match["name"].casefold() for match in _REFERENCE.finditer(text)}
    seen: set[str] = set()
    for match in _DEFINITION.finditer(text):
        said, place = match["name"], place_at(match.start("name") - 2)
        name = said.casefold()
        if name in seen:
            found = msg("the note «{name}» is written more than once; only one is taken along.", name=said)
            yield warning("note-twice", place, found, msg("Give each note a name of its own."))
        elif name not in referred:
            found = msg("the note «{name}» is not used anywhere, and is not taken along.", name=said)
            yield warning("note-unused", place, found, msg("Refer to it in the text, or delete it."))
        seen.add(name)
