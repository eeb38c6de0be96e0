"""The whole program, stage by stage: sheets, register, prose, paper, Word file, guarded writing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from casebuilder import __version__
from casebuilder.compose import compose
from casebuilder.delivery import Delivery, Outcome, Status
from casebuilder.delivery.report import write_reports
from casebuilder.fields import Section, case_to_show, fields_of
from casebuilder.language import LANGUAGES, Speaker, speaker
from casebuilder.links import RULE as LINK_RULE
from casebuilder.links import link_problems
from casebuilder.looking import NotReadable
from casebuilder.problems import CasebuilderError, Problem, msg
from casebuilder.prose.reading import ReadText, read_prose
from casebuilder.prose.review import figures_by_hand
from casebuilder.prose.rules.table import RULES as LANGUAGE_RULES
from casebuilder.prose.shape import Prose
from casebuilder.provenance import Provenance, provenance_of
from casebuilder.register import Register, register_of
from casebuilder.register.acknowledged import acknowledged
from casebuilder.register.records import SENT, Attachment, Case
from casebuilder.register.rules import broken
from casebuilder.report.page import Run
from casebuilder.selection import selected
from casebuilder.sheets import read_sheets
from casebuilder.starter import starter_files
from casebuilder.suggest import did_you_mean
from casebuilder.templates import faults_of_templates, joined
from casebuilder.texts import texts_of
from casebuilder.word.document import WordFile, write_paper
from casebuilder.word.paper_words import paragraphs_of_paper
from casebuilder.word.template.check import RULES as TEMPLATE_RULES
from casebuilder.workspace import Workspace, WriteRefused, sha256


@dataclass(frozen=True)
class Report:
    """What a run came to: one outcome a case, and every problem once."""

    outcomes: tuple[Outcome, ...]
    problems: tuple[Problem, ...]

    @property
    def exit_code(self) -> int:
        """0 when no paper was held back and nothing is wrong, else 1."""
        return int(any(problem.is_error for problem in self.problems))


@dataclass(frozen=True)
class Options:
    """How a run is to go: who speaks in comments, and what is asked for besides the papers."""

    say: Speaker = field(default_factory=lambda: speaker(LANGUAGES[0]))
    new_version: bool = False  # of the cases that are sent: a new file beside the old one
    tells_news: bool = False  # also of papers that nobody has changed
    asks_links: bool = False  # on the net, whether the addresses of the sources answer


def build(
    workspace: Workspace,
    names: Sequence[str] = (),
    progress: Callable[[Outcome], None] = lambda _outcome: None,
    options: Options | None = None,
) -> Report:
    """Build the papers of the meetings and cases that are named, or of every unsent case.

    In a workspace that may not be written in, everything is done but the writing.
    """
    options = options or Options()
    workbooks = workspace.workbooks()
    tables, sheet_problems = read_sheets(workbooks)
    register, problems = register_of(tables, sheet_problems)
    cases, selection_problems = selected(register, names)
    found = [*problems, *broken(register, tables), *selection_problems]
    delivery = Delivery(
        workspace,
        register,
        options.say,
        tells_news=options.tells_news or workspace.may_write,
        draws_redlines=options.tells_news,
    )
    work = _Work(workspace, register, _data_hash(workbooks), delivery, options.new_version)
    found += work.delivery.resting()
    found += faults_of_templates(workspace, cases, also_unused=not names and not workspace.may_write)
    found += link_problems(register.sources.values()) if options.asks_links else []
    outcomes = []
    for case in cases:
        outcome, more = _build_case(work, case, found)
        found += more
        outcomes.append(outcome)
        progress(outcome)
    papers = {outcome.path: outcome.case.id for outcome in outcomes if outcome.path}
    others = [*(rule.name for rule in LANGUAGE_RULES), *TEMPLATE_RULES, LINK_RULE]
    every = acknowledged(joined(found), tables, papers, is_whole=not names, other_rules=others)
    if workspace.may_write:
        every += tuple(write_reports(workspace, Run(register, tuple(outcomes), every, options.say)))
    return Report(tuple(outcomes), every)


def fields(
    workspace: Workspace, names: Sequence[str] = ()
) -> tuple[tuple[Case, tuple[Section, ...]] | None, tuple[Problem, ...]]:
    """Return what can be printed of the named case, or of the first unsent one."""
    register, problems = register_of(*read_sheets(workspace.workbooks()))
    case, more = case_to_show(register, names)
    return (case, fields_of(register, case)) if case else None, (*problems, *more)


class CannotBegin(CasebuilderError):
    """A new folder could not be filled."""

    sentence = msg("{file} cannot be written. Choose a folder that you may write in.")


def begin(root: Path) -> tuple[tuple[str, bool], ...]:
    """Fill a new secretariat's folder; return each file's name and whether it was made or was there."""
    workspace = Workspace(root, must_exist=False)
    files = []
    for name, data in starter_files().items():
        path = root / name
        is_new = workspace.read_output(path) is None
        try:
            if is_new:
                workspace.write(path, data, None)
        except WriteRefused as refusal:
            raise CannotBegin(file=refusal.path) from refusal
        files.append((name, is_new))
    return tuple(files)


@dataclass(frozen=True)
class _Work:
    """What every case of a run shares."""

    workspace: Workspace
    register: Register
    data_hash: str
    delivery: Delivery
    new_version: bool = False

    def version(self, case: Case) -> int:
        """Return which version of a case's paper is being made; 0 if none is."""
        there = self.delivery.version(case)
        if case.status in SENT:
            return there + 1 if self.new_version else 0
        return max(there, 1)


