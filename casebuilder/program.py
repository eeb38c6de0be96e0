"""Which program this is: a name for its files, its libraries and its Python, for what is kept of a run.

A version number alone would not do: a library may be another one under the same version of ours. Files
are known by size and time, as Python itself knows whether a module is another than the one it compiled.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from functools import cache

_HERE = os.path.dirname(__file__)  # noqa: PTH120 - Paths cost more than all of this, at each start
_LIBRARIES = (".dist-info", ".egg-info")


@cache
def fingerprint() -> str:
    """Return a name that is another one as soon as anything of the program is."""
    made_of = (sys.version, sys.platform, _size_and_time(sys.executable), _libraries(), sorted(_files(_HERE)))
    return hashlib.sha256(repr(made_of).encode()).hexdigest()


def key_of(file: str, data: bytes) -> str:
    """Return a name for what this program finds in a file of this name with these bytes."""
    return hashlib.sha256(f"{fingerprint()}\n{file}\n".encode("utf-8", "surrogatepass") + data).hexdigest()


def _libraries() -> list[str]:
    """Return the names of what is installed, versions among them."""
    return sorted(name for folder in sys.path for name in _listed(folder) if name.endswith(_LIBRARIES))


def _listed(folder: str) -> list[str]:
    try:
        return os.listdir(folder or ".")  # noqa: PTH208 - as above
    except OSError:  # an archive, or a folder that is gone
        return []


def _files(folder: str) -> Iterator[tuple[str, int, int]]:
    """Yield the files of our own package; a frozen program has none and is known by itself."""
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.is_dir():
            if entry.name != "__pycache__":
                yield from _files(entry.path)
        else:
            yield (entry.path, *_size_and_time(entry.path))


def _size_and_time(path: str) -> tuple[int, int]:
    try:
        there = os.stat(path)  # noqa: PTH116 - as above
    except OSError:
        return (0, 0)
    return (there.st_size, there.st_mtime_ns)
