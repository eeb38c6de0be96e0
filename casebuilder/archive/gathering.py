"""What goes into a meeting's package, gathered from `output/`: cases, attachments, the rest."""

from __future__ import annotations

import contextlib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

import pikepdf

from casebuilder.archive.documents import CaseFile, Document, MeetingFile, Proof, Variant, stable_id
from casebuilder.archive.fiks import kind_of_document
from casebuilder.archive.formats import format_of, is_archival
from casebuilder.archive.mending import About, mended
from casebuilder.archive.office import NoOffice, family, pdfs_of
from casebuilder.archive.papers import Final
from casebuilder.archive.pdf import Pdf
from casebuilder.filenames import attachment_name, title_room
from casebuilder.looking import is_file, listed, read_if_there
from casebuilder.problems import Place, Problem, msg, warning
from casebuilder.register.records import Attachment, Case, Meeting, Register
from casebuilder.word.merging import NotMerged
from casebuilder.word.properties import marks_nobody, read_identity
from casebuilder.word.redline import redline
from casebuilder.workspace import Workspace, sha256


@dataclass(frozen=True, slots=True)
class Found:
    """An attachment with its bytes: as it lies beside the paper, else as it lies in the sources."""

    attachment: Attachment
    name: str
    data: bytes
    redacted: bytes | None


_LETTERS = {ord("æ"): "ae", ord("ø"): "o", ord("å"): "a"}


def plain(name: str) -> str:
    """Return a name of a–z, digits and hyphens, as messages to archives want it."""
    told = name.casefold().translate(_LETTERS)
    ascii_only = unicodedata.normalize("NFKD", told).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-") or "fil"


def attachments_of(
    workspace: Workspace, register: Register, final: Final
) -> tuple[tuple[Found, ...], tuple[str, ...], tuple[Problem, ...]]:
    """Return a case's attachments, the titles of unprinted ones without a file, and what is missing."""
    case, folder = final.paper.case, final.path.parent
    room = title_room(str(workspace.output / folder.name))
    found, not_there, problems = [], [], []
    for each in register.attachments_of(case.id):
        copy = folder / attachment_name(case.label, each.number, each.file, room)
        source = workspace.attachment(each.file)
        data = source if each.unprinted else read_if_there(copy)
        redacted = workspace.attachment(each.redacted) if each.redacted else None
        if each.redacted and redacted is None:
            problems.append(_no_file(case, each, "sladdet_fil", each.redacted))
        if data is not None:
            found.append(Found(each, each.file if each.unprinted else copy.name, data, redacted))
        elif each.unprinted:
            not_there.append(each.title)
        else:
            problems.append(_no_copy(workspace.name(copy), case))
    return tuple(found), tuple(not_there), tuple(problems)


def _no_copy(name: str, case: Case) -> Problem:
    found = msg("the attachment is not beside the paper.")
    expected = msg("Run «casebuilder build {case}» first.", case=case.id)
    return Problem("attachment-missing", Place(name), found, expected).only_for(case.id)


def _no_file(case: Case, each: Attachment, field: str, name: str) -> Problem:
    found = msg("there is no file «{name}» in the folder sources/vedlegg.", name=name)
    expected = msg("Put the file there, or correct the name.")
    return Problem("attachment-missing", each.place(field), found, expected).only_for(case.id)


def archived_forms(
    files: Sequence[tuple[str, bytes]], about: About
) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """Return a PDF/A of each file that one can be made of, by its hash; the others are told.

    Raises OfficeFailed.
    """
    left = {sha256(data): (name, data) for name, data in files if not is_archival(format_of(name, data))}
    wanted = {key: f"{key}{_ending(name)}" for key, (name, _data) in left.items() if family(name)}
    try:
        raw = pdfs_of({file: left[key][1] for key, file in wanted.items()})
    except NoOffice:  # the papers may have their PDFs all the same; these files are archived as they are
        raw = {}
    made = {}
    for key, file in wanted.items():
        title = PurePosixPath(left[key][0]).stem
        with contextlib.suppress(KeyError, pikepdf.PdfError):
            made[key] = mended(raw[file], replace(about, title=title, subject=""))
    return made, tuple(_not_archival(name) for key, (name, _data) in left.items() if key not in made)


def _not_archival(name: str) -> Problem:
    found = msg("no PDF/A can be made of this file. It is archived as it is, and the package says so.")
    expected = msg("If you can, export it as PDF/A in the program that it was made with.")
    return warning("not-archival", Place(name), found, expected)


