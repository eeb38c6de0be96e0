"""A piece of news in words: what the sources say now, what they said before, from which cells (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from casebuilder.cells import told_cells
from casebuilder.explanation import Fact
from casebuilder.filenames import shortened
from casebuilder.language import Speaker
from casebuilder.merge.model import Change, Kind, Standing
from casebuilder.problems import Message, Place, msg
from casebuilder.provenance import Provenance, cells_behind
from casebuilder.wording import day_in_a_message

_LONGEST = 160
_NAME = "_cb_"
_CHANGING = ("medlemmer", "vedtak")
"""The sheets whose rows come into force and cease on a day."""


def comment(change: Change, provenance: Provenance, say: Speaker) -> tuple[str, ...]:
    """Return what a comment beside her words says, line by line."""
    lines = [say.say(_news(change))]
    cells = cells_of(change, provenance)
    if cells:
        lines.append(say.say(msg("From {cells}.", cells=told_cells(cells, say))))
    lines.append(
        say.say(msg("You have changed the same words; yours stand. Choose, and delete this comment."))
    )
    return tuple(lines)


def line(change: Change, provenance: Provenance, say: Speaker) -> str:
    """Return a piece of news as a line for the screen."""
    where = say.say(msg("under «{heading}»", heading=change.where)) + ": " if change.where else ""
    cells = cells_of(change, provenance)
    source = " " + say.say(msg("From {cells}.", cells=told_cells(cells, say))) if cells else ""
    standing = {
        Standing.CONFLICT: " "
        + say.say(msg("You have changed the same words; yours stand, with a comment.")),
        Standing.GONE: " " + say.say(msg("You have deleted this; it stays deleted.")),
    }.get(change.standing, "")
    return f"{where}{say.say(_news(change))}{source}{standing}"


def pieces_of_news(number: int) -> Message:
    """Return «1 piece of news», «3 pieces of news»."""
    return msg("1 piece of news") if number == 1 else msg("{number} pieces of news", number=number)


def places_to_look_at(number: int) -> Message:
    """Return «1 place to look at», «3 places to look at»."""
    return msg("1 place to look at") if number == 1 else msg("{number} places to look at", number=number)


def cells_of(change: Change, provenance: Provenance) -> tuple[Place, ...]:
    """Return the cells behind a piece of news."""
    return cells_behind(provenance, change.name.removeprefix(_NAME), change.now)


def told_sources(sources: Sequence[Place], as_of: date | None, say: Speaker) -> str:
    """Return cells, and of those that change with time the day they were asked about."""
    told = told_cells(sources, say)
    if as_of is None or not any(place.sheet in _CHANGING for place in sources):
        return told
    return f"{told} – {as_of_day(as_of, say)}"


def as_of_day(day: date, say: Speaker) -> str:
    """Return «per 12. februar 2026»."""
    return say.say(msg("as of {day}", day=day_in_a_message(day, say.language)))


def fact_line(fact: Fact, say: Speaker) -> str:
    """Return a value of a paper as a line: its words, its cells, and whether it is another now."""
    said = [f"«{_short(fact.words)}»", told_sources(fact.sources, fact.as_of, say)]
    if fact.words.strip() != fact.then.strip():
        said.append(say.say(msg("changed by hand; it said «{then}»", then=_short(fact.then))))
    if fact.now is None:
        said.append(say.say(msg("not in the sources any more")))
    elif fact.now != fact.then:
        said.append(say.say(msg("now «{now}» in the sources", now=_short(fact.now))))
    return " – ".join(said)


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
