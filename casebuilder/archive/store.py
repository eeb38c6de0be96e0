"""Packages on the disk: read from a folder or a zip, written whole to a new version or not at all."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import shutil
import tempfile
import time
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from casebuilder.archive.bag import DECLARATION
from casebuilder.looking import is_dir, is_file, listed, read
from casebuilder.problems import CasebuilderError, msg

FOLDER = "arkiv"
_LEFT_BEHIND = ".~cb-"
_LEFT_AFTER = 3600
"""Seconds after which a temporary folder is a killed run's."""
_LARGEST = 1 << 32
"""Bytes that a zip may hold when unpacked."""


class NoPackage(CasebuilderError):
    """What was named is no package."""

    sentence = msg("{file} is no archive package: neither a folder nor a zip with the file bagit.txt in it.")


class NotArchived(CasebuilderError):
    """A package could not be written; nothing of it is left."""

    sentence = msg("The package could not be written to {folder}: {said}. Nothing was archived or changed.")


def versions(folder: Path) -> tuple[int, ...]:
    """Return the numbers of the versions of a meeting's package, the lowest first."""
    names = (path.name for path in listed(folder) if path.name.isdecimal() and is_dir(path))
    return tuple(sorted(map(int, names)))


def package_at(path: Path) -> dict[str, bytes]:
    """Return the files of a package, a folder or a zip, by their paths. Raises NoPackage, NotReadable."""
    if is_dir(path):
        found = files_below(path)
    elif is_file(path):
        found = _unzipped(path)
    else:
        raise NoPackage(file=path)
    if not any(PurePosixPath(name).name == DECLARATION for name in found):
        raise NoPackage(file=path)
    return found


def files_below(folder: Path) -> dict[str, bytes]:
    """Return all files below a folder by their paths in it; raises NotReadable."""
    return {each.relative_to(folder).as_posix(): read(each) for each in _below(folder)}


def _below(folder: Path) -> list[Path]:
    found = []
    for path in listed(folder):
        found += _below(path) if is_dir(path) and not path.is_symlink() else [path]
    return found


def _unzipped(path: Path) -> dict[str, bytes]:
    """Return the files of a zip, without the one folder that may stand around all of them."""
    try:
        with zipfile.ZipFile(io.BytesIO(read(path))) as package:
            if sum(each.file_size for each in package.infolist()) > _LARGEST:
                raise NoPackage(file=path)
            found = {name: package.read(name) for name in package.namelist() if not name.endswith("/")}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as fault:
        raise NoPackage(file=path) from fault
    tops = {name.partition("/")[0] for name in found}
    if DECLARATION not in found and len(tops) == 1:
        return {name.partition("/")[2]: data for name, data in found.items()}
    return found


def write_package(
    folder: Path, version: int, files: Mapping[str, bytes], refusal: type[CasebuilderError] = NotArchived
) -> Path:
    """Write a new version into a meeting's folder: to a temporary folder first, then renamed whole.

    Raises `refusal`; then nothing of it is left.
    """
    target = folder / str(version)
    temporary = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _tidy(folder)
        temporary = Path(tempfile.mkdtemp(prefix=_LEFT_BEHIND, dir=folder))
        for name, data in files.items():
            _write(temporary / name, data)
        if target.exists():  # somebody else has archived meanwhile
            raise FileExistsError(errno.EEXIST, "", str(target))
        temporary.chmod(0o755)
        temporary.rename(target)
    except OSError as fault:
        raise refusal(folder=target, said=fault.strerror or str(fault)) from fault
    finally:
        if temporary is not None:
            shutil.rmtree(temporary, ignore_errors=True)
    return target


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _tidy(folder: Path) -> None:
    """Remove what killed runs have left, not what a running one is writing."""
    latest = time.time() - _LEFT_AFTER
    for path in folder.glob(f"{_LEFT_BEHIND}*"):
        with contextlib.suppress(OSError):
            if path.stat().st_mtime < latest:
                shutil.rmtree(path)
