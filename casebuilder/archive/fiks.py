"""Messages for an archive system: Fiks Arkiv «arkivmelding opprett» V1, values from its code lists (pure).

At most one folder and one record a message: so one for the meeting (moetemappe), one for each case
(moetesak), one for each other document (moetedokument). A second profile, saksmappe and journalpost, is for
archives without meetings. The order of elements is the schema's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from casebuilder.archive.documents import CaseFile, Document, MeetingFile, Variant
from casebuilder.archive.markup import Node, maybe, node, xml
from casebuilder.register.records import Case

Rows = Sequence[Mapping[str, object]]
CODES = {
    "dokumenttype": {"SAKSFRAMLEGG": "Saksframlegg", "VEDLEGG": "Vedlegg", "DOKUMENT": "Dokument"},
    "dokumentstatus": {"F": "Dokumentet er ferdigstilt"},
    "tilknyttetRegistreringSom": {"H": "Hoveddokument", "V": "Vedlegg"},
    "variantformat": {
        "P": "Produksjonsformat",
        "A": "Arkivformat",
        "O": "Dokument hvor deler av innholdet er skjermet",
    },
    "moetesakstype": {
        "PS": "Politisk sak",
        "DS": "Delegert møtesak",
        "RS": "Referatsak",
        "FO": "Forespørsel (interpellasjon)",
        "AN": "Annet",
    },
    "moetedokumenttype": {
        "MI": "Møteinnkalling",
        "SL": "Saksliste",
        "OL": "Offentlig saksliste",
        "SP": "Saksprotokoll",
        "MP": "Møteprotokoll",
        "VL": "Vedlegg til møtesak",
    },
    "funksjon": {
        "LEDER": "Leder",
        "NESTL": "Nestleder",
        "MEDL": "Medlem",
        "VARA": "Varamedlem",
        "SEKR": "Sekretær",
    },
    "journalposttype": {"S": "Saksframlegg"},
    "journalstatus": {"F": "Ferdigstilt av saksbehandler"},
    "saksstatus": {"B": "Under behandling"},
    "tilgangsrestriksjon": {"UO": "Unntatt offentlighet"},
    "tekstFormat": {"tekst": "Tekst som tekstformat"},
}
"""The values that we use of Fiks Arkiv's code lists; access restrictions have no list of their own."""
_OPPRETT = "https://ks-no.github.io/standarder/fiks-protokoll/fiks-arkiv/arkivmelding/opprett/v1"
_CATALOG = "https://ks-no.github.io/standarder/fiks-protokoll/fiks-arkiv/metadatakatalog/v1"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_FUNCTIONS = {"leder": "LEDER", "nestleder": "NESTL", "medlem": "MEDL", "vara": "VARA", "sekretær": "SEKR"}
_KINDS = (("offentlig saksliste", "OL"), ("saksliste", "SL"), ("innkalling", "MI"), ("saksprotokoll", "SP"),
          ("protokoll", "MP"), ("referat", "MP"), ("møtebok", "MP"))  # fmt: skip


def kind_of_document(name: str) -> str:
    """Return the moetedokumenttype that a file's name tells; what tells none is an attachment."""
    said = PurePosixPath(name).stem.casefold()
    return next((code for word, code in _KINDS if word in said), "VL")


def meeting_message(of: MeetingFile, participants: Rows) -> bytes:
    """Return the message that makes the meeting's folder."""
    meeting = of.meeting
    content = [
        node("systemID", of.id),
        node("tittel", f"{of.committee} {meeting.day:%d.%m.%Y}, {of.body.name}"),
        _key(meeting.id),
        node("moetenummer", meeting.number),
        node("utvalg", [node("n5mdk:navn", meeting.committee)]),
        node("moetedato", meeting.day.isoformat()),
        maybe("moetested", meeting.place_name),
        *(_participant(row) for row in participants),
    ]
    return _message(0, mappe=node("mappe", content, xsi_type="moetemappe"))


