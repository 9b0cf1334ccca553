"""Dask: workers of this machine, or of a cluster that shares the disk of the study (``framing[cluster]``)."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from framing.article import FramingError
from framing.engine.task import AHEAD, Outcome, R, T, Task, narrowed, one_thread

if TYPE_CHECKING:
    from distributed import Client, Future

LOCAL_WORKERS = 2
# What a run keeps of tasks that were lost with a worker before it looks into them: an article that
# kills is rare, and the other workers idle meanwhile.
_MOST_SUSPECTS = 16
_ANSWER_SECONDS = 10
_CONFIG = {
    # A task that ended two workers is looked into; the default of four only takes longer to find out.
    "distributed.scheduler.allowed-failures": 1,
    # No task waits behind another on a worker, where it would die with it.
    "distributed.scheduler.worker-saturation": 1.0,
    # A cluster of this machine gives a worker up for good that is dead this long after a loss, be it of
    # another loss: while an article that kills is looked for, both would go and nothing come back.
    "distributed.deploy.lost-worker-timeout": "1 week",
    # Articles travel with their task; scattered, they would be lost with the worker that holds them.
    "distributed.admin.large-graph-warning-threshold": "1GB",
}


class Dask:
    """On the scheduler at ``address`` (or in a scheduler file); empty: a cluster here, closed at the end.

    The workers of a cluster need the same versions and see the study under the same path.

    Raises FramingError where Dask is not installed or no scheduler answers.
    """

    def __init__(self, address: str = "", *, workers: int = LOCAL_WORKERS) -> None:
        try:
            import distributed  # noqa: F401
        except ImportError as error:
            raise FramingError(
                f"the engine dask is not installed ({error}); `pip install 'framing[cluster]'` installs it"
            ) from error
        self.address, self.workers = address, workers
        self._client: Client | None = None

    @contextmanager
    def kept(self) -> Iterator[None]:
        """See :class:`framing.engine.Engine`."""
        if self._client is not None:
            yield
            return
        import dask

        with ExitStack() as stack:
            stack.enter_context(dask.config.set(_CONFIG))
            self._client = stack.enter_context(self._connected(stack))
            stack.callback(setattr, self, "_client", None)
            yield

    def run(self, work: Callable[[Task[T]], R], tasks: Iterable[Task[T]]) -> Iterator[Outcome[T, R]]:
        """See :class:`framing.engine.Engine`; FramingError where the scheduler is lost on the way."""
        from distributed.comm import CommClosedError

        waiting = iter(tasks)
        with self.kept():
            client = self._client
            assert client is not None
            try:
                while suspects := (yield from _round(client, work, waiting)):
                    for task in suspects:
                        yield from narrowed(task, partial(_alone, client, work))
            except (CancelledError, CommClosedError) as error:
                raise FramingError(
                    f"the Dask scheduler was lost ({error}); run the same command again, it takes up there"
                ) from error

    def _connected(self, stack: ExitStack) -> Client:
        from distributed import Client, LocalCluster

        if self.address:
            return Client(_answering(self.address), set_as_default=False)
        one_thread()  # the workers inherit it
        cluster = LocalCluster(  # loopback only, any free port
            n_workers=self.workers,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            dashboard_address="127.0.0.1:0",
            silence_logs=logging.CRITICAL,  # what became of every article stands in the import report
        )
        return Client(stack.enter_context(cluster), set_as_default=False)


def _answering(address: str) -> str:
    """The address of the scheduler, or that in its file, once something answers there.

    A client that could not connect would keep the program from ending for a minute.
    """
    from distributed.comm import connect

    async def answer(address: str) -> None:
        comm = await connect(address, timeout=_ANSWER_SECONDS)
        await comm.close()

    try:
        file = Path(address)
        found = str(json.loads(file.read_text("utf-8"))["address"]) if file.is_file() else address
        with ThreadPoolExecutor(1) as aside:  # a notebook has a loop of its own in this thread
            aside.submit(asyncio.run, answer(found)).result()
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise FramingError(
            f"no Dask scheduler answers at {address!r} ({error}); name the address that `dask scheduler`"
            " printed, e.g. dask:tcp://10.0.0.1:8786, or the file that it wrote"
        ) from error
    return found


def _round(
    client: Client, work: Callable[[Task[T]], R], waiting: Iterator[Task[T]]
) -> Generator[Outcome[T, R], None, list[Task[T]]]:
    """Outcomes until the tasks are done or too many were lost; returns those lost with their workers."""
    running: dict[Future, Task[T]] = {}
    lost: list[Task[T]] = []
    while True:
        n_workers = max(1, len(client.nthreads()))  # a cluster grows and shrinks
        while len(lost) < _MOST_SUSPECTS and len(running) < AHEAD * n_workers:
            task = next(waiting, None)
            if task is None:
                break
            running[client.submit(work, task, pure=False)] = task
        if not running:
            return lost
        outcomes: list[Outcome[T, R]] = _done(client, running)
        for outcome in outcomes:
            if outcome.result is None:
                lost.append(outcome.task)
            else:
                yield outcome


def _alone(client: Client, work: Callable[[Task[T]], R], task: Task[T]) -> Outcome[T, R]:
    """A task while no other runs."""
    outcomes: list[Outcome[T, R]] = _done(client, {client.submit(work, task, pure=False): task})
    return outcomes[0]


def _done(client: Client, running: dict[Future, Task[T]]) -> list[Outcome[T, R]]:
    """Wait for one task or more to be done, and take them out of ``running``."""
    from distributed import KilledWorker, wait

    with client.as_current():
        finished = wait(list(running), return_when="FIRST_COMPLETED").done
    outcomes: list[Outcome[T, R]] = []
    for future in finished:
        task = running.pop(future)
        try:
            outcomes.append(Outcome(task, future.result()))
        except KilledWorker:
            outcomes.append(Outcome(task, None))
    return outcomes
