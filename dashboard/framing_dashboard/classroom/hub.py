"""The classes of this server, in memory and shared by its visitors; who of them is the teacher."""

from __future__ import annotations

import hmac
import os
import threading
import time

import streamlit as st

from framing.article import FramingError
from framing.classroom.lesson import Lesson
from framing.classroom.session import ClassSession, new_code
from framing_dashboard.classroom.opening import KEY_VARIABLE

MAX_CLASSES = 8  # lessons at one time; more than a school teaches from one laptop

_TEACHER = "is the teacher"


class Hub:
    """The running classes by code."""

    def __init__(self) -> None:
        self._classes: dict[str, ClassSession] = {}
        self._lock = threading.Lock()

    def open(self, lesson: Lesson) -> ClassSession:
        """Begin a class. Raises FramingError where too many are running."""
        with self._lock:
            self._forget_old()
            if len(self._classes) >= MAX_CLASSES:
                raise FramingError(f"{MAX_CLASSES} classes are running; end one of them first")
            code = new_code()
            while code in self._classes:
                code = new_code()
            self._classes[code] = ClassSession(lesson, code, time.monotonic())
            return self._classes[code]

    def get(self, code: str) -> ClassSession | None:
        """The class of that code, None where there is none or it was forgotten."""
        with self._lock:
            self._forget_old()
            return self._classes.get(code.strip().upper())

    def running(self) -> list[ClassSession]:
        """All classes, the latest first."""
        with self._lock:
            self._forget_old()
            return list(self._classes.values())[::-1]

    def end(self, code: str) -> None:
        """Forget a class and everything that was sent."""
        with self._lock:
            self._classes.pop(code, None)

    def _forget_old(self) -> None:
        now = time.monotonic()
        for code in [c for c, session in self._classes.items() if session.old(now)]:
            del self._classes[code]


@st.cache_resource(show_spinner=False)
def hub() -> Hub:
    """The one hub of this server."""
    return Hub()


def on_network() -> bool:
    """Whether this server is opened to a class: visitors are students unless they prove otherwise."""
    return bool(os.environ.get(KEY_VARIABLE))


def is_teacher() -> bool:
    """Whether this visitor may see the teacher's screens and the rest of the dashboard.

    On a server for one laptop everybody may. On one that is opened to a class it takes the
    key that the command line printed; it leaves the address at once, since a projector shows it.
    """
    if not on_network():
        return True
    given = st.query_params.get("teacher", "")
    if given:
        del st.query_params["teacher"]
        if hmac.compare_digest(given.encode(), os.environ[KEY_VARIABLE].encode()):
            st.session_state[_TEACHER] = True
    return bool(st.session_state.get(_TEACHER))
