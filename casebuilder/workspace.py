"""Where a secretariat's files are: read with their hash, written whole or not at all.

Sources and templates are only read, and only below their own folders. In `output/` a file is written
to a temporary neighbour first and moved into place, and never over a file whose hash is not the one
that was read. So two clerks can run at once without a lock of our own, which a killed run would leave
behind: who comes second finds the very bytes she would have written, or is told. What casebuilder
must remember lies in `output/.casebuilder/`.
"""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from casebuilder.keeping import MEMORY, Keeping
from casebuilder.looking import (
    NotReadable,
    below,
    is_dir,
    is_file,
    listed,
    read,
    read_if_there,
    stamp,
    written_at,
)
from casebuilder.problems import CasebuilderError, msg
from casebuilder.witness import Witness
from casebuilder.writing import ChangedMeanwhile, InUse, NoRoom, TooLong, WriteRefused, hash_of, put, sha256

__all__ = [
    "ChangedMeanwhile",
    "Copy",
    "InUse",
    "NoRoom",
    "NoSources",
    "OutputFile",
    "TooLong",
    "Workspace",
    "WriteRefused",
    "sha256",
]

TABLE_SUFFIXES = (
    ".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlsb", ".ods", ".fods", ".csv", ".tsv", ".numbers",
)  # fmt: skip
TEXT_SUFFIXES = (".md", ".docx")
_LEFT_BEHIND = 3600
"""Seconds after which a temporary file is a killed run's and no longer a running one's."""
_TRIES = 5


class NoSources(CasebuilderError):
    """The folder has no sources to build from."""

    sentence = msg("There is no folder «sources» in {folder}. Run the command in the secretariat's folder.")


