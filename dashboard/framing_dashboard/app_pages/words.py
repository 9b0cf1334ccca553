"""Words: which words each outlet chooses for the same thing."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from framing_dashboard import linking, ui
from framing_dashboard.drawing import correcting, named
from framing_dashboard.drawing import words as drawing
from framing_dashboard.view import View
from framing_dashboard.views.rows import VOICE_NAMES


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
    asked = replace(asked, outlet=linked.outlet, find=linked.find, trait=linked.trait)
    opened = named.settle(data, asked)
    linking.seed(
        "words",
        {
            "event of words": opened.event,
            "voice of words": opened.voice,
            f"referent {opened.event}": opened.referent,
            f"name {opened.event} {opened.referent}": opened.name,
            "outlet of words": opened.outlet,
            "look up": opened.find,
        },
    )
    left, middle, right = st.columns(3)
    with left:
        event = ui.choose_event(every, key="event of words")
    voices = VOICE_NAMES
    with right:
        voice = str(
            st.selectbox("Whose words", list(voices), format_func=voices.__getitem__, key="voice of words")
        )
    with middle:
        referent = named.choose(data, event)
    same = (event, voice, referent) == (opened.event, opened.voice, opened.referent)
    view = named.settle(data, View(event, voice=voice, referent=referent, trait=opened.trait if same else ""))
    ui.section("Names for the same thing")
    if referent:
        view = named.names(data, view)
    else:
        st.info("No person, place or happening of this event was found under several names.")
    view = replace(view, find=st.session_state["look up"].strip())
    linking.write("words", view, opened)
    if referent:
        named.described(data, view)
    drawing.distinctive(data, view)
    drawing.in_context(data, view)
    ui.cannot_show(
        "Whether a name is fair. The same word can be usual in one place and an insult in another.",
        "A name that the tool did not connect with its referent; look such words up above.",
        "Pronouns (it, they) are left out of the counts.",
    )


draw()
