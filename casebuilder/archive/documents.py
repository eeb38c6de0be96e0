"""What a package holds, as frozen values: files, documents with their variants, cases, the meeting."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass

from casebuilder.archive.formats import Format, format_of
from casebuilder.register.records import Body, Case, Meeting

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "casebuilder.invalid")


def stable_id(*names: str) -> str:
    """Return an id that is always the same for the same names (RFC 4122, version 5)."""
    return str(uuid.uuid5(_NAMESPACE, "\n".join(names)))


@dataclass(frozen=True, slots=True)
class Variant:
    """One file of a document: P production, A archive, O redacted (M700); `name` as people knew it."""

    variant: str
    file: str  # its name in the folder of its message: a–z, digits, hyphens
    name: str
    data: bytes

    @property
    def format(self) -> Format:
        """The kind of file."""
        return format_of(self.file, self.data)

    @property
    def sha256(self) -> str:
        """The SHA-256 of the bytes, in lower-case hex."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Document:
    """A document: the paper itself (H) or what goes with it (V)."""

    id: str
    title: str
    kind: str  # a value of dokumenttype
    number: int
    is_main: bool
    access: str
    exemption: str | None
    variants: tuple[Variant, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """What shows where a paper came from: what was generated, and how the final one differs from it."""

    generated: bytes | None
    redline: bytes | None
    digest: str  # of what was generated
    is_proved: bool | None  # the archived sources give it; None if it is no longer known


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case in a package: its folder, its documents, its proof and earlier versions of its paper."""

    case: Case
    folder: str
    documents: tuple[Document, ...]
    proof: Proof
    not_there: tuple[str, ...] = ()  # titles of attachments that were never printed and have no file
    earlier: tuple[tuple[str, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class MeetingFile:
    """A meeting in a package: its cases, and the documents that are of no case."""

    meeting: Meeting
    body: Body
    cases: tuple[CaseFile, ...]
    documents: tuple[tuple[str, str, Document], ...] = ()  # folder, moetedokumenttype, document
    resting: tuple[Case, ...] = ()
    is_whole: bool = True

    @property
    def id(self) -> str:
        """Return the id of the meeting in the archive."""
        return stable_id(self.body.id, "møte", self.meeting.id)

    @property
    def committee(self) -> str:
        """Return the committee's name as a heading begins with it."""
        return self.meeting.committee[:1].upper() + self.meeting.committee[1:]

    def id_of(self, case: Case, *more: str) -> str:
        """Return the id of a case, or of something of a case."""
        return stable_id(self.body.id, "sak", case.id, *more)
