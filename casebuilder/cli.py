"""The command line: arguments → one pipeline function → print → exit code. The only module that prints.

Exit codes: 0 all is well; 1 something must be mended, and papers with errors were not written;
2 the command was not understood; 3 the work could not be started.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from types import TracebackType
from typing import TYPE_CHECKING

from casebuilder.arguments import parser
from casebuilder.language import LANGUAGES, Speaker, speaker
from casebuilder.problems import CasebuilderError, Problem, msg
from casebuilder.unchanged import LastRun, Told

if TYPE_CHECKING:
    from casebuilder.delivery import Outcome
    from casebuilder.workspace import Workspace

# Rooms that load Word, Excel and pandoc libraries are imported where they are used, so that --help
# need not wait for them.


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a console may lack æøå
    arguments = list(sys.argv[1:] if argv is None else argv)
    language = _language(arguments)
    say = speaker(language)
    sys.excepthook = _unexpected(say)
    parsed = parser(say, language).parse_args(arguments)
    try:
        return _COMMANDS[parsed.command](parsed, say)
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
        import tempfile  # noqa: PLC0415 - needed once in a lifetime, and slow to load
        import traceback  # noqa: PLC0415

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


def _workspace(parsed: argparse.Namespace, *, may_write: bool) -> Workspace:
    from casebuilder.workspace import Workspace  # noqa: PLC0415 - see above

    return Workspace(parsed.folder.resolve(), may_write=may_write)


def _build(parsed: argparse.Namespace, say: Speaker) -> int:
    """Build or check; a build of what has not changed tells what the last one told."""
    if parsed.command == "check" or parsed.show_sources:
        return _built(parsed, say, None)
    asked = (say.language, str(parsed.new_version), *parsed.names)
    last = LastRun(parsed.folder.resolve(), asked)
    told = last.told()
    if told is None:
        return _built(parsed, say, last)
    _print(told.lines)
    return told.exit_code


@cache
def _load() -> None:
    """Load what builds papers. All of it stays: to look through it for what does not takes its time."""
    gc.disable()
    import casebuilder.cores  # noqa: PLC0415 - see above
    import casebuilder.pipeline  # noqa: F401, PLC0415 - see above

    gc.freeze()
    gc.enable()


def _built(parsed: argparse.Namespace, say: Speaker, last: LastRun | None) -> int:
    _load()
    from casebuilder.cores import Cores  # noqa: PLC0415 - see above
    from casebuilder.pipeline import Options, build  # noqa: PLC0415 - see above
    from casebuilder.reporting import end_lines, paper_line, problem_lines  # noqa: PLC0415 - see above

    write = parsed.command == "build"
    cores = Cores()
    options = Options(
        say,
        new_version=write and parsed.new_version,
        asks_links=not write and parsed.links,
        executor=cores,
    )
    workspace = _workspace(parsed, may_write=write)
    lines = []

    def tell(line: str) -> None:
        print(line, flush=True)
        lines.append(line)

    try:
        report = build(
            workspace, parsed.names, lambda outcome: tell(paper_line(outcome, say, write=write)), options
        )
    finally:
        cores.shutdown(cancel_futures=True)
    for line in (*problem_lines(report.problems, say), *end_lines(report, say, write=write)):
        tell(line)
    if last:
        last.keep(workspace, Told(tuple(lines), report.exit_code), {each.rule for each in report.problems})
    if write and parsed.show_sources:
        from casebuilder.explaining import write_proofs  # noqa: PLC0415 - see above

        paths, problems = write_proofs(_workspace(parsed, may_write=True), report, say)
        return max(report.exit_code, _tell_written(paths, problems, say))
    if not write and parsed.annotate:
        _annotate(parsed, report.problems, say)
    return report.exit_code


def _annotate(parsed: argparse.Namespace, problems: Sequence[Problem], say: Speaker) -> None:
    from casebuilder.annotating import write_annotated  # noqa: PLC0415 - see above

    paths, told = write_annotated(_workspace(parsed, may_write=True), problems, say)
    _tell_written(paths, told, say)
    if paths:
        print(say.say(msg("They are copies to look at. Mend the files in sources and templates themselves.")))


def _diff(parsed: argparse.Namespace, say: Speaker) -> int:
    from casebuilder.pipeline import Options, build  # noqa: PLC0415 - see above
    from casebuilder.reporting import news_lines, paper_line  # noqa: PLC0415 - see above
    from casebuilder.versions import compare, write_redlines  # noqa: PLC0415 - see above

    if parsed.second is not None and parsed.first is None:
        print(say.say(msg("Say with --fra which version to compare from.")), file=sys.stderr)
        return 2
    if parsed.first is not None and len(parsed.names) != 1:
        print(say.say(msg("Name the one case whose versions are to be compared.")), file=sys.stderr)
        return 2
    if parsed.first is not None:
        path, problems = compare(
            _workspace(parsed, may_write=True), parsed.names[0], parsed.first, parsed.second
        )
        return _tell_written([path] if path else [], problems, say)

    def tell(outcome: Outcome) -> None:
        print(paper_line(outcome, say, write=False), flush=True)
        _print(news_lines(outcome, say))

    options = Options(say, tells_news=True)
    report = build(_workspace(parsed, may_write=False), parsed.names, tell, options)
    _tell_problems([problem for problem in report.problems if problem.is_error], say)
    if parsed.docx:
        return _tell_written(*write_redlines(_workspace(parsed, may_write=True), report), say)
    return report.exit_code


def _history(parsed: argparse.Namespace, say: Speaker) -> int:
    from casebuilder.reporting import version_lines  # noqa: PLC0415 - see above
    from casebuilder.versions import history  # noqa: PLC0415 - see above

    found, problems = history(_workspace(parsed, may_write=False), parsed.names)
    _print(version_lines(found, say))
    _tell_problems(problems, say)
    return int(bool(problems))


def _restore(parsed: argparse.Namespace, say: Speaker) -> int:
    from casebuilder.versions import restore  # noqa: PLC0415 - see above

    path, problems = restore(_workspace(parsed, may_write=True), parsed.names, parsed.number)
    if path:
        print(say.say(msg("brought back: {path}. What stood there is in the history.", path=path)))
    _tell_problems(problems, say)
    return int(bool(problems))


def _explain(parsed: argparse.Namespace, say: Speaker) -> int:
    from casebuilder.explaining import explain_paper  # noqa: PLC0415 - see above
    from casebuilder.reporting import explained_lines  # noqa: PLC0415 - see above

    found, problems = explain_paper(_workspace(parsed, may_write=False), parsed.paper, say)
    if found:
        about = found.about(parsed.words) if parsed.words else found
        _print(explained_lines(about, say, parsed.words or ""))
    _tell_problems(problems, say)
    return int(found is None)


def _pdf(parsed: argparse.Namespace, say: Speaker) -> int:
    from casebuilder.archive_lines import pdf_lines  # noqa: PLC0415 - see above
    from casebuilder.rendering import make_pdfs  # noqa: PLC0415 - see above

    done = make_pdfs(_workspace(parsed, may_write=True), parsed.names, accept=parsed.accept)
    _print(pdf_lines(done, say))
    _tell_problems(done.problems, say)
    return done.exit_code


def _archive(parsed: argparse.Namespace, say: Speaker) -> int:
    from casebuilder.archive_lines import archive_lines  # noqa: PLC0415 - see above
    from casebuilder.archiving import archive  # noqa: PLC0415 - see above

    done = archive(_workspace(parsed, may_write=True), parsed.names, accept=parsed.accept)
    _print(archive_lines(done, say))
    _tell_problems(done.problems, say)
    return done.exit_code


def _publish(parsed: argparse.Namespace, say: Speaker) -> int:
    from casebuilder.archive_lines import publish_lines  # noqa: PLC0415 - see above
    from casebuilder.publishing import publish  # noqa: PLC0415 - see above

    done = publish(_workspace(parsed, may_write=True), parsed.names, accept=parsed.accept)
    _print(publish_lines(done, say))
    _tell_problems(done.problems, say)
    return done.exit_code


def _verify(parsed: argparse.Namespace, say: Speaker) -> int:
    from casebuilder.archive_lines import verify_lines  # noqa: PLC0415 - see above
    from casebuilder.verifying import verify  # noqa: PLC0415 - see above

    done = verify(parsed.package.resolve())
    _tell_problems(done.problems, say)
    _print(verify_lines(done, say))
    return done.exit_code


def _fields(parsed: argparse.Namespace, say: Speaker) -> int:
    from casebuilder.fields import told  # noqa: PLC0415 - see above
    from casebuilder.pipeline import fields  # noqa: PLC0415 - see above

    names = [parsed.names] if parsed.names else []
    shown, problems = fields(_workspace(parsed, may_write=False), names)
    if shown:
        case, found = shown
        print(say.say(msg("Case {label} {title} ({case})", label=case.label, title=case.title, case=case.id)))
        _print(told(found, say))
    _tell_problems(problems, say)
    if not shown and not any(problem.is_error for problem in problems):
        print(say.say(msg("There is no unsent case to make a paper of.")))
    return int(shown is None)


def _init(parsed: argparse.Namespace, say: Speaker) -> int:
    from casebuilder.beginning import begin  # noqa: PLC0415 - see above

    root = parsed.folder.resolve()
    for name, is_new in begin(root):
        told = msg("made: {path}", path=name) if is_new else msg("was there, left alone: {path}", path=name)
        print(say.say(told))
    print("\n" + say.say(msg("Open LESMEG.txt in {folder} and begin there.", folder=root)))
    return 0


def _tell_written(paths: Sequence[str], problems: Sequence[Problem], say: Speaker) -> int:
    for path in paths:
        print(say.say(msg("written: {path}", path=path)))
    _tell_problems(problems, say)
    return int(bool(problems))


def _tell_problems(problems: Sequence[Problem], say: Speaker) -> None:
    from casebuilder.reporting import problem_lines  # noqa: PLC0415 - see above

    _print(problem_lines(problems, say))


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)


_COMMANDS: dict[str, Callable[[argparse.Namespace, Speaker], int]] = {
    "build": _build,
    "check": _build,
    "diff": _diff,
    "history": _history,
    "restore": _restore,
    "explain": _explain,
    "pdf": _pdf,
    "archive": _archive,
    "publish": _publish,
    "verify": _verify,
    "fields": _fields,
    "init": _init,
}
