"""«Mente du …?»: the nearest of the names that would have been right."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from casebuilder.problems import Message, msg

_TOO_MANY = 2000
"""Among more names the nearest is not looked for: it would take seconds for each wrong one."""


def nearest(name: str, names: Iterable[str]) -> str | None:
    """Return the name nearest to `name`, without regard to case, or None if none is near.

    What begins as the name does is nearer than what only resembles it: «unntatt offentlighet» is meant
    as «unntatt», never as «offentlig». A number has no near one: the next number is another thing.
    """
    candidates = tuple(names)
    if len(candidates) > _TOO_MANY or name.isdigit():
        return None
    by_folded = {candidate.casefold(): candidate for candidate in candidates}
    begun = [each for each in by_folded if name.casefold().startswith(f"{each} ")]
    if begun:
        return by_folded[max(begun, key=len)]
    close = difflib.get_close_matches(name.casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[close[0]] if close else None


def did_you_mean(name: str, names: Iterable[str], otherwise: Message) -> Message:
    """Return the question after the nearest name, or `otherwise` when none is near."""
    near = nearest(name, names)
    return msg("Did you mean «{name}»?", name=near) if near else otherwise
