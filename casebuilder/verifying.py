"""A package looked at with nothing but itself: whether it is whole, and its sources give its papers."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from casebuilder import __version__
from casebuilder.archive.bag import PAYLOAD
from casebuilder.archive.checks import faults_of_package
from casebuilder.archive.package import CONTENTS, GENERATED, SOURCES
from casebuilder.archive.store import package_at
from casebuilder.archive.versions import contents_of
from casebuilder.problems import Place, Problem, info, msg, warning
from casebuilder.rebuilding import Rebuilt, content_of, rebuilt
from casebuilder.register import register_of
from casebuilder.sheets import read_sheets
from casebuilder.word.package import UNREADABLE
from casebuilder.workspace import NoSources, Workspace

_SOURCES = f"{PAYLOAD}{SOURCES}"


@dataclass(frozen=True)
class Verified:
    """What a package came to: how many files it has, which cases its sources give, and the problems."""

    files: int
    proved: tuple[str, ...]
    problems: tuple[Problem, ...]

    @property
    def exit_code(self) -> int:
        """0 when nothing has been changed, else 1."""
        return int(any(problem.is_error for problem in self.problems))


def verify(path: Path) -> Verified:
    """Look at a package, a folder or a zip; nothing is written into it. Raises NoPackage."""
    files = package_at(path)
    problems = faults_of_package(files)
    proved, more = _proved(files, {problem.place.file for problem in problems})
    return Verified(len(files), proved, (*problems, *more))


def _proved(files: Mapping[str, bytes], harmed: set[str]) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Make the generated papers once more from the archived sources, and compare them part by part."""
    contents = contents_of(files)
    cases = contents.get("saker")
    told = [each for each in cases if isinstance(each, dict)] if isinstance(cases, list) else []
    claimed = {
        str(each.get("sak")): str(each.get("mappe")) for each in told if each.get("kildene gir papiret")
    }
    if not claimed:
        return (), ()
    spoilt = sorted(name for name in harmed if name.startswith((_SOURCES, f"{PAYLOAD}{CONTENTS}")))
    if spoilt:
        found = msg("the papers were not made once more, for these sources are not as they were archived.")
        return (), (info("not-rebuilt", Place(spoilt[0]), found),)
    fresh = _rebuilt(files, set(claimed))
    proved, problems = [], []
    for case, folder in claimed.items():
        name = f"{PAYLOAD}{folder}/{GENERATED}"
        if name in harmed or name not in files:
            continue
        differing = _differing(files[name], fresh.get(case, Rebuilt({}, "")))
        if differing:
            problems.append(_differs(name, differing, str(contents.get("program"))))
        else:
            proved.append(case)
    return tuple(proved), tuple(problems)


def _rebuilt(files: Mapping[str, bytes], cases: set[str]) -> dict[str, Rebuilt]:
    """Return the papers that the archived sources give, made in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="casebuilder-") as made:
        root = Path(made)
        for name, data in files.items():
            inside = PurePosixPath(name.removeprefix(_SOURCES))
            if name.startswith(_SOURCES) and ".." not in inside.parts and not inside.is_absolute():
                path = root / inside
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
        try:
            workspace = Workspace(root, may_write=False)
        except NoSources:
            return {}
        register, _problems = register_of(*read_sheets(workspace.workbooks()))
        return rebuilt(workspace, register, [case for case in register.cases.values() if case.id in cases])


def _differing(generated: bytes, fresh: Rebuilt) -> list[str]:
    """Return the names of the parts that differ."""
    try:
        old = content_of(generated)
    except UNREADABLE:
        return ["[Content_Types].xml"]
    return sorted(name for name in {*old, *fresh.parts} if old.get(name) != fresh.parts.get(name))


def _differs(name: str, parts: list[str], program: str) -> Problem:
    values = ", ".join(parts)
    if program != __version__:
        found = msg(
            "no file is changed, but casebuilder {new} makes another paper than {old} did: {parts} differ.",
            new=__version__,
            old=program,
            parts=values,
        )
        expected = msg("To prove it to the letter, run «verify» with casebuilder {old}.", old=program)
        return warning("program-changed", Place(name), found, expected)
    found = msg("the archived sources give another paper: {parts} differ.", parts=values)
    expected = msg(
        "The file or the sources were exchanged with their checksums, or the program's libraries differ."
    )
    return Problem("not-proved", Place(name), found, expected)
