"""What guides the fuzzing: which lines ran for the first time, and how inputs are changed.

From Python 3.12 a line tells of itself once and costs nothing after that (PEP 669); before,
every line is traced, which takes several times as long. Inputs are changed as AFL's "havoc"
does it (Zalewski 2014): a few random edits on top of each other.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from types import CodeType, FrameType
from typing import Any

MAX_EDITS = 6
_MAX_REPEATS = 400
_EXTREMES = (b"0", b"-1", b"99999999999", b"2147483648", b"1e400", b"\xff\xff\xff\xff", b"\0\0\0\0")


class Coverage:
    """Counts the lines of some folders' code that run for the first time."""

    def __init__(self, folders: Sequence[str]) -> None:
        self.n_lines = 0
        self._folders = tuple(folders)
        self._seen: set[tuple[CodeType, int]] = set()
        if sys.version_info >= (3, 12):
            tool = sys.monitoring.COVERAGE_ID
            sys.monitoring.use_tool_id(tool, "fuzz_reading")
            sys.monitoring.register_callback(tool, sys.monitoring.events.LINE, self._told)
            sys.monitoring.set_events(tool, sys.monitoring.events.LINE)
        else:
            sys.settrace(self._called)

    def _told(self, code: CodeType, line: int) -> Any:
        self.n_lines += code.co_filename.startswith(self._folders)
        return sys.monitoring.DISABLE

    def _called(self, frame: FrameType, event: str, argument: object) -> Any:
        return self._ran if frame.f_code.co_filename.startswith(self._folders) else None

    def _ran(self, frame: FrameType, event: str, argument: object) -> Any:
        place = (frame.f_code, frame.f_lineno)
        if place not in self._seen:
            self._seen.add(place)
            self.n_lines += 1
        return self._ran


class Mutator:
    """Changes inputs at random. The same seed gives the same changes."""

    def __init__(self, words: Sequence[str], max_bytes: int, seed: int) -> None:
        self._words = [word.encode("utf-8", "surrogatepass") for word in words]
        self._max_bytes = max_bytes
        self.random = random.Random(seed)

    def changed(self, data: bytes, other: bytes) -> bytes:
        """``data`` with a few edits; some take a part of ``other``."""
        for _ in range(self.random.randint(1, MAX_EDITS)):
            data = self._edited(data, other)[: self._max_bytes]
        return data

    def _edited(self, data: bytes, other: bytes) -> bytes:
        pick = self.random
        start, end = sorted(pick.randrange(len(data) + 1) for _ in range(2))
        if pick.random() < 0.7:  # most edits are short
            end = min(end, start + pick.randint(1, 16))
        part = data[start:end]
        kind = pick.randrange(8)
        if kind == 0:
            part = bytes(pick.randrange(256) for _ in part[:8])
        elif kind == 1:
            part = b""
        elif kind == 2:
            part *= pick.randint(2, _MAX_REPEATS)
        elif kind == 3:
            part += pick.choice(self._words)
        elif kind == 4:
            part = pick.choice(self._words)
        elif kind == 5:
            at = pick.randrange(len(other) + 1)
            part = other[at : at + pick.randint(1, 2_000)]
        elif kind == 6:
            part = pick.choice(_EXTREMES)
        else:
            part = bytes(byte ^ 1 << pick.randrange(8) for byte in part)
        return data[:start] + part + data[end:]
