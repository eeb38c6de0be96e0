"""The report of one meeting: what became of its papers, and what they stand on. Values in, a page out."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property, partial
from html import escape
from itertools import groupby
from urllib.parse import quote

from casebuilder.delivery.outcome import Outcome, Status
from casebuilder.filenames import safe
from casebuilder.language import Speaker
from casebuilder.problems import Message, Place, Problem, Severity, msg
from casebuilder.register.records import Case, Meeting, Register
from casebuilder.report.html import Html, el, joined, lines
from casebuilder.report.style import stylesheet
from casebuilder.report.timeline import membership_section
from casebuilder.telling import as_of_day, line, pieces_of_news, places_to_look_at, told_sources

MARK = '<meta name="generator" content="casebuilder">'
"""Stands in every report, so that it is known from a page of somebody else's."""

_ROW = '<tr><th scope="row">{}</th><td>{}</td></tr>'
_NOTHING_LOADED = "default-src 'none'; style-src 'unsafe-inline'"
_SEVERITY = {
    Severity.ERROR: ("stop", msg("ERROR")),
    Severity.WARNING: ("look", msg("warning")),
    Severity.INFO: ("", msg("note")),
}


@dataclass(frozen=True)
class Run:
    """What a build came to."""

    register: Register
    outcomes: tuple[Outcome, ...]
    problems: tuple[Problem, ...]
    say: Speaker
    sources: str = ""  # the hash of the workbooks, if it is known

    def outcome(self, case: Case) -> Outcome | None:
        """Return what became of a case; None if the run was not about it."""
        return self._by_case.get(case.id)

    @cached_property
    def _by_case(self) -> dict[str, Outcome]:
        return {each.case.id: each for each in reversed(self.outcomes)}


def page(meeting: Meeting, run: Run) -> str:
    """Return the report of a meeting as one HTML page that needs nothing else."""
    say = run.say.say
    cases = run.register.cases_of(meeting.id)
    problems = [each for each in run.problems if is_of(each, cases)]
    title = _title(meeting, run)
    sections = (
        ("papers", msg("Papers"), _papers(meeting, cases, run)),
        ("problems", msg("To look at"), _problems(problems, run)),
        ("news", msg("What is new"), _news(cases, run)),
        ("members", msg("Members"), _members(meeting, cases, run)),
        ("facts", msg("Facts and their cells"), _facts(cases, run)),
    )
    links = (el("li", el("a", say(name), href=f"#{key}")) for key, name, _content in sections)
    body = lines(
        el("a", say(msg("Go to the content")), href="#content", class_="skip"),
        el("header", el("h1", title), el("p", _summed_up(cases, problems, run))),
        el("nav", el("ul", *links), aria_label=say(msg("Contents"))),
        Html('<main id="content">'),
        *(_section(key, say(name), content) for key, name, content in sections),
        Html("</main>"),
    )
    content = (el("head", Html("\n"), _head(title)), el("body", Html("\n"), body))
    return f"<!DOCTYPE html>\n{el('html', Html(chr(10)), *content, lang=run.say.language)}\n"


def _title(meeting: Meeting, run: Run) -> str:
    values = {
        "committee": meeting.committee,
        "number": meeting.number,
        "day": f"{meeting.day:%d.%m.%Y}",
    }
    return run.say.say(msg("Report: {committee}, meeting {number}, {day}", **values))


def _head(title: str) -> Html:
    return lines(
        el("meta", charset="utf-8"),
        Html(MARK),
        el("meta", http_equiv="Content-Security-Policy", content=_NOTHING_LOADED),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("title", title),
        el("style", Html(stylesheet())),
    )


def _section(key: str, name: str, content: Html) -> Html:
    title = el("h2", name, id=f"{key}-title")
    return el("section", title, Html("\n"), content, id=key, aria_labelledby=f"{key}-title")


def is_of(problem: Problem, cases: Sequence[Case]) -> bool:
    """Tell whether a problem belongs to this meeting: to its cases, or to all."""
    return not problem.cases or any(case.id in problem.cases for case in cases)


def _summed_up(cases: Sequence[Case], problems: Sequence[Problem], run: Run) -> str:
    outcomes = [outcome for outcome in map(run.outcome, cases) if outcome]
    values = {
        "papers": len(outcomes),
        "stopped": sum(_status(each)[0] == "stop" for each in outcomes),
        "errors": sum(each.is_error for each in problems),
        "warnings": sum(each.severity is Severity.WARNING for each in problems),
    }
    return run.say.say(
        msg(
            "Papers: {papers}, of these stopped: {stopped}. Errors: {errors}. Warnings: {warnings}.", **values
        )
    )


# -- papers -----------------------------------------------------------------------------------------


def _papers(meeting: Meeting, cases: Sequence[Case], run: Run) -> Html:
    return el("ul", Html("\n"), lines(*(_paper(meeting, case, run) for case in cases)), class_="rows")


def _paper(meeting: Meeting, case: Case, run: Run) -> Html:
    outcome = run.outcome(case)
    kind, status = _status(outcome) if outcome else ("", msg("not part of this run"))
    name: str = el("span", case.title, lang="nn" if case.language == "nn" else "nb")
    if outcome and outcome.path:
        path = posixpath.relpath(outcome.path, posixpath.join("output", safe(meeting.id)))
        name = el("a", name, href=quote(path))
    told = joined(f"{case.label} ", name, " – ", el("span", run.say.say(status), class_="status"))
    return el("li", told, class_=kind or None)


