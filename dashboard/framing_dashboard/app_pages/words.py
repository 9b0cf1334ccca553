"""Words: which words each outlet chooses for the same thing."""

from __future__ import annotations

from typing import Any

import streamlit as st

from framing_dashboard import charts, correcting, linking, named, ui
from framing_dashboard.data import Data
from framing_dashboard.safe import Cell, Column, href
from framing_dashboard.view import View
from framing_dashboard.views import findings, words
from framing_dashboard.views.rows import plural


def draw() -> None:
    """The words page."""
    data = ui.study()
    ui.heading(
        "Which words does each outlet choose for the same thing?",
        "Names for the people, places and happenings of an event, and words in their sentences.",
    )
    correcting.progress(data)
    every = ui.events(data)
    if not every:
        st.info("This study has no events yet.")
        return
    linked = linking.linked_view(data)
    event = linked.event or linking.last_event(data) or str(every[0]["event_id"])
    asked = View(event, voice=linked.voice or "all", referent=linked.referent, name=linked.name)
    opened = named.settle(data, asked)
    linking.seed(
        "words",
        {
            "event of words": opened.event,
            "voice of words": opened.voice,
            f"referent {opened.event}": opened.referent,
            f"name {opened.event} {opened.referent}": opened.name,
        },
    )
    left, middle, right = st.columns(3)
    with left:
        event = ui.choose_event(every, key="event of words")
    voices = findings.VOICE_NAMES
    with right:
        voice = str(
            st.selectbox("Whose words", list(voices), format_func=voices.__getitem__, key="voice of words")
        )
    with middle:
        referent = named.choose(data, event)
    view = named.settle(data, View(event, voice=voice, referent=referent))
    ui.section("Names for the same thing")
    if referent:
        view = named.names(data, view)
    else:
        st.info("No person, place or happening of this event was found under several names.")
    linking.write("words", view, opened)
    if referent:
        named.described(data, view)
    _distinctive(data, event, voice)
    _in_context(data, event)
    ui.cannot_show(
        "Whether a name is fair. The same word can be usual in one place and an insult in another.",
        "A name that the tool did not connect with its referent; look such words up above.",
        "Pronouns (it, they) are left out of the counts.",
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
    charts.distinctive(rows)
    ui.table(
        rows,
        [
            Column("outlet", "Outlet"),
            Column("term", "Word"),
            Column("count", "Uses", number=True),
            Column("count_others", "Uses by others", number=True),
            Column("log_odds", "Log-odds", number=True),
            Column("interval", "95 % interval", number=True),
            Column("z", "z", number=True),
            Column("q_value", "q", number=True),
        ],
        caption=f"Weighted log-odds {scope}; z ranks, q is the share of false finds to expect",
        csv="distinctive-words",
    )


def _in_context(data: Data, event: str) -> None:
    ui.section("A word in its sentences")
    wanted = st.text_input("Look up a word or phrase", key="look up", max_chars=80)
    if not wanted:
        return
    own = data.of("articles", data.members(event))
    rows: list[dict[str, Any]] = words.in_context(own, data.texts(), wanted)
    for row in rows:
        row["open"] = Cell(row["name"], href("compare", View(event, (str(row["article_id"]),)).to_params()))
    more = "More than " if len(rows) > words.MAX_HITS else ""
    rows = rows[: words.MAX_HITS]
    columns = [Column("open", "Outlet"), Column("left", "Before"), Column("word", "Word")]
    columns.append(Column("right", "After"))
    caption = f"{more}{plural(len(rows), 'place')} in this event"
    ui.table(rows, columns, caption=caption, csv="words-in-context")


draw()
