"""Contestants that live in processes of their own, kept warm between rounds: a line in, the seconds out.

A worker gets one line for every round on its standard input, makes all the papers of its lot, and answers
with `{"seconds": …}`, timed by its own clock around the work alone.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.papers import ROOT


class WorkerFailed(Exception):
    """A worker ended before it answered."""


class Worker:
    """A process that makes the same papers again and again."""

    def __init__(self, command: Sequence[str]) -> None:
        """Start it."""
        self._process = subprocess.Popen(
            list(command),
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def run(self) -> float:
        """Make all the papers once; return the seconds it took."""
        to, back = self._process.stdin, self._process.stdout
        if to is None or back is None:
            raise WorkerFailed
        to.write("round\n")
        to.flush()
        answer = back.readline()
        if not answer:
            raise WorkerFailed(self._process.args)
        return float(json.loads(answer)["seconds"])

    def close(self) -> None:
        """Let it end."""
        if self._process.stdin:
            self._process.stdin.close()
        self._process.wait()
        if self._process.stdout:
            self._process.stdout.close()


def python_worker(peer: str, lot: Path) -> Worker:
    """Start one of the contestants that are written in Python."""
    return Worker([sys.executable, "-m", "benchmarks.peers", peer, str(lot)])


def may_choose_cores() -> bool:
    """Tell whether a process can be held to fewer cores here, and there is more than one."""
    return hasattr(os, "sched_setaffinity") and len(os.sched_getaffinity(0)) > 1


@contextmanager
def on_cores(cores: int) -> Iterator[None]:
    """Let what is started meanwhile run on so many cores only, whatever it is written in."""
    if not may_choose_cores():
        yield
        return
    every = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(every)[:cores])
    try:
        yield
    finally:
        os.sched_setaffinity(0, every)
