"""Where work runs: in this process, in several of this machine, or on a Dask cluster.

A task is a tuple of items: articles to annotate, events to align, tables to make. A worker finishes it
alone and writes what comes of it to the study. The results are the same on every engine. A worker that
dies takes nothing with it: its tasks run again one at a time, and a task that ends its worker once
more is halved until the item that does it stands alone, which is then given back as lost.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext

from framing.article import FramingError
from framing.engine.cluster import Dask
from framing.engine.processes import Processes
from framing.engine.task import Engine, Outcome, R, T, Task

__all__ = ["Dask", "Engine", "Here", "Outcome", "Processes", "Task", "engine"]


def engine(name: str = "here") -> Engine:
    """The engine called ``name``: ``here``, ``processes[:N]`` or ``dask[:ADDRESS]``.

    N defaults to the number of processors; without an address Dask starts workers here.

    Raises FramingError for another name, a bad number, and where Dask is not installed.
    """
    kind, _, detail = name.partition(":")
    if kind == "here" and not detail:
        return Here()
    if kind == "processes":
        if detail and not (detail.isdecimal() and int(detail) > 0):
            raise FramingError(f"engine {name!r}: {detail!r} is no number of processes; e.g. processes:4")
        return Processes(int(detail) if detail else os.cpu_count() or 1)
    if kind == "dask":
        return Dask(detail)
    raise FramingError(f"no engine {name!r}; known: here, processes[:N], dask[:ADDRESS]")


class Here:
    """In this process, one task after the other."""

    def run(self, work: Callable[[Task[T]], R], tasks: Iterable[Task[T]]) -> Iterator[Outcome[T, R]]:
        """See :class:`framing.engine.Engine`."""
        for task in tasks:
            yield Outcome(task, work(task))

    def kept(self) -> AbstractContextManager[None]:
        """There is nothing to keep."""
        return nullcontext()
