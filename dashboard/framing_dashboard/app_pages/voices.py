"""Voices: who gets to speak, how much, introduced how."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from framing_dashboard import linking, ui
from framing_dashboard.safe import Cell, Column, href, md
from framing_dashboard.view import View
from framing_dashboard.views import overview, voices
from framing_dashboard.views.rows import plural

# Those who speak most fill a screen; the rest are one switch away.
FIRST = 15


def draw() -> None:
    """The voices page."""
    data = ui.study()
    ui.heading(
        "Who gets to speak, how much, and introduced how?",
        "Words quoted from or reported of each speaker, by outlet. A name opens every quotation behind it.",
    )
    every = overview.event_rows(data.table("events"), data.table("articles"))
    linked = linking.linked_view(data)
    opened = View(linked.event or linking.last_event(data), speaker=linked.speaker)
    linking.seed("voices", {"event of voices": opened.event, "speaker": opened.speaker})
    left, right = st.columns(2)
    with left:
        event = ui.choose_event(every, key="event of voices", everything="All events")
    own = voices.spoken(data.table("quotes"), event)
    if not len(own):
        st.info("No quotation with a speaker was found here.")
        return
    speakers = voices.speaker_rows(own)
    names = ["", *(str(r["who"]) for r in speakers)]
    if st.session_state["speaker"] not in names:
        st.session_state["speaker"] = ""
    with right:
        who = str(st.selectbox("Speaker", names, format_func=lambda n: n or "All speakers", key="speaker"))
    linking.write("voices", View(event, speaker=who), opened)
    if who:
        _quotations(own, who)
    _speakers(own, speakers, event)
    ui.section("Without a name")
    ui.table(
        voices.unnamed_rows(own),
        [
            Column("name", "Outlet"),
            Column("quotations", "Quotations", number=True),
            Column("unnamed", "Name withheld", number=True),
            Column("not_found", "Speaker not found", number=True),
        ],
        caption="Withheld: the article hides the name. Not found: our rules found none, a gap of the tool",
    )
    ui.cannot_show(
        "Who was asked and did not answer, or spoke and was cut.",
        "Speakers are told apart by name; one person under two names counts as two.",
    )


def _quotations(own: pd.DataFrame, who: str) -> None:
    rows = voices.quotation_rows(own, who)
    ui.section("The quotations")
    st.markdown(f"{plural(len(rows), 'stretch', 'stretches')} spoken by **{md(who)}**.")
    for row in rows:
        view = View(str(row["event_id"] or ""), (str(row["article_id"]),), mark=row["mark"])
        row["open"] = Cell("in the article", href("compare", view.to_params()))
    ui.table(
        rows,
        [
            Column("name", "Outlet"),
            Column("text", "Words"),
            Column("kind", "Kind"),
            Column("cue", "Cue"),
            Column("cue_stance", "Stance"),
            Column("open", "Read"),
        ],
        caption="In the order of the articles; indirect = reported without quotation marks",
    )


def _speakers(own: pd.DataFrame, speakers: list[dict[str, Any]], event: str) -> None:
    ui.section("Speakers by outlet")
    outlets, matrix = voices.matrix(own)
    rows = [a | b for a, b in zip(speakers, matrix, strict=True)]
    if len(rows) > FIRST and not st.toggle(f"All {len(rows)} speakers", key="all speakers"):
        rows = rows[:FIRST]
    for row in rows:
        link = View(event=event, speaker=str(row["who"]))
        row["open"] = Cell(str(row["who"]), href("voices", link.to_params()))
    ui.table(
        rows,
        [
            Column("open", "Speaker"),
            Column("role", "Role"),
            *(Column(f"outlet:{o}", o, number=True) for o in outlets),
            Column("words", "All words", number=True),
            Column("share", "Share", number=True),
            Column("quotations", "Quotations", number=True),
            Column("first", "First heard at", number=True),
            Column("cues", "Cues by stance"),
        ],
        caption="Words of each speaker in each outlet; a dash = not heard there. 0 % = top of the article",
    )


draw()
