"""Where the work on articles runs: in this process, or in several of this machine.

A task is a tuple of articles; a worker finishes it alone and writes what comes of it to
the study. The results are the same on every engine. A worker that dies takes nothing with it:
its tasks run again one at a time, and a task that ends its worker once more is halved until
the article that does it stands alone, which is then given back as lost.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Generic, Protocol, TypeVar

from framing.article import Article, FramingError

Task = tuple[Article, ...]
R = TypeVar("R")

# Tasks handed out at once for each worker: one at work, one waiting, so that none idles
# and the reading never runs far ahead.
AHEAD = 2


@dataclass(frozen=True, slots=True)
class Outcome(Generic[R]):
    """A finished task; ``result`` is None where its one article ended every worker that took it."""

    task: Task
    result: R | None


class Engine(Protocol):
    """Runs ``work`` on every task; outcomes come as they are done, in any order."""

    def run(self, work: Callable[[Task], R], tasks: Iterable[Task]) -> Iterator[Outcome[R]]:
        """``work`` is a function that can be pickled; an exception of it is raised here."""
        ...


def engine(name: str = "here") -> Engine:
    """The engine called ``name``: ``here`` or ``processes[:N]``; N defaults to the number of processors.

    Raises FramingError for another name and a bad number.
    """
    kind, _, detail = name.partition(":")
    if kind == "here" and not detail:
        return Here()
    if kind == "processes":
        if detail and not (detail.isdecimal() and int(detail) > 0):
            raise FramingError(f"engine {name!r}: {detail!r} is no number of processes; e.g. processes:4")
        return Processes(int(detail) if detail else os.cpu_count() or 1)
    raise FramingError(f"no engine {name!r}; known: here, processes[:N]")


class Here:
    """In this process, one task after the other."""

    def run(self, work: Callable[[Task], R], tasks: Iterable[Task]) -> Iterator[Outcome[R]]:
        """See :class:`Engine`."""
        for task in tasks:
            yield Outcome(task, work(task))


def one_thread() -> None:
    """One thread for the matrices of a worker, before numpy is imported: workers share the processors."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"


class Processes:
    """In ``n`` processes of this machine."""

    def __init__(self, n: int) -> None:
        self.n = n

    def run(self, work: Callable[[Task], R], tasks: Iterable[Task]) -> Iterator[Outcome[R]]:
        """See :class:`Engine`."""
        waiting = iter(tasks)
        suspects: list[Task] = []
        while True:
            with self._pool(self.n) as pool:
                suspects += yield from self._round(pool, work, waiting)
            if not suspects:
                return
            for task in suspects:
                yield from self._alone(work, task)
            suspects = []

    def _round(
        self, pool: ProcessPoolExecutor, work: Callable[[Task], R], waiting: Iterator[Task]
    ) -> Generator[Outcome[R], None, list[Task]]:
        """Outcomes until the tasks are done or a worker dies; returns the tasks that were lost with it."""
        running: dict[Future[R], Task] = {}
        lost: list[Task] = []
        try:
            while not lost:
                while len(running) < AHEAD * self.n and (task := next(waiting, None)) is not None:
                    try:
                        running[pool.submit(work, task)] = task
                    except BrokenProcessPool:
                        lost.append(task)
                        break
                if not running:
                    break
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    task = running.pop(future)
                    try:
                        yield Outcome(task, future.result())
                    except BrokenProcessPool:
                        lost.append(task)
            return [*lost, *running.values()] if lost else []
        finally:
            for future in running:
                future.cancel()

    def _alone(self, work: Callable[[Task], R], task: Task) -> Iterator[Outcome[R]]:
        """A task that was lost with a worker, in a process of its own, halved where that dies as well."""
        left = deque([task])
        while left:
            one = left.popleft()
            with self._pool(1) as pool:
                try:
                    yield Outcome(one, pool.submit(work, one).result())
                    continue
                except BrokenProcessPool:
                    pass
            if len(one) == 1:
                yield Outcome(one, None)
            else:
                left.extendleft(reversed(halves(one)))

    def _pool(self, n: int) -> ProcessPoolExecutor:
        # A forked child would inherit locks of numpy's threads and of Streamlit.
        return ProcessPoolExecutor(n, mp_context=get_context("spawn"), initializer=one_thread)


def halves(task: Task) -> list[Task]:
    """A task of several articles as two."""
    middle = len(task) // 2
    return [task[:middle], task[middle:]]
