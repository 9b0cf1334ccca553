"""Before the lesson: which activity, which texts. Blind as the lesson: a projector may show it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd
import streamlit as st

from framing.article import FramingError
from framing.classroom import demonstration, sources
from framing.classroom.activities import ACTIVITIES, ACTIVITY_IDS
from framing.classroom.blinding import blinder
from framing.classroom.lesson import Lesson, arrange
from framing.classroom.session import ClassSession
from framing.classroom.settings import Settings, default, load, parse
from framing.classroom.sources import EventTexts
from framing_dashboard import ui
from framing_dashboard.classroom import downloads
from framing_dashboard.classroom.hub import hub
from framing_dashboard.classroom.opening import SETTINGS_VARIABLE
from framing_dashboard.data import Data
from framing_dashboard.safe import Column, md
from framing_dashboard.views import overview
from framing_dashboard.views.rows import plural

MAX_EVENTS = 100  # a longer list is no choice; settings can name any event


def draw(data: Data) -> ClassSession | None:
    """Choose a lesson; the class where the teacher begins it."""
    ui.heading(
        "Which exercise fits my lesson?",
        "Students commit to a judgement, compare it, and only then see marks and names. Nothing here names"
        " an outlet, so that this screen can be projected.",
    )
    _running()
    ui.table(
        [
            {
                "title": a.title,
                "goal": a.goal,
                "ages": a.ages,
                "minutes": default(a.id).minutes,
                "guard": a.guard,
            }
            for a in ACTIVITIES
        ],
        [
            Column("title", "Activity"),
            Column("goal", "Goal"),
            Column("ages", "Ages"),
            Column("minutes", "Minutes", number=True),
            Column("guard", "Mind"),
        ],
        caption="Four activities; the lesson plans lie in the project's docs/classroom",
    )
    given = _given()
    settings = _settings(data, given)
    try:
        lesson = arrange(settings, _event(data, settings.event))
    except FramingError as error:
        st.warning(md(error))
        return None
    _summary(lesson)
    begin = st.button("Begin the lesson", type="primary")
    ui.section("Files")
    with st.container(horizontal=True):
        downloads.draw(lesson)
    return hub().open(lesson) if begin else None


def _running() -> None:
    for session in hub().running():
        left, right = st.columns([4, 1], vertical_alignment="center")
        title = session.lesson.settings.of.title
        left.markdown(f"Class **{session.code}** is running: {title}, {plural(session.n_groups, 'group')}.")
        if right.button("Continue", key=f"continue {session.code}", help=f"Continue class {session.code}"):
            st.session_state["class taught"] = session.code
            st.rerun()


def _given() -> Settings | None:
    """The settings of an earlier lesson: from the command line, or a file that is chosen here."""
    with st.expander("Repeat an earlier lesson"):
        file = st.file_uploader("Settings file (.toml)", type="toml", max_upload_size=1, key="settings file")
    try:
        if file is not None:
            return parse(file.getvalue(), "the settings file")
        path = os.environ.get(SETTINGS_VARIABLE)
        return load(Path(path)) if path else None
    except FramingError as error:
        st.error(md(error))
        return None


def _settings(data: Data, given: Settings | None) -> Settings:
    if given is not None:
        st.info("The lesson is as its settings file says. Take the file away to choose freely.")
        return given
    names = {a.id: a.title for a in ACTIVITIES}
    activity = st.radio(
        "Activity", ACTIVITY_IDS, format_func=lambda i: names[i], horizontal=True, key="activity"
    )
    shipped = default(str(activity))
    labels = _labels(data)
    event = st.selectbox("Event", list(labels), format_func=labels.__getitem__, key="lesson event")
    left, right = st.columns(2)
    found = _event(data, str(event))
    subject = left.text_input(
        "What or whom the questions are about",
        found.subject if activity != "swap_the_verb" and found.subject else shipped.subject,
        max_chars=100,
        key=f"subject {activity} {event}",
    )
    seed = right.number_input("Order of the texts (any number)", 0, 9999, shipped.seed, key="seed")
    return replace(
        shipped,
        event=str(event),
        texts=_texts(found, shipped),
        subject=subject.strip() or shipped.subject,
        seed=int(seed),
    )


def _texts(found: EventTexts, shipped: Settings) -> tuple[str, ...]:
    """The texts to use, by headline without names; empty where the activity shall choose."""
    activity = shipped.of
    blind = blinder({t.outlet: "[outlet]" for t in found.texts if t.outlet}, [t.byline for t in found.texts],
                    found.outlets)  # fmt: skip
    labels = {
        t.id: f"{n}. {blind.string(t.title) or 'no headline'}" for n, t in enumerate(found.texts, start=1)
    }
    known = [name for name in shipped.texts if name in labels]
    bounds = f"{activity.min_texts} to {activity.max_texts}" if activity.max_texts > 2 else "two"
    chosen = st.multiselect(
        f"Texts ({bounds}; none = chosen for you)",
        list(labels),
        default=known,
        format_func=labels.__getitem__,
        max_selections=activity.max_texts,
        key=f"texts {activity.id} {found.event}",
    )
    return tuple(chosen)


def _labels(data: Data) -> dict[str, str]:
    """The events to choose from: the invented ones first, then the study's, without names."""
    labels = {
        demonstration.PREFIX + name: f"{event.label} (invented, marked by hand)"
        for name, event in demonstration.events().items()
    }
    articles = data.table("articles")
    blind = data.once(
        "blinder of all outlets",
        lambda: blinder({}, articles["byline"].dropna().unique(), articles["outlet"].dropna().unique()),
    )
    rows = [row for row in overview.event_rows(data.table("events"), articles) if row["articles"] > 1]
    for row in rows[:MAX_EVENTS]:
        labels[str(row["event_id"])] = (
            f"{blind.string(str(row['label']))} ({plural(row['articles'], 'text')})"
        )
    return labels


def _event(data: Data, name: str) -> EventTexts:
    def table(which: str, article_ids: Sequence[str] | None = None, /) -> pd.DataFrame:
        return data.table(which) if article_ids is None else data.of(which, article_ids)

    return data.once(f"event for class {name}", lambda: sources.event(name, table, data.texts))


def _summary(lesson: Lesson) -> None:
    settings = lesson.settings
    sizes = ", ".join(f"{t.name}: {plural(t.n_words, 'word')}" for t in lesson.shown)
    marks = " and ".join(f"made by {'hand' if kind == 'hand' else 'the tool'}" for kind in lesson.kinds)
    ui.facts(
        [
            ("Minutes", settings.minutes),
            ("Texts", len(lesson.shown)),
            ("Steps", len(settings.walk)),
            ("Marks", marks or "none"),
        ]
    )
    st.caption(f"{md(sizes)}. {settings.of.guard}")