def _status(outcome: Outcome) -> tuple[str, Message]:
    """Return how a paper fared: the colour of its row, and the word for it."""
    values = {"pieces": pieces_of_news(outcome.done), "places": places_to_look_at(outcome.conflicts)}
    merged = msg("merged: {pieces} put in, {places}", **values)
    if not outcome.conflicts:
        merged = msg("merged: {pieces} put in", pieces=values["pieces"])
    return {
        Status.NEW: ("news", msg("new")),
        Status.REPLACED: ("news", msg("updated")),
        Status.UNCHANGED: ("good", msg("untouched: nothing new")),
        Status.EDITED: ("good", msg("untouched: changed by hand, and nothing new")),
        Status.MERGED: ("look" if outcome.conflicts else "news", merged),
        Status.NOT_MERGED: ("look", msg("left alone: the news could not be put in safely")),
        Status.BASE_LOST: ("look", msg("left alone: what it was made from is no longer known")),
        Status.SENT: ("good", msg("sent")),
        Status.HELD_BACK: ("stop", msg("stopped: has errors")),
        Status.REFUSED: ("stop", msg("stopped: could not be written")),
    }[outcome.status]


# -- problems ---------------------------------------------------------------------------------------


def _problems(problems: Sequence[Problem], run: Run) -> Html:
    if not problems:
        return el("p", run.say.say(msg("There is nothing to look at.")))
    ordered = sorted(problems, key=lambda problem: (problem.place, problem.rule))
    made = []
    for file, group in groupby(ordered, key=lambda problem: problem.place.file):
        made.append(el("h3", file or run.say.say(msg("The command"))))
        made.append(el("ul", Html("\n"), lines(*(_problem(each, run) for each in group)), class_="rows"))
    return lines(*made)


def _problem(problem: Problem, run: Run) -> Html:
    say = run.say
    kind, word = _SEVERITY[problem.severity]
    where = say.place(problem.place)
    expected = f" {say.say(problem.expected)}" if problem.expected else ""
    rule = el("span", f" [{problem.rule}]", class_="quiet") if problem.severity is Severity.WARNING else None
    place = joined(el("span", where, class_="place"), ": ") if where else None
    status = joined(el("span", say.say(word), class_="status"), " ")
    return el("li", status, place, say.say(problem.found), expected, rule, class_=kind or None)


# -- news, members, facts ---------------------------------------------------------------------------


def _news(cases: Sequence[Case], run: Run) -> Html:
    made = []
    for case in cases:
        outcome = run.outcome(case)
        if outcome and outcome.news:
            cells = outcome.provenance
            told = (el("li", line(each, cells, run.say)) for each in outcome.news)
            made.append(_of_case(case, run, el("ul", *told)))
    if not made:
        return el("p", run.say.say(msg("Nothing has changed in the papers since the last time.")))
    return lines(*made)


def _members(meeting: Meeting, cases: Sequence[Case], run: Run) -> Html:
    day = max((case.as_of for case in cases if case.is_at_work), default=meeting.day)
    bodies = sorted(run.register.bodies.values(), key=lambda each: each.id != meeting.body_id)
    sections = (membership_section(run.register, body, day, run.say) for body in bodies)
    return lines(*sections) or el("p", run.say.say(msg("The sheets have no members.")))


def _facts(cases: Sequence[Case], run: Run) -> Html:
    say = run.say.say
    tell = cache(partial(told_sources, say=run.say))  # cells that many papers stand on are told once
    made = []
    for case in cases:
        facts = dict.fromkeys(_values(run.outcome(case), tell))
        if facts:
            values = {"label": case.label, "day": as_of_day(case.as_of, run.say)}
            rows = [Html(_ROW.format(escape(text), escape(cells))) for text, cells in facts]
            titles = (msg("In the paper"), msg("Cells"))
            head = el("thead", el("tr", *(el("th", say(each), scope="col") for each in titles)))
            caption = el("caption", say(msg("Values in the paper of case {label}, {day}", **values)))
            table = el("table", caption, head, lines(Html("<tbody>"), *rows, Html("</tbody>")), class_="two")
            summary = el("summary", say(msg("{count} values", count=len(facts))))
            made.append(_of_case(case, run, el("details", summary, table, open="open")))
    return lines(*made) or el("p", say(msg("No paper was made, so there are no values to show.")))


def _values(
    outcome: Outcome | None, tell: Callable[[tuple[Place, ...], date | None], str]
) -> Iterator[tuple[str, str]]:
    """Yield every value of a paper and its cells, as far as it stands on any."""
    known = outcome.provenance if outcome else {}
    for told in (told for paragraphs in known.values() for words in paragraphs for told in words):
        if told.sources and told.text.strip():
            yield " ".join(told.text.split()), tell(told.sources, told.as_of)


def _of_case(case: Case, run: Run, content: Html) -> Html:
    label = run.say.say(msg("Case {label}", label=case.label))
    title = el("span", case.title, lang="nn" if case.language == "nn" else "nb")
    return lines(el("h3", f"{label} ", title), content)
