"""The teacher's screens: one lesson as it is taught. What is projected is what students may see."""

from __future__ import annotations

import os

import streamlit as st

from framing.article import FramingError
from framing.classroom.session import ClassSession
from framing.classroom.stakeholders import CODES
from framing_dashboard import ui
from framing_dashboard.classroom import collect, downloads, reveal, setup
from framing_dashboard.classroom.hub import hub, on_network
from framing_dashboard.classroom.opening import ADDRESS_VARIABLE
from framing_dashboard.data import Data
from framing_dashboard.safe import md
from framing_dashboard.views import classroom as views
from framing_dashboard.views.rows import plural

_CLASS = "class taught"


def draw(data: Data) -> None:
    """The lesson that this teacher gives, or the choice of one."""
    session = hub().get(str(st.session_state.get(_CLASS, "")))
    if session is None:
        opened = setup.draw(data)
        if opened is not None:
            st.session_state[_CLASS] = opened.code
            st.rerun()
        return
    _teach(session)


def _teach(session: ClassSession) -> None:
    settings, step, (at, of) = session.lesson.settings, session.step, session.position
    ui.heading(step.title, f"{settings.of.title} · step {at} of {of}")
    collect.complaint()
    _where(session)
    with st.container(horizontal=True):
        if st.button("Back", disabled=at == 1, help="To the step before; what was closed stays closed"):
            session.back()
            st.rerun()
        if st.button("Next step", disabled=at == of, type="primary"):
            session.forward()
            st.rerun()
    st.html(f'<p class="framing-note">{step.teacher}</p>')
    _progress(session)
    if step.id == "tick":
        _stakeholders(session)
    if step.collects:
        _projected(session)
    if step.shows:
        reveal.step(session)
    if step.id == "matrix":
        _correct(session)
    if step.collects:
        _sheet(session)
    if not session.shows("names"):
        st.caption(reveal.STYLE_WARNING)
    ui.section("Files")
    with st.container(horizontal=True):
        downloads.draw(session.lesson, session)
    _end(session)


def _where(session: ClassSession) -> None:
    """The code, and the address that the command line was given."""
    if on_network():
        address = os.environ.get(ADDRESS_VARIABLE, "")
        st.markdown(f"Students open **{md(address)}** and type **{session.code}**.")
    else:
        st.markdown(
            f"Code of the class: **{session.code}**. On this laptop enter the groups' sheets below. For"
            " students' own devices start `framing dashboard` with `--classroom`."
        )


@st.fragment(run_every="2s")
def _progress(session: ClassSession) -> None:
    text = f"**{plural(session.n_groups, 'group')}** joined"
    if session.step.collects:
        text += f", **{session.n_sent(session.step.id)}** sent this step"
    st.markdown(f"{text}.")


def _projected(session: ClassSession) -> None:
    """What stands on the projector while groups work: the texts or the question, never an answer."""
    settings, lesson = session.lesson.settings, session.lesson
    if session.step.id in ("read", "commit"):
        for column, text in zip(st.columns(len(lesson.shown)), lesson.shown, strict=True):
            with column:
                st.html(views.text_html(text))
    elif session.step.id in ("predict", "rate") and lesson.gap is not None:
        st.html(views.sentence_html(lesson.gap.blank))
    elif session.step.id == "rank":
        for text in lesson.shown:
            st.markdown(f"- {md(text.title)} ({md(text.name)})")
    elif session.step.id in ("list", "tick"):
        st.markdown(md(lesson.card))
    if session.step.id in settings.wording:
        st.markdown(f"**{md(settings.say(session.step.id))}**")


def _stakeholders(session: ClassSession) -> None:
    """Whom the class ticks: the lesson's list and what the groups proposed, nobody's name on it."""
    if session.n_sent("tick"):
        return
    chosen = list(session.stakeholders)
    known = list(dict.fromkeys([*chosen, *session.proposals()]))
    picked = st.multiselect(
        "Whom does the class tick? (the groups' proposals are in the list)",
        known,
        default=chosen,
        max_selections=12,
        accept_new_options=True,
        key="stakeholders ticked",
    )
    if picked and tuple(picked) != session.stakeholders:
        try:
            session.choose_stakeholders(picked)
        except FramingError as error:
            st.error(md(error))


def _correct(session: ClassSession) -> None:
    """The teacher's word against the tool's."""
    with st.expander("Correct a cell"), st.form("correct"):
        texts = {t.key: t.name for t in session.lesson.shown}
        who = st.selectbox("Who", session.stakeholders, key="corrected who")
        key = st.selectbox("Text", list(texts), format_func=texts.__getitem__, key="corrected text")
        code = st.selectbox(
            "Is", ["", *CODES], format_func=lambda c: c or "as the marks say", key="corrected code"
        )
        if st.form_submit_button("Correct"):
            session.correct(str(who), str(key), str(code))
            st.rerun()


def _sheet(session: ClassSession) -> None:
    """Groups without a device: the teacher types what stands on their sheets of paper."""
    with st.expander("Enter a group's sheet"):
        st.caption("What you type here is on the projector, too: switch it off while you type.")
        tokens = {token: f"Group {session.number(token)}" for token in session.tokens()}
        if st.button("Add a group"):
            session.join()
            st.rerun()
        if not tokens:
            return
        token = st.selectbox("Group", list(tokens.values()), key="sheet of")
        found = next(t for t, name in tokens.items() if name == token)
        collect.step(session, found)


def _end(session: ClassSession) -> None:
    ui.section("End of the lesson")
    st.markdown("Ending forgets everything that was sent. What you want to keep, download first.")
    sure = st.checkbox("I have downloaded what I want to keep", key="sure to end")
    if st.button("End the lesson", disabled=not sure):
        hub().end(session.code)
        st.session_state.pop(_CLASS, None)
        st.rerun()
