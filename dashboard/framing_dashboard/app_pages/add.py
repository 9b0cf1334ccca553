"""Add texts: a reader's own articles, into a new study or an existing one."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import streamlit as st

from framing.article import FramingError
from framing.jobs import Run
from framing_dashboard import data as study_data
from framing_dashboard import ui, work
from framing_dashboard.drawing import add as drawing
from framing_dashboard.safe import md
from framing_dashboard.serving import STUDY_VARIABLE
from framing_dashboard.uploads import Upload, new_study
from framing_dashboard.views.rows import plural


def draw() -> None:
    """The page on which articles are added."""
    ui.heading(
        "Which texts do you want to compare?",
        "Choose files, see what was found in them, then analyse. Nothing leaves this machine.",
    )
    if not study_data.editable():
        st.info(
            "This server only shows its study, since others can reach it. Analyse texts in a terminal:"
            " `framing analyze FOLDER --study STUDY`, then `framing dashboard STUDY`."
        )
        return
    for run in work.under_way():
        work.panel(run, key=f"run {run.study}")
    state = st.session_state
    ended = state.get("run of texts")
    if ended is not None and ended.is_over:
        ui.outcome(ended)
    given = drawing.choose()
    if given:
        try:
            _files(given)
        except FramingError as error:
            st.error(md(error))
    ui.cannot_show(
        "A text that is not there: behind a paywall, in a picture, or cut off by an archive.",
        "English only: articles in other languages are listed, but what rests on grammar is not measured.",
    )


def _files(given: list[Any]) -> None:
    state = st.session_state
    ids = tuple(file.file_id for file in given)
    if state.get("upload of") != ids:
        state["upload"], state["upload of"] = Upload(given), ids
        _look({})
    upload: Upload = state["upload"]
    seen: Run = state["look"]
    if seen.status != "done":
        st.error(md(seen.error or "The files could not be looked into in two minutes."))
        return
    files = seen.result["files"]
    ui.section("What the files hold")
    drawing.contents(files)
    mapping = drawing.mapping(files, state["mapping"])
    if mapping != state["mapping"]:
        _look(mapping)
        st.rerun()
    rows = [] if upload.has_metadata else drawing.outlets(files)
    _analyse(upload, sum(f["articles"] for f in files), mapping, rows)


def _look(mapping: dict[str, str]) -> None:
    state = st.session_state
    state["mapping"] = mapping
    with st.spinner("Looking into the files …"):
        run = Run("look", keep=state["upload"], inputs=state["upload"].inputs, mapping=mapping)
        state["look"] = run.start().wait(120)
        if not run.is_over:
            run.stop()


def _analyse(upload: Upload, n: int, mapping: dict[str, str], rows: list[dict[str, str]]) -> None:
    ui.section("Analyse")
    target, name, place = drawing.destination(list(study_data.studies()))
    if not n:
        st.warning("There is no article in these files, so there is nothing to analyse.")
        return
    st.markdown(f"Takes about {max(20, n // 4 + 20):,} seconds; reading the other studies goes on meanwhile.")
    if st.button(f"Analyse {plural(n, 'article')}", type="primary"):
        home = Path(os.environ[STUDY_VARIABLE]).parent
        study = new_study(home, name) if target == drawing.NEW else study_data.studies()[target]
        if rows:
            upload.describe(rows)
        st.session_state["run of texts"] = work.start(
            study, "analyze", keep=upload, inputs=upload.inputs, mapping=mapping, outlet_from=place or None
        )
        st.session_state["files chosen"] = st.session_state.get("files chosen", 0) + 1
        st.session_state.pop("upload of")
        st.rerun()


draw()
