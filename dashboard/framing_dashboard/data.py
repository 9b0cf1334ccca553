"""What the pages read: the tables and texts of one study, each read once and shared.

The frames are shared between readers: views derive new frames and never change these.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar, cast

import numpy as np
import pandas as pd
import streamlit as st

from framing.study import Study
from framing_dashboard.serving import STUDY_VARIABLE

T = TypeVar("T")


class Data:
    """One study in memory, table by table as they are asked for."""

    def __init__(self, study: Study) -> None:
        self.study = study
        self._tables: dict[str, pd.DataFrame] = {}
        self._texts: dict[str, str] | None = None
        self._made: dict[str, object] = {}
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """The folder's name, as the user gave it."""
        return self.study.path.name

    def table(self, name: str) -> pd.DataFrame:
        """A table of the contract."""
        with self._lock:
            if name not in self._tables:
                self._tables[name] = self.study.table(name)
            return self._tables[name]

    def of(self, name: str, article_ids: Sequence[str]) -> pd.DataFrame:
        """The rows of a table that belong to some articles, in the table's order."""
        frame = self.table(name)
        places = self.once(f"places of {name}", lambda: frame.groupby("article_id", sort=False).indices)
        found = [places[a] for a in article_ids if a in places]
        return frame.iloc[np.sort(np.concatenate(found))] if found else frame.iloc[:0]

    def once(self, name: str, make: Callable[[], T]) -> T:
        """What ``make`` gives, made once for all readers."""
        if name not in self._made:
            self._made[name] = make()
        return cast(T, self._made[name])

    def texts(self) -> dict[str, str]:
        """The cleaned text of every article by id."""
        with self._lock:
            if self._texts is None:
                self._texts = self.study.texts()
            return self._texts


def current() -> Data:
    """The study that this server shows; read again when its files change.

    Raises FramingError where the folder is no study.
    """
    path = Path(os.environ[STUDY_VARIABLE])
    return _load(str(path), _stamp(path))


def _stamp(path: Path) -> tuple[tuple[str, int, int], ...]:
    files = (
        *path.glob("study.json"),
        *path.glob("tables/*.parquet"),
        *path.glob("documents/*.parquet"),
        *path.glob("corrections.json"),
    )
    return tuple(sorted((f.name, f.stat().st_mtime_ns, f.stat().st_size) for f in files))


@st.cache_resource(max_entries=2, show_spinner="Reading the study …")
def _load(path: str, stamp: tuple[tuple[str, int, int], ...]) -> Data:
    return Data(Study.open(path))
