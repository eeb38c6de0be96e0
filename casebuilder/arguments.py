"""What the command line understands: commands, arguments and their help, in the clerk's language."""

from __future__ import annotations

import argparse
import gettext
import os
from collections.abc import Callable
from pathlib import Path

from casebuilder import __version__
from casebuilder.language import DOMAIN, LANGUAGES, LOCALE_DIR, Speaker
from casebuilder.problems import Message, msg

Text = Callable[[Message], str]
_Commands = argparse._SubParsersAction  # noqa: SLF001 - argparse has no public name for it


def parser(say: Speaker, language: str) -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    os.environ["LANGUAGE"] = language  # argparse's own texts come from the same catalog
    gettext.bindtextdomain(DOMAIN, str(LOCALE_DIR))
    gettext.textdomain(DOMAIN)
    text = say.say
    made = argparse.ArgumentParser("casebuilder", description=text(msg("Makes a meeting's case papers.")))
    version = f"casebuilder {__version__}"
    made.add_argument("--version", action="version", version=version, help=text(msg("show the version")))
    name = text(msg("COMMAND"))
    commands = made.add_subparsers(dest="command", required=True, metavar=name, prog=made.prog)
    _add_building(commands, text)
    _add_versions(commands, text)
    _add_archiving(commands, text)
    _add_looking_up(commands, text)
    return made


def _add_building(commands: _Commands[argparse.ArgumentParser], text: Text) -> None:
    build = _command(commands, text, "build", msg("write the case papers"))
    _add_names(build, text)
    build.add_argument(
        "--new-version",
        "--ny-versjon",
        dest="new_version",
        action="store_true",
        help=text(msg("also make new papers of cases that are sent, beside the old ones")),
    )
    build.add_argument(
        "--show-sources",
        "--vis-kilder",
        dest="show_sources",
        action="store_true",
        help=text(msg("also write a copy of each paper with the cells behind its words as comments")),
    )
    check = _command(commands, text, "check", msg("look for everything that must be mended, without writing"))
    _add_names(check, text)
    check.add_argument(
        "--annotate",
        "--merknader",
        dest="annotate",
        action="store_true",
        help=text(msg("also write copies of workbooks, templates and texts with what was found as comments")),
    )
    check.add_argument(
        "--links",
        "--lenker",
        dest="links",
        action="store_true",
        help=text(msg("also ask on the net whether the addresses of the sources answer")),
    )
    diff = _command(
        commands, text, "diff", msg("tell what a build would change in the papers, and from which cells")
    )
    _add_names(diff, text)
    diff.add_argument(
        "--docx",
        action="store_true",
        help=text(msg("also write a Word file beside each paper that shows it")),
    )
    number = text(msg("NUMBER"))
    older = text(msg("compare with this version of the history instead"))
    diff.add_argument("--fra", "--from", dest="first", type=int, metavar=number, help=older)
    newer = text(msg("compare with it up to this version; without it, up to the paper as it stands"))
    diff.add_argument("--til", "--to", dest="second", type=int, metavar=number, help=newer)


def _add_versions(commands: _Commands[argparse.ArgumentParser], text: Text) -> None:
    told = msg("list the earlier versions of a paper that were kept")
    _add_case(_command(commands, text, "history", told), text)
    restore = _command(commands, text, "restore", msg("bring an earlier version of a paper back"))
    _add_case(restore, text)
    restore.add_argument(
        "number",
        nargs="?",
        type=int,
        metavar=text(msg("NUMBER")),
        help=text(msg("the version's number in the history; without it, the newest")),
    )


def _add_archiving(commands: _Commands[argparse.ArgumentParser], text: Text) -> None:
    pdf = _command(commands, text, "pdf", msg("make PDF/A of the papers as they stand in the folder output"))
    _add_settling(pdf, text)
    told_of_all = msg("make the versions that all may see, without what is marked as exempt")
    _add_settling(_command(commands, text, "publish", told_of_all), text)
    archive = msg("write a package of papers, proofs and sources for the archive, one for each meeting")
    _add_settling(_command(commands, text, "archive", archive), text)
    told = text(msg("see whether an archive package is whole, and whether its sources give its papers"))
    verify = commands.add_parser("verify", help=told, description=told)
    package = text(msg("the package: its folder, or a zip of it"))
    verify.add_argument("package", type=Path, metavar=text(msg("PACKAGE")), help=package)
    verify.add_argument("--lang", choices=LANGUAGES, help=text(msg("the language of the messages")))


def _add_settling(command: argparse.ArgumentParser, text: Text) -> None:
    """Add the names of papers that lie in output, and which way their open changes are to be read."""
    command.add_argument(
        "names",
        nargs="*",
        metavar=text(msg("MEETING|CASE")),
        help=text(msg("møte-ID or sak-ID; without any, every paper in the folder output")),
    )
    way = command.add_mutually_exclusive_group()
    accept = text(msg("read open tracked changes as accepted, and leave comments out"))
    way.add_argument("--godta", "--accept", dest="accept", action="store_true", default=None, help=accept)
    reject = text(msg("read open tracked changes as rejected, and leave comments out"))
    way.add_argument("--avvis", "--reject", dest="accept", action="store_false", default=None, help=reject)


def _add_looking_up(commands: _Commands[argparse.ArgumentParser], text: Text) -> None:
    listing = msg("list what templates and texts can print of a case, with values and cells")
    fields = _command(commands, text, "fields", listing)
    fields.add_argument(
        "names",
        nargs="?",
        metavar=text(msg("CASE")),
        help=text(msg("sak-ID; without it, the first unsent case")),
    )
    origin = msg("tell which cells the words of a paper came from, and which words are a person's")
    explain = _command(commands, text, "explain", origin)
    explain.add_argument("paper", metavar=text(msg("FILE|CASE")), help=text(msg("a paper, or its sak-ID")))
    explain.add_argument(
        "words", nargs="?", metavar=text(msg("WORDS")), help=text(msg("only what concerns these words"))
    )
    told = text(msg("make a new secretariat's folder, with workbooks, template and an example"))
    begin = commands.add_parser("init", help=told, description=told)
    begin.add_argument("folder", type=Path, metavar=text(msg("FOLDER")), help=text(msg("the folder to make")))
    begin.add_argument("--lang", choices=LANGUAGES, help=text(msg("the language of the messages")))


def _command(
    commands: _Commands[argparse.ArgumentParser], text: Text, name: str, told: Message
) -> argparse.ArgumentParser:
    made: argparse.ArgumentParser = commands.add_parser(name, help=text(told), description=text(told))
    made.add_argument(
        "--mappe",
        "--folder",
        dest="folder",
        type=Path,
        default=Path(),
        metavar=text(msg("FOLDER")),
        help=text(msg("the secretariat's folder")),
    )
    made.add_argument("--lang", choices=LANGUAGES, help=text(msg("the language of the messages")))
    return made


def _add_names(command: argparse.ArgumentParser, text: Text) -> None:
    command.add_argument(
        "names",
        nargs="*",
        metavar=text(msg("MEETING|CASE")),
        help=text(msg("møte-ID or sak-ID; without any, every meeting with unsent cases")),
    )


def _add_case(command: argparse.ArgumentParser, text: Text) -> None:
    command.add_argument("names", metavar=text(msg("CASE")), help=text(msg("the sak-ID of the paper")))
