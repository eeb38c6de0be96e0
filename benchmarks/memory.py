"""How much memory a command takes, its processes together: looked at ten times a second while it runs.

Memory that processes share is counted once (PSS), so that a pool of workers is neither flattered nor blamed.
Only Linux tells this; elsewhere nothing is measured.
"""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import ours
from benchmarks.papers import ROOT

_PROC = Path("/proc")
_PAUSE = 0.05


@dataclass(frozen=True)
class Peak:
    """Bytes: of all processes at the worst moment, and of the largest single one."""

    together: int
    largest: int


def may_measure() -> bool:
    """Tell whether this machine says how much memory a process has."""
    return (_PROC / "self" / "smaps_rollup").is_file()


def peak_of(command: Sequence[str]) -> tuple[Peak, float]:
    """Run a command to its end; return its peak and the seconds it took."""
    together = largest = 0
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, env=ours.as_installed(), stdout=subprocess.DEVNULL)
    while process.poll() is None:
        sizes = [_kilobytes(pid) for pid in _family(process.pid)]
        together = max(together, sum(shared for shared, _whole in sizes))
        largest = max(largest, *(whole for _shared, whole in sizes), 0)
        time.sleep(_PAUSE)
    seconds = time.perf_counter() - start
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, list(command))
    return Peak(together * 1024, largest * 1024), seconds


def _family(root: int) -> Iterator[int]:
    """Yield a process and everything that it and its children have started."""
    children: dict[int, list[int]] = {}
    for path in _PROC.glob("[0-9]*/stat"):
        fields = _read(path).rpartition(")")[2].split()
        if fields:
            children.setdefault(int(fields[1]), []).append(int(path.parent.name))
    left = [root]
    while left:
        pid = left.pop()
        yield pid
        left += children.get(pid, [])


def _kilobytes(pid: int) -> tuple[int, int]:
    """Return a process's part of the memory now, and the most that it has had itself."""
    shared, whole = _read(_PROC / str(pid) / "smaps_rollup"), _read(_PROC / str(pid) / "status")
    return _line(shared, "Pss:"), _line(whole, "VmHWM:")


def _line(text: str, name: str) -> int:
    return next((int(line.split()[1]) for line in text.splitlines() if line.startswith(name)), 0)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:  # the process has ended meanwhile
        return ""
