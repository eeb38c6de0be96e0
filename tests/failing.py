"""Calls to the file system that fail, or that the process dies at: each one below a folder, by its number.

An audit hook (PEP 578) sees every opening, renaming, removing, making and listing, whoever asks for it;
what has no audit event (looking, writing, seeing it safe on the disk) is wrapped.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any, Self

import pytest

AUDITED = frozenset(
    {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.scandir", "os.listdir", "tempfile.mkstemp"}
)
Act = Callable[[int, str], None]
"""What is done at the call of a number and name; it may raise."""


class Watch:
    """Counts the calls below a folder and acts at each."""

    def __init__(self, folder: Path, act: Act) -> None:
        """Watch a folder."""
        self.folder, self.act = str(folder), act
        self.calls: list[str] = []

    def meets(self, name: str, path: object) -> None:
        """Count a call, if it is about a file below the folder."""
        if isinstance(path, str | os.PathLike) and str(path).startswith(self.folder):
            self.calls.append(name)
            self.act(len(self.calls) - 1, name)


_watching: list[Watch] = []


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if _watching and event in AUDITED and arguments:
        mode = arguments[1] if event == "open" else ""
        _watching[-1].meets(f"{event} {mode}".strip(), arguments[0])


sys.addaudithook(_hook)


class _Stream:
    """A file being written, whose writes and flushes are met too; a failing write gets half-way."""

    def __init__(self, stream: IO[Any], watch: Watch) -> None:
        self.stream, self.watch = stream, watch

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_fault: object) -> None:
        self.stream.close()

    def write(self, data: bytes) -> int:
        self.stream.write(data[: len(data) // 2])
        self.watch.meets("write", self.watch.folder)
        return int(self.stream.write(data[len(data) // 2 :]))

    def flush(self) -> None:
        self.watch.meets("flush", self.watch.folder)
        self.stream.flush()

    def fileno(self) -> int:
        return int(self.stream.fileno())


@contextlib.contextmanager
def watched(folder: Path, act: Act) -> Iterator[Watch]:
    """Let `act` meet every call below a folder."""
    watch = Watch(folder, act)
    look, sync, opened = os.stat, os.fsync, os.fdopen

    def stat(path: Any, *more: Any, **named: Any) -> os.stat_result:
        watch.meets("stat", path)
        return look(path, *more, **named)

    def fsync(handle: int) -> None:
        watch.meets("fsync", watch.folder)
        sync(handle)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(os, "stat", stat)
        patched.setattr(os, "fsync", fsync)
        patched.setattr(os, "fdopen", lambda handle, mode: _Stream(opened(handle, mode), watch))
        _watching.append(watch)
        try:
            yield watch
        finally:
            _watching.remove(watch)
