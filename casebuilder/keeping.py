"""What is kept to spare the next run time. Deleted or spoilt it costs that time, and nothing else.

Each entry begins with a mark made of its name and its bytes: one that is half-written, changed or in
another's place is as good as not there. So nothing waits for the disk, and nothing is ever wrong.
"""

from __future__ import annotations

import contextlib
import hashlib
from dataclasses import dataclass
from pathlib import Path

MEMORY = ".casebuilder"
"""The folder in `output/` for what casebuilder must remember."""


@dataclass(frozen=True)
class Keeping:
    """Entries by kind and key in a folder that may be written in, or is only looked at."""

    folder: Path
    may_write: bool = True

    def get(self, kind: str, key: str) -> bytes | None:
        """Return an entry, if it is there and whole."""
        try:
            mark, _, data = self._path(kind, key).read_bytes().partition(b"\n")
        except OSError:
            return None
        return data if mark == _mark(kind, key, data) else None

    def put(self, kind: str, key: str, data: bytes) -> None:
        """Keep an entry; if it cannot be kept, never mind."""
        from casebuilder.writing import replace_with  # noqa: PLC0415 - a run that keeps nothing needs it not

        if self.may_write:
            with contextlib.suppress(OSError):
                replace_with(self._path(kind, key), _mark(kind, key, data) + b"\n" + data)

    def forget(self, kind: str, most: int) -> None:
        """Forget what was kept longest ago, so that so many entries of a kind are left."""
        with contextlib.suppress(OSError):  # next time, then
            paths = sorted((self.folder / kind).iterdir(), key=lambda path: path.stat().st_mtime)
            for path in paths[:-most]:
                path.unlink()

    def _path(self, kind: str, key: str) -> Path:
        return self.folder / kind / f"{key}.txt"


def _mark(kind: str, key: str, data: bytes) -> bytes:
    made_of = hashlib.sha256(f"{kind}\n{key}\n".encode())
    made_of.update(data)
    return made_of.hexdigest().encode()
