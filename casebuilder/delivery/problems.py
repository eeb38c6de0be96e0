"""What a delivery tells: files that lie in the way, are open, or belong elsewhere (pure)."""

from __future__ import annotations

from casebuilder.filenames import lock_owner
from casebuilder.merge.model import Change
from casebuilder.problems import Message, Place, Problem, info, msg, warning
from casebuilder.register.records import Case
from casebuilder.workspace import InUse, NoRoom, TooLong, WriteRefused


def misplaced(name: str, folder: str) -> Problem:
    """Tell that an edited paper lies in another folder than its meeting's."""
    found = msg("the case has another meeting now, but its paper has been changed by hand and stays here.")
    return warning("misplaced", Place(name), found, msg("Move it to {folder}.", folder=folder))


def kept_name(name: str, target: str) -> Problem:
    """Tell that a paper could not be renamed, for somebody has it open."""
    found = msg("the case has another number or title now, but the paper could not be renamed.")
    expected = msg("It will be called {name} the next time, when nobody has it open.", name=target)
    return info("not-renamed", Place(name), found, expected)


def kept_look(name: str) -> Problem:
    """Tell that an edited paper keeps its styles and margins though the template has others now."""
    found = msg(
        "the template looks different now, but this paper has been changed by hand and keeps its look."
    )
    expected = msg(
        "The news is in it. For the new look, move it out of output, build, and paste your words in."
    )
    return info("old-look", Place(name), found, expected)


def unwanted(name: str, case_id: str, *, is_withdrawn: bool) -> Problem:
    """Tell of a paper whose case is withdrawn or gone."""
    found = msg("the case {case} is no longer in the sheet saker, but its paper lies here.", case=case_id)
    if is_withdrawn:
        found = msg("the case {case} is withdrawn, but its paper lies here.", case=case_id)
    expected = msg("Delete the paper, or keep it where it does not go out with the others.")
    return warning("unwanted-paper", Place(name), found, expected)


def two_papers(case: Case, names: list[str]) -> Problem:
    """Tell that it cannot be known which of several papers is the case's."""
    found = msg("there are several papers of the case {case}: {files}.", case=case.id, files=", ".join(names))
    expected = msg("Keep the one that is right and move the others out of the folder output.")
    return Problem("two-papers", Place(names[0]), found, expected).only_for(case.id)


def second_paper(case: Case, name: str, chosen: str) -> Problem:
    """Tell of a paper of the same case that is left alone, such as a conflict copy of OneDrive's."""
    found = msg("this is another paper of the case {case}; it was left alone.", case=case.id)
    expected = msg(
        "The command goes on with {file}. Copy over what is missing there, and delete this one.", file=chosen
    )
    return warning("second-paper", Place(name), found, expected)


def name_taken(case: Case, name: str) -> Problem:
    """Tell that a file that is no paper of the case has its name."""
    found = msg("a file that is not the paper of {case} already has this name.", case=case.id)
    expected = msg("Rename it or move it, and run the command again.")
    return Problem("name-taken", Place(name), found, expected).only_for(case.id)


def not_merged(name: str) -> Problem:
    """Tell that the news could not be put into an edited paper without a risk to what she wrote."""
    found = msg("the paper has been changed by hand in a way that the news cannot be put into safely.")
    expected = msg("It was left as it is. «casebuilder diff» tells what is new; write it in by hand.")
    return warning("not-merged", Place(name), found, expected)


def gone(name: str, change: Change) -> Problem:
    """Tell of news about something that she has deleted."""
    where = Place(name, heading=change.where)
    found = msg(
        "you have deleted words that the sources have changed: «{before}».", before=_short(change.before)
    )
    return info("deleted-by-hand", where, found, _now(change))


def _now(change: Change) -> Message:
    if not change.now:
        return msg("They stay deleted, and the sources have taken them out too.")
    return msg("They stay deleted. The sources now say «{now}».", now=_short(change.now))


def _short(text: str) -> str:
    said = " ".join(text.split())
    return said if len(said) <= _LONGEST else said[:_LONGEST] + " …"


_LONGEST = 120


def refused(case: Case, name: str, refusal: WriteRefused) -> Problem:
    """Tell why a case's file could not be written."""
    return refused_version(name, refusal).only_for(case.id)


def refused_version(name: str, refusal: WriteRefused) -> Problem:
    """Tell why a file could not be written."""
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
            "the path is {number} characters long, more than Windows takes.", number=len(str(refusal.path))
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
    return Problem("not-written", Place(name), found, expected)


def report_not_written(name: str, *, is_other: bool) -> Problem:
    """Tell that the report could not be written; the papers are none the worse for it."""
    found = msg("the report could not be written; the papers are not affected.")
    expected = msg("Close it in other programs, and run the command again.")
    if is_other:
        found = msg("a page that casebuilder has not made has the name of the report.")
        expected = msg("Rename it, and run the command again.")
    return info("report-not-written", Place(name), found, expected)


def old_copy(name: str) -> Problem:
    """Tell of a changed copy of an attachment that has another name now."""
    found = msg("the attachment has another name or place now, but this copy has been changed and stays.")
    return warning("attachment-changed", Place(name), found, msg("Delete it when it is no longer needed."))


def changed_copy(name: str) -> Problem:
    """Tell of a copy of an attachment that a person has changed."""
    found = msg("the copy of the attachment has been changed here and was left alone.")
    expected = msg("Change the file in sources/vedlegg instead, or delete this copy.")
    return warning("attachment-changed", Place(name), found, expected)
