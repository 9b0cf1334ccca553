"""Start: what the study holds, and where to go from here."""

from __future__ import annotations

import streamlit as st

from framing_dashboard import data as study_data
from framing_dashboard import ui, work
from framing_dashboard.safe import Cell, Column, href, md
from framing_dashboard.views import overview

DOORS = (
    (
        "compare",
        "Read side by side",
        "Reports of one event, with loaded words, quotations and cues marked.",
        "Read the texts →",
    ),
    (
        "voices",
        "See who speaks",
        "Which outlet quotes whom, how much, with which verbs; and every quotation.",
        "See the voices →",
    ),
    (
        "add",
        "Analyse your own texts",
        "Files from an archive, a spreadsheet, or saved pages; into a study.",
        "Add texts →",
    ),
    (
        "classroom",
        "Teach a lesson",
        "Four exercises on invented or real texts, on paper or on the class's own devices.",
        "Choose an exercise →",
    ),
)


def draw() -> None:
    """The start page."""
    data = ui.study()
    articles, events = data.table("articles"), data.table("events")
    ui.heading("How do outlets tell the same event?", f"You are looking at the study **{md(data.name)}**.")
    _choose_study(data.name)
    for run in work.under_way():
        work.panel(run, key=f"run {run.study}")
    if not len(articles):
        st.info("This study holds no article yet.")
        ui.page_link("add", "Add texts →")
    else:
        ui.facts(overview.facts(articles, events))
        ui.forewarning()
        for column, (path, title, what, link) in zip(st.columns(len(DOORS)), DOORS, strict=True):
            with column.container(border=True):
                st.header(title, anchor=False)
                st.markdown(what)
                ui.page_link(path, f"**{link}**")
        ui.section("Events")
        rows = [
            row | {"open": Cell(str(row["label"]), href("event", {"event": str(row["event_id"])}))}
            for row in ui.events(data)
        ]
        ui.table(
            rows,
            [
                Column("open", "Event"),
                Column("when", "Published"),
                Column("articles", "Articles", number=True),
                Column("outlets", "Outlets", number=True),
                Column("words", "Words it was grouped by"),
            ],
            caption="Articles grouped by the event that they report; those that most outlets report first",
            csv="events",
        )
    problems = overview.import_problems(data.table("import_report"), articles)
    if problems:
        ui.section("What to know about the import")
        ui.problems(problems)


def _choose_study(name: str) -> None:
    names = list(study_data.studies())
    if len(names) < 2:
        return
    st.session_state.setdefault("study looked at", name)

    def changed() -> None:
        wanted = st.session_state["study looked at"]
        st.query_params.from_dict({study_data.STUDY: wanted})

    st.selectbox("Study", names, key="study looked at", on_change=changed)


draw()
