"""Words: which words each outlet chooses for the same thing."""

from __future__ import annotations

from typing import Any

import streamlit as st

from framing_dashboard import linking, ui
from framing_dashboard.data import Data
from framing_dashboard.safe import Cell, Column, href
from framing_dashboard.view import View
from framing_dashboard.views import findings, overview, words
from framing_dashboard.views.rows import plural


def draw() -> None:
    """The words page."""
    data = ui.study()
    ui.heading(
        "Which words does each outlet choose for the same thing?",
        "Names for the people, places and happenings of an event, and words in their sentences.",
    )
    every = overview.event_rows(data.table("events"), data.table("articles"))
    if not every:
        st.info("This study has no events yet.")
        return
    linked = linking.linked_view(data)
    event = linked.event or linking.last_event(data) or str(every[0]["event_id"])
    opened = View(event, voice=linked.voice or "outlet")
    linking.seed("words", {"event of words": opened.event, "voice of words": opened.voice})
    left, right = st.columns(2)
    with left:
        event = ui.choose_event(every, key="event of words")
    names = findings.VOICE_NAMES
    with right:
        voice = str(
            st.selectbox("Whose words", list(names), format_func=names.__getitem__, key="voice of words")
        )
    linking.write("words", View(event, voice=voice), opened)
    _labels(data, event, voice)
    _distinctive(data, event, voice)
    _in_context(data, event)
    ui.cannot_show(
        "Whether a name is fair. The same word can be usual in one place and an insult in another.",
        "A name that the tool did not connect with its referent; look such words up above.",
    )


def _labels(data: Data, event: str, voice: str) -> None:
    ui.section("Names for the same thing")
    labels = data.table("labels")
    referents = words.referents(labels, event)
    if not referents:
        st.info("No person, place or happening of this event was found under several names.")
        return
    referent = str(st.selectbox("What is named", referents, key=f"referent {event}"))
    outlets, rows = words.label_rows(labels, event, referent, voice)
    ui.table(
        rows,
        [
            Column("label", "Name"),
            *(Column(f"outlet:{o}", o, number=True) for o in outlets),
            Column("all", "All", number=True),
        ],
        caption=f"Uses of each name; a dash means not used. Counted over: {findings.VOICE_NAMES[voice]}",
    )


def _distinctive(data: Data, event: str, voice: str) -> None:
    ui.section("Words that set an outlet apart")
    rows = words.distinctive_rows(data.table("distinctive"), event, voice)
    scope = "in this event"
    if not rows:
        rows, scope = words.distinctive_rows(data.table("distinctive"), "", voice), "over all events"
    if not rows:
        st.info("Too few articles of named outlets report the same events: no word sets one of them apart.")
        return
    ui.table(
        rows,
        [
            Column("outlet", "Outlet"),
            Column("term", "Word"),
            Column("count", "Uses", number=True),
            Column("count_others", "Uses by others", number=True),
            Column("z", "z", number=True),
            Column("q_value", "q", number=True),
        ],
        caption=f"Weighted log-odds {scope}; z ranks, q is the share of false finds to expect",
    )


def _in_context(data: Data, event: str) -> None:
    ui.section("A word in its sentences")
    wanted = st.text_input("Look up a word or phrase", key="look up", max_chars=80)
    if not wanted:
        return
    articles = data.table("articles")
    own = articles[(articles["event_id"] == event).fillna(False)]
    rows: list[dict[str, Any]] = words.in_context(own, data.texts(), wanted)
    for row in rows:
        view = View(event, (str(row["article_id"]),))
        row["open"] = Cell(row["name"], href("compare", view.to_params()))
    more = "More than " if len(rows) > words.MAX_HITS else ""
    rows = rows[: words.MAX_HITS]
    ui.table(
        rows,
        [
            Column("open", "Outlet"),
            Column("left", "Before"),
            Column("word", "Word"),
            Column("right", "After"),
        ],
        caption=f"{more}{plural(len(rows), 'place')} in this event",
    )


draw()
