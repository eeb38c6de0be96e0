"""A finished Word file → its place in `output/`, never over what a person has changed there."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from casebuilder.filenames import attachment_name, lock_names, lock_owner, paper_name, safe, title_room
from casebuilder.looking import NotReadable
from casebuilder.problems import Place, Problem, msg, warning
from casebuilder.register.records import Case, Register
from casebuilder.word.document import WordFile
from casebuilder.word.properties import Identity, read_identity
from casebuilder.word.reading import same_content
from casebuilder.workspace import (
    Copy,
    InUse,
    NoRoom,
    OutputFile,
    TooLong,
    Workspace,
    WriteRefused,
    sha256,
)


class Status(Enum):
    """What became of a case's paper."""

    NEW = "new"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"
    EDITED = "edited"  # changed by hand: left alone
    EDITED_BEHIND = "edited-behind"  # changed by hand, and the sheets have news
    BASE_LOST = "base-lost"  # no pristine copy to compare with: left alone
    SENT = "sent"  # utsendt or behandlet: never generated anew
    HELD_BACK = "held-back"  # errors
    REFUSED = "refused"  # could not be written


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one case, and where its paper lies."""

    case: Case
    status: Status
    path: str = ""


@dataclass
class Delivery:
    """Knows the papers that lie in `output/`, by sak_id, and delivers new ones beside or over them."""

    workspace: Workspace
    register: Register
    _papers: dict[str, list[tuple[OutputFile, Identity]]] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Look through `output/` once, and clear away what a killed run has left."""
        if self.workspace.may_write:
            self.workspace.tidy()
        for paper in self.workspace.papers():
            identity = read_identity(paper.data)
            if identity:
                self._papers.setdefault(identity.case_id, []).append((paper, identity))

    def deliver(
        self, case: Case, fresh: WordFile, attachments: tuple[tuple[str, int, bytes], ...]
    ) -> tuple[Outcome, list[Problem]]:
        """Write a case's paper and copy its attachments, or say why a file is left as it is."""
        target = self._target(case)
        papers = self._papers.get(case.id, [])
        chosen = next((each for each in papers if each[0].path == target), papers[0] if papers else None)
        if len(papers) > 1 and chosen and chosen[0].path != target:
            return Outcome(case, Status.REFUSED), [self._two_papers(case, papers)]
        if chosen is None and self.workspace.is_there(target):
            chosen = self._just_come(case, target)
            if chosen is None:
                return Outcome(case, Status.REFUSED), [self._name_taken(case, target)]
        status = self._status(chosen, fresh, target)
        path = chosen[0].path if chosen and status in _LEFT_ALONE else target
        problems: list[Problem] = []
        if self.workspace.may_write:
            try:
                self._put(status, chosen[0] if chosen else None, target, fresh)
                problems += self._copy(case, attachments, path.parent)
            except WriteRefused as refusal:
                return Outcome(case, Status.REFUSED), [self._refused(case, refusal)]
            except NotReadable as fault:
                in_use = InUse(Path(str(dict(fault.message.values)["file"])))
                return Outcome(case, Status.REFUSED), [self._refused(case, in_use)]
        if path.parent != target.parent:
            problems.append(self._misplaced(path, target))
        return Outcome(case, status, self.workspace.name(path)), problems

    def resting(self) -> list[Problem]:
        """Tell of the papers that lie in `output/` though their case is withdrawn or gone."""
        if "saker" in self.register.incomplete or self.register.faulty.get("saker"):
            return []
        cases = self.register.cases
        papers = [(case_id, paper) for case_id, each in self._papers.items() for paper, _identity in each]
        return [
            self._unwanted(case_id, paper)
            for case_id, paper in papers
            if case_id not in cases or cases[case_id].status == "trukket"
        ]

    def _just_come(self, case: Case, target: Path) -> tuple[OutputFile, Identity] | None:
        """Return the case's own paper if another run has put it there since this one began."""
        data = self.workspace.read_output(target)
        identity = read_identity(data) if data else None
        if data and identity and identity.case_id == case.id:
            return OutputFile(target, data), identity
        return None

    def _target(self, case: Case) -> Path:
        """Return where a case's paper belongs; two papers never share a name."""
        folder = self.workspace.output / safe(case.meeting_id)
        room = title_room(str(folder))
        name = paper_name(case.label, case.title, room=room)
        rivals = (other for other in self.register.cases_of(case.meeting_id) if other.id != case.id)
        taken = {paper_name(each.label, each.title, room=room).casefold() for each in rivals}
        if name.casefold() in taken:
            name = paper_name(case.label, case.title, case.id, room)
        return folder / name

    def _status(self, chosen: tuple[OutputFile, Identity] | None, fresh: WordFile, target: Path) -> Status:
        """Compare the file that lies there with the pristine copy of what was last generated."""
        if chosen is None:
            return Status.NEW
        paper, identity = chosen
        base = self.workspace.base(identity.base)
        if base is None:
            return Status.BASE_LOST
        is_news = fresh.identity.base != identity.base
        if paper.data != base and not same_content(paper.data, base):
            return Status.EDITED_BEHIND if is_news else Status.EDITED
        return Status.REPLACED if is_news or paper.path != target else Status.UNCHANGED

    def _put(self, status: Status, old: OutputFile | None, target: Path, fresh: WordFile) -> None:
        """Write the paper where the status says so; the pristine copy first, so that none is without."""
        if status not in (Status.NEW, Status.REPLACED):
            return
        for path in {target, old.path if old else target}:
            self.workspace.refuse_if_locked(path, lock_names(path.name))
        self.workspace.keep_base(fresh.identity.base, fresh.data)
        if old and old.path != target:
            self.workspace.move(old.path, target, old.hash)
        self.workspace.write(target, fresh.data, old.hash if old else None)

    def _copy(
        self, case: Case, attachments: tuple[tuple[str, int, bytes], ...], folder: Path
    ) -> list[Problem]:
        """Copy attachments beside the paper, never over a copy that a person has changed."""
        known = self.workspace.copied()
        news: dict[str, Copy | None] = {}
        problems = []
        room = title_room(str(folder))
        for file, number, data in attachments:
            path = folder / attachment_name(case.label, number, file, room)
            name = self.workspace.name(path)
            there = self.workspace.read_output(path)
            is_ours = there is None or (name in known and known[name].hash == sha256(there))
            if there != data and not is_ours:
                problems.append(_changed_copy(name))
                news[name] = known.get(name)
                continue
            if there != data:
                self.workspace.refuse_if_locked(path, lock_names(path.name))
                self.workspace.write(path, data, None if there is None else sha256(there))
            news[name] = Copy(sha256(data), case.id)
        problems += self._clear(case, known, news)
        self.workspace.remember_copied(news)
        return problems

    def _clear(self, case: Case, known: dict[str, Copy], news: dict[str, Copy | None]) -> list[Problem]:
        """Remove a case's copies under names that they no longer have, but for those a person changed."""
        problems = []
        for name, copy in known.items():
            if copy.case_id == case.id and name not in news:
                news[name] = None
                path = self.workspace.root / name
                self.workspace.refuse_if_locked(path, lock_names(path.name))
                if not self.workspace.remove(path, copy.hash):
                    problems.append(_old_copy(name))
        return problems

    def _misplaced(self, path: Path, target: Path) -> Problem:
        found = msg(
            "the case has another meeting now, but its paper has been changed by hand and stays here."
        )
        expected = msg("Move it to {folder}.", folder=self.workspace.name(target.parent))
        return warning("misplaced", Place(self.workspace.name(path)), found, expected)

    def _unwanted(self, case_id: str, paper: OutputFile) -> Problem:
        if case_id in self.register.cases:
            found = msg("the case {case} is withdrawn, but its paper lies here.", case=case_id)
        else:
            found = msg(
                "the case {case} is no longer in the sheet saker, but its paper lies here.", case=case_id
            )
        expected = msg("Delete the paper, or keep it where it does not go out with the others.")
        return warning("unwanted-paper", Place(self.workspace.name(paper.path)), found, expected)

    def _two_papers(self, case: Case, papers: list[tuple[OutputFile, Identity]]) -> Problem:
        names = ", ".join(self.workspace.name(paper.path) for paper, _identity in papers)
        found = msg("there are several papers of the case {case}: {files}.", case=case.id, files=names)
        expected = msg("Keep the one that is right and move the others out of the folder output.")
        return Problem("two-papers", Place(self.workspace.name(papers[0][0].path)), found, expected).only_for(
            case.id
        )

    def _name_taken(self, case: Case, target: Path) -> Problem:
        found = msg("a file that is not the paper of {case} already has this name.", case=case.id)
        expected = msg("Rename it or move it, and run the command again.")
        return Problem("name-taken", Place(self.workspace.name(target)), found, expected).only_for(case.id)

    def _refused(self, case: Case, refusal: WriteRefused) -> Problem:
        place = Place(self.workspace.name(refusal.path))
        if isinstance(refusal, InUse) and refusal.lock:
            found = msg("the file is open in another program.")
            owner = lock_owner(refusal.said)
            if owner:
                found = msg("the file is open at {name}.", name=owner)
            expected = msg(
                "Close it and run the command again. If nobody has it open, delete the file {lock}.",
                lock=refusal.lock.name,
            )
        elif isinstance(refusal, TooLong):
            found = msg(
                "the path is {number} characters long, more than Windows takes.",
                number=len(str(refusal.path)),
            )
            expected = msg("Move the secretariat's folder to a place with a shorter path.")
        elif isinstance(refusal, InUse):
            found = msg("the file is open in another program, or may not be written.")
            expected = msg("Close it and run the command again.")
        elif isinstance(refusal, NoRoom):
            found = msg("the file could not be written; the disk may be full.")
            expected = msg("Make room and run the command again. The old file is untouched.")
        else:
            found = msg("the file was changed by somebody while the command ran.")
            expected = msg("Nothing was overwritten. Run the command again.")
        return Problem("not-written", place, found, expected).only_for(case.id)


_LEFT_ALONE = (Status.EDITED, Status.EDITED_BEHIND, Status.BASE_LOST)


def _old_copy(name: str) -> Problem:
    found = msg("the attachment has another name or place now, but this copy has been changed and stays.")
    return warning("attachment-changed", Place(name), found, msg("Delete it when it is no longer needed."))


def _changed_copy(name: str) -> Problem:
    found = msg("the copy of the attachment has been changed here and was left alone.")
    expected = msg("Change the file in sources/vedlegg instead, or delete this copy.")
    return warning("attachment-changed", Place(name), found, expected)