def _build_case(work: _Work, case: Case, known: Sequence[Problem]) -> tuple[Outcome, list[Problem]]:
    """Take one case all the way; the problems known so far may hold it back."""
    if not work.version(case):
        return Outcome(case, Status.SENT), []
    if work.register.meetings[case.meeting_id].body_id not in work.register.bodies:
        return Outcome(case, Status.HELD_BACK), []
    word_file, provenance, problems = _word_file(work, case, known)
    attachments, more = _attachments(work, case)
    problems += more
    if word_file is None or any(problem.concerns(case.id) for problem in (*known, *problems)):
        return Outcome(case, Status.HELD_BACK), problems
    outcome, more = work.delivery.deliver(case, word_file, attachments, provenance)
    return outcome, [*problems, *more, *_typed_by_hand(work, outcome, word_file)]


def _typed_by_hand(work: _Work, outcome: Outcome, fresh: WordFile) -> tuple[Problem, ...]:
    """Hold the figures that somebody has typed into an edited paper against the register."""
    has_news = outcome.status is Status.MERGED and work.workspace.may_write
    if outcome.status not in (Status.EDITED, Status.NOT_MERGED, Status.BASE_LOST) and not has_news:
        return ()
    try:
        data = work.workspace.read_output(work.workspace.root / outcome.path)
    except NotReadable:  # somebody has just opened it; the next run will see it
        return ()
    ours = (words for _place, words in paragraphs_of_paper("", fresh.data))
    theirs = paragraphs_of_paper(outcome.path, data) if data else ()
    return figures_by_hand(theirs, ours, work.register, outcome.case)


def _word_file(
    work: _Work, case: Case, known: Iterable[Problem]
) -> tuple[WordFile | None, Provenance, list[Problem]]:
    """Read, compose and write one paper; every stage adds its problems."""
    texts, problems = texts_of(work.workspace, work.register, case)
    prose, more = read_prose(texts, work.register, case) if texts else (Prose(), ())
    problems += more
    paper, more = compose(work.register, case, prose)
    problems += more
    if _has_stand_ins(work.register, case):
        return None, {}, problems
    template = work.workspace.template(case.template)
    if template is None:
        return None, {}, [*problems, _no_template(work.workspace, case)]
    file = f"templates/{case.template}"
    if any(each.place.file == file and each.concerns(case.id) for each in known):
        return None, {}, problems
    build_id = _build_id(work.data_hash, template, texts)
    version = work.version(case)
    name = work.delivery.target(case, version).name
    word_file, more = write_paper(paper, template, file, build_id, name=name, version=version)
    return word_file, provenance_of(paper), [*problems, *more]


def _has_stand_ins(register: Register, case: Case) -> bool:
    """Tell whether a case or its meeting was read in part only: its text is checked, no more."""
    meetings, cases = register.faulty.get("møter", ()), register.faulty.get("saker", ())
    return case.id in cases or case.meeting_id in meetings


def _build_id(data_hash: str, template: bytes, texts: Iterable[ReadText]) -> str:
    """Name what a paper was made from: program, workbooks, template and texts."""
    hashes = (sha256(text.marked.content) for text in texts)
    made_from = "\n".join([__version__, data_hash, sha256(template), *hashes])
    return sha256(made_from.encode())[:16]


def _no_template(workspace: Workspace, case: Case) -> Problem:
    found = msg("there is no template «{name}» in the folder templates.", name=case.template)
    names = workspace.template_names()
    expected = did_you_mean(case.template, names, msg("Known: {values}.", values=", ".join(names)))
    return Problem("template-missing", case.place("mal"), found, expected).only_for(case.id)


def _attachments(work: _Work, case: Case) -> tuple[tuple[tuple[str, int, bytes], ...], list[Problem]]:
    """Return (file, number, bytes) of a case's attachments; a missing file is a problem at its cell."""
    found, problems = [], []
    for attachment in work.register.attachments_of(case.id):
        data = work.workspace.attachment(attachment.file)
        if data is None and not attachment.unprinted:
            problems.append(_no_attachment(case, attachment, "fil", attachment.file))
        elif data is not None and not attachment.unprinted:
            found.append((attachment.file, attachment.number, data))
        if attachment.redacted and work.workspace.attachment(attachment.redacted) is None:
            problems.append(_no_attachment(case, attachment, "sladdet_fil", attachment.redacted))
    return tuple(found), problems


def _no_attachment(case: Case, attachment: Attachment, field: str, name: str) -> Problem:
    found = msg("there is no file «{name}» in the folder sources/vedlegg.", name=name)
    expected = msg("Put the file there, or correct the name.")
    return Problem("attachment-missing", attachment.place(field), found, expected).only_for(case.id)


def _data_hash(workbooks: Iterable[tuple[str, bytes]]) -> str:
    return sha256("".join(f"{name}:{sha256(data)}\n" for name, data in workbooks).encode())
