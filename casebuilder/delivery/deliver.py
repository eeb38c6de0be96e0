"""The papers in `output/`, by sak_id, and how a finished Word file comes to its place among them.

What nobody has changed is replaced. What a person has changed gets the news as tracked changes, after a
copy of it has gone to the history. What cannot be decided is left alone, and told.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

import casebuilder.delivery.problems as told
from casebuilder.delivery.attachments import Attachments, copy_attachments
from casebuilder.delivery.history import Reason, keep_version
from casebuilder.delivery.outcome import Outcome, Status
from casebuilder.filenames import lock_names, paper_name, safe, title_room
from casebuilder.language import Speaker
from casebuilder.looking import NotReadable
from casebuilder.making import Fresh
from casebuilder.merge.model import Standing
from casebuilder.problems import Problem
from casebuilder.provenance_file import Packed
from casebuilder.register.records import Case, Register
from casebuilder.telling import comment
from casebuilder.word.merging import Merged, NotMerged, merge, news
from casebuilder.word.properties import Identity, read_identity, with_name
from casebuilder.word.reading import same_content
from casebuilder.word.redline import redline
from casebuilder.workspace import ChangedMeanwhile, InUse, OutputFile, Workspace, WriteRefused


@dataclass(frozen=True, slots=True)
class _Seen:
    """A paper of ours that lay in `output/` when the run began; of a thousand, the bytes are not kept."""

    path: Path
    hash: str
    identity: Identity


@dataclass(frozen=True, slots=True)
class _Found:
    """A paper of ours, opened."""

    file: OutputFile
    identity: Identity


@dataclass(frozen=True, slots=True)
class _Delivered:
    """What is to be done with one case's paper."""

    case: Case
    fresh: Fresh
    cells: Packed
    target: Path
    old: _Found | None = None
    status: Status = Status.NEW
    merged: Merged | None = None


