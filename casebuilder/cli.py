"""The command line: arguments → one pipeline function → print → exit code. The only module that prints.

Exit codes: 0 all is well; 1 something must be mended, and papers with errors were not written;
2 the command was not understood; 3 the work could not be started.
"""

from __future__ import annotations

import argparse
import gettext
import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Sequence
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, TextIO

from casebuilder import __version__
from casebuilder.language import DOMAIN, LANGUAGES, LOCALE_DIR, Speaker, speaker
from casebuilder.problems import CasebuilderError, Message, Problem, Severity, msg

if TYPE_CHECKING:
    from casebuilder.delivery import Outcome
    from casebuilder.pipeline import Report
    from casebuilder.workspace import Workspace

_SEVERITY = {
    Severity.ERROR: msg("ERROR"),
    Severity.WARNING: msg("warning"),
    Severity.INFO: msg("note"),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a console may lack æøå
    arguments = list(sys.argv[1:] if argv is None else argv)
    language = _language(arguments)
    say = speaker(language)
    sys.excepthook = _unexpected(say)
    parsed = _parser(say, language).parse_args(arguments)
    try:
        return _run(parsed, say)
    except CasebuilderError as stop:
        print(say.say(stop.message), file=sys.stderr)
        return stop.exit_code


def _unexpected(say: Speaker) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    """Return what happens on a fault of the program itself: a sentence, and a file for who mends it."""

    def tell(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, BrokenPipeError):
            return  # who reads the output has had enough
        if issubclass(kind, KeyboardInterrupt):
            print(say.say(msg("Stopped. No file is half-written.")), file=sys.stderr)
            return
        handle, name = tempfile.mkstemp(prefix="casebuilder-", suffix=".txt", text=True)
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.writelines(traceback.format_exception(kind, fault, trace))
        told = msg(
            "casebuilder itself has failed. No file is half-written. Send {file} to your contact.", file=name
        )
        print(say.say(told), file=sys.stderr)

    return tell


def _language(arguments: Sequence[str]) -> str:
    """Find the language before anything is parsed, for the parser itself speaks it."""
    chosen = os.environ.get("CASEBUILDER_LANG", LANGUAGES[0])
    for at, argument in enumerate(arguments):
        if argument == "--lang" and at + 1 < len(arguments):
            chosen = arguments[at + 1]
        elif argument.startswith("--lang="):
            chosen = argument.removeprefix("--lang=")
    return chosen if chosen in LANGUAGES else LANGUAGES[0]


def _parser(say: Speaker, language: str) -> argparse.ArgumentParser:
    os.environ["LANGUAGE"] = language  # argparse's own texts come from the same catalog
    gettext.bindtextdomain(DOMAIN, str(LOCALE_DIR))
    gettext.textdomain(DOMAIN)
    text = say.say
    parser = argparse.ArgumentParser("casebuilder", description=text(msg("Makes a meeting's case papers.")))
    version = f"casebuilder {__version__}"
    parser.add_argument("--version", action="version", version=version, help=text(msg("show the version")))
    commands = parser.add_subparsers(dest="command", required=True, metavar=text(msg("COMMAND")))
    helps = {
        "build": msg("write the case papers"),
        "check": msg("look for everything that must be mended, without writing"),
    }
    for name, told in helps.items():
        command = commands.add_parser(name, help=text(told), description=text(told))
        command.add_argument(
            "names",
            nargs="*",
            metavar=text(msg("MEETING|CASE")),
            help=text(msg("møte-ID or sak-ID; without any, every meeting with unsent cases")),
        )
        _add_folder(command, text)
    listing = text(msg("list what templates and texts can print of a case, with values and cells"))
    fields = commands.add_parser("fields", help=listing, description=listing)
    fields.add_argument(
        "names",
        nargs="?",
        metavar=text(msg("CASE")),
        help=text(msg("sak-ID; without it, the first unsent case")),
    )
    _add_folder(fields, text)
    init = text(msg("make a new secretariat's folder, with workbooks, template and an example"))
    begin = commands.add_parser("init", help=init, description=init)
    begin.add_argument("folder", type=Path, metavar=text(msg("FOLDER")), help=text(msg("the folder to make")))
    begin.add_argument("--lang", choices=LANGUAGES, help=text(msg("the language of the messages")))
    return parser


def _add_folder(command: argparse.ArgumentParser, text: Callable[[Message], str]) -> None:
    command.add_argument(
        "--mappe",
        "--folder",
        dest="folder",
        type=Path,
        default=Path(),
        metavar=text(msg("FOLDER")),
        help=text(msg("the secretariat's folder")),
    )
    command.add_argument("--lang", choices=LANGUAGES, help=text(msg("the language of the messages")))


def _run(parsed: argparse.Namespace, say: Speaker) -> int:
    # Imported here so that --help need not wait for Word, Excel and pandoc libraries to load.
    from casebuilder.pipeline import begin, build  # noqa: PLC0415
    from casebuilder.workspace import Workspace  # noqa: PLC0415

    if parsed.command == "init":
        root = parsed.folder.resolve()
        _tell_begun(begin(root), root, say)
        return 0
    if parsed.command == "fields":
        names = [parsed.names] if parsed.names else []
        return _list_fields(Workspace(parsed.folder.resolve(), may_write=False), names, say)
    write = parsed.command == "build"
    workspace = Workspace(parsed.folder.resolve(), may_write=write)
    report = build(workspace, parsed.names, lambda outcome: _tell(outcome, say, write=write))
    _tell_problems(report.problems, say, sys.stdout)
    _tell_end(report, say, write=write)
    return report.exit_code


def _list_fields(workspace: Workspace, names: Sequence[str], say: Speaker) -> int:
    from casebuilder.fields import told  # noqa: PLC0415 - as in _run
    from casebuilder.pipeline import fields  # noqa: PLC0415

    shown, problems = fields(workspace, names)
    if shown:
        case, found = shown
        print(say.say(msg("Case {label} {title} ({case})", label=case.label, title=case.title, case=case.id)))
        for line in told(found, say):
            print(line)
    _tell_problems(problems, say, sys.stdout)
    if not shown and not any(problem.is_error for problem in problems):
        print(say.say(msg("There is no unsent case to make a paper of.")))
    return int(shown is None)


def _tell_begun(files: Sequence[tuple[str, bool]], root: Path, say: Speaker) -> None:
    for name, is_new in files:
        told = msg("made: {path}", path=name) if is_new else msg("was there, left alone: {path}", path=name)
        print(say.say(told))
    print("\n" + say.say(msg("Open LESMEG.txt in {folder} and begin there.", folder=root)))


def _tell(outcome: Outcome, say: Speaker, *, write: bool) -> None:
    told = {
        "new": msg("written: {path}", path=outcome.path),
        "replaced": msg("updated: {path}", path=outcome.path),
        "unchanged": msg("nothing new: {path}", path=outcome.path),
        "edited": msg("changed by hand, left alone: {path}", path=outcome.path),
        "edited-behind": msg("changed by hand, left alone; the sources have news: {path}", path=outcome.path),
        "base-lost": msg("left alone; what it was made from is no longer known: {path}", path=outcome.path),
        "sent": msg("sent, and therefore not made anew"),
        "held-back": msg("NOT written; see below"),
        "refused": msg("NOT written; see below"),
    }
    would = {
        "new": msg("ready to be written: {path}", path=outcome.path),
        "replaced": msg("ready to be updated: {path}", path=outcome.path),
        "held-back": msg("has errors; see below"),
    }
    status = outcome.status.value
    sentence = told[status] if write else would.get(status, told[status])
    print(f"{outcome.case.label:>6}  {say.say(sentence)}", flush=True)


def _tell_problems(problems: Sequence[Problem], say: Speaker, stream: TextIO) -> None:
    """Print every problem once, grouped by file, in the order of their places."""
    ordered = sorted(problems, key=lambda problem: problem.place)
    for file, group in groupby(ordered, key=lambda problem: problem.place.file):
        title = file or say.say(msg("The command"))
        print(f"\n{title}", file=stream)
        for problem in group:
            rule = f" [{problem.rule}]" if problem.severity is Severity.WARNING else ""  # for «avvik»
            print(f"  {say.say(_SEVERITY[problem.severity])}  {say.problem(problem)}{rule}", file=stream)


def _tell_end(report: Report, say: Speaker, *, write: bool) -> None:
    statuses = [outcome.status.value for outcome in report.outcomes]
    errors = sum(problem.is_error for problem in report.problems)
    warnings = sum(problem.severity is Severity.WARNING for problem in report.problems)
    written = statuses.count("new") + statuses.count("replaced")
    held = statuses.count("held-back") + statuses.count("refused")
    left = sum(status in ("edited", "edited-behind", "base-lost") for status in statuses)
    done = (
        msg("Written: {written}. Without news: {same}. Left alone: {left}. Held back: {held}.")
        if write
        else msg("Ready: {written}. Without news: {same}. To be left alone: {left}. With errors: {held}.")
    )
    values = {"written": written, "same": statuses.count("unchanged"), "left": left, "held": held}
    print("\n" + say.say(msg(done.id, **values)))
    print(say.say(msg("Errors: {errors}. Warnings: {warnings}.", errors=errors, warnings=warnings)))
    print(say.say(_next_step(report, errors, write=write)))


def _next_step(report: Report, errors: int, *, write: bool) -> Message:
    if not report.outcomes and not errors:
        return msg("There is no unsent case to make a paper of.")
    if errors:
        return msg("Mend the errors at the places named above, and run the command again.")
    if any(problem.severity is Severity.WARNING for problem in report.problems) and not write:
        return msg("There are no errors. Look through the warnings before you run «casebuilder build».")
    if write:
        return msg("Open the papers in the folder output and read them through before they are sent.")
    return msg("Everything is in order. Run «casebuilder build» to write the papers.")
