"""A file written whole or not at all, and never over one that is not what it was when it was read."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
from pathlib import Path

from casebuilder.looking import NotReadable, read_if_there

_LONGEST_PATH = 259
"""Characters of a path that Windows takes by itself."""


class WriteRefused(Exception):
    """A file could not be written; nothing was changed. `reason` is a sentence's message id."""

    def __init__(self, path: Path) -> None:
        """Name the file."""
        super().__init__(str(path))
        self.path = path


class ChangedMeanwhile(WriteRefused):
    """The file is no longer the one that was read."""


class InUse(WriteRefused):
    """The file or folder is open in another program, or may not be written.

    `lock` is the lock file that tells so, if there is one, and `said` what stands in it.
    """

    def __init__(self, path: Path, lock: Path | None = None, said: bytes = b"") -> None:
        """Name the file and its lock file."""
        super().__init__(path)
        self.lock, self.said = lock, said


class TooLong(WriteRefused):
    """The path has more characters than Windows takes."""


class NoRoom(WriteRefused):
    """The disk is full, or the write failed half-way; the old file still stands."""


def sha256(data: bytes) -> str:
    """Return the SHA-256 of bytes, in lower-case hex."""
    return hashlib.sha256(data).hexdigest()


def put(path: Path, data: bytes, expected: str | None) -> None:
    """Write a file whole, if what stands there still has the hash `expected` (None: nothing).

    If it already is what was to be written, that is well. Raises ChangedMeanwhile, InUse, NoRoom or
    TooLong; in each case the old file stands as it was.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = _written_beside(path, data)
    except OSError as fault:
        raise _refusal(path, fault) from fault
    try:
        there = hash_of(path)
        if there == sha256(data):
            return
        if there != expected:
            raise ChangedMeanwhile(path)
        temporary.replace(path)
    except NotReadable as fault:
        raise InUse(path) from fault
    except OSError as fault:
        raise _refusal(path, fault) from fault
    finally:
        with contextlib.suppress(OSError):  # it may be gone, or held by a virus scanner
            temporary.unlink(missing_ok=True)


def replace_with(path: Path, data: bytes) -> None:
    """Write a file whole over whatever stands there, without waiting for the disk; raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = _written_beside(path, data, waits=False)
    try:
        temporary.replace(path)
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def _refusal(path: Path, fault: OSError) -> WriteRefused:
    is_long = isinstance(fault, FileNotFoundError) and len(str(path)) > _LONGEST_PATH
    if fault.errno == errno.ENAMETOOLONG or is_long:
        return TooLong(path)
    if isinstance(fault, PermissionError) or fault.errno == errno.EROFS:
        return InUse(path)
    return NoRoom(path)


def hash_of(path: Path) -> str | None:
    """Return the hash of a file as it stands; None if there is none. Raises NotReadable."""
    data = read_if_there(path)
    return None if data is None else sha256(data)


def _written_beside(path: Path, data: bytes, *, waits: bool = True) -> Path:
    """Write bytes to a new file in the same folder and see them safely on the disk.

    It may be read by whoever the folder lets in, which a file of the module tempfile may not.
    """
    temporary = path.with_name(f".~cb-{os.urandom(8).hex()}.tmp")
    try:
        with temporary.open("xb") as stream:
            stream.write(data)
            if waits:
                stream.flush()
                os.fsync(stream.fileno())
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    return temporary
