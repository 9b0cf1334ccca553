"""What the pages read: the tables and texts of a study, each read once and shared.

The frames are shared between readers: views derive new frames and never change these.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Hashable, Sequence
from pathlib import Path
from typing import TypeVar, cast

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import streamlit as st

from framing.jobs import changing
from framing.study import BY_SPEAKER, PER_ARTICLE, Study
from framing_dashboard.serving import EDITABLE_VARIABLE, STUDY_VARIABLE

T = TypeVar("T")
Stamp = tuple[tuple[str, int, int], ...]

# Hundreds of rows an article: of these a page reads those of its articles.
LARGE = ("evidence", "labels", "portrayals", "passages")
# Of what was made for some articles, a megabyte at most each: as much as readers look at in a lesson.
KEPT = 200

# In the address and in the session: the study that a reader looks at.
STUDY = "study"


class Changed(Exception):
    """The study was changed while a page was drawn; it is to be drawn again."""


class Data:
    """One study in memory, table by table as they are asked for."""

    def __init__(self, study: Study, stamp: Stamp) -> None:
        self.study = study
        self._stamp = stamp
        self._tables: dict[str, pd.DataFrame] = {}
        self._texts: dict[str, str] | None = None
        self._made: dict[str, object] = {}
        self._making: dict[str, threading.Lock] = {}
        self._recent: dict[Hashable, object] = {}

    @property
    def name(self) -> str:
        """The folder's name, as the user gave it."""
        return self.study.path.name

    def table(self, name: str) -> pd.DataFrame:
        """A table of the contract."""
        if name not in self._tables:
            with changing(self.study.path):  # of several who ask at once, one reads
                if name not in self._tables:
                    self._tables[name] = self._read(lambda: self.study.table(name))
        return self._tables[name]

    def n_rows(self, name: str) -> int:
        """How many rows a table has; of one that no page has asked for, without reading it."""
        folder, names = self.study.path / "tables", [f"{name}.parquet"]
        if name in PER_ARTICLE:
            folder = self.study.path / "findings"
            names = [f"{part.stem}.{name}.parquet" for part in self.study.parts]
        if name in self._tables or name == "disputes" or (name in BY_SPEAKER and self._corrected()):
            return len(self.table(name))
        return sum(map(self._counted, (folder / file for file in names)))

    def _corrected(self) -> bool:
        """Whether the user's corrections of speakers replace rows."""
        return self._counted(self.study.path / "tables" / "corrected.measures.parquet") > 0

    def _counted(self, file: Path) -> int:
        return int(self._read(lambda: pq.read_metadata(file).num_rows)) if file.exists() else 0

    def of(self, name: str, article_ids: Sequence[str]) -> pd.DataFrame:
        """The rows of a table that belong to some articles, in the table's order."""
        if name in LARGE and name not in self._tables:
            return self._some(name, tuple(article_ids))
        frame = self.table(name)
        places = self.once(f"places of {name}", lambda: frame.groupby("article_id", sort=False).indices)
        found = [places[a] for a in article_ids if a in places]
        return frame.iloc[np.sort(np.concatenate(found))] if found else frame.iloc[:0]

    def _some(self, name: str, article_ids: tuple[str, ...]) -> pd.DataFrame:
        """Read for some articles only: a page that needs no more does not wait for the whole table."""
        return self.recent(
            (name, article_ids), lambda: self._read(lambda: self.study.table(name, article_ids))
        )

    def recent(self, key: Hashable, make: Callable[[], T]) -> T:
        """What ``make`` gives, kept while it is among the :data:`KEPT` last made: readers share and step."""
        found = self._recent.get(key)
        if found is None:
            found = self._recent[key] = make()
            for old in list(self._recent)[:-KEPT]:
                self._recent.pop(old, None)  # another reader may have been first
        return cast(T, found)

    def once(self, name: str, make: Callable[[], T]) -> T:
        """What ``make`` gives, made once for all readers."""
        if name not in self._made:
            with self._making.setdefault(name, threading.Lock()):
                if name not in self._made:
                    self._made[name] = make()
        return cast(T, self._made[name])

    def members(self, event: str) -> list[str]:
        """The ids of the articles of an event."""
        return self.once("members", self._members).get(event, [])

    def _members(self) -> dict[str, list[str]]:
        articles = self.table("articles")
        return {str(e): sorted(ids) for e, ids in articles.groupby("event_id")["article_id"]}

    def texts(self) -> dict[str, str]:
        """The cleaned text of every article by id."""
        if self._texts is None:
            with changing(self.study.path):
                self._texts = self._texts or self._read(self.study.texts)
        return self._texts

    def _read(self, read: Callable[[], T]) -> T:
        """Read from the files; no run puts others in their place meanwhile, and none has done so before."""
        with changing(self.study.path):
            if stamp_of(self.study.path) != self._stamp:
                raise Changed
            return read()


def editable() -> bool:
    """Whether readers of this server may add texts, correct and dispute."""
    return os.environ.get(EDITABLE_VARIABLE) == "1"


def studies() -> dict[str, Path]:
    """The studies of this server by name: the one it was started with, then those that lie beside it.

    A server that may not change studies shows none but its own.
    """
    own = Path(os.environ[STUDY_VARIABLE])
    found = {own.name: own}
    if editable():
        for file in sorted(own.parent.glob("[!.]*/study.json")):
            found.setdefault(file.parent.name, file.parent)
    return found


def chosen() -> str:
    """The name of the study that this reader looks at: of the link, else as before, else the first."""
    known = studies()
    wanted = (st.query_params.get(STUDY, ""), st.session_state.get(STUDY, ""))
    name = next((w for w in wanted if w in known), next(iter(known)))
    st.session_state[STUDY] = name
    return name


def link_params() -> dict[str, str]:
    """What a link to another page must say to stay in the study."""
    name = chosen()
    return {} if name == next(iter(studies())) else {STUDY: name}


def current() -> Data:
    """The study that this reader looks at; read again when its files change.

    Raises FramingError where the folder is no study.
    """
    path = studies()[chosen()]
    with changing(path):
        return _load(str(path), stamp_of(path))


def stamp_of(path: Path) -> Stamp:
    """What tells whether the files of a study were changed."""
    files = (*path.glob("study.json"), *path.glob("tables/*.parquet"), *path.glob("documents/*.parquet"))
    return tuple(sorted((f.name, f.stat().st_mtime_ns, f.stat().st_size) for f in files))


@st.cache_resource(max_entries=4, show_spinner="Reading the study …")
def _load(path: str, stamp: Stamp) -> Data:
    return Data(Study.open(path), stamp)
