"""Analyses and corrections that readers of this server have started: one a study, seen by all of them."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import streamlit as st

from framing.article import FramingError
from framing.jobs import Run
from framing.jobs.run import Kind
from framing_dashboard.safe import md

_runs: dict[Path, Run] = {}
_lock = threading.Lock()
REFRESH = 1.0  # seconds between two looks at a run that is under way


def start(study: Path, kind: Kind, *, keep: object = None, **job: Any) -> Run:
    """Begin a run on ``study``. Raises FramingError where one is under way."""
    with _lock:
        before = _runs.get(study)
        if before is not None and not before.is_over:
            raise FramingError(f"{study.name} is being changed already; wait until that is done")
        _runs[study] = Run(kind, study, keep=keep, **job)
        return _runs[study].start()


def under_way() -> list[Run]:
    """The runs that have not ended."""
    return [run for run in _runs.values() if not run.is_over]


def last(study: Path) -> Run | None:
    """The last run on a study, None where there was none since the server started."""
    return _runs.get(study)


def panel(run: Run, *, key: str) -> None:
    """How far a run is, renewed every second until it ends; then the page is drawn again."""

    @st.fragment(run_every=REFRESH, key=key)
    def live() -> None:
        if run.is_over:
            st.rerun()
        name = run.study.name if run.study else ""
        if run.status == "waiting":
            what = "waits until another run has ended"
        else:
            what = run.stage or "loading the language model"
        done = (
            f", {run.done:,} of {run.total:,}" if run.total else f", {run.done:,} so far" if run.done else ""
        )
        st.progress(
            run.done / run.total if run.total else 0.0,
            text=f"**{md(name)}**: {md(what)}{done} · {run.seconds:,.0f} s",
        )
        st.markdown(
            "You can go on reading, or close this window: the study stays as it is until all is done."
        )
        if st.button("Stop and leave the study as it was", key=f"stop {key}"):
            run.stop()

    live()
