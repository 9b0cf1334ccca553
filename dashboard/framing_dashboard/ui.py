"""What every page is made of: its question, its tables, what it cannot show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

import streamlit as st

from framing.jobs import Run
from framing.measures import MEASURES, get
from framing_dashboard import archive
from framing_dashboard import data as study_data
from framing_dashboard.data import Data
from framing_dashboard.safe import Column, facts_html, md, table_html, visible
from framing_dashboard.views.overview import event_rows, headline_rows

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


def table(
    rows: Iterable[Mapping[str, Any]], columns: Sequence[Column], *, caption: str, csv: str = ""
) -> None:
    """An escaped table; beyond :data:`MAX_ROWS` it is cut and says so.

    ``csv``: a name for the file with all of its rows, which a button below offers.
    """
    rows = list(rows)
    keep = study_data.link_params()
    st.html(table_html(rows[:MAX_ROWS], columns, caption=caption, keep=keep))
    if len(rows) > MAX_ROWS:
        where = "the file below" if csv else "the export"
        st.caption(f"The first {MAX_ROWS} of {len(rows):,} rows; {where} holds all of them.")
    if csv and rows:
        st.download_button(
            f"Download: {csv.replace('-', ' ')} (CSV)",
            data=lambda: archive.page_csv(rows, columns),
            file_name=archive.csv_name(study_data.chosen(), csv),
            mime="text/csv",
            on_click="ignore",
            key=f"csv {csv}",
            type="tertiary",
        )


def facts(pairs: Iterable[tuple[str, object]]) -> None:
    """Names and values side by side."""
    st.html(facts_html(pairs))


def cannot_show(*sentences: str) -> None:
    """What a page must not be taken for."""
    section("What this cannot show")
    st.markdown("\n".join(f"- {s}" for s in sentences))


def events(data: Data) -> list[dict[str, Any]]:
    """The events of the study as overview.event_rows gives them; a caller may add to its rows."""
    made = data.once("events", lambda: event_rows(data.table("events"), data.table("articles")))
    return [dict(row) for row in made]


def headlines(data: Data, event: str) -> list[dict[str, Any]]:
    """The articles of an event as overview.headline_rows gives them."""
    ids = data.members(event)
    made = data.recent(
        ("headlines", event), lambda: headline_rows(event, data.of("articles", ids), data.of("quotes", ids))
    )
    return [dict(row) for row in made]


def choose_event(rows: list[dict[str, Any]], *, key: str, everything: str = "") -> str:
    """A box to choose an event in; ``everything`` is the option for all events."""
    labels = {str(r["event_id"]): f"{r['label']} · {r['when']} · {r['articles']} articles" for r in rows}
    options = ([""] if everything else []) + list(labels)
    return str(st.selectbox("Event", options, format_func=lambda e: labels.get(e, everything), key=key))


def choose_outlet(names: Iterable[str], *, key: str) -> str:
    """A box to choose an outlet in; empty = all of them."""
    options = ["", *sorted(set(map(str, names)))]
    if st.session_state.get(key, "") not in options:
        st.session_state[key] = ""
    return str(st.selectbox("Outlet", options, format_func=lambda o: visible(o) or "All outlets", key=key))


def page_link(page: str, label: str, params: Mapping[str, str] | None = None, *, icon: str = "") -> None:
    """A link to another page of the study that is looked at."""
    params = {**(params or {}), **study_data.link_params()}
    st.page_link(f"app_pages/{page}.py", label=label, query_params=params, icon=icon or None)


def study() -> Data:
    """The study that this reader looks at; says so where a link names one that is not here."""
    found, wanted = study_data.current(), st.query_params.get(study_data.STUDY, "")
    if wanted and wanted != found.name:
        st.warning(md(f"The link names a study that is not here ({wanted[:40]!r}); this is {found.name}."))
    return found


def outcome(run: Run) -> None:
    """How a run that added texts or corrected something ended."""
    name = run.study.name if run.study else ""
    if run.status == "stopped":
        st.info(md(f"Stopped; {name} is as it was."))
    elif run.status == "failed":
        st.error(md(f"{run.error}. {name} is as it was."))
    elif run.kind == "analyze":
        new, n, events = (f"{run.result[key]:,}" for key in ("new", "articles", "events"))
        st.success(md(f"{new} new articles; {name} now has {n} in {events} events."))
        st.page_link("app_pages/start.py", label=f"Look at {md(name)}", query_params={study_data.STUDY: name})
    else:
        st.success(md(f"Done; {name} was grouped and compared again."))
    for note in run.result.get("unapplied", []):
        st.warning(md(f"An earlier correction found nothing to correct and is kept: {note}."))
    problems(run.result.get("problems", []))


def problems(rows: Sequence[Mapping[str, Any]]) -> None:
    """Rows of an import report: what was not read as it stands, and why."""
    if rows:
        # Rows are counted from 1, as a spreadsheet does without its header.
        counted = [
            {**r, "row": None if r.get("article_index") is None else r["article_index"] + 1} for r in rows
        ]
        table(
            counted,
            [
                Column("source_file", "File"),
                Column("row", "Row", number=True),
                Column("status", "What"),
                Column("reason", "Why"),
                Column("expected", "Expected"),
                Column("found", "Found"),
            ],
            caption="Rejected, repeated or cut-off articles, and what was odd while reading the others",
        )


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
