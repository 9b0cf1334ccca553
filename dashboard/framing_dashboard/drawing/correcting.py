"""Corrections that a reader makes on the page: event groups and referents, with what follows from each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from framing.article import FramingError
from framing.jobs import can_undo, undo
from framing.jobs.run import Kind
from framing_dashboard import ui, work
from framing_dashboard.data import Data, editable
from framing_dashboard.safe import md, visible
from framing_dashboard.views.rows import plural

AGAIN = (
    "Passages, names and comparisons are made again from the stored texts; until that is done everybody"
    " reads the study as it is. The correction holds in later runs too, and can be taken back until the"
    " next one, or until texts are added."
)
_RUN = "correction"  # in the session: the run that this reader has started


def progress(data: Data) -> None:
    """A correction that is under way, and how this reader's last one ended."""
    run = work.last(data.study.path)
    if run is not None and not run.is_over:
        work.panel(run, key=f"run {run.study}")
    mine = st.session_state.get(_RUN)
    if mine is not None and mine.is_over:
        del st.session_state[_RUN]
        ui.outcome(mine)


def events(
    data: Data, event: Mapping[str, Any], members: Sequence[Mapping[str, Any]], every: list[Any]
) -> None:
    """Merge the event with others, take articles out of it, keep it as it is."""
    if not editable():
        return
    locked = bool(event["locked"])
    actions = {
        "merge": "It is the same happening as another event",
        "split": "Some of its articles report something else",
        "unlock" if locked else "lock": (
            "Let later runs group it again" if locked else "It is right: keep it as it is in every later run"
        ),
    }
    with st.expander("Correct this group" + (" (kept as it is)" if locked else "")):
        action = str(
            st.radio(
                "What should change?", list(actions), format_func=actions.__getitem__, key="event action"
            )
        )
        this, ids = str(event["event_id"]), [str(event["event_id"])]
        if action == "merge":
            labels = {str(e["event_id"]): visible(f"{e['label']} · {e['when']}") for e in every}
            del labels[this]
            ids += st.multiselect(
                "Which other events?", list(labels), format_func=labels.__getitem__, key=f"merge {this}"
            )
            n = sum(int(e["articles"]) for e in every if e["event_id"] in ids)
            follows = f"{len(ids)} events become one of {plural(n, 'article')}." if len(ids) > 1 else ""
        elif action == "split":
            names = {str(r["article_id"]): visible(f"{r['name']} · {r['headline']}") for r in members}
            ids += st.multiselect(
                "Which articles leave it?", list(names), format_func=names.__getitem__, key=f"split {this}"
            )
            leave, stay = len(ids) - 1, len(members) - len(ids) + 1
            follows = (
                f"{plural(leave, 'article')} out into a new event; left in this one: {stay}." if leave else ""
            )
            if not stay:
                ids = [this]  # nothing to take out of nothing
        else:
            follows = "No article moves."
        ready = action in ("lock", "unlock") or len(ids) > 1
        _go(data, "events", follows, ready, lambda: {"action": action, "ids": ids})


def referents(data: Data, event: str, referent: str, known: Sequence[str], labels: Sequence[str]) -> None:
    """Merge the referent with others, take names out of it, call it otherwise."""
    if not editable():
        return
    actions = {
        "rename": "Call it otherwise",
        "merge": "Another entry names the same",
        "split": "Some of these names mean something else",
    }
    with st.expander("Correct what is taken for the same thing"):
        action = str(
            st.radio(
                "What should change?", list(actions), format_func=actions.__getitem__, key="referent action"
            )
        )
        others: list[str] = []
        name = ""
        if action == "merge":
            others = st.multiselect(
                "What else names it?", [k for k in known if k != referent], key=f"merge {event} {referent}",
                format_func=visible,
            )  # fmt: skip
            follows = f"{visible(referent)} takes in {', '.join(map(visible, others))}." if others else ""
        else:
            if action == "split":
                others = st.multiselect(
                    "Which names leave it?",
                    list(labels),
                    key=f"split {event} {referent}",
                    format_func=visible,
                )
            name = st.text_input("New name", max_chars=80, key=f"name {event} {referent} {action}").strip()
            what = visible(referent) if action == "rename" else plural(len(others), "name")
            called = "is called" if action == "rename" else "out into a thing of their own, called"
            follows = f"{what} {called} {visible(name)}." if name else ""
        ready = bool(others if action == "merge" else name and (others or action == "rename"))
        step = {"event_id": event, "action": action, "referent": referent, "others": others, "name": name}
        _go(data, "referents", follows, ready, lambda: {"step": step})


def _go(data: Data, kind: Kind, follows: str, ready: bool, job: Callable[[], dict[str, Any]]) -> None:
    st.markdown(f"**What follows.** {md(follows or 'Nothing yet: choose what is meant.')} {AGAIN}")
    study = data.study.path
    busy = any(run.study == study for run in work.under_way())
    if st.button("Correct", key=f"correct {kind}", disabled=busy or not ready):
        try:
            st.session_state[_RUN] = work.start(study, kind, **job())
        except FramingError as error:
            st.error(md(error))
            return
        st.rerun()
    if can_undo(study) and st.button("Take back the last correction", key=f"undo {kind}", disabled=busy):
        undo(study)
        st.rerun()
