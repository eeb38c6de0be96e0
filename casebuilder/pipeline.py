"""The whole program, stage by stage: sheets, register, prose, paper, Word file, guarded writing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from functools import partial

from casebuilder.cores import made_in_order
from casebuilder.delivery import Delivery, Outcome, Status
from casebuilder.delivery.report import write_reports
from casebuilder.fields import Section, case_to_show, fields_of
from casebuilder.gathering import Gathering
from casebuilder.kept_sheets import known_sheets
from casebuilder.language import LANGUAGES, Speaker, speaker
from casebuilder.links import RULE as LINK_RULE
from casebuilder.links import link_problems
from casebuilder.looking import NotReadable
from casebuilder.making import Fresh, Made
from casebuilder.problems import Problem, msg
from casebuilder.prose.review import figures_by_hand
from casebuilder.prose.rules.table import RULES as LANGUAGE_RULES
from casebuilder.register import register_of
from casebuilder.register.acknowledged import acknowledged
from casebuilder.register.records import Attachment, Case
from casebuilder.register.rules import broken
from casebuilder.report.page import Run
from casebuilder.selection import selected
from casebuilder.sheets import read_sheets
from casebuilder.templates import faults_of_templates, joined
from casebuilder.word.paper_words import paragraphs_of_paper
from casebuilder.word.template.check import RULES as TEMPLATE_RULES
from casebuilder.workspace import Workspace, sha256


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
    executor: Executor | None = None  # where papers are made, if not here


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
    tables, sheet_problems = read_sheets(workbooks, partial(known_sheets, workspace.keeping))
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
    found += delivery.resting()
    found += faults_of_templates(workspace, cases, also_unused=not names and not workspace.may_write)
    found += link_problems(register.sources.values()) if options.asks_links else []
    known = _Known(found)
    gathering = Gathering(
        workspace, register, delivery, _data_hash(workbooks), options.new_version, tuple(found)
    )
    outcomes = []
    for outcome in _outcomes(gathering, cases, known, options.executor):
        outcomes.append(outcome)
        progress(outcome)
    papers = {outcome.path: outcome.case.id for outcome in outcomes if outcome.path}
    others = [*(rule.name for rule in LANGUAGE_RULES), *TEMPLATE_RULES, LINK_RULE]
    every = acknowledged(joined(known.problems), tables, papers, is_whole=not names, other_rules=others)
    if workspace.may_write:
        every += tuple(
            write_reports(workspace, Run(register, tuple(outcomes), every, options.say, gathering.data_hash))
        )
    return Report(tuple(outcomes), every)


def fields(
    workspace: Workspace, names: Sequence[str] = ()
) -> tuple[tuple[Case, tuple[Section, ...]] | None, tuple[Problem, ...]]:
    """Return what can be printed of the named case, or of the first unsent one."""
    register, problems = register_of(*read_sheets(workspace.workbooks()))
    case, more = case_to_show(register, names)
    return (case, fields_of(register, case)) if case else None, (*problems, *more)


def _outcomes(
    gathering: Gathering, cases: Sequence[Case], known: _Known, executor: Executor | None
) -> Iterator[Outcome]:
    """Take every case all the way, one after the other; papers may be made ahead, and elsewhere."""
    work = (gathering.work(case) for case in cases if _is_made(gathering, case))
    made = made_in_order(gathering.register, work, executor, len(cases))
    for case in cases:
        if not gathering.version(case):
            yield Outcome(case, Status.SENT)
        elif not _is_made(gathering, case):
            yield Outcome(case, Status.HELD_BACK)
        else:
            yield _delivered(gathering, case, gathering.finished(*next(made)), known)


@dataclass
class _Known:
    """What holds papers back, as far as it is known."""

    problems: list[Problem]
    _every: bool = False
    _cases: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Look through what is known from the beginning."""
        self._look(self.problems)

    def add(self, problems: Sequence[Problem]) -> None:
        """Know more."""
        self.problems += problems
        self._look(problems)

    def holds_back(self, case_id: str) -> bool:
        """Tell whether anything keeps a case's paper from being written."""
        return self._every or case_id in self._cases

    def _look(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            if problem.is_error:
                self._every |= problem.cases is None
                self._cases |= problem.cases or set()


def _is_made(gathering: Gathering, case: Case) -> bool:
    meeting = gathering.register.meetings[case.meeting_id]
    return bool(gathering.version(case)) and meeting.body_id in gathering.register.bodies


def _delivered(gathering: Gathering, case: Case, made: Made, known: _Known) -> Outcome:
    """Bring one paper to its place, unless something holds it back."""
    attachments, more = _attachments(gathering, case)
    known.add([*made.problems, *more])
    if made.word_file is None or known.holds_back(case.id):
        return Outcome(case, Status.HELD_BACK)
    outcome, more = gathering.delivery.deliver(case, made.word_file, attachments, made.cells)
    known.add([*more, *_typed_by_hand(gathering, outcome, made.word_file)])
    return outcome


def _typed_by_hand(gathering: Gathering, outcome: Outcome, fresh: Fresh) -> tuple[Problem, ...]:
    """Hold the figures that somebody has typed into an edited paper against the register."""
    has_news = outcome.status is Status.MERGED and gathering.workspace.may_write
    if outcome.status not in (Status.EDITED, Status.NOT_MERGED, Status.BASE_LOST) and not has_news:
        return ()
    try:
        data = gathering.workspace.read_output(gathering.workspace.root / outcome.path)
    except NotReadable:  # somebody has just opened it; the next run will see it
        return ()
    ours = (words for _place, words in paragraphs_of_paper("", fresh.data))
    theirs = paragraphs_of_paper(outcome.path, data) if data else ()
    return figures_by_hand(theirs, ours, gathering.register, outcome.case)


def _attachments(
    gathering: Gathering, case: Case
) -> tuple[tuple[tuple[str, int, bytes], ...], list[Problem]]:
    """Return (file, number, bytes) of a case's attachments; a missing file is a problem at its cell."""
    found, problems = [], []
    for attachment in gathering.register.attachments_of(case.id):
        data = gathering.workspace.attachment(attachment.file)
        if data is None and not attachment.unprinted:
            problems.append(_no_attachment(case, attachment, "fil", attachment.file))
        elif data is not None and not attachment.unprinted:
            found.append((attachment.file, attachment.number, data))
        if attachment.redacted and gathering.workspace.attachment(attachment.redacted) is None:
            problems.append(_no_attachment(case, attachment, "sladdet_fil", attachment.redacted))
    return tuple(found), problems


def _no_attachment(case: Case, attachment: Attachment, field: str, name: str) -> Problem:
    found = msg("there is no file «{name}» in the folder sources/vedlegg.", name=name)
    expected = msg("Put the file there, or correct the name.")
    return Problem("attachment-missing", attachment.place(field), found, expected).only_for(case.id)


def _data_hash(workbooks: Iterable[tuple[str, bytes]]) -> str:
    return sha256("".join(f"{name}:{sha256(data)}\n" for name, data in workbooks).encode())
