"""Papers as they stand in `output/` → the version that all may see, cut before anything is rendered.

The finished files are searched for everything that is secret; one hit, and nothing of the meeting is
published. See `archive/needles.py` for what is looked for, `archive/leaks.py` for where.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from casebuilder.archive.formats import format_of
from casebuilder.archive.gathering import Found, archived_forms, attachments_of
from casebuilder.archive.leak_messages import is_allowed, told
from casebuilder.archive.leaks import leaks_in
from casebuilder.archive.needles import Secret, needles_of
from casebuilder.archive.papers import Final, papers_of, unreadable
from casebuilder.archive.public import (
    EXEMPT,
    OPEN,
    PublicPaper,
    known_to_all,
    not_as_said,
    pdfs_of_public,
    public_paper,
    remarks_of,
    secrets_of,
    title_for_all,
)
from casebuilder.archive.public_index import Shown, public_index
from casebuilder.archive.store import files_below, versions, write_package
from casebuilder.archive.web import html_of
from casebuilder.filenames import attachment_name, paper_name, safe
from casebuilder.outgoing import Outgoing, outgoing
from casebuilder.problems import CasebuilderError, Place, Problem, msg, warning
from casebuilder.prose.pandoc import html_of_word
from casebuilder.register.acknowledged import public_words
from casebuilder.register.records import RESTING, Case, Meeting
from casebuilder.word.exempt_passages import Exempt, exempt_passages
from casebuilder.word.package import UNREADABLE
from casebuilder.wording import LANGUAGE_TAGS, WORDS
from casebuilder.workspace import Workspace, sha256

FOLDER = "offentlig"


class NotPublished(CasebuilderError):
    """The public files could not be written; nothing of them is left."""

    sentence = msg("The files could not be written to {folder}: {said}. Nothing was published or changed.")


@dataclass(frozen=True)
class Published:
    """What became of each meeting, as (meeting, path, is it new); exempt cases; meetings stopped."""

    folders: tuple[tuple[str, str, bool], ...]
    kept_back: tuple[str, ...]
    stopped: tuple[str, ...]
    problems: tuple[Problem, ...]

    @property
    def exit_code(self) -> int:
        """0 when every meeting is published, else 1."""
        return int(any(problem.is_error for problem in self.problems))


def publish(workspace: Workspace, names: Sequence[str], *, accept: bool | None = None) -> Published:
    """Publish the meetings and cases that are named, or every meeting with papers in `output/`.

    Raises NoOffice, OfficeFailed or NotPublished.
    """
    work = outgoing(workspace, names, accept=accept)
    found = work.problems
    folders = []
    for meeting in work.meetings:
        if work.is_held(meeting, found):
            continue
        folder, more = _publish_meeting(work, work.register.meetings[meeting], work.finals_of(meeting))
        found += more
        folders += [folder] if folder else []
    kept_back = tuple(each.paper.case.label for each in work.finals if each.paper.case.access == EXEMPT)
    done = {meeting for meeting, _path, _is_new in folders}
    stopped = tuple(meeting for meeting in work.meetings if meeting not in done)
    return Published(tuple(folders), kept_back, stopped, tuple(dict.fromkeys(found)))


def _publish_meeting(
    work: Outgoing, meeting: Meeting, finals: Sequence[Final]
) -> tuple[tuple[str, str, bool] | None, tuple[Problem, ...]]:
    """Write a meeting's public files, unless something in them is secret."""
    told_wrong = [problem for final in finals for problem in _not_as_said(work, final)]
    if told_wrong:
        return None, tuple(told_wrong)
    files, problems = _files(work, meeting, finals)
    if any(problem.is_error for problem in problems):
        return None, tuple(problems)
    secrets, unread = _secrets(work)
    if unread:
        return None, (*problems, *unread)
    needles = needles_of(secrets, known_to_all(work.register))
    allowed = public_words(work.tables)
    leaks = [each for each in leaks_in(files, needles) if not is_allowed(each, allowed)]
    if leaks:
        papers = {
            each.paper.case.label: (work.workspace.name(each.path), each.paper.case.id) for each in finals
        }
        named = {f"Sak {safe(label)}": paper for label, paper in papers.items()}
        return None, (*problems, *told(leaks, named))
    path, is_new = _written(work.workspace, meeting, files)
    return (meeting.id, path, is_new), tuple(problems)


def _not_as_said(work: Outgoing, final: Final) -> list[Problem]:
    case = final.paper.case
    passages = exempt_passages(final.paper.file.data)
    return not_as_said(case, work.register.attachments_of(case.id), passages)


def _secrets(work: Outgoing) -> tuple[list[Secret], list[Problem]]:
    """Return what is secret in all cases, for it may stand in any paper; and which papers cannot be read."""
    passages: dict[str, tuple[Exempt, ...]] = {}
    problems = []
    for paper in papers_of(work.workspace, work.register, ())[0]:
        try:
            passages[paper.case.id] = exempt_passages(paper.file.data)
        except UNREADABLE:
            problems.append(unreadable(work.workspace.name(paper.file.path)))
    found = list(remarks_of(work.tables))
    for case in work.register.cases.values():
        found += secrets_of(case, work.register.attachments_of(case.id), passages.get(case.id, ()))
    return found, problems


