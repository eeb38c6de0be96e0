"""A build of what has not changed since the last one: told again in its words, and not done again.

What a build comes to follows from the program, the folder's path, what was asked for, which files there
are, and what stood in those that were read. If all of that is as it was, and the last run found nothing to
write but its report, this one would find the same. Every file that was read is read and hashed again:
size and time would miss an edit; by these only the pristine copies are known, which nobody edits. What was
told is kept in `output/.casebuilder/`; without it, or if it is not whole, the run is simply done.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from casebuilder.keeping import MEMORY, Keeping
from casebuilder.program import fingerprint

if TYPE_CHECKING:
    from casebuilder.workspace import Workspace

_OUTPUT = "output"
_KIND = "kjøringer"
_REPORT = "/rapport.html"
_TEMPORARY = ".~cb-"
_DEEP = 100
_MOST_KEPT = 20
_UNSURE = frozenset({"not-written", "not-renamed", "report-not-written"})
"""What is told of writes that failed; the next run may fare better though all files are the same."""


class _NotPlain(Exception):
    """The folders hold something that cannot be known by its name: a link, what a killed run has left."""


@dataclass(frozen=True)
class Told:
    """What a run told, line by line, and its exit code."""

    lines: tuple[str, ...]
    exit_code: int


@dataclass
class LastRun:
    """The last run of the same kind in a folder: what it told, if it would be the same again."""

    root: Path
    asked: Sequence[str]  # language, names, options
    _names: str = field(default="", init=False)

    def told(self) -> Told | None:
        """Return what the last run told, if everything is as it was then."""
        try:
            self._names = _names(str(self.root))
            kept = Keeping(self.root / _OUTPUT / MEMORY).get(_KIND, self._key)
            if kept is None:
                return None
            run = json.loads(kept)
            is_same = run["program"] == fingerprint() and run["names"] == self._names
            if is_same and all(_marks_agree(str(self.root), run["seen"])):
                return Told(tuple(map(str, run["lines"])), int(run["code"]))
        except (OSError, ValueError, LookupError, TypeError, AttributeError, _NotPlain):
            return None
        return None

    def keep(self, workspace: Workspace, told: Told, rules: set[str]) -> None:
        """Keep what this run told, if it holds for the next one; `rules` are those of its problems."""
        seen = workspace.witness
        writes = [name for name in seen.written if not name.endswith(_REPORT)]
        try:
            is_settled = bool(self._names) and _names(str(self.root)) == self._names
        except (OSError, _NotPlain):
            is_settled = False
        if not is_settled or not seen.is_sure or writes or rules & _UNSURE:
            return
        run = {
            "program": fingerprint(),
            "names": self._names,
            "seen": seen.seen,
            "lines": told.lines,
            "code": told.exit_code,
        }
        workspace.keeping.put(_KIND, self._key, json.dumps(run, ensure_ascii=False).encode())
        workspace.keeping.forget(_KIND, _MOST_KEPT)

    @property
    def _key(self) -> str:
        asked = (str(self.root), list(self.asked), fingerprint())
        return hashlib.sha256(repr(asked).encode("utf-8", "surrogatepass")).hexdigest()


def _marks_agree(root: str, seen: dict[str, str]) -> Iterator[bool]:
    """Tell of each file that was read whether it is what it was."""
    for name, mark in seen.items():
        path = os.path.join(root, name)  # noqa: PTH118 - as above
        if ":" in mark:
            there = os.stat(path)  # noqa: PTH116 - as above
            yield f"{there.st_size}:{there.st_mtime_ns}" == mark
        elif mark:
            with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - as above
                yield hashlib.sha256(file.read()).hexdigest() == mark
        else:
            yield not os.path.lexists(path)


def _names(root: str) -> str:
    """Return a name for which files there are: all sources and templates, in output what lies in a meeting.

    Raises _NotPlain where names do not say it.
    """
    found = hashlib.sha256()
    for folder, depth in (("sources", _DEEP), ("templates", _DEEP), (_OUTPUT, 1)):
        for name in _below(os.path.join(root, folder), folder, depth):  # noqa: PTH118 - as above
            found.update(name.encode("utf-8", "surrogatepass"))
    return found.hexdigest()


def _below(path: str, name: str, depth: int) -> Iterator[str]:
    try:
        entries = sorted(os.scandir(path), key=lambda entry: entry.name)
    except FileNotFoundError:
        yield f"-{name}\0"
        return
    yield f"{name}/\0"
    for entry in entries:
        if entry.is_symlink() or entry.name.startswith(_TEMPORARY):
            raise _NotPlain
        if not entry.is_dir():
            yield f"{name}/{entry.name}\0"
        elif entry.name != MEMORY or name != _OUTPUT:
            inside = f"{name}/{entry.name}"
            if depth:
                yield from _below(entry.path, inside, depth - 1)
            else:
                yield f"{inside}/\0"
