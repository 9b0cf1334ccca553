"""Reading in a process of its own: the worker started, fed, watched, and replaced where it breaks.

The worker reads ahead while its results are cleaned, so the way through another process
costs no time. One worker is kept for the next call.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import select
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import cast

from framing.read import worker
from framing.read.files import InputFile, Skipped
from framing.read.parsing import Parsed
from framing.read.records import Rejected

_AHEAD = 32  # files handed to the worker before it is done with the first; their names fit a pipe
_WALL_FACTOR = 20  # processor time is what counts; the clock only ends what waits for ever
_START = "import sys; sys.path[:] = {path!r}; from framing.read.worker import main; main()"


class _Worker:
    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _START.format(path=sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,  # select must see what is there to be read
        )
        self._out = self._process.stdout
        self._closed = False
        self._in = self._process.stdin

    def send(self, job: worker.Job) -> None:
        """Hand over a job; a worker that has died is noticed when its answer is awaited."""
        assert self._in is not None
        with contextlib.suppress(BrokenPipeError):
            worker.send(self._in, job)

    def receive(self, seconds: float) -> list[worker.Message] | None:
        """The next messages; None where the worker has died or says nothing for ``seconds``."""
        assert self._out is not None
        if sys.platform != "win32":  # select takes no pipes there
            ready, _, _ = select.select([self._out], [], [], seconds)
            if not ready:
                self._process.kill()
                return None
        messages = worker.receive(self._out)
        self._closed = messages is None
        return cast("list[worker.Message] | None", messages)

    def status(self) -> int | None:
        """Exit status, None while the worker runs."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self._process.wait(timeout=5 if self._closed else 0)  # its pipe closed: it is ending
        return None

    def end(self) -> int:
        """Stop the worker; its exit status, negative where a signal ended it."""
        for pipe in (self._in, self._out):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()
        try:
            return self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()


_idle: list[_Worker] = []


def _stop_idle() -> None:
    while _idle:
        _idle.pop().end()


def _forget_idle() -> None:
    _idle.clear()


atexit.register(_stop_idle)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_idle)  # a worker answers one process


def parsed(
    found: Iterable[InputFile | Skipped], mapping: Mapping[str, str]
) -> Iterator[tuple[InputFile | Skipped, Parsed | None]]:
    """(file, what is in it) for all of ``found``, in order; (skipped, None) for what is not opened."""
    reading = _Reading(dict(mapping))
    try:
        for one in found:
            reading.add(one)
            if reading.is_full:
                yield from reading.first()
        while reading.is_waiting:
            yield from reading.first()
    finally:
        reading.close()


class _Reading:
    """One run through files: those handed over and not answered yet, in order."""

    def __init__(self, mapping: dict[str, str]) -> None:
        self._mapping = mapping
        self._waiting: deque[tuple[InputFile | Skipped, worker.Job | None]] = deque()
        self._worker: _Worker | None = None

    @property
    def is_full(self) -> bool:
        return len(self._waiting) >= _AHEAD

    @property
    def is_waiting(self) -> bool:
        return bool(self._waiting)

    def add(self, file: InputFile | Skipped) -> None:
        """Hand ``file`` over to the worker."""
        job = None
        if isinstance(file, InputFile):
            is_packed = file.is_packed or file.head[:2] == b"PK"
            job = worker.Job(
                str(file.path),
                file.name,
                file.root,
                self._mapping,
                worker.cpu_seconds(file.size),
                worker.memory_bytes(file.size, is_packed=is_packed),
            )
            self._running().send(job)
        self._waiting.append((file, job))

    def _running(self) -> _Worker:
        if self._worker is None:
            self._worker = _idle.pop() if _idle else _Worker()
            if self._worker.status() is not None:  # it has rested
                self._worker.end()
                self._worker = _Worker()
        return self._worker

    def first(self) -> Iterator[tuple[InputFile | Skipped, Parsed | None]]:
        """What is in the file that has waited longest."""
        file, job = self._waiting[0]
        if job is None:
            self._waiting.popleft()
            yield file, None
            return
        reached = job.after
        while True:
            messages = self._running().receive(_WALL_FACTOR * job.cpu_seconds)
            if messages is None and self._has_rested():
                self._hand_over_again()
                continue
            if messages is None:
                yield file, Parsed("", "", self._broken(job, reached))
                if reached > job.after:  # an archive: the members after the one that broke it
                    job = replace(job, after=reached)
                    self._waiting[0] = (file, job)
                    self._hand_over_again()
                    continue
                self._waiting.popleft()
                self._hand_over_again()
                return
            for message in messages:
                if isinstance(message, Parsed):
                    yield file, message
                elif isinstance(message, int):
                    reached = message
                else:
                    self._waiting.popleft()
                    return

    def _has_rested(self) -> bool:
        """Whether the worker has ended of itself, for want of jobs; a new one is to take over."""
        if self._running().status() != 0:
            return False
        self._running().end()
        self._worker = None
        return True

    def _broken(self, job: worker.Job, reached: int) -> Rejected:
        status = self._running().end()
        self._worker = None
        index = reached if reached > job.after else None
        ended_by = signal.Signals(-status).name if status < 0 else f"exit status {status}"
        if ended_by == "SIGXCPU":
            limit = f"at most {job.cpu_seconds:.0f} s"
            return Rejected("takes too long to read", limit, "stopped", index)
        if ended_by == "SIGKILL":
            return Rejected("takes too much memory or time to read", "an ordinary file", "stopped", index)
        return Rejected("the reader broke down on it", "a readable file", ended_by, index)

    def _hand_over_again(self) -> None:
        for _, job in self._waiting:
            if job is not None:
                self._running().send(job)

    def close(self) -> None:
        """Keep the worker for the next call where it is at rest, else end it."""
        if self._worker is None:
            return
        if self._waiting or _idle:
            self._worker.end()
        else:
            _idle.append(self._worker)
