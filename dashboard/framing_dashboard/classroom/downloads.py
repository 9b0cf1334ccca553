"""The files of a lesson: handout, key, settings, results. Each is made when it is asked for."""

from __future__ import annotations

import streamlit as st

from framing.classroom import handouts, results
from framing.classroom.lesson import Lesson
from framing.classroom.session import ClassSession
from framing.classroom.settings import dump


def draw(lesson: Lesson, session: ClassSession | None = None) -> None:
    """Buttons for every file; the results once the class has been shown."""
    activity = lesson.settings.activity.replace("_", "-")
    st.download_button(
        "Handout for students (HTML)",
        lambda: handouts.sheet(lesson),
        f"{activity}-{handouts.SHEET}",
        "text/html",
        on_click="ignore",
        help="Prints on A4 and Letter; no names are in it",
    )
    st.download_button(
        "Key for the teacher (HTML)",
        lambda: handouts.key(lesson),
        f"{activity}-{handouts.KEY}",
        "text/html",
        on_click="ignore",
        help="Holds the names and the marks: not for the class",
    )
    st.download_button(
        "Settings (TOML)",
        lambda: dump(lesson.settings),
        f"{activity}-settings.toml",
        "application/toml",
        on_click="ignore",
        help="With this file the lesson can be repeated",
    )
    if session is not None and session.shows("class"):
        st.download_button(
            "Results with codebook (ZIP)",
            lambda: results.archive(session),
            results.FILE_NAME,
            "application/zip",
            on_click="ignore",
            help="class_results.csv, codebook.csv, settings.toml; outlets are in it once the class saw them",
        )
    elif session is not None:
        st.caption("The results can be downloaded once the class has been shown.")
