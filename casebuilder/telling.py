"""A piece of news in words: what the sources say now, what they said before, from which cells (pure)."""

from __future__ import annotations

from collections.abc import Sequence

from casebuilder.filenames import shortened
from casebuilder.language import Speaker
from casebuilder.merge.model import Change, Kind, Standing
from casebuilder.problems import Message, Place, msg
from casebuilder.provenance import Provenance, cells_behind

_LONGEST = 160
_MOST_CELLS = 4
_NAME = "_cb_"


def comment(change: Change, provenance: Provenance, say: Speaker) -> tuple[str, ...]:
    """Return what a comment beside her words says, line by line."""
    lines = [say.say(_news(change))]
    cells = cells_of(change, provenance)
    if cells:
        lines.append(say.say(msg("From {cells}.", cells=told_cells(cells))))
    lines.append(
        say.say(msg("You have changed the same words; yours stand. Choose, and delete this comment."))
    )
    return tuple(lines)


def line(change: Change, provenance: Provenance, say: Speaker) -> str:
    """Return a piece of news as a line for the screen."""
    where = say.say(msg("under «{heading}»", heading=change.where)) + ": " if change.where else ""
    cells = cells_of(change, provenance)
    source = f" ({told_cells(cells)})" if cells else ""
    standing = {
        Standing.CONFLICT: " "
        + say.say(msg("You have changed the same words; yours stand, with a comment.")),
        Standing.GONE: " " + say.say(msg("You have deleted this; it stays deleted.")),
    }.get(change.standing, "")
    return f"{where}{say.say(_news(change))}{source}{standing}"


def cells_of(change: Change, provenance: Provenance) -> tuple[Place, ...]:
    """Return the cells behind a piece of news."""
    return cells_behind(provenance, change.name.removeprefix(_NAME), change.now)


def told_cells(cells: Sequence[Place]) -> str:
    """Return cells as a clerk finds them: file, sheet and cell; of many the first few."""
    named = dict.fromkeys(f"{each.file.rpartition('/')[2]}, {each.sheet}!{each.cell}" for each in cells)
    shown = list(named)[:_MOST_CELLS]
    return "; ".join(shown) + (" …" if len(named) > _MOST_CELLS else "")


def _news(change: Change) -> Message:
    before, now = _short(change.before), _short(change.now)
    if change.kind is Kind.ADDED:
        return msg("New in the sources: «{now}».", now=now)
    if change.kind is Kind.REMOVED:
        return msg("No longer in the sources: «{before}».", before=before)
    if change.kind is Kind.STYLE:
        return msg("The formatting of «{now}» is another now.", now=now)
    if not before:
        return msg("The sources have put in «{now}».", now=now)
    if not now:
        return msg("The sources have taken out «{before}».", before=before)
    return msg("The sources now say «{now}»; before they said «{before}».", now=now, before=before)


def _short(text: str) -> str:
    said = " ".join(text.split())
    return said if len(said) <= _LONGEST else shortened(said, _LONGEST) + " …"
