"""The page that a person opens first in a package: what it holds, in bokmål, without any program (pure).

It is a record and not a message of the program, so it is in Norwegian whatever language the run speaks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import quote

from casebuilder.archive.documents import CaseFile, Document, MeetingFile
from casebuilder.archive.formats import is_archival
from casebuilder.archive.markup import Node, node, xml

_STYLE = (
    "body{font-family:sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;line-height:1.5}"
    "table{border-collapse:collapse}th,td{text-align:left;padding:.2rem 1rem .2rem 0;vertical-align:top}"
)
_VARIANTS = {"P": "produksjonsformat", "A": "arkivformat", "O": "skjermet utgave"}


def index_page(of: MeetingFile, version: int, replaces: int, files: Sequence[str]) -> bytes:
    """Return the page."""
    title = f"{of.committee}, {of.meeting.day:%d.%m.%Y}: arkivpakke versjon {version}"
    told = f"Erstatter versjon {replaces}." if replaces else "Erstatter ingen tidligere versjon."
    scope = "" if of.is_whole else " Pakken gjelder bare sakene under, ikke hele møtet."
    head = [
        node("meta", "", charset="utf-8"),
        node("meta", "", name="viewport", content="width=device-width"),
        node("title", title),
        node("style", _STYLE),
    ]
    body = [
        node("h1", title),
        node("p", f"{of.body.name}. Møte {of.meeting.id}, møtenummer {of.meeting.number}. {told}{scope}"),
        *(each for filed in of.cases for each in _case(filed)),
        *_others(of),
        *_rest(files),
    ]
    page = node("html", [node("head", head), node("body", [node("main", body)])], lang="nb")
    made = xml(page).replace(b"></meta>", b">")  # HTML knows no such end
    return made.replace(b'<?xml version="1.0" encoding="UTF-8"?>', b"<!DOCTYPE html>", 1)


def _case(filed: CaseFile) -> Iterable[Node]:
    case = filed.case
    yield node("h2", f"Sak {case.label} {case.title}")
    access = "Offentlig." if case.access == "offentlig" else f"{case.access.capitalize()}, {case.exemption}."
    yield node("p", f"Sak-ID {case.id}. Saksbehandler {case.officer}. {access}")
    yield node("ul", [_document(filed.folder, each) for each in filed.documents])
    for title in filed.not_there:
        yield node("p", f"Utrykt vedlegg som ikke ligger i pakken: {title}.")
    yield node("p", _PROOF[filed.proof.is_proved])


_PROOF = {
    True: "Kildene i pakken gir papiret slik det ble generert (generert.docx). endringer.docx viser hva som "
    "er endret for hånd etterpå.",
    False: "Kildene er endret etter at papiret ble sendt ut, og gir ikke lenger det samme papiret.",
    None: "Det er ikke kjent hva programmet genererte; papiret er arkivert slik det lå.",
}


def _document(folder: str, document: Document) -> Node:
    links = []
    for each in document.variants:
        told = f"{each.format.name}, {_VARIANTS[each.variant]}"
        links.append(node("a", told, href=quote(f"{folder}/{each.file}")))
    lacks = not any(is_archival(each.format) for each in document.variants)
    note = [node("em", "finnes ikke i arkivformat")] if lacks else []
    return node("li", [node("strong", document.title), *links, *note])


def _others(of: MeetingFile) -> Iterable[Node]:
    if of.documents:
        yield node("h2", "Andre møtedokumenter")
        yield node("ul", [_document(folder, each) for folder, _kind, each in of.documents])
    if of.resting:
        names = ", ".join(f"{case.id} ({case.status})" for case in of.resting)
        yield node("p", f"Uten papir i pakken: {names}.")


def _rest(files: Sequence[str]) -> Iterable[Node]:
    yield node("h2", "Alle filene")
    yield node("ul", [node("li", [node("a", name, href=quote(name))]) for name in files])
    yield node(
        "p", "«casebuilder verify» kontrollerer pakken. SHA-256 for hver fil står i manifest-sha256.txt."
    )
