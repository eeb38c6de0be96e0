"""What lies in a folder: listed, looked at and read, and never outside it.

Every look can fail: a share goes away, another program holds the file. That is NotReadable, with its name.
"""

from __future__ import annotations

import errno
from collections.abc import Callable
from datetime import datetime
from pathlib import Path, PureWindowsPath

from casebuilder.filenames import is_device
from casebuilder.problems import CasebuilderError, msg


class NotReadable(CasebuilderError):
    """A file is there but cannot be read."""

    sentence = msg("{file} cannot be read. Close it in other programs and run the command again.")


def below(folder: Path, name: str, start: Path | None = None) -> Path | None:
    r"""Return the path that a name leads to from `start`, else from the folder; None outside the folder.

    What names a drive, a server or a device of Windows is refused before it is looked at: looking at
    a path like \\server\share already sends the clerk's log-on there.
    """
    windows = PureWindowsPath(name)
    if windows.anchor or name.startswith("/") or any(is_device(part) for part in windows.parts):
        return None
    path = (start or folder) / name
    try:
        return path if path.resolve().is_relative_to(folder.resolve()) else None
    except (OSError, RuntimeError, ValueError):  # links in a ring; a name that no file can have
        return None


def is_file(path: Path) -> bool:
    """Tell whether there is a file of this name."""
    return _looked_at(path, Path.is_file)


def is_dir(path: Path) -> bool:
    """Tell whether there is a folder of this name."""
    return _looked_at(path, Path.is_dir)


def _looked_at(path: Path, look: Callable[[Path], bool]) -> bool:
    """Tell what a path is; raises NotReadable if that cannot be seen."""
    try:
        return look(path)
    except OSError as fault:
        if fault.errno == errno.ENAMETOOLONG:  # no file can have such a name
            return False
        raise NotReadable(file=path) from fault


def listed(folder: Path) -> list[Path]:
    """Return what lies in a folder, by name; nothing if there is no such folder."""
    try:
        return sorted(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as fault:
        raise NotReadable(file=folder) from fault


def read(path: Path) -> bytes:
    """Return a file's bytes."""
    try:
        return path.read_bytes()
    except OSError as fault:
        raise NotReadable(file=path) from fault


def read_if_there(path: Path) -> bytes | None:
    """Return a file's bytes; None if it is not there, or vanishes while another run moves it."""
    try:
        return path.read_bytes() if is_file(path) else None
    except FileNotFoundError:
        return None
    except OSError as fault:
        raise NotReadable(file=path) from fault


def written_at(path: Path) -> datetime:
    """Return when a file was last written, in local time; raises NotReadable."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    except OSError as fault:
        raise NotReadable(file=path) from fault


def stamp(path: Path) -> str:
    """Return a file's size and the moment it was written, as a mark; empty if there is none."""
    try:
        there = path.stat()
    except OSError:
        return ""
    return f"{there.st_size}:{there.st_mtime_ns}"
