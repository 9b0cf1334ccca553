"""Classroom: for a teacher the lesson, for students their step of it."""

from __future__ import annotations

import streamlit as st

from framing_dashboard import ui
from framing_dashboard.classroom import hub, student, teacher


def draw() -> None:
    """The classroom page."""
    code = st.query_params.get("class", "")
    if code:
        student.draw(code)
    elif hub.is_teacher():
        teacher.draw(ui.study())
    else:
        student.join()


draw()
