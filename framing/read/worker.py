"""The process that parses: files come in, what is in them goes out, limits hold all the while.

Libraries that parse HTML, XML and packed files can be brought to hang or to take all
memory. Here each file has limits on processor time and memory, set before it is opened
and moved on with every article that comes out; a file that breaks them ends this process
alone. :mod:`framing.read.isolation` starts it, and another one for the next file.
"""

from __future__ import annotations

import contextlib
import importlib
import math
import os
import pickle
import select
import struct
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from types import ModuleType
from typing import BinaryIO, Protocol

from framing.read import files, parsing
from framing.read.records import Rejected

HEADER = struct.Struct("<I")
CPU_SECONDS = 6  # a page takes 0.02 to 0.5; the largest that are accepted a few
CPU_SECONDS_PER_MB = 0.1  # tables and archives are read at 20 to 100 MB a second
MEMORY_BYTES = 400 * 2**20
MEMORY_PER_BYTE = 12  # of a file as it lies: bytes, text, composed text, a table's cells
MEMORY_PER_PACKED_BYTE = 60
MAX_MEMORY_BYTES = 4 * 2**30
IDLE_SECONDS = 1.5  # then the worker ends and gives its memory back; another is started where more comes
_FLUSH_ITEMS = 64
_FLUSH_SECONDS = 0.2


class Readable(Protocol):
    """What values are received from."""

    def read(self, n: int, /) -> bytes | None: ...


class Writable(Protocol):
    """What values are sent to."""

    def write(self, data: bytes, /) -> int | None: ...

    def flush(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Job:
    """A file to parse. ``after``: see :func:`framing.read.parsing.parse`."""

    path: str
    name: str
    root: str
    mapping: dict[str, str]
    cpu_seconds: float  # that may pass without an article
    memory_bytes: int
    after: int = -1


@dataclass(frozen=True, slots=True)
class Done:
    """The file of the job is read."""


Message = parsing.Parsed | int | Done


def cpu_seconds(size: int) -> float:
    """Seconds of processor time that may pass without an article from a file of ``size`` bytes."""
    return CPU_SECONDS + CPU_SECONDS_PER_MB * (size >> 20)


def memory_bytes(size: int, *, is_packed: bool) -> int:
    """Bytes of memory that the worker may take while it reads a file of ``size`` bytes."""
    factor = MEMORY_PER_PACKED_BYTE if is_packed else MEMORY_PER_BYTE
    return min(MAX_MEMORY_BYTES, MEMORY_BYTES + factor * min(size, files.MAX_FILE_BYTES))


def send(stream: Writable, value: object) -> None:
    """Write ``value`` with its length before it.

    Pickle, because both ends are this program: who takes over the process that parses
    already runs as the user.
    """
    data = pickle.dumps(value, protocol=5)
    stream.write(HEADER.pack(len(data)) + data)
    stream.flush()


def receive(stream: Readable) -> object | None:
    """The next value, None at the end."""
    head = _exactly(stream, HEADER.size)
    if head is None:
        return None
    (length,) = HEADER.unpack(head)
    data = _exactly(stream, length)
    return None if data is None else pickle.loads(data)


def _exactly(stream: Readable, n: int) -> bytes | None:
    """The next ``n`` bytes of a pipe, None where it closes before."""
    parts: list[bytes] = []
    while n:
        part = stream.read(n)
        if not part:
            return None
        parts.append(part)
        n -= len(part)
    return b"".join(parts)


class _Limits:
    """The limits of this process where the system has them (Windows has not)."""

    def __init__(self) -> None:
        self._cpu_moved = -math.inf
        self._resource: ModuleType | None = None
        with contextlib.suppress(ImportError):
            self._resource = importlib.import_module("resource")
        if self._resource is not None:
            self._resource.setrlimit(self._resource.RLIMIT_CORE, (0, 0))

    def start(self, job: Job) -> None:
        """Set the limits for ``job``."""
        if self._resource is None:
            return
        limit = self._resource.RLIMIT_DATA if sys.platform == "linux" else self._resource.RLIMIT_AS
        _, hard = self._resource.getrlimit(limit)
        wanted = job.memory_bytes
        soft = wanted if hard == self._resource.RLIM_INFINITY else min(wanted, hard)
        with contextlib.suppress(ValueError, OSError):  # refused below what is taken already (macOS)
            self._resource.setrlimit(limit, (soft, hard))
        self._cpu_moved = -math.inf
        self.move(job)

    def move(self, job: Job) -> None:
        """An article came out: the time starts anew."""
        used = time.process_time()
        if self._resource is None or used - self._cpu_moved < 0.5:
            return
        self._cpu_moved = used
        _, hard = self._resource.getrlimit(self._resource.RLIMIT_CPU)
        soft = math.ceil(used + job.cpu_seconds)
        if hard == self._resource.RLIM_INFINITY or soft < hard:
            self._resource.setrlimit(self._resource.RLIMIT_CPU, (soft, hard))


def _is_wanted(jobs: FileIO) -> bool:
    """Whether a job (or the end) comes soon; a worker that waits keeps memory for nothing."""
    if sys.platform == "win32":  # select takes no pipes there
        return True
    return bool(select.select([jobs], [], [], IDLE_SECONDS)[0])


def _work(jobs: FileIO, out: BinaryIO) -> None:
    limits = _Limits()
    while _is_wanted(jobs) and isinstance(job := receive(jobs), Job):
        limits.start(job)
        waiting: list[Message] = []
        sent_at = time.monotonic()
        for one in _parsed(job):
            waiting.append(one)
            limits.move(job)
            is_due = len(waiting) >= _FLUSH_ITEMS or time.monotonic() - sent_at > _FLUSH_SECONDS
            if isinstance(one, int) or is_due:
                send(out, waiting)
                waiting, sent_at = [], time.monotonic()
        send(out, [*waiting, Done()])


def _parsed(job: Job) -> Iterator[Message]:
    file = files.open_file(Path(job.path), job.name, job.root)
    if isinstance(file, files.Skipped):
        yield parsing.Parsed("", "", Rejected(file.reason))
        return
    yield from parsing.parse(file, job.mapping, job.after)


def main() -> None:
    """Read jobs from standard input until it closes. Nothing else may write to standard output."""
    out = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)  # libraries warn about pages; the import report says what matters
    with open(0, "rb", buffering=0, closefd=False) as jobs:  # unbuffered: select must see what waits
        _work(jobs, out)


if __name__ == "__main__":
    main()
