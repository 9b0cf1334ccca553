"""A run as its parent sees it: waiting, under way, done; started, watched, stopped."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from framing.article import FramingError
from framing.jobs.copies import publish, state_of, working_copy

Status = Literal["waiting", "running", "done", "failed", "stopped"]
Kind = Literal["look", "analyze", "events", "referents"]

# One at a time: a run takes a core, and pages are drawn by the others.
_turn = threading.Lock()
_START = "import sys; sys.path[:] = {path!r}; from framing.jobs.child import main; main()"
_UNDONE_BY = ("events", "referents")


class Run:
    """One run on a study. Begin it with :meth:`start`; its fields then say how far it is."""

    def __init__(self, kind: Kind, study: Path | None = None, *, keep: object = None, **job: Any) -> None:
        """``job``: the keyword arguments of the function of that name in :mod:`framing.jobs.child`.

        ``keep`` is held until the run has ended (files that it reads).
        """
        self.kind, self.study, self.job = kind, study, job
        self.status: Status = "waiting"
        self.stage, self.done, self.total = "", 0, None
        self.result: Mapping[str, Any] = {}
        self.error = ""
        self.began = time.monotonic()
        self._keep = keep
        self._stop = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._work, name=f"framing {kind}", daemon=True)

    def start(self) -> Run:
        """Begin, as soon as it is this run's turn."""
        self._thread.start()
        return self

    def wait(self, seconds: float | None = None) -> Run:
        """Wait until the run has ended, at most ``seconds``."""
        self._thread.join(seconds)
        return self

    def stop(self) -> None:
        """End the run; the study stays as it was."""
        self._stop.set()
        if self._process is not None:
            self._process.kill()

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return self.status in ("done", "failed", "stopped")

    @property
    def seconds(self) -> float:
        """How long ago it was asked for."""
        return time.monotonic() - self.began

    def _work(self) -> None:
        try:
            if self.kind == "look":  # quick, and somebody waits for it
                self._watch(self.job)
            else:
                with _turn:
                    self._change()
            self.status = "done"
        except _Stopped:
            self.status = "stopped"
        except (FramingError, OSError, ValueError) as error:
            if self._stop.is_set():  # what a killed child leaves broken (its pipe) is no failure
                self.status = "stopped"
            else:
                self.error, self.status = str(error), "failed"
        finally:
            self._keep = None

    def _change(self) -> None:
        assert self.study is not None
        state = state_of(self.study)
        with working_copy(self.study) as work:
            self._watch({**self.job, "study": str(work)})
            publish(work, self.study, state, step_back=self.kind in _UNDONE_BY)

    def _watch(self, job: Mapping[str, Any]) -> None:
        """Run the child to its end. Raises FramingError with what it says went wrong."""
        with tempfile.TemporaryFile() as said:
            self._process = process = subprocess.Popen(
                [sys.executable, "-c", _START.format(path=sys.path)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=said,
            )
            assert process.stdin is not None
            assert process.stdout is not None
            if self._stop.is_set():
                process.kill()
            self.status = "running"
            ended = False
            with process, process.stdin:  # it stays open: its end tells the child that nobody watches
                try:
                    process.stdin.write(json.dumps({"kind": self.kind, **job}).encode() + b"\n")
                    process.stdin.flush()
                except BrokenPipeError:
                    pass
                for line in process.stdout:
                    ended = self._heard(json.loads(line)) or ended
            if self._stop.is_set():
                raise _Stopped
            if self.error:
                raise FramingError(self.error)
            if not ended:
                said.seek(0)
                last = said.read().decode("utf-8", "replace").strip().rpartition("\n")[2]
                raise FramingError(f"the run broke down ({last or f'exit status {process.returncode}'})")

    def _heard(self, message: Mapping[str, Any]) -> bool:
        """Take in a message of the child; whether it was the last."""
        if "stage" in message:
            self.stage, self.done, self.total = message["stage"], message["done"], message["total"]
            return False
        self.result = message.get("result", {})
        self.error = message.get("error", "")
        return True


class _Stopped(Exception):
    """The run was stopped."""