def case_file(
    of: MeetingFile, pdf: Pdf, attachments: Iterable[Found], forms: Mapping[str, bytes], proof: Proof
) -> CaseFile:
    """Return a case with its documents: the paper, then its attachments."""
    case = pdf.final.paper.case
    stem = f"sak-{plain(case.label)}"
    paper_name = pdf.path.stem
    variants = (
        Variant("A", f"{stem}.pdf", f"{paper_name}.pdf", pdf.data),
        Variant("P", f"{stem}.docx", f"{paper_name}.docx", pdf.final.data),
    )
    title = f"Sak {case.label} {case.title}"
    main = Document(
        of.id_of(case, "papir"),
        title,
        "SAKSFRAMLEGG",
        1,
        is_main=True,
        access=case.access,
        exemption=case.exemption,
        variants=variants,
    )
    others = [_attached(of, case, each, number, forms) for number, each in enumerate(attachments, start=2)]
    return CaseFile(case, f"saker/{plain(case.id)}", (main, *others), proof)


def with_redacted(filed: CaseFile, pdf: bytes | None) -> CaseFile:
    """Return a case with the version of its paper that all may see, if there is one (M700, «O»)."""
    if pdf is None:
        return filed
    main, *others = filed.documents
    name = main.variants[0].name.removesuffix(".pdf")
    variant = Variant("O", f"sak-{plain(filed.case.label)}-skjermet.pdf", f"{name} (skjermet).pdf", pdf)
    return replace(filed, documents=(replace(main, variants=(*main.variants, variant)), *others))


def _attached(of: MeetingFile, case: Case, each: Found, number: int, forms: Mapping[str, bytes]) -> Document:
    told = each.attachment
    variants = variants_of(f"vedlegg-{told.number}", each.name, each.data, forms)
    if each.redacted is not None and told.redacted:
        file = f"vedlegg-{told.number}-skjermet{_ending(told.redacted)}"
        variants += (Variant("O", file, told.redacted, each.redacted),)
    number_id = of.id_of(case, "vedlegg", str(told.number))
    return Document(
        number_id,
        told.title,
        "VEDLEGG",
        number,
        is_main=False,
        access=told.access,
        exemption=told.exemption,
        variants=variants,
    )


def variants_of(stem: str, name: str, data: bytes, forms: Mapping[str, bytes]) -> tuple[Variant, ...]:
    """Return a file as a document's variants: one that archives take, and what it was made from."""
    if is_archival(format_of(name, data)):
        return (Variant("A", f"{stem}{_ending(name)}", name, data),)
    own = Variant("P", f"{stem}{_ending(name)}", name, data)
    form = forms.get(sha256(data))
    if form is None:
        return (own,)
    return (Variant("A", f"{stem}.pdf", f"{PurePosixPath(name).stem}.pdf", form), own)


def _ending(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def proof_of(final: Final, base: bytes | None, fresh_digest: str) -> Proof:
    """Return what shows where a paper came from; `base` is what was generated, if that is still known."""
    digest = final.paper.identity.base
    if base is None:
        return Proof(None, None, digest, None)
    try:
        changes: bytes | None = redline(base, final.data)
    except NotMerged:
        changes = None
    return Proof(base, changes, digest, fresh_digest == digest)


def rest_of_folder(taken: Iterable[Path]) -> tuple[tuple[str, bytes], ...]:
    """Return the other files in a meeting's folder, such as the notice; redlines and lock files are not."""
    known = set(taken)
    found = []
    for folder in {path.parent for path in known}:
        for path in listed(folder):
            is_shown = not path.name.startswith(("~$", ".", "Thumbs.db", "desktop.ini"))
            if path not in known and is_shown and is_file(path):
                data = read_if_there(path)
                if data is not None and not marks_nobody(data):
                    found.append((path.name, data))
    return tuple(sorted(found))


def other_documents(
    meeting: Meeting, body_id: str, files: Sequence[tuple[str, bytes]], forms: Mapping[str, bytes]
) -> tuple[tuple[str, str, Document], ...]:
    """Return the documents of a meeting that are of no case, each in a folder of its own."""
    made = []
    for number, (name, data) in enumerate(files, start=1):
        stem = plain(PurePosixPath(name).stem)
        variants = variants_of(stem, name, data, forms)
        number_id = stable_id(body_id, "møtedokument", meeting.id, name)
        document = Document(
            number_id,
            PurePosixPath(name).stem,
            "DOKUMENT",
            1,
            is_main=True,
            access="offentlig",
            exemption=None,
            variants=variants,
        )
        made.append((f"moete/{number:02}-{stem}"[:60].rstrip("-"), kind_of_document(name), document))
    return tuple(made)


def is_older_paper(data: bytes, cases: Iterable[str]) -> bool:
    """Tell whether a file is another paper of one of these cases: an earlier version, or a copy."""
    identity = read_identity(data)
    return identity is not None and identity.case_id in set(cases)
