"""What a run of `pdf`, `archive` or `verify` is told as, line by line (pure)."""

from __future__ import annotations

from collections.abc import Iterator

from casebuilder.archive.pdf import Origin
from casebuilder.archiving import Archived
from casebuilder.language import Speaker
from casebuilder.problems import msg
from casebuilder.publishing import Published
from casebuilder.rendering import Rendered
from casebuilder.verifying import Verified


def pdf_lines(done: Rendered, say: Speaker) -> Iterator[str]:
    """Yield what became of each paper's PDF."""
    for label, path, origin in done.pdfs:
        told = {
            Origin.MADE: msg("written: {path}", path=path),
            Origin.KEPT: msg("nothing new: {path}", path=path),
            Origin.TAKEN: msg("your own PDF/A is used: {path}", path=path),
        }
        yield f"{label:>6}  {say.say(told[origin])}"


def archive_lines(done: Archived, say: Speaker) -> Iterator[str]:
    """Yield what became of each meeting's package."""
    for meeting, path, _version, is_new in done.packages:
        told = msg("nothing new since: {path}", path=path)
        if is_new:
            told = msg("archived: {path}", path=path)
        yield f"{meeting}  {say.say(told)}"


def publish_lines(done: Published, say: Speaker) -> Iterator[str]:
    """Yield what became of each meeting's public files."""
    for meeting, path, is_new in done.folders:
        told = msg("published: {path}", path=path) if is_new else msg("nothing new since: {path}", path=path)
        yield f"{meeting}  {say.say(told)}"
    for meeting in done.stopped:
        stopped = msg("NOT published; see below")
        yield f"{meeting}  {say.say(stopped)}"
    for label in done.kept_back if done.folders else ():
        withheld = msg("exempt as a whole, and not published")
        yield f"{label:>6}  {say.say(withheld)}"


def verify_lines(done: Verified, say: Speaker) -> Iterator[str]:
    """Yield what a package came to."""
    wrong = sum(problem.is_error for problem in done.problems)
    if wrong:
        yield say.say(msg("The package is NOT as it was archived. Faults: {number}.", number=wrong))
    else:
        yield say.say(msg("The package is whole: {number} files.", number=done.files))
    if done.proved:
        cases = ", ".join(done.proved)
        yield say.say(msg("Made once more from the archived sources, and the same: {cases}.", cases=cases))
