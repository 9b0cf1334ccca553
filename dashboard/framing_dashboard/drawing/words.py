"""Words, drawn: those that set an outlet apart, and a word in its sentences."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from framing_dashboard import ui
from framing_dashboard.data import Data
from framing_dashboard.drawing import charts
from framing_dashboard.safe import Cell, Column, href
from framing_dashboard.view import MAX_FIND, View
from framing_dashboard.views import words
from framing_dashboard.views.rows import plural


def distinctive(data: Data, view: View) -> None:
    """The words that set an outlet apart; each opens its sentences."""
    ui.section("Words that set an outlet apart")
    rows = words.distinctive_rows(data.table("distinctive"), view.event, view.voice)
    scope = "in this event"
    if not rows:
        rows, scope = words.distinctive_rows(data.table("distinctive"), "", view.voice), "over all events"
    if not rows:
        st.info("Too few articles of named outlets report the same events: no word sets one of them apart.")
        return
    charts.distinctive(rows)
    for row in rows:
        link = replace(view, find=str(row["term"])[:MAX_FIND])
        row["open"] = Cell(str(row["term"]), href("words", link.to_params()))
    ui.table(
        rows,
        [
            Column("outlet", "Outlet"),
            Column("open", "Word"),
            Column("count", "Uses", number=True),
            Column("count_others", "Uses by others", number=True),
            Column("log_odds", "Log-odds", number=True),
            Column("interval", "95 % interval", number=True),
            Column("z", "z", number=True),
            Column("q_value", "q", number=True),
        ],
        caption=f"Weighted log-odds {scope}; z ranks, q is the share of false finds to expect. A word opens"
        " its sentences below",
        csv="distinctive-words",
    )


def in_context(data: Data, view: View) -> None:
    """A word that the reader looks up, in the event's texts; where it stands in none, in all texts."""
    ui.section("A word in its sentences")
    wanted = st.text_input("Look up a word or phrase", key="look up", max_chars=MAX_FIND)
    if not wanted:
        return
    own, where = data.of("articles", data.members(view.event)), "in this event"
    rows: list[dict[str, Any]] = words.in_context(own, data.texts(), wanted)
    if not rows:
        rows = words.in_context(data.table("articles"), data.texts(), wanted)
        where = "in other events, none in this one" if rows else "in this study"
    for row in rows:
        there = View(str(row["event_id"] or ""), (str(row["article_id"]),))
        row["open"] = Cell(row["name"], href("compare", there.to_params()))
    more = "More than " if len(rows) > words.MAX_HITS else ""
    rows = rows[: words.MAX_HITS]
    columns = [Column("open", "Outlet"), Column("left", "Before"), Column("word", "Word")]
    columns.append(Column("right", "After"))
    caption = f"{more}{plural(len(rows), 'place')} {where}"
    ui.table(rows, columns, caption=caption, csv="words-in-context")
