"""A meeting's package as paths and bytes: papers, proofs, sources, register, messages, index (pure)."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from casebuilder import __version__
from casebuilder.archive.bag import bagged
from casebuilder.archive.documents import CaseFile, Document, MeetingFile
from casebuilder.archive.fiks import case_message, document_message, journal_message, meeting_message
from casebuilder.archive.formats import format_of
from casebuilder.archive.index_page import index_page
from casebuilder.sheets import Tables
from casebuilder.sheets.columns import BY_NAME

MESSAGE, JOURNAL, CONTENTS = "arkivmelding.xml", "arkivmelding-journalpost.xml", "pakke.json"
SOURCES, GENERATED, REDLINE = "kilder/", "generert.docx", "endringer.docx"


@dataclass(frozen=True, slots=True)
class Edition:
    """Which version of a meeting's package this is, and the one that it replaces; 0 is none."""

    version: int
    replaces: int = 0


def package_of(
    of: MeetingFile, sources: Mapping[str, bytes], tables: Tables, edition: Edition
) -> dict[str, bytes]:
    """Return every file of the package, the bag's own among them."""
    payload = {f"{SOURCES}{name}": data for name, data in sources.items()}
    payload |= {f"register/{name}.csv": _csv(name, tables) for name in BY_NAME if tables[name]}
    rows = {name: [row.values for row in tables[name]] for name in ("deltakere", "behandling")}
    there = [row for row in rows["deltakere"] if row["møte_id"] == of.meeting.id and row["møtte"] == "ja"]
    payload[f"moete/{MESSAGE}"] = meeting_message(of, there)
    for folder, kind, document in of.documents:
        payload[f"{folder}/{MESSAGE}"] = document_message(of, kind, document)
        payload |= _files(folder, [document])
    for filed in of.cases:
        came_to = [row for row in rows["behandling"] if row["sak_id"] == filed.case.id]
        payload |= _case(of, filed)
        payload[f"{filed.folder}/{MESSAGE}"] = case_message(of, filed, came_to)
        payload[f"{filed.folder}/{JOURNAL}"] = journal_message(of, filed)
    payload["index.html"] = index_page(of, edition.version, edition.replaces, sorted(payload))
    payload[CONTENTS] = _contents(of, payload, edition)
    return bagged(payload, info_of(json.loads(payload[CONTENTS])))


def info_of(contents: Mapping[str, object]) -> dict[str, str]:
    """Return what `bag-info.txt` says, which follows from the package's list of contents."""
    return {
        "Source-Organization": str(contents.get("organ", "")),
        "Bagging-Date": str(contents.get("dato", "")),
        "Bag-Software-Agent": f"casebuilder {contents.get('program', '')}",
        "External-Identifier": f"{contents.get('møte', '')}/{contents.get('versjon', '')}",
    }


def _files(folder: str, documents: Iterable[Document]) -> dict[str, bytes]:
    return {f"{folder}/{each.file}": each.data for one in documents for each in one.variants}


def _case(of: MeetingFile, filed: CaseFile) -> dict[str, bytes]:  # noqa: ARG001 - a meeting's case
    found = _files(filed.folder, filed.documents)
    proof = filed.proof
    found |= {f"{filed.folder}/{GENERATED}": proof.generated} if proof.generated else {}
    found |= {f"{filed.folder}/{REDLINE}": proof.redline} if proof.redline else {}
    return found | {f"{filed.folder}/tidligere/{name}": data for name, data in filed.earlier}


def _csv(name: str, tables: Tables) -> bytes:
    """Return a sheet as CSV (RFC 4180, UTF-8): the names of its columns, then its rows."""
    columns = [column.field for column in BY_NAME[name].columns]
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(columns)
    writer.writerows([_cell(row.values.get(column)) for column in columns] for row in tables[name])
    return buffer.getvalue().encode()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()
    return ";".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _contents(of: MeetingFile, payload: Mapping[str, bytes], edition: Edition) -> bytes:
    """Return the package's list of contents, for programs: `verify` reads it."""
    said = {
        "program": __version__,
        "organ": of.body.name,
        "møte": of.meeting.id,
        "dato": of.meeting.day.isoformat(),
        "versjon": edition.version,
        "erstatter": edition.replaces or None,
        "hele møtet": of.is_whole,
        "saker": [_told(filed) for filed in of.cases],
        "filer": [
            {"sti": name, "format": format_of(name, data).pronom, "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in sorted(payload.items())
        ],
    }
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()


def _told(filed: CaseFile) -> dict[str, object]:
    documents = [
        {"tittel": each.title, "filer": [variant.file for variant in each.variants]}
        for each in filed.documents
    ]
    return {
        "sak": filed.case.id,
        "mappe": filed.folder,
        "dokumenter": documents,
        "grunnlag": filed.proof.digest,
        "kildene gir papiret": filed.proof.is_proved,
    }