@dataclass(frozen=True, slots=True)
class Copy:
    """What is remembered of an attachment's copy in `output/`: its hash, and the case it belongs to."""

    hash: str
    case_id: str


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A Word file in `output/` as it was read."""

    path: Path
    data: bytes

    @property
    def hash(self) -> str:
        """The SHA-256 of the bytes, in hex."""
        return sha256(self.data)


class Workspace:
    """The folders `sources/`, `templates/` and `output/` below one root."""

    def __init__(self, root: Path, *, may_write: bool = True, must_exist: bool = True) -> None:
        """Take the root, to look at only or to write in; raises NoSources if it must exist and does not."""
        self.root = root
        self.may_write = may_write
        self.sources = root / "sources"
        self.templates = root / "templates"
        self.output = root / "output"
        self.witness = Witness()
        self._memory = self.output / MEMORY
        self.keeping = Keeping(self._memory, may_write=may_write)
        if must_exist and not is_dir(self.sources):
            raise NoSources(folder=root)

    # -- reading --------------------------------------------------------------------------------

    def name(self, path: Path) -> str:
        """Return a path as clerks see it: below the root, with forward slashes."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(path)

    def workbooks(self) -> tuple[tuple[str, bytes], ...]:
        """Return the name and bytes of every file in `sources/` that looks like a table by its name.

        Kinds that cannot be read are among them, so that it can be told; lock files and hidden ones are not.
        """
        paths = (path for path in listed(self.sources) if path.suffix.lower() in TABLE_SUFFIXES)
        shown = [path for path in paths if not path.name.startswith(("~$", "."))]
        return tuple((self.name(path), self._own(path) or b"") for path in shown)

    def _own(self, path: Path) -> bytes | None:
        """Return the bytes of a file in `sources/`; None for a folder, or a link that leads elsewhere."""
        inside = below(self.sources, path.name, path.parent)
        return self._read(path) if inside and is_file(path) else None

    def texts(self, name: str) -> tuple[tuple[str, bytes], ...]:
        """Return the text files that a case's «Tekst» names: a file, or a folder's files by name."""
        folder = self.sources / "tekster"
        candidates = [below(folder, each) for each in (name, *(name + suffix for suffix in TEXT_SUFFIXES))]
        for path in candidates:
            if path is None:
                return ()
            if is_file(path):
                return ((self.name(path), self._read(path)),)
            if is_dir(path):
                return tuple(
                    (self.name(each), data)
                    for each in _texts_in(path)
                    if (data := self._own(each)) is not None
                )
        return ()

    def text_names(self) -> tuple[str, ...]:
        """Return the names of all files and folders that lie among the texts, whatever their kind."""
        folder = self.sources / "tekster"
        names = (path.name for path in listed(folder))
        return tuple(name for name in names if not name.startswith(("~$", ".")))

    def beside(self, text_file: str, name: str) -> bytes | None:
        """Return a file that a text names beside itself, if it lies below `sources/`."""
        path = below(self.sources, name, self.root / PurePosixPath(text_file).parent)
        return self._read(path) if path and is_file(path) else None

    def template(self, name: str) -> bytes | None:
        """Return a template's bytes, or None if there is no such file in `templates/`."""
        path = below(self.templates, name)
        return self._read(path) if path and is_file(path) else None

    def template_names(self) -> tuple[str, ...]:
        """Return the templates that could have been meant."""
        names = (path.name for path in listed(self.templates) if path.suffix.lower() == ".docx")
        return tuple(name for name in names if not name.startswith("~$"))

    def attachment(self, name: str) -> bytes | None:
        """Return an attachment's bytes, or None if there is no such file in `sources/vedlegg/`."""
        path = below(self.sources / "vedlegg", name)
        return self._read(path) if path and is_file(path) else None

    def papers(self) -> Iterator[OutputFile]:
        """Return every Word file that lies in a meeting's folder in `output/`."""
        folders = (folder for folder in listed(self.output) if folder != self._memory and is_dir(folder))
        for path in [path for folder in folders for path in listed(folder)]:
            if path.suffix.lower() == ".docx" and not path.name.startswith("~$"):
                data = self.read_output(path)
                if data is not None:
                    yield OutputFile(path, data)

    def is_there(self, path: Path) -> bool:
        """Tell whether anything has this name."""
        return is_file(path) or is_dir(path)

    def read_output(self, path: Path) -> bytes | None:
        """Return the bytes of a file in `output/`, or None if there is none."""
        try:
            data = read_if_there(path)
        except NotReadable:
            self.witness.lost_sight()
            raise
        self.witness.saw(self.name(path), "" if data is None else sha256(data))
        return data

    def _read(self, path: Path) -> bytes:
        """Return the bytes of a file that is there, and note what they were."""
        try:
            data = read(path)
        except NotReadable:
            self.witness.lost_sight()
            raise
        self.witness.saw(self.name(path), sha256(data))
        return data

    # -- what is remembered ---------------------------------------------------------------------

    def base(self, digest: str) -> bytes | None:
        """Return the pristine copy of what was generated, by its digest, if it is still there."""
        path = self._memory / "grunnlag" / f"{digest}.docx"
        if not digest.isalnum():
            return None
        self.witness.saw(self.name(path), stamp(path))
        return read(path) if is_file(path) else None

    def base_cells(self, digest: str) -> str:
        """Return what was kept of the cells behind a pristine copy; empty if nothing was."""
        path = self._memory / "grunnlag" / f"{digest}.json"
        return (read_if_there(path) or b"").decode(errors="replace") if digest.isalnum() else ""

    def keep_base(self, digest: str, data: bytes, cells: str) -> None:
        """Keep a pristine copy and the cells behind it; raises WriteRefused."""
        for name, content in ((f"{digest}.json", cells.encode()), (f"{digest}.docx", data)):
            path = self._memory / "grunnlag" / name
            old = self.read_output(path)
            if old != content:
                self.write(path, content, None if old is None else sha256(old))

    def kept_files(self, name: str) -> tuple[tuple[OutputFile, datetime], ...]:
        """Return the earlier versions kept under a name, and when each was kept, in local time."""
        self.witness.lost_sight()
        paths = listed(self._memory / "historie" / name)
        files = ((path, data) for path in paths if (data := read_if_there(path)) is not None)
        return tuple((OutputFile(path, data), written_at(path)) for path, data in files)

    def keep_file(self, folder: str, name: str, data: bytes) -> None:
        """Keep an earlier version under a name that is not taken; raises WriteRefused."""
        self.write(self._memory / "historie" / folder / name, data, None)

    def copied(self) -> dict[str, Copy]:
        """Return what is remembered of each attachment that was copied into `output/`, by its name there."""
        data = self.read_output(self._memory / "kopier.json")
        try:
            known = json.loads(data) if data else {}
        except ValueError:
            known = {}
        entries = known.items() if isinstance(known, dict) else ()
        return {str(name): copy for name, entry in entries if (copy := _copy_of(entry))}

    def remember_copied(self, news: Mapping[str, Copy | None]) -> None:
        """Remember copies that were made, and forget those that are None; raises WriteRefused.

        Another clerk's run may write here too: what she has remembered meanwhile is kept.
        """
        path = self._memory / "kopier.json"
        for left in reversed(range(_TRIES)):
            old = self.read_output(path)
            copies = {name: copy for name, copy in {**self.copied(), **news}.items() if copy}
            entries = {name: [copy.hash, copy.case_id] for name, copy in copies.items()}
            data = json.dumps(entries, ensure_ascii=False, indent=1, sort_keys=True).encode()
            if old == data or (old is None and not copies):
                return
            try:
                self.write(path, data, None if old is None else sha256(old))
            except ChangedMeanwhile:
                if not left:
                    raise
            else:
                return

    # -- writing --------------------------------------------------------------------------------

    def refuse_if_locked(self, path: Path, names: Iterable[str]) -> None:
        """Raise InUse if one of the lock files of these names lies beside a file."""
        for lock in map(path.with_name, names):
            if is_file(lock):
                said = b""
                with contextlib.suppress(NotReadable):
                    said = read_if_there(lock) or b""
                raise InUse(path, lock, said)

    def write(self, path: Path, data: bytes, expected: str | None) -> None:
        """Write a file whole, if what stands there still has the hash `expected`; see `writing.put`."""
        put(path, data, expected)
        self.witness.wrote(self.name(path), sha256(data))

    def move(self, old: Path, new: Path, expected: str) -> None:
        """Rename a paper that still has the hash `expected` to a name not taken; raises WriteRefused."""
        self.witness.lost_sight()
        try:
            is_taken = new.exists() and not new.samefile(old)  # a new case of letters is the same file
            if hash_of(old) != expected or is_taken:
                raise ChangedMeanwhile(old)
            new.parent.mkdir(parents=True, exist_ok=True)
            old.rename(new)
        except FileNotFoundError as fault:
            raise ChangedMeanwhile(old) from fault
        except (NotReadable, OSError) as fault:
            raise InUse(old) from fault
        self._leave(old.parent)

    def remove(self, path: Path, expected: str) -> bool:
        """Remove a file that still has the hash `expected`; tell whether it is gone. Raises WriteRefused."""
        there = self.read_output(path)
        if there is not None and sha256(there) != expected:
            return False
        self.witness.lost_sight()
        try:
            path.unlink(missing_ok=True)
        except OSError as fault:
            raise InUse(path) from fault
        self._leave(path.parent)
        return True

    def tidy(self) -> None:
        """Remove the temporary files that killed runs have left, not those of a run that goes on."""
        latest = time.time() - _LEFT_BEHIND
        with contextlib.suppress(OSError):  # next time, then
            for path in list(self.output.rglob(".~cb-*.tmp")):
                with contextlib.suppress(OSError):
                    if path.stat().st_mtime < latest:
                        path.unlink()

    def _leave(self, folder: Path) -> None:
        """Remove a meeting's folder if nothing is left in it."""
        if folder.parent == self.output:
            with contextlib.suppress(OSError):  # something lies there
                folder.rmdir()


def _copy_of(entry: object) -> Copy | None:
    match entry:
        case [str(digest), str(case_id)]:
            return Copy(digest, case_id)
        case str(digest):  # as casebuilder 0.1 remembered it
            return Copy(digest, "")
        case _:
            return None


def _texts_in(folder: Path) -> list[Path]:
    paths = (path for path in listed(folder) if path.suffix.lower() in TEXT_SUFFIXES)
    return [path for path in paths if is_file(path) and not path.name.startswith("~$")]