@dataclass
class Delivery:
    """Knows the papers that lie in `output/`, by sak_id, and delivers new ones beside or over them."""

    workspace: Workspace
    register: Register
    say: Speaker
    tells_news: bool = False  # also of papers that nobody has changed
    draws_redlines: bool = False
    _papers: dict[str, list[_Seen]] = field(default_factory=dict)
    _taken: dict[str, dict[str, set[str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Look through `output/` once, and clear away what a killed run has left."""
        if self.workspace.may_write:
            self.workspace.tidy()
        for paper in self.workspace.papers():
            identity = read_identity(paper.data)
            if identity:
                self._papers.setdefault(identity.case_id, []).append(_Seen(paper.path, paper.hash, identity))

    def target(self, case: Case, version: int = 1) -> Path:
        """Return where a case's paper belongs; two papers never share a name."""
        folder = self.workspace.output / safe(case.meeting_id)
        room = title_room(str(folder))
        name = paper_name(case.label, case.title, room=room, version=version)
        if self._names(case.meeting_id, room).get(name.casefold(), {case.id}) != {case.id}:
            name = paper_name(case.label, case.title, case.id, room, version)
        return folder / name

    def _names(self, meeting_id: str, room: int) -> dict[str, set[str]]:
        """Return the plain names of a meeting's papers, and the cases that would have each."""
        if meeting_id not in self._taken:
            names: dict[str, set[str]] = {}
            for each in self.register.cases_of(meeting_id):
                names.setdefault(paper_name(each.label, each.title, room=room).casefold(), set()).add(each.id)
            self._taken[meeting_id] = names
        return self._taken[meeting_id]

    def lies_untouched(self, case_id: str, version: int, digest: str) -> bool:
        """Tell whether a paper lies in `output/` byte for byte as it was generated."""
        papers = self._papers.get(case_id, ())
        return any(each.identity.version == version and each.hash == digest for each in papers)

    def version(self, case: Case) -> int:
        """Return the version of a case's paper that lies in `output/`; 0 if there is none."""
        return max((each.identity.version for each in self._papers.get(case.id, ())), default=0)

    def deliver(
        self, case: Case, fresh: Fresh, attachments: Attachments, cells: Packed
    ) -> tuple[Outcome, list[Problem]]:
        """Write a case's paper and copy its attachments, or say why a file is left as it is."""
        version = fresh.identity.version
        target = self.target(case, version)
        papers = [each for each in self._papers.get(case.id, []) if each.identity.version == version]
        seen = next((each for each in papers if each.path == target), papers[0] if papers else None)
        if len(papers) > 1 and seen and seen.path != target:
            names = [self.workspace.name(each.path) for each in papers]
            return Outcome(case, Status.REFUSED), [told.two_papers(case, names)]
        if seen is None and self.workspace.is_there(target):
            chosen = self._just_come(case, target)
            if chosen is None:
                return Outcome(case, Status.REFUSED), [told.name_taken(case, self.workspace.name(target))]
        else:
            try:
                chosen = self._opened(seen) if seen else None
            except WriteRefused as refusal:
                return self._refused(case, refusal)
        work = self._decided(_Delivered(case, fresh, cells, self._place(chosen, target), chosen))
        outcome, problems = self._carried_out(work, attachments)
        others = [each for each in papers if each is not seen]
        return outcome, [*problems, *(self._second(case, each, outcome) for each in others)]

    def resting(self) -> list[Problem]:
        """Tell of the papers that lie in `output/` though their case is withdrawn or gone."""
        if "saker" in self.register.incomplete or self.register.faulty.get("saker"):
            return []
        cases = self.register.cases
        papers = [(case_id, each) for case_id, several in self._papers.items() for each in several]
        return [
            told.unwanted(self.workspace.name(each.path), case_id, is_withdrawn=case_id in cases)
            for case_id, each in papers
            if case_id not in cases or cases[case_id].status == "trukket"
        ]

    def _second(self, case: Case, other: _Seen, outcome: Outcome) -> Problem:
        return told.second_paper(case, self.workspace.name(other.path), outcome.path)

    def _opened(self, seen: _Seen) -> _Found:
        """Return a paper with its bytes; raises WriteRefused if it is no longer the one that was seen."""
        try:
            data = self.workspace.read_output(seen.path)
        except NotReadable as fault:
            raise InUse(seen.path) from fault
        paper = OutputFile(seen.path, data or b"")
        if paper.hash != seen.hash:
            raise ChangedMeanwhile(seen.path)
        return _Found(paper, seen.identity)

    def _just_come(self, case: Case, target: Path) -> _Found | None:
        """Return the case's own paper if another run has put it there since this one began."""
        data = self.workspace.read_output(target)
        identity = read_identity(data) if data else None
        if data and identity and identity.case_id == case.id:
            return _Found(OutputFile(target, data), identity)
        return None

    def _place(self, chosen: _Found | None, target: Path) -> Path:
        """Return where a paper goes: under the name that somebody gave it by hand, if so."""
        if not chosen or chosen.file.path.name == chosen.identity.name or not chosen.identity.name:
            return target
        base = read_identity(self.workspace.base(chosen.identity.base) or b"")
        is_ours = base is not None and chosen.file.path.name == base.name  # renamed by us after a merge
        return target if is_ours else target.parent / chosen.file.path.name

    def _decided(self, work: _Delivered) -> _Delivered:
        """Compare the file that lies there with the pristine copy of what was last generated."""
        if work.old is None:
            return work
        paper, identity = work.old.file, work.old.identity
        base = self.workspace.base(identity.base)
        if base is None:
            return replace(work, status=Status.BASE_LOST, target=paper.path)
        is_news = work.fresh.identity.base != identity.base
        is_edited = paper.data != base and not same_content(paper.data, base)
        if is_edited:
            target = work.target if identity.name else paper.path
            return self._merged(work, base) if is_news else replace(work, status=Status.EDITED, target=target)
        status = Status.REPLACED if is_news or paper.path != work.target else Status.UNCHANGED
        changes = news(base, base, work.fresh.data) if is_news and self.tells_news else ()
        return replace(work, status=status, merged=Merged(paper.data, changes))

    def _redline(self, work: _Delivered) -> bytes | None:
        """Return what is new since the pristine copy as tracked changes in it, if that is asked for."""
        base = self.workspace.base(work.old.identity.base) if work.old and self.draws_redlines else None
        if base is None or work.status not in (Status.REPLACED, Status.MERGED, Status.NOT_MERGED):
            return None
        return redline(base, work.fresh.data)

    def _merged(self, work: _Delivered, base: bytes) -> _Delivered:
        """Put the news into an edited paper; if that cannot be proved to be safe, leave it alone."""
        if work.old is None:
            return work
        her = work.old.file
        target = work.target if work.old.identity.name else her.path
        provenance = work.cells.whole
        try:
            merged = merge(
                base, her.data, work.fresh.data, lambda change: comment(change, provenance, self.say)
            )
        except NotMerged:
            return replace(work, status=Status.NOT_MERGED, target=her.path)
        return replace(work, status=Status.MERGED, merged=merged, target=target)

    def _carried_out(self, work: _Delivered, attachments: Attachments) -> tuple[Outcome, list[Problem]]:
        changes = (*work.merged.changes, *work.merged.conflicts) if work.merged else ()
        path = work.target
        problems: list[Problem] = []
        if self.workspace.may_write:
            try:
                path = self._put(work)
                problems += copy_attachments(self.workspace, work.case, attachments, path.parent)
            except WriteRefused as refusal:
                return self._refused(work.case, refusal)
            except NotReadable as fault:
                return self._refused(work.case, InUse(Path(str(dict(fault.message.values)["file"]))))
        name = self.workspace.name(path)
        outcome = Outcome(work.case, work.status, name, changes, work.cells, self._redline(work))
        return outcome, [*problems, *self._remarks(work, path, outcome)]

    def _remarks(self, work: _Delivered, path: Path, outcome: Outcome) -> list[Problem]:
        """Tell what the clerk should know of a paper that was left alone or merged."""
        target = self.target(work.case, work.fresh.identity.version)
        remarks = [told.not_merged(outcome.path)] if work.status is Status.NOT_MERGED else []
        if work.status is Status.MERGED and work.merged and work.merged.keeps_look:
            remarks.append(told.kept_look(outcome.path))
        if path.parent != target.parent:
            remarks.append(told.misplaced(outcome.path, self.workspace.name(target.parent)))
        elif path != work.target:
            remarks.append(told.kept_name(outcome.path, work.target.name))
        gone = (change for change in outcome.news if change.standing is Standing.GONE)
        return [*remarks, *(told.gone(outcome.path, change) for change in gone)]

    def _refused(self, case: Case, refusal: WriteRefused) -> tuple[Outcome, list[Problem]]:
        name = self.workspace.name(refusal.path)
        return Outcome(case, Status.REFUSED), [told.refused(case, name, refusal)]

    # -- writing --------------------------------------------------------------------------------

    def _put(self, work: _Delivered) -> Path:
        """Write the paper where the status says so; the pristine copy first, so that none is without."""
        old = work.old.file if work.old else None
        if work.status is Status.EDITED and old:
            return self._renamed(old, work.target)
        if work.status not in (Status.NEW, Status.REPLACED, Status.MERGED):
            return old.path if old else work.target
        for path in {work.target, old.path if old else work.target}:
            self.workspace.refuse_if_locked(path, lock_names(path.name))
        self.workspace.keep_base(work.fresh.identity.base, work.fresh.data, work.cells.text)
        if work.status is Status.MERGED and old and work.merged:
            return self._put_merged(work, old, work.merged.data)
        if old and old.path != work.target:
            self.workspace.move(old.path, work.target, old.hash)
        self.workspace.write(work.target, work.fresh.data, old.hash if old else None)
        return work.target

    def _put_merged(self, work: _Delivered, old: OutputFile, data: bytes) -> Path:
        """Write over an edited paper, a copy of which is in the history, under its new name if that can be.

        Renamed first and written then: whenever the run ends between the two, the next one goes on.
        """
        keep_version(self.workspace, work.case.id, old.data, Reason.MERGED)
        path = self._renamed(old, work.target)
        self.workspace.write(path, data if path == work.target else with_name(data, path.name), old.hash)
        return path

    def _renamed(self, old: OutputFile, target: Path) -> Path:
        """Give an edited paper its new name, unless somebody has it open: then the next run tries again."""
        if old.path == target:
            return target
        try:
            self.workspace.refuse_if_locked(old.path, lock_names(old.path.name))
            self.workspace.move(old.path, target, old.hash)
        except WriteRefused:
            return old.path  # told in the remarks
        return target
