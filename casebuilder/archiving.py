"""Papers that go out → a package per meeting that holds without us: a straight list of steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from casebuilder.archive.documents import MeetingFile, Proof
from casebuilder.archive.gathering import (
    Found,
    archived_forms,
    attachments_of,
    case_file,
    is_older_paper,
    other_documents,
    proof_of,
    rest_of_folder,
    with_redacted,
)
from casebuilder.archive.package import Edition, package_of
from casebuilder.archive.papers import Final
from casebuilder.archive.pdf import pdfs_of_papers
from casebuilder.archive.public import PARTLY, pdfs_of_public, public_paper
from casebuilder.archive.store import FOLDER, package_at, versions, write_package
from casebuilder.archive.versions import cases_in, replaced_by
from casebuilder.filenames import safe
from casebuilder.outgoing import Outgoing, outgoing
from casebuilder.problems import CasebuilderError, Place, Problem, msg, warning
from casebuilder.rebuilding import Recorded, rebuilt
from casebuilder.register.records import RESTING, SENT, Case, Meeting
from casebuilder.report.page import MARK
from casebuilder.workspace import Workspace


class CountDiffers(CasebuilderError):
    """A file that was to be archived is not in the package; nothing was written."""

    sentence = msg(
        "Something was about to be lost: {file} did not come into the package. Nothing was archived. "
        "Send this message to your contact."
    )


@dataclass(frozen=True)
class Archived:
    """What became of each meeting, as (meeting, path of the package, version, is it new); the problems."""

    packages: tuple[tuple[str, str, int, bool], ...]
    problems: tuple[Problem, ...]

    @property
    def exit_code(self) -> int:
        """0 when every meeting has its package, else 1."""
        return int(any(problem.is_error for problem in self.problems))


def archive(workspace: Workspace, names: Sequence[str], *, accept: bool | None = None) -> Archived:
    """Archive the meetings and cases that are named, or every meeting with papers in `output/`.

    A meeting of which one paper cannot be archived is not archived at all. Raises NoOffice, OfficeFailed,
    NotArchived or CountDiffers.
    """
    work = outgoing(workspace, names, accept=accept)
    found = work.problems
    packages = []
    for meeting in work.meetings:
        if work.is_held(meeting, found):
            continue
        package, more = _archive_meeting(work, work.register.meetings[meeting], work.finals_of(meeting))
        found += more
        packages += [package] if package else []
    return Archived(tuple(packages), tuple(dict.fromkeys(found)))


def _archive_meeting(
    work: Outgoing, meeting: Meeting, finals: Sequence[Final]
) -> tuple[tuple[str, str, int, bool] | None, tuple[Problem, ...]]:
    """Gather one meeting's package and write it, unless the newest version is the same."""
    sources = Recorded(work.workspace.root)
    of, problems = _gathered(work, sources, meeting, finals)
    if of is None:
        return None, problems
    folder = work.workspace.output / FOLDER / safe(meeting.id)
    there = versions(folder)
    scope = {filed.case.id for filed in of.cases}
    older = {number: cases_in(package_at(folder / str(number))) for number in there}
    replaces = replaced_by(scope, older)
    if replaces:
        newest = package_at(folder / str(replaces))
        again = Edition(replaces, replaced_by(scope, {n: each for n, each in older.items() if n < replaces}))
        if newest == package_of(of, sources.seen, work.tables, again):
            return (meeting.id, work.workspace.name(folder / str(replaces)), replaces, False), problems
    version = max(there, default=0) + 1
    files = package_of(of, sources.seen, work.tables, Edition(version, replaces))
    path = write_package(folder, version, files)
    return (meeting.id, work.workspace.name(path), version, True), problems


