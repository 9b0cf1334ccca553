"""Check: is a measure right on these texts? A blind sample, two coders, what follows."""

from __future__ import annotations

import streamlit as st

from framing.sample.kept import samples
from framing_dashboard import ui
from framing_dashboard.data import editable
from framing_dashboard.drawing import check as drawing

NEW = ""  # among the samples


def draw() -> None:
    """The page on which a sample is labelled."""
    data = ui.study()
    ui.heading(
        "Is a measure right on these texts?",
        "Label a blind sample of sentences, best by two people on their own. Half of them hold a find of the"
        " measure; which ones, and from which outlet they are, is not shown.",
    )
    if not editable():
        st.info("This server only shows its study. Sheets to label: `framing sample STUDY --help`.")
        return
    if not len(data.table("measures")):
        st.info("Nothing has been measured in this study yet.")
        return
    known = samples(data.study)
    if st.session_state.get("sample drawn") in known:
        st.session_state["sample"] = st.session_state.pop("sample drawn")
    left, right = st.columns(2)
    with left:
        name = str(
            st.selectbox(
                "Sample",
                [*known, NEW],
                format_func=lambda n: drawing.called(n, known[n]) if n in known else "a new one",
                key="sample",
            )
        )
    if name not in known:
        drawn = drawing.new(data)
        if drawn:
            st.session_state["sample drawn"] = drawn
            st.rerun()
        return
    with right:
        coder = st.text_input("Coder", key="coder", max_chars=30, help="Letters, digits, - and _").strip()
    if not coder:
        st.info("Type a name for the one who labels. Each coder labels all sentences, unseen by the others.")
        return
    ui.section("One sentence at a time")
    if not drawing.one(data, name, known[name], coder):
        st.success("All sentences are labelled.")
        drawing.results(data, name, known[name])
    ui.cannot_show(
        "How right a measure is elsewhere: the figures are of these texts, and of these coders.",
        "Why it errs. Read the sentences on which you differ from it in the article.",
    )


draw()
