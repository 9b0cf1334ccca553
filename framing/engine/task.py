"""What every engine takes and gives back, and how a task that ends its worker is narrowed down."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

T = TypeVar("T")
R = TypeVar("R")
Task = tuple[T, ...]

# Tasks handed out at once for each worker: one at work, one waiting, so that none idles
# and the reading never runs far ahead.
AHEAD = 2


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T, R]):
    """A finished task; ``result`` is None where its one item ended every worker that took it."""

    task: Task[T]
    result: R | None


class Engine(Protocol):
    """Runs ``work`` on every task; outcomes come as they are done, in any order."""

    def run(self, work: Callable[[Task[T]], R], tasks: Iterable[Task[T]]) -> Iterator[Outcome[T, R]]:
        """``work`` is a function that can be pickled; an exception of it is raised here."""
        ...

    def kept(self) -> AbstractContextManager[None]:
        """Within the block the workers stay from one run to the next; without, each run starts its own."""
        ...


def narrowed(task: Task[T], attempt: Callable[[Task[T]], Outcome[T, R]]) -> Iterator[Outcome[T, R]]:
    """The outcomes of ``task``, halved as often as its worker dies, down to the item that does it.

    ``attempt`` runs a task while nothing else runs; an outcome without a result says that its worker died.
    """
    left = deque([task])
    while left:
        outcome = attempt(left.popleft())
        if outcome.result is not None or len(outcome.task) == 1:
            yield outcome
        else:
            middle = len(outcome.task) // 2
            left.extendleft((outcome.task[middle:], outcome.task[:middle]))


def one_thread() -> None:
    """One thread for the matrices of a worker, before numpy is imported: workers share the processors."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"
