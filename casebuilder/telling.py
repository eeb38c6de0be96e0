"""A piece of news in words: what the sources say now, what they said before, from which cells (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from casebuilder.explanation import Fact
from casebuilder.filenames import shortened
from casebuilder.language import Speaker
from casebuilder.merge.model import Change, Kind, Standing
from casebuilder.problems import Message, Place, msg
from casebuilder.provenance import Provenance, cells_behind

_LONGEST = 160
_MOST_RANGES = 8
_CELL = re.compile(r"([A-Z]+)(\d+)")
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
    """Return cells as a clerk finds them, «saker.xlsx, saker!H4, J2:J9»; of many the first few."""
    sheets: dict[tuple[str, str], list[str]] = {}
    for each in cells:
        sheets.setdefault((each.file.rpartition("/")[2], each.sheet), []).append(each.cell)
    named = [f"{file}, {sheet}!{', '.join(ranges(found))}" for (file, sheet), found in sheets.items()]
    return "; ".join(named)


def ranges(cells: Iterable[str]) -> list[str]:
    """Return cells with those that follow each other in a column as one: «A2:A9»; of many the first few."""
    columns: dict[str, list[int]] = {}
    for cell in dict.fromkeys(cells):
        match = _CELL.fullmatch(cell)
        if match:
            columns.setdefault(match[1], []).append(int(match[2]))
    found = []
    for column, rows in columns.items():
        for _key, group in groupby(enumerate(sorted(rows)), key=lambda each: each[1] - each[0]):
            run = [row for _at, row in group]
            found.append(f"{column}{run[0]}" + (f":{column}{run[-1]}" if len(run) > 1 else ""))
    return found if len(found) <= _MOST_RANGES else [*found[:_MOST_RANGES], "…"]


def fact_line(fact: Fact, say: Speaker) -> str:
    """Return a value of a paper as a line: its words, its cells, and whether it is another now."""
    said = [f"«{_short(fact.words)}»", told_cells(fact.sources)]
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
