"""What every page is made of: its question, its tables, what it cannot show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

import streamlit as st

from framing.measures import MEASURES, get
from framing_dashboard import data as study_data
from framing_dashboard.data import Data
from framing_dashboard.safe import Column, facts_html, table_html

FOREWARNING = (
    "Marks show words and voices, not verdicts. A loaded word inside a quotation is the source's,"
    " not the outlet's, and differences may come from topic, length, time or agency copy."
)
# A longer table belongs into the export; the page says how many rows it leaves out.
MAX_ROWS = 200


@lru_cache(maxsize=1)
def _style() -> str:
    return Path(__file__).with_name("style.css").read_text(encoding="utf-8")


def style() -> None:
    """The style sheet of our own tables and facts."""
    st.html(f"<style>{_style()}</style>")


def heading(question: str, how: str) -> None:
    """The page's one question and how to read the answer."""
    st.title(question, anchor=False)
    st.markdown(how)


def forewarning() -> None:
    """What a reader should know before seeing marks (Spinde et al. 2022 found that it raises awareness)."""
    st.html(f'<p class="framing-note">{escape(FOREWARNING)}</p>')


def section(title: str) -> None:
    """A part of a page; our own words only."""
    st.header(title, anchor=False)


def table(rows: Iterable[Mapping[str, Any]], columns: Sequence[Column], *, caption: str) -> None:
    """An escaped table; beyond :data:`MAX_ROWS` it is cut and says so."""
    rows = list(rows)
    st.html(table_html(rows[:MAX_ROWS], columns, caption=caption))
    if len(rows) > MAX_ROWS:
        st.caption(f"The first {MAX_ROWS} of {len(rows):,} rows; the export holds all of them.")


def facts(pairs: Iterable[tuple[str, object]]) -> None:
    """Names and values side by side."""
    st.html(facts_html(pairs))


def cannot_show(*sentences: str) -> None:
    """What a page must not be taken for."""
    section("What this cannot show")
    st.markdown("\n".join(f"- {s}" for s in sentences))


def choose_event(rows: list[dict[str, Any]], *, key: str, everything: str = "") -> str:
    """A box to choose an event in; ``everything`` is the option for all events."""
    labels = {str(r["event_id"]): f"{r['label']} · {r['when']} · {r['articles']} articles" for r in rows}
    options = ([""] if everything else []) + list(labels)
    return str(st.selectbox("Event", options, format_func=lambda e: labels.get(e, everything), key=key))


def study() -> Data:
    """The study of this server."""
    return study_data.current()


def in_order(names: Iterable[str]) -> list[str]:
    """Names of measures in the order in which the measures are listed, unknown ones last."""
    order = {measure.name: n for n, measure in enumerate(MEASURES)}
    return sorted(names, key=lambda name: (order.get(name, len(order)), name))


def measure_label(name: str) -> str:
    """A measure's heading; its name where this version does not know it."""
    try:
        return get(name).label
    except LookupError:
        return name