def _written(workspace: Workspace, meeting: Meeting, files: Mapping[str, bytes]) -> tuple[str, bool]:
    """Write a new version, unless the newest is the same; raises NotPublished."""
    folder = workspace.output / FOLDER / safe(meeting.id)
    newest = max(versions(folder), default=0)
    if newest and files_below(folder / str(newest)) == files:
        return workspace.name(folder / str(newest)), False
    return workspace.name(write_package(folder, newest + 1, files, NotPublished)), True


def _files(
    work: Outgoing, meeting: Meeting, finals: Sequence[Final]
) -> tuple[dict[str, bytes], list[Problem]]:
    """Return everything that is to be public of a meeting, by file name. Raises NoOffice or OfficeFailed."""
    open_ones = [final for final in finals if final.paper.case.access != EXEMPT]
    public = [public_paper(work.register, final) for final in open_ones]
    files: dict[str, bytes] = {}
    shown: dict[str, list[tuple[str, str]]] = {}
    pdfs = pdfs_of_public(public)
    problems = [
        _no_pdf(work.workspace.name(final.path)).only_for(final.paper.case.id)
        for final in open_ones
        if final.paper.case.id not in pdfs
    ]
    for final, each in zip(open_ones, public, strict=True):
        stem, said = _stem(final), WORDS[each.case.language]["saksfremstilling"]
        made = {f"{stem}.html": _page(final, each), f"{stem}.pdf": pdfs.get(each.case.id, b"")}
        made[f"{stem}.docx"] = each.data
        shown[each.case.id] = [(f"{said} ({_KINDS[PurePosixPath(name).suffix]})", name) for name in made]
        files |= made
        attached, more = _attachments(work, final)
        problems += more
        files |= {name: data for _title, name, data in attached}
        shown[each.case.id] += [(title, name) for title, name, _data in attached]
    files["index.html"] = _index(work, meeting, finals, shown)
    return files, problems


def _page(final: Final, public: PublicPaper) -> bytes:
    page = html_of(
        public.data,
        title=public.title,
        language=LANGUAGE_TAGS[public.case.language],
        author=final.paper.body.name,
        convert=html_of_word,
    )
    return page.encode()


_KINDS = {".html": "HTML", ".pdf": "PDF", ".docx": "Word"}


def _stem(final: Final) -> str:
    """Return what the files of a case's public paper are called, without the ending."""
    case, version = final.paper.case, final.paper.identity.version
    return paper_name(case.label, title_for_all(case), version=version).removesuffix(".docx")


def _attachments(work: Outgoing, final: Final) -> tuple[list[tuple[str, str, bytes]], list[Problem]]:
    """Return (title, file name, bytes) of the attachments that all may see, as PDF."""
    found, _not_there, problems = attachments_of(work.workspace, work.register, final)
    chosen = [each for each in found if each.attachment.access != EXEMPT and not each.attachment.unprinted]
    sources = [(_name(final.paper.case, each), _seen(each)) for each in chosen]
    forms, not_made = archived_forms(sources, final.about)
    made = []
    for each, (name, data) in zip(chosen, sources, strict=True):
        pdf = data if format_of(name, data).name.startswith("PDF") else forms.get(sha256(data))
        if pdf is not None:
            made.append((each.attachment.title, f"{PurePosixPath(name).stem}.pdf", pdf))
    lacking = [each for each in not_made if not each.place.file.lower().endswith(".pdf")]
    return made, [*problems, *map(_not_published, lacking)]


def _name(case: Case, found: Found) -> str:
    """Return what a public attachment is called: by the file that all may see."""
    told = found.attachment
    file = told.redacted if told.access != OPEN and told.redacted else told.file
    return attachment_name(case.label, told.number, file)


def _seen(found: Found) -> bytes:
    """Return the bytes that all may see; one that is exempt in part has a file for that."""
    is_partly = found.attachment.access != OPEN
    return (found.redacted or b"") if is_partly else found.data


def _index(
    work: Outgoing, meeting: Meeting, finals: Sequence[Final], shown: Mapping[str, Sequence[tuple[str, str]]]
) -> bytes:
    """Return the public agenda: of the whole meeting, or of the cases that were named."""
    named = {final.paper.case.id for final in finals}
    is_whole = not work.names or meeting.id in work.names
    cases = [
        case
        for case in work.register.cases_of(meeting.id)
        if case.id in named or (is_whole and case.status not in RESTING)
    ]
    each = [Shown(case, tuple(shown.get(case.id, ()))) for case in cases]
    return public_index(work.register.bodies[meeting.body_id], meeting, each)


def _no_pdf(name: str) -> Problem:
    found = msg("LibreOffice could not make a PDF of the public version.")
    return Problem("pdf-not-made", Place(name), found, msg("Open the paper in Word, save it and try again."))


def _not_published(problem: Problem) -> Problem:
    found = msg("no PDF can be made of this attachment, so it is not published.")
    expected = msg("Export it as PDF in the program that it was made with, and use that file instead.")
    return warning("attachment-not-published", problem.place, found, expected)
