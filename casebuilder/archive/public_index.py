"""The public agenda of a meeting as a page: its cases, what is published of them, what is exempt (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from casebuilder.archive.markup import Node, node, xml
from casebuilder.archive.public import title_for_all
from casebuilder.register.records import Body, Case, Meeting
from casebuilder.wording import WORDS, day

_STYLE = (
    ":root{color-scheme:light dark;--text:#1b1f23;--back:#fff;--link:#0b5394}"
    "@media(prefers-color-scheme:dark){:root{--text:#eceff1;--back:#15191c;--link:#8ec7ff}}"
    "body{font-family:Calibri,Carlito,sans-serif;color:var(--text);background:var(--back);max-width:45rem;"
    "margin:2rem auto;padding:0 1rem;line-height:1.5}a{color:var(--link)}"
    "a:focus{outline:3px solid var(--link);outline-offset:2px}h2{margin:1.5rem 0 .3rem}"
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A case on the agenda, and the files of it that are published, as (words, path)."""

    case: Case
    files: tuple[tuple[str, str], ...]


def public_index(body: Body, meeting: Meeting, shown: Sequence[Shown]) -> bytes:
    """Return the page."""
    language = shown[0].case.language if shown else "nb"
    words = WORDS[language]
    title = f"{words['offentlig_saksliste']}: {meeting.committee} {day(meeting.day, language)}"
    place = f", {meeting.place_name}" if meeting.place_name else ""
    head = [
        node("meta", "", charset="utf-8"),
        node("meta", "", name="viewport", content="width=device-width, initial-scale=1"),
        node("title", f"{title} – {body.name}"),
        node("style", _STYLE),
    ]
    top = [
        node("p", body.name),
        node("h1", title),
        node("p", f"{words['møtenummer']} {meeting.number}{place}"),
    ]
    main = node("main", [*top, *(part for each in shown for part in _case(each))])
    page = node("html", [node("head", head), node("body", [main])], lang=language)
    made = xml(page).replace(b"></meta>", b">")  # HTML knows no such end
    return made.replace(b'<?xml version="1.0" encoding="UTF-8"?>', b"<!DOCTYPE html>", 1)


def _case(shown: Shown) -> list[Node]:
    words, case = WORDS[shown.case.language], shown.case
    made = [node("h2", f"{words['sak']} {case.label} {title_for_all(case)}")]
    if shown.files:
        links = [node("li", [node("a", said, href=quote(path))]) for said, path in shown.files]
        made.append(node("ul", links))
    return made
