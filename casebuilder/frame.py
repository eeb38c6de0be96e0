"""Case + register → the named values that a template or a text can print, each with its cells (pure).

The names are the ones a clerk writes in her templates and texts, so they are Norwegian.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from casebuilder.paper import Datum, FrameValue
from casebuilder.problems import Place
from casebuilder.register.records import Attachment, Body, Case, Meeting, Record, Register
from casebuilder.wording import NBSP, WORDS, day

GROUPS = ("organ", "møte", "sak")
MARKERS = ("sammendrag", "saksutredning", "kilder")
"""The names that, alone in a paragraph of a template, are where casebuilder writes blocks itself."""


def frame_values(register: Register, case: Case) -> dict[str, FrameValue]:
    """Return what templates and texts can print of a case; an empty optional value is None."""
    meeting = register.meetings[case.meeting_id]
    body = register.bodies[meeting.body_id]
    language = case.language
    return {
        "organ": _body(body, register),
        "møte": _meeting(meeting, language),
        "sak": _case(case, meeting),
        "forslag": tuple(Datum(point, (case.place("forslag_til_vedtak"),)) for point in case.proposal),
        "vedlegg": tuple(_attachment(each, language) for each in register.attachments_of(case.id)),
        "ord": {name: Datum(word) for name, word in WORDS[language].items() if name.isidentifier()},
    }


_NAMES = {
    "organ": ("navn", "kortnavn", "nettsted", "kontorkommune"),
    "møte": ("utvalg", "møtenummer", "dato", "sted"),
    "sak": (
        "nummer", "tittel", "saksbehandler", "saksansvarlig", "arkivsaksnr", "journalpost_id", "klassering",
        "tilgang", "unntatt_hjemmel", "merking", "standdato",
    ),
}  # fmt: skip


def stand_in_values(language: str) -> dict[str, FrameValue]:
    """Return a value for every name, so that a template can be tried without a case."""
    groups: dict[str, FrameValue] = {
        group: {name: Datum(f"{group}.{name}") for name in names} for group, names in _NAMES.items()
    }
    return {
        **groups,
        "forslag": (Datum("forslag"),),
        "vedlegg": ({name: Datum(f"vedlegg.{name}") for name in ("nr", "tittel", "merknad")},),
        "ord": {name: Datum(word) for name, word in WORDS[language].items() if name.isidentifier()},
    }


def _datum(record: Record, column: str, text: str | None) -> Datum | None:
    return Datum(text, (record.place(column),)) if text else None


def _date(record: Record, column: str, when: date, language: str) -> Datum:
    return Datum(day(when, language), (record.place(column),))


def _body(body: Body, register: Register) -> Mapping[str, FrameValue]:
    office = register.units.get(body.office) if body.office else None
    return {
        "navn": _datum(body, "navn", body.name),
        "kortnavn": _datum(body, "kortnavn", body.short_name),
        "nettsted": _datum(body, "nettsted", body.website),
        "kontorkommune": _datum(body, "kontorkommune", office.full_name if office else None),
    }


def _meeting(meeting: Meeting, language: str) -> Mapping[str, FrameValue]:
    return {
        "utvalg": _datum(meeting, "utvalg", meeting.committee),
        "møtenummer": _datum(meeting, "møtenummer", meeting.number),
        "dato": _date(meeting, "dato", meeting.day, language),
        "sted": _datum(meeting, "sted", meeting.place_name),
    }


def _case(case: Case, meeting: Meeting) -> Mapping[str, FrameValue]:
    language = case.language
    return {
        "nummer": Datum(f"{WORDS[language]['sak']}{NBSP}{case.label}", (case.place("løpenr"),)),
        "tittel": _datum(case, "tittel", case.title),
        "saksbehandler": _datum(case, "saksbehandler", case.officer),
        "saksansvarlig": _datum(case, "saksansvarlig", case.manager),
        "arkivsaksnr": _datum(case, "arkivsaksnr", case.archive_number),
        "journalpost_id": _datum(case, "journalpost_id", case.journal_id),
        "klassering": _datum(case, "klassering", case.classification),
        "tilgang": _datum(case, "tilgang", WORDS[language][case.access]),
        "unntatt_hjemmel": _datum(case, "unntatt_hjemmel", case.exemption),
        "merking": _datum(case, "unntatt_hjemmel", marking(case)),
        "standdato": Datum(day(case.as_of, language), (place_of_standdato(case, meeting),)),
    }


def marking(case: Case) -> str | None:
    """Return what page one and the running head say of a case that is exempt, None of an open one.

    Offentleglova § 31: the provision is named, with the duty of secrecy where it is one (§ 13).
    """
    if case.access == "offentlig" or not case.exemption:
        return None
    words = WORDS[case.language]
    return f"{words[case.access]}, {words['jf']}{NBSP}{provision(case.exemption)}"


def provision(exemption: str) -> str:
    """Return a provision as it stands after «jf.»."""
    return exemption.strip().removeprefix("jf.").strip()


def place_of_standdato(case: Case, meeting: Meeting) -> Place:
    """Return the cell that a case's standdato stands in: its own, else the notice's, else the meeting's."""
    if case.row.values["standdato"]:
        return case.place("standdato")
    return meeting.place("innkalt_dato" if meeting.called else "dato")


def _attachment(attachment: Attachment, language: str) -> Mapping[str, FrameValue]:
    words = WORDS[language]
    remarks = [words["utrykt"]] if attachment.unprinted else []
    columns = ["utrykt"] if attachment.unprinted else []
    if attachment.access != "offentlig":
        columns += ["tilgang", "unntatt_hjemmel"]
        exempt = words[attachment.access].lower()
        remarks.append(f"{exempt}, {words['jf']} {provision(attachment.exemption or '')}")
    return {
        "nr": Datum(str(attachment.number), (attachment.place("nr"),)),
        "tittel": Datum(attachment.title, (attachment.place("tittel"),), attachment.access == "unntatt"),
        "merknad": Datum("; ".join(remarks), tuple(map(attachment.place, columns))) if remarks else None,
    }