def case_message(of: MeetingFile, filed: CaseFile, outcomes: Rows) -> bytes:
    """Return the message that makes a case of the meeting, with its documents."""
    case = filed.case
    content = [
        *_record(of, filed, of.id),
        node("moetesakstype", _coded("moetesakstype", case.type)),
        node("moetesaksaar", str(case.year)),
        node("moetesakssekvensnummer", str(case.number)),
        node("administrativEnhet", [node("n5mdk:navn", of.body.name)]),
        _study(case),
        *(_decision(of, row) for row in outcomes[-1:]),
    ]
    return _message(_count(filed.documents), registrering=node("registrering", content, xsi_type="moetesak"))


def journal_message(of: MeetingFile, filed: CaseFile) -> bytes:
    """Return the message of the second profile: a case folder with one journal entry."""
    case = filed.case
    folder = of.id_of(case, "saksmappe")
    attachments = sum(not each.is_main for each in filed.documents)
    title = [node("tittel", case.title), maybe("offentligTittel", public_title(case))]
    made = [
        node("systemID", folder), *title, _screened(case.access, case.exemption), _key(case.id),
        *_case_number(case), node("saksdato", case.as_of.isoformat()),
        node("administrativEnhet", [node("n5mdk:navn", of.body.name)]),
        node("saksansvarlig", [node("n5mdk:navn", case.manager or case.officer)]),
        node("saksstatus", _coded("saksstatus", "B")),
    ]  # fmt: skip
    entry = [
        *_record(of, filed, folder, "journalpost"),
        node("journalposttype", _coded("journalposttype", "S")),
        node("journalstatus", _coded("journalstatus", "F")),
        node("dokumentetsDato", case.as_of.isoformat()),
        node("antallVedlegg", str(attachments)),
    ]
    return _message(
        _count(filed.documents),
        mappe=node("mappe", made, xsi_type="saksmappe"),
        registrering=node("registrering", entry, xsi_type="journalpost"),
    )


def document_message(of: MeetingFile, kind: str, document: Document) -> bytes:
    """Return the message that makes a document of the meeting that is of no case."""
    content = [
        node("systemID", document.id),
        node("referanseForelderMappe", [node("n5mdk:systemID", of.id)]),
        _described(document),
        node("tittel", document.title),
        _key(f"{of.meeting.id}/{document.title}"),
        node("moetedokumenttype", _coded("moetedokumenttype", kind)),
    ]
    return _message(
        len(document.variants), registrering=node("registrering", content, xsi_type="moetedokument")
    )


def public_title(case: Case) -> str | None:
    """Return the title that all may see, where the sheet gives one."""
    said = case.row.values.get("offentlig_tittel")
    return str(said) if said else None


def _message(files: int, mappe: Node | None = None, registrering: Node | None = None) -> bytes:
    content = [node("system", "casebuilder"), node("antallFiler", str(files)), mappe, registrering]
    spaces = {"xmlns": _OPPRETT, "xmlns_n5mdk": _CATALOG, "xmlns_xsi": _XSI}
    return xml(node("arkivmelding", content, **spaces))


def _count(documents: Sequence[Document]) -> int:
    return sum(len(each.variants) for each in documents)


def _coded(name: str, code: str) -> list[Node]:
    return [node("n5mdk:kode", code), node("n5mdk:beskrivelse", CODES[name][code])]


def _key(name: str) -> Node:
    return node(
        "referanseEksternNoekkel", [node("n5mdk:fagsystem", "casebuilder"), node("n5mdk:noekkel", name)]
    )


def _record(of: MeetingFile, filed: CaseFile, parent: str, *profile: str) -> list[Node | None]:
    """Return what every record of a case begins with, in the schema's order."""
    case = filed.case
    return [
        node("systemID", of.id_of(case, *profile)),
        node("referanseForelderMappe", [node("n5mdk:systemID", parent)]),
        _screened(case.access, case.exemption),
        *map(_described, filed.documents),
        maybe("registreringsID", case.journal_id),
        node("tittel", case.title),
        maybe("offentligTittel", public_title(case)),
        maybe("forfatter", case.officer),
        _class(case),
        _key(case.id),
    ]