def _gathered(
    work: Outgoing, sources: Recorded, meeting: Meeting, finals: Sequence[Final]
) -> tuple[MeetingFile | None, tuple[Problem, ...]]:
    """Return everything that a meeting's package is to hold; None if something keeps it from being whole."""
    workspace, register = work.workspace, work.register
    pdfs, problems = pdfs_of_papers(workspace, finals)
    attached: dict[str, tuple[Found, ...]] = {}
    not_there: dict[str, tuple[str, ...]] = {}
    for final in finals:
        case_id = final.paper.case.id
        attached[case_id], not_there[case_id], more = attachments_of(workspace, register, final)
        problems += more
    is_whole = not work.names or meeting.id in work.names
    taken = _taken(workspace, finals, attached)
    rest = rest_of_folder(taken) if is_whole else ()
    rest = tuple(each for each in rest if MARK.encode() not in each[1])  # the report of a run of ours
    cases = [final.paper.case.id for final in finals]
    older = tuple(each for each in rest if is_older_paper(each[1], cases))
    rest = tuple(each for each in rest if each not in older)
    proofs, more = _proofs(work, sources, finals)
    problems += more
    resting = [case for case in register.cases_of(meeting.id) if case.id not in cases and is_whole]
    problems += tuple(_without_paper(case) for case in resting if case.status not in RESTING)
    if any(problem.is_error for problem in problems):
        return None, problems
    body = register.bodies[meeting.body_id]
    convertible = [(each.name, each.data) for several in attached.values() for each in several]
    forms, more = archived_forms((*convertible, *rest), finals[0].about)
    problems += more
    of = MeetingFile(meeting, body, (), (), tuple(resting), is_whole)
    filed = [
        replace(
            case_file(of, pdf, attached[case_id], forms, proofs[case_id]),
            not_there=not_there[case_id],
            earlier=tuple(each for each in older if is_older_paper(each[1], [case_id])),
        )
        for pdf in pdfs
        for case_id in [pdf.final.paper.case.id]
    ]
    partly = [public_paper(register, final) for final in finals if final.paper.case.access == PARTLY]
    redacted = pdfs_of_public(partly)
    filed = [with_redacted(each, redacted.get(each.case.id)) for each in filed]
    of = replace(of, cases=tuple(filed), documents=other_documents(meeting, body.id, rest, forms))
    _count(of, finals, attached, (*rest, *older))
    return of, problems


def _taken(
    workspace: Workspace, finals: Sequence[Final], attached: dict[str, tuple[Found, ...]]
) -> list[Path]:
    """Return the paths in the meeting's folder that are papers, their PDFs and attachments."""
    papers = [path for final in finals for path in (final.path, final.path.with_suffix(".pdf"))]
    copies = [workspace.root / name for name in workspace.copied()]
    named = [final.path.parent / each.name for final in finals for each in attached[final.paper.case.id]]
    return [
        *papers,
        *named,
        *(path for path in copies if path.parent in {final.path.parent for final in finals}),
    ]


def _proofs(
    work: Outgoing, sources: Recorded, finals: Sequence[Final]
) -> tuple[dict[str, Proof], tuple[Problem, ...]]:
    """Make every paper once more from its sources, and hold it against what was generated."""
    sources.workbooks()
    fresh = rebuilt(sources, work.register, [final.paper.case for final in finals])
    proofs, problems = {}, []
    for final in finals:
        case, name = final.paper.case, work.workspace.name(final.path)
        base = work.workspace.base(final.paper.identity.base)
        proof = proof_of(final, base, fresh[case.id].digest)
        proofs[case.id] = proof
        if proof.is_proved is None:
            problems.append(_base_lost(name))
        elif not proof.is_proved:
            problems.append(_has_news(name, case))
    return proofs, tuple(problems)


def _base_lost(name: str) -> Problem:
    found = msg("what the paper was made from is no longer known, so the package cannot prove it.")
    return warning("not-proved", Place(name), found)


def _has_news(name: str, case: Case) -> Problem:
    found = msg("the sources have changed since the paper was made.")
    if case.status in SENT:
        expected = msg(
            "The paper is sent and is archived as it was; the package says that the sources differ."
        )
        return warning("not-proved", Place(name), found, expected)
    expected = msg("Run «casebuilder build {case}» first.", case=case.id)
    return Problem("not-proved", Place(name), found, expected).only_for(case.id)


def _without_paper(case: Case) -> Problem:
    found = msg("there is no paper of the case «{case}» in the folder output.", case=case.id)
    expected = msg("Run «casebuilder build {case}» first.", case=case.id)
    return Problem("no-paper", case.place("sak_id"), found, expected).only_for(case.id)


def _count(
    of: MeetingFile,
    finals: Sequence[Final],
    attached: dict[str, tuple[Found, ...]],
    others: Sequence[tuple[str, bytes]],
) -> None:
    """See that everything that came in comes out; raises CountDiffers."""
    held = [variant.data for filed in of.cases for one in filed.documents for variant in one.variants]
    held += [variant.data for _folder, _kind, one in of.documents for variant in one.variants]
    held += [data for filed in of.cases for _name, data in filed.earlier]
    wanted = [(final.path.name, final.data) for final in finals]
    wanted += [(each.name, each.data) for several in attached.values() for each in several]
    for name, data in (*wanted, *others):
        if data not in held:
            raise CountDiffers(file=name)
        held.remove(data)
