"""What a group of students sees: a code to type, then the step at which the class is."""

from __future__ import annotations

import streamlit as st

from framing.article import FramingError
from framing.classroom.session import ClassSession
from framing_dashboard import ui
from framing_dashboard.classroom import collect, reveal
from framing_dashboard.classroom.hub import hub
from framing_dashboard.safe import md

# How soon a group's screen follows the teacher. 30 groups that ask every 2 s are 15 small runs a second.
FOLLOW = "2s"


def join() -> None:
    """The door: the code of the class."""
    ui.heading(
        "Join your class",
        "Type the code that your teacher shows. No name is asked for, and nothing is kept after the lesson.",
    )
    with st.form("join"):
        code = st.text_input("Code of the class", max_chars=12, key="code typed")
        if not st.form_submit_button("Join", type="primary"):
            return
    if hub().get(code) is None:
        st.error("There is no class with this code. Look at it again, or ask your teacher.")
        return
    st.query_params.from_dict({"class": code.strip().upper()})
    st.rerun()


def draw(code: str) -> None:
    """The screen of one group; its place in the class stands in the address, so that reloading keeps it."""
    session = hub().get(code)
    if session is None:
        st.query_params.clear()
        join()
        st.warning("This class has ended.")
        return
    token = st.query_params.get("group", "")
    if session.number(token) is None:
        try:
            token = session.join()
        except FramingError as error:
            st.error(md(error))
            return
        st.query_params["group"] = token
    step, (at, of) = session.step, session.position
    ui.heading(
        step.title, f"Group {session.number(token)} · step {at} of {of} · {session.lesson.settings.of.title}"
    )
    collect.complaint()
    _follow(session, session.signature())
    screen(session, token)


def screen(session: ClassSession, token: str) -> None:
    """What the step collects from the group, and what it shows to everybody."""
    sent = session.is_sent(token, session.step.id)
    if session.step.collects:
        collect.step(session, token)
    if session.step.shows:
        reveal.step(session, others=sent or not session.step.collects)
    if not session.shows("names"):
        st.caption(reveal.STYLE_WARNING)


@st.fragment(run_every=FOLLOW)
def _follow(session: ClassSession, drawn: tuple[int, int, int]) -> None:
    if session.signature() != drawn or hub().get(session.code) is None:
        st.rerun()