def _class(case: Case) -> Node | None:
    return node("klassifikasjon", [node("klasseID", case.classification)]) if case.classification else None


def _case_number(case: Case) -> list[Node]:
    """Return year and number of the archive's own case, «2026/45», if it has one."""
    year, slash, number = (case.archive_number or "").partition("/")
    number = number.partition("-")[0]
    if not (slash and year.isdecimal() and number.isdecimal()):
        return []
    full = int(year) if len(year) == 4 else 2000 + int(year)
    return [node("saksaar", str(full)), node("sakssekvensnummer", str(int(number)))]


def _screened(access: str, exemption: str | None) -> Node | None:
    if access == "offentlig" or not exemption:
        return None
    restricted = node("tilgangsrestriksjon", _coded("tilgangsrestriksjon", "UO"))
    return node("skjerming", [restricted, node("skjermingshjemmel", exemption)])


def _described(document: Document) -> Node:
    content = [
        node("systemID", document.id),
        node("dokumenttype", _coded("dokumenttype", document.kind)),
        node("dokumentstatus", _coded("dokumentstatus", "F")),
        node("tittel", document.title),
        node(
            "tilknyttetRegistreringSom", _coded("tilknyttetRegistreringSom", "H" if document.is_main else "V")
        ),
        node("dokumentnummer", str(document.number)),
        _screened(document.access, document.exemption),
        *map(_object, document.variants),
    ]
    return node("dokumentbeskrivelse", content)


def _object(variant: Variant) -> Node:
    kind = variant.format
    content = [
        node("versjonsnummer", "1"),
        node("variantformat", _coded("variantformat", variant.variant)),
        node("format", [node("n5mdk:kode", kind.pronom), node("n5mdk:beskrivelse", kind.name)]),
        node("mimeType", kind.mime),
        node("filnavn", variant.name),
        node("referanseDokumentfil", variant.file),
        node("sjekksum", variant.sha256),
        node("sjekksumAlgoritme", "SHA256"),
        node("filstoerrelse", str(len(variant.data))),
    ]
    return node("dokumentobjekt", content)


def _participant(row: Mapping[str, object]) -> Node:
    code = _FUNCTIONS.get(str(row.get("funksjon")))
    represents = str(row.get("representerer") or "")
    content = [
        node("n5mdk:identifikator", [node("n5mdk:navn", str(row.get("navn")))]),
        node("n5mdk:funksjon", _coded("funksjon", code)) if code else None,
        node("n5mdk:representerer", [node("n5mdk:navn", represents)]) if represents else None,
    ]
    return node("moetedeltaker", content)


def _study(case: Case) -> Node:
    """Return what the case is about and what is proposed; the schema wants both, if only as empty texts."""
    return node(
        "utredning",
        [
            node("saksbeskrivelse", _text(case.summary or case.title)),
            node("innstilling", _text("\n".join(case.proposal))),
        ],
    )


def _decision(of: MeetingFile, row: Mapping[str, object]) -> Node:
    """Return what the meeting came to, where the sheet «behandling» says so."""
    voted = (
        f"For: {row.get('for')}. Mot: {row.get('mot')}." if row.get("enstemmig") == "nei" else "Enstemmig."
    )
    told = [str(row[name]) for name in ("behandling", "forslag", "inhabile") if row.get(name)]
    return node(
        "vedtak",
        [
            node("vedtakstekst", _text(str(row.get("vedtak") or ""))),
            node("behandlingsprotokoll", _text("\n".join([*told, voted]))),
            node("dato", f"{of.meeting.day.isoformat()}T12:00:00Z"),
        ],
    )


def _text(said: str) -> list[Node]:
    return [node("n5mdk:tekstInnhold", said), node("n5mdk:tekstFormat", _coded("tekstFormat", "tekst"))]
