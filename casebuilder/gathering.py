"""What a case's paper is made from, gathered from the workspace; what is not there is told at its cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from casebuilder.delivery import Delivery
from casebuilder.making import Job, Made, papers
from casebuilder.problems import Problem, msg
from casebuilder.prose.reading import ReadText
from casebuilder.register.records import SENT, Case, Register
from casebuilder.remembered import Unmade, remember, remembered
from casebuilder.suggest import did_you_mean
from casebuilder.texts import marked_texts, read_texts, trees_for
from casebuilder.trees import keep_trees, known_trees
from casebuilder.workspace import Workspace


@dataclass
class Gathering:
    """Gathers what each case of a run is made from."""

    workspace: Workspace
    register: Register
    delivery: Delivery
    data_hash: str
    new_version: bool
    refused: Sequence[Problem]  # errors of templates
    _templates: dict[str, bytes | None] = field(default_factory=dict)

    def version(self, case: Case) -> int:
        """Return which version of a case's paper is being made; 0 if none is."""
        there = self.delivery.version(case)
        if case.status in SENT:
            return there + 1 if self.new_version else 0
        return max(there, 1)

    def work(self, case: Case) -> Job | Made:
        """Return what a case's paper is made from, or the paper if it is known."""
        files = self.workspace.texts(case.text)
        told = () if files else (_no_text(self.workspace, case).only_for(case.id),)
        version = self.version(case)
        name = self.delivery.target(case, version).name
        template, lacks = self._template(case)
        job = Job(case.id, files, told, template, lacks, self.data_hash, name, version)
        known = remembered(self.workspace, job, lambda: self._data_of(job)) if template else None
        if known and self._lies_untouched(known, version):
            return known
        return replace(job, trees=known_trees(self.workspace, files))

    def _lies_untouched(self, known: Made, version: int) -> bool:
        """Tell whether a known paper lies in output as it was made, so that its bytes are hardly needed."""
        paper = known.word_file
        return isinstance(paper, Unmade) and self.delivery.lies_untouched(known.case_id, version, paper.hash)

    def _data_of(self, job: Job) -> bytes:
        """Make a paper that was only known."""
        job = replace(job, trees=known_trees(self.workspace, job.files))
        (made,) = papers(self.register, [job])
        paper = self.finished(job, made).word_file
        return paper.data if paper else b""

    def _template(self, case: Case) -> tuple[bytes | None, tuple[Problem, ...]]:
        """Return the template, if a paper is to be written into it."""
        if _has_stand_ins(self.register, case):
            return None, ()
        if case.template not in self._templates:
            self._templates[case.template] = self.workspace.template(case.template)
        template = self._templates[case.template]
        if template is None:
            return None, (_no_template(self.workspace, case),)
        file = f"templates/{case.template}"
        is_refused = any(each.place.file == file and each.concerns(case.id) for each in self.refused)
        return (None if is_refused else template), ()

    def finished(self, job: Job | None, made: Made) -> Made:
        """Return a paper with the pictures it wants, once it has them; its new trees are kept."""
        if job is None:
            return made
        keep_trees(self.workspace, job.files, made.trees)
        while made.wants:
            more = {each: self.workspace.beside(*each) for each in made.wants}
            job = replace(job, pictures={**job.pictures, **more}, trees={**job.trees, **made.trees})
            (made,) = papers(self.register, [job])
        if self.workspace.may_write:
            remember(self.workspace, job, made)
        return made


def texts_of(workspace: Workspace, register: Register, case: Case) -> tuple[list[ReadText], list[Problem]]:
    """Read one case's texts and their trees; a case without any text is a problem at its cell."""
    files = workspace.texts(case.text)
    if not files:
        return [], [_no_text(workspace, case).only_for(case.id)]
    marked = marked_texts(files, register, case)
    (trees,) = trees_for([(marked, known_trees(workspace, files))])
    keep_trees(workspace, files, {file: tree for file, tree in trees.items() if tree})
    return read_texts(marked, trees, workspace.beside, case)


def _no_text(workspace: Workspace, case: Case) -> Problem:
    """Tell that a case has no text, and of a file that is of the wrong kind or nearly has its name."""
    there = workspace.text_names()
    place = case.place("tekst")
    for name in there:
        if name.rpartition(".")[0].casefold() == case.text.casefold():
            found = msg("the text «{name}» is of a kind that is not read.", name=name)
            return Problem("text-missing", place, found, msg("Open it in Word and save it as .docx."))
    found = msg("there is no text «{name}» in the folder sources/tekster.", name=case.text)
    expected = msg("Add {name}.docx, {name}.md or a folder of that name.", name=case.text)
    return Problem("text-missing", place, found, did_you_mean(f"{case.text}.docx", there, expected))


def _has_stand_ins(register: Register, case: Case) -> bool:
    """Tell whether a case or its meeting was read in part only: its text is checked, no more."""
    meetings, cases = register.faulty.get("møter", ()), register.faulty.get("saker", ())
    return case.id in cases or case.meeting_id in meetings


def _no_template(workspace: Workspace, case: Case) -> Problem:
    found = msg("there is no template «{name}» in the folder templates.", name=case.template)
    names = workspace.template_names()
    expected = did_you_mean(case.template, names, msg("Known: {values}.", values=", ".join(names)))
    return Problem("template-missing", case.place("mal"), found, expected).only_for(case.id)
