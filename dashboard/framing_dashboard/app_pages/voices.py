"""Voices: who gets to speak, how much, introduced how."""

from __future__ import annotations

import streamlit as st

from framing_dashboard import linking, ui
from framing_dashboard.data import Data
from framing_dashboard.drawing import voices as drawing
from framing_dashboard.view import View
from framing_dashboard.views import overview, voices
from framing_dashboard.views.rows import plural


def draw() -> None:
    """The voices page."""
    data = ui.study()
    ui.heading(
        "Who gets to speak, how much, and introduced how?",
        "Words quoted from or reported of each speaker, by outlet. A name or a number opens its quotations.",
    )
    every = overview.event_rows(data.table("events"), data.table("articles"))
    linked = linking.linked_view(data)
    opened = View(linked.event or linking.last_event(data), speaker=linked.speaker, outlet=linked.outlet)
    mine = {"event of voices": opened.event, "speaker": opened.speaker, "outlet of voices": opened.outlet}
    linking.seed("voices", mine)
    left, middle, right = st.columns(3)
    with left:
        event = ui.choose_event(every, key="event of voices", everything="All events")
    own = voices.spoken(data.table("quotes"), event, _left_out(data))
    if not len(own):
        st.info("No quotation with a speaker was found here.")
        return
    shared = voices.shares(own)
    speakers = voices.speaker_rows(shared)
    names = ["", *(str(r["who"]) for r in speakers)]
    if st.session_state["speaker"] not in names:
        st.session_state["speaker"] = ""
    with middle:
        who = str(st.selectbox("Speaker", names, format_func=lambda n: n or "All speakers", key="speaker"))
    with right:
        outlet = ui.choose_outlet(own["name"], key="outlet of voices")
    linking.write("voices", View(event, speaker=who, outlet=outlet), opened)
    if who or outlet:
        drawing.quotations(own, who, outlet)
    drawing.speakers(shared, speakers, event)
    drawing.roles(shared)
    drawing.stances(shared[shared["who"] == who] if who else shared, who)
    drawing.unnamed(shared)
    ui.cannot_show(
        "Who was asked and did not answer, or spoke and was cut.",
        "Speakers are told apart by name; one person under two names counts as two. `framing speakers`"
        " corrects that, and who speaks, from a file.",
    )


def _left_out(data: Data) -> frozenset[str]:
    """The reprints, where there are any and the reader does not want them."""
    articles = data.table("articles")
    reprints = frozenset(articles.loc[articles["reprint_of"].notna(), "article_id"])
    if not reprints:
        return reprints
    label = f"Without {plural(len(reprints), 'reprint')}"
    return reprints if st.toggle(label, key="voices without reprints") else frozenset()


draw()
