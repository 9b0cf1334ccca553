"""Several processes of this machine."""

from __future__ import annotations

import atexit
import os
import threading
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context, parent_process

from framing.engine.task import AHEAD, Outcome, R, T, Task, narrowed, one_thread


class Processes:
    """In ``n`` processes of this machine."""

    def __init__(self, n: int) -> None:
        self.n = n
        self._keeping = False
        self._pool: ProcessPoolExecutor | None = None

    @contextmanager
    def kept(self) -> Iterator[None]:
        """See :class:`framing.engine.Engine`."""
        if self._keeping:
            yield
            return
        self._keeping = True
        try:
            yield
        finally:
            self._keeping = False
            self._end()

    def run(self, work: Callable[[Task[T]], R], tasks: Iterable[Task[T]]) -> Iterator[Outcome[T, R]]:
        """See :class:`framing.engine.Engine`."""
        waiting = iter(tasks)
        with self.kept():
            while suspects := (yield from self._round(self._workers(), work, waiting)):
                self._end()
                for task in suspects:
                    yield from narrowed(task, partial(_alone, work))

    def _workers(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = _pool(self.n)
        return self._pool

    def _end(self) -> None:
        if self._pool is not None:
            self._pool.shutdown()
            self._pool = None

    def _round(
        self, pool: ProcessPoolExecutor, work: Callable[[Task[T]], R], waiting: Iterator[Task[T]]
    ) -> Generator[Outcome[T, R], None, list[Task[T]]]:
        """Outcomes until the tasks are done or a worker dies; returns the tasks that were lost with it."""
        running: dict[Future[R], Task[T]] = {}
        lost: list[Task[T]] = []
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


def _alone(work: Callable[[Task[T]], R], task: Task[T]) -> Outcome[T, R]:
    """A task in a process of its own."""
    with _pool(1) as pool:
        try:
            return Outcome(task, pool.submit(work, task).result())
        except BrokenProcessPool:
            return Outcome(task, None)


def _pool(n: int) -> ProcessPoolExecutor:
    # A forked child would inherit locks of numpy's threads and of Streamlit.
    return ProcessPoolExecutor(n, mp_context=get_context("spawn"), initializer=_begin)


def _begin() -> None:
    one_thread()
    # At its end: to free a worker's memory object by object takes up to a second.
    atexit.register(os._exit, 0)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Where the parent was killed, a worker would wait for its next task for ever."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
