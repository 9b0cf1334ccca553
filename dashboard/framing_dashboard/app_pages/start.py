"""Start: what the study holds, and where to go from here."""

from __future__ import annotations

import streamlit as st

from framing_dashboard import ui
from framing_dashboard.safe import Cell, Column, href, md
from framing_dashboard.views import overview

DOORS = (
    (
        "compare",
        "Read side by side",
        "Reports of one event, with loaded words, quotations and cues marked.",
    ),
    ("voices", "See who speaks", "Which outlet quotes whom, how much, and with which verbs."),
    ("export", "Take it with you", "Every table with its codebook, ready for R, Python or a spreadsheet."),
)


def draw() -> None:
    """The start page."""
    data = ui.study()
    articles, events = data.table("articles"), data.table("events")
    ui.heading("How do outlets tell the same event?", f"You are looking at the study **{md(data.name)}**.")
    if not len(articles):
        st.info(
            "This study holds no article yet. Add some in a terminal:"
            " `framing analyze FOLDER --study STUDY`, then load this page again."
        )
    else:
        ui.facts(overview.facts(articles, events))
        ui.forewarning()
        for column, (path, title, what) in zip(st.columns(3), DOORS, strict=True):
            with column.container(border=True):
                st.header(title, anchor=False)
                st.markdown(what)
                st.page_link(f"app_pages/{path}.py", label="**Open →**")
        ui.section("Events")
        rows = [
            row | {"open": Cell(str(row["label"]), href("event", {"event": str(row["event_id"])}))}
            for row in overview.event_rows(events, articles)
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
        )
    problems = overview.import_problems(data.table("import_report"), articles)
    if problems:
        ui.section("What to know about the import")
        ui.table(
            problems,
            [
                Column("source_file", "File"),
                Column("status", "What"),
                Column("reason", "Why"),
                Column("expected", "Expected"),
                Column("found", "Found"),
            ],
            caption="Rejected, repeated or cut-off articles, and what was odd while reading the others",
        )


draw()
