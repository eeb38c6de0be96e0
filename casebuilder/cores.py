"""Papers made on several cores, or here: the same papers in the same order, whatever becomes of a core."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from itertools import chain
from math import ceil
from typing import ParamSpec, TypeVar

from casebuilder.making import Job, Made, packed_register, papers, papers_elsewhere
from casebuilder.register.records import Register

_HERE = 100
"""Papers whose texts one pandoc reads, when they are made here."""
_FEW = 16
"""Papers that are made here, for starting another process costs as much."""
_ELSEWHERE = 25
"""Papers that go to another process at once, at most: one pandoc reads their texts."""
_AHEAD = 8
"""Such bundles that are on their way: a run of thousands holds no more of them."""

_MOST_CORES = 61
"""All that Windows lets one process wait for."""

Bundle = list[Job | Made]
_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")


def made_in_order(
    register: Register, work: Iterable[Job | Made], executor: Executor | None, most: int
) -> Iterator[tuple[Job | None, Made]]:
    """Yield every paper in order, with the job that it was made by; what is made already passes by.

    `most` is how many papers there are at most, so that every core gets as many.
    """
    bundles = _bundles(iter(work), _even(most) if executor else _HERE)
    first = [bundle for bundle in (next(bundles, None), next(bundles, None)) if bundle is not None]
    if executor and len(first) > 1:
        yield from _elsewhere(register, chain(first, bundles), executor)
        return
    for bundle in chain(first, bundles):
        yield from _in_turn(bundle, papers(register, _jobs(bundle)))


def _even(most: int) -> int:
    """Return how many papers go to another process at once, so that all cores are done together."""
    if most <= _FEW:
        return _FEW
    cores = os.cpu_count() or 1
    rounds = ceil(most / (cores * _ELSEWHERE))
    return max(ceil(most / (cores * rounds)), _FEW // 2)


def _bundles(work: Iterator[Job | Made], size: int) -> Iterator[Bundle]:
    """Yield the work in rows that have so many jobs, the last one fewer."""
    bundle: Bundle = []
    jobs = 0
    for each in work:
        if jobs == size and isinstance(each, Job):
            yield bundle
            bundle, jobs = [], 0
        bundle.append(each)
        jobs += isinstance(each, Job)
    if bundle:
        yield bundle


def _elsewhere(
    register: Register, bundles: Iterable[Bundle], executor: Executor
) -> Iterator[tuple[Job | None, Made]]:
    packed = packed_register(register)
    under_way: deque[tuple[Bundle, Future[tuple[Made, ...]] | None]] = deque()
    for bundle in bundles:
        under_way.append((bundle, _submitted(executor, packed, _jobs(bundle))))
        if len(under_way) == _AHEAD:
            yield from _fetched(register, *under_way.popleft())
    while under_way:
        yield from _fetched(register, *under_way.popleft())


def _submitted(executor: Executor, register: bytes, jobs: list[Job]) -> Future[tuple[Made, ...]] | None:
    """Send jobs away; None if nobody takes them."""
    try:
        return executor.submit(papers_elsewhere, register, jobs)
    except (BrokenExecutor, OSError, ImportError, NotImplementedError):  # no process can be started here
        return None


def _fetched(
    register: Register, bundle: Bundle, sent: Future[tuple[Made, ...]] | None
) -> Iterator[tuple[Job | None, Made]]:
    """Yield what was made elsewhere; what has come to grief there is made here, where a fault would show."""
    try:
        is_lost = sent is None or sent.exception() is not None
    except CancelledError:
        is_lost = True
    made = papers(register, _jobs(bundle)) if sent is None or is_lost else iter(sent.result())
    yield from _in_turn(bundle, made)


def _jobs(bundle: Bundle) -> list[Job]:
    return [each for each in bundle if isinstance(each, Job)]


def _in_turn(bundle: Bundle, made: Iterator[Made]) -> Iterator[tuple[Job | None, Made]]:
    for each in bundle:
        yield (each, next(made)) if isinstance(each, Job) else (None, each)


class Cores(Executor):
    """All cores of this computer, none of which is asked before there is something for it to do."""

    def __init__(self) -> None:
        """Start nothing yet."""
        self._pool: Executor | None = None

    def submit(
        self, fn: Callable[_Given, _Result], /, *args: _Given.args, **kwargs: _Given.kwargs
    ) -> Future[_Result]:
        """Have a core do something; raises what ProcessPoolExecutor raises."""
        if self._pool is None:
            self._pool = _pool()
        return self._pool.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002
        """Let go of the cores."""
        if self._pool is not None:
            self._pool.shutdown(wait=wait, cancel_futures=cancel_futures)


def _pool() -> Executor:
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - slow to load, and seldom needed

    return ProcessPoolExecutor(min(os.cpu_count() or 1, _MOST_CORES), initializer=_leave_stopping_to_us)


def _leave_stopping_to_us() -> None:
    """Have a worker say nothing of Ctrl+C, which the terminal sends to every process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
