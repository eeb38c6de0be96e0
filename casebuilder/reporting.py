"""What a run is told as, line by line (pure): each paper, every problem at its place, the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from casebuilder.delivery.history import Reason, Version
from casebuilder.delivery.outcome import Outcome, Status
from casebuilder.explanation import Explanation
from casebuilder.language import Speaker
from casebuilder.pipeline import Report
from casebuilder.problems import Message, Problem, Severity, msg
from casebuilder.telling import fact_line, line, pieces_of_news, places_to_look_at
from casebuilder.wording import day_in_a_message

_SEVERITY = {
    Severity.ERROR: msg("ERROR"),
    Severity.WARNING: msg("warning"),
    Severity.INFO: msg("note"),
}
_DONE = msg(
    "Written: {written}. Merged: {merged}. Nothing new: {same}. Left alone: {left}. Held back: {held}."
)
_READY = msg(
    "Ready: {written}. To merge: {merged}. Nothing new: {same}. Left alone: {left}. Errors in: {held}."
)
_HAND_MADE = (Status.EDITED, Status.NOT_MERGED, Status.BASE_LOST)


def paper_line(outcome: Outcome, say: Speaker, *, write: bool) -> str:
    """Return what became, or would become, of one paper."""
    path = outcome.path
    told = {
        Status.NEW: msg("written: {path}", path=path),
        Status.REPLACED: msg("updated: {path}", path=path),
        Status.UNCHANGED: msg("nothing new: {path}", path=path),
        Status.EDITED: msg("changed by hand, left alone: {path}", path=path),
        Status.MERGED: _merged(outcome, write=write),
        Status.NOT_MERGED: msg("changed by hand, left alone; the sources have news: {path}", path=path),
        Status.BASE_LOST: msg("left alone; what it was made from is no longer known: {path}", path=path),
        Status.SENT: msg("sent, and therefore not made anew"),
        Status.HELD_BACK: msg("NOT written; see below"),
        Status.REFUSED: msg("NOT written; see below"),
    }
    would = {
        Status.NEW: msg("ready to be written: {path}", path=path),
        Status.REPLACED: msg("ready to be updated: {path}", path=path),
        Status.HELD_BACK: msg("has errors; see below"),
    }
    sentence = told[outcome.status] if write else would.get(outcome.status, told[outcome.status])
    return f"{outcome.case.label:>6}  {say.say(sentence)}"


def _merged(outcome: Outcome, *, write: bool) -> Message:
    """Tell how much news stands in an edited paper, and how much of it a person must decide."""
    done, conflicts, path = outcome.done, outcome.conflicts, outcome.path
    pieces, places = pieces_of_news(done), places_to_look_at(conflicts)
    if not done and not conflicts:
        return msg("changed by hand; the news was there already or concerns nothing in it: {path}", path=path)
    if not write:
        ready = msg("changed by hand; {pieces} to put in as tracked changes, {places}: {path}")
        return msg(ready.id, pieces=pieces, places=places, path=path)
    if not conflicts:
        return msg("changed by hand; {pieces} put in as tracked changes: {path}", pieces=pieces, path=path)
    sentence = msg("changed by hand; {pieces} put in as tracked changes, {places}: {path}")
    return msg(sentence.id, pieces=pieces, places=places, path=path)


def news_lines(outcome: Outcome, say: Speaker) -> Iterator[str]:
    """Yield each piece of news that a paper gets, in words, with the cells behind it."""
    cells = outcome.provenance if outcome.news else {}
    for change in outcome.news:
        yield f"          {line(change, cells, say)}"


def explained_lines(found: Explanation, say: Speaker, sought: str = "") -> Iterator[str]:
    """Yield the values of a paper with their cells, under their headings, and what persons have written."""
    if found.standdato and found.facts:
        day = day_in_a_message(found.standdato, say.language)
        yield say.say(msg("Information as of {day}, unless a line names another day.", day=day)) + "\n"
    for where, facts in groupby(found.facts, key=lambda fact: fact.where):
        yield where or say.say(msg("Front page"))
        for fact in facts:
            yield f"  {fact_line(fact, say)}"
    if found.by_hand:
        yield "\n" + say.say(msg("Written by hand:"))
    for each in found.by_hand:
        where = f"{each.where}: " if each.where else ""
        yield f"  {where}«{each.words}»"
    if found.facts or found.by_hand:
        return
    if found.says(sought):
        yield say.say(
            msg("These words come from the text of the case or from the template, not from a cell.")
        )
    else:
        yield say.say(msg("«{words}» does not stand in the paper.", words=sought))


def version_lines(found: Sequence[Version], say: Speaker) -> Iterator[str]:
    """Yield each version of a paper that was kept: its number, when and why."""
    why = {
        Reason.MERGED: msg("before news were put in"),
        Reason.RESTORED: msg("before an older version was brought back"),
    }
    for version in found:
        yield f"{version.number:>4}  {version.kept:%d.%m.%Y %H:%M}  {say.say(why[version.reason])}"
    if not found:
        yield say.say(msg("no earlier version of this paper has been kept."))


def problem_lines(problems: Sequence[Problem], say: Speaker) -> Iterator[str]:
    """Yield every problem once, grouped by file, in the order of their places."""
    ordered = sorted(problems, key=lambda problem: problem.place)
    for file, group in groupby(ordered, key=lambda problem: problem.place.file):
        yield f"\n{file or say.say(msg('The command'))}"
        for problem in group:
            rule = f" [{problem.rule}]" if problem.severity is Severity.WARNING else ""  # for «avvik»
            yield f"  {say.say(_SEVERITY[problem.severity])}  {say.problem(problem)}{rule}"


def end_lines(report: Report, say: Speaker, *, write: bool) -> Iterator[str]:
    """Yield the sums of a run and what to do next."""
    statuses = [outcome.status for outcome in report.outcomes]
    errors = sum(problem.is_error for problem in report.problems)
    warnings = sum(problem.severity is Severity.WARNING for problem in report.problems)
    values = {
        "written": statuses.count(Status.NEW) + statuses.count(Status.REPLACED),
        "merged": statuses.count(Status.MERGED),
        "same": statuses.count(Status.UNCHANGED),
        "left": sum(status in _HAND_MADE for status in statuses),
        "held": statuses.count(Status.HELD_BACK) + statuses.count(Status.REFUSED),
    }
    done = _DONE if write else _READY
    yield "\n" + say.say(msg(done.id, **values))
    yield say.say(msg("Errors: {errors}. Warnings: {warnings}.", errors=errors, warnings=warnings))
    yield say.say(_next_step(report, errors, write=write))


def _next_step(report: Report, errors: int, *, write: bool) -> Message:
    if not report.outcomes and not errors:
        return msg("There is no unsent case to make a paper of.")
    if errors:
        return msg("Mend the errors at the places named above, and run the command again.")
    if any(problem.severity is Severity.WARNING for problem in report.problems) and not write:
        return msg("There are no errors. Look through the warnings before you run «casebuilder build».")
    if write:
        return msg("Open the papers in the folder output and read them through before they are sent.")
    return msg("Everything is in order. Run «casebuilder build» to write the papers.")
