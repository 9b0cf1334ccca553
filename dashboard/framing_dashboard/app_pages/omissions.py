"""Omissions: what one report of an event has that another lacks."""

from __future__ import annotations

import streamlit as st

from framing_dashboard import linking, ui
from framing_dashboard.safe import Cell, Column, href
from framing_dashboard.view import MAX_ARTICLES, View
from framing_dashboard.views import omissions, overview
from framing_dashboard.views.rows import plural


def draw() -> None:
    """The omissions page."""
    data = ui.study()
    ui.heading(
        "What does one report have that another lacks?",
        "● found in this text, – not found in it. What stands in most reports but not in all comes first.",
    )
    every = [
        row
        for row in overview.event_rows(data.table("events"), data.table("articles"))
        if row["articles"] > 1
    ]
    if not every:
        st.info("No event of this study has two reports, so nothing can be compared.")
        return
    linked = linking.linked_view(data)
    known = [str(row["event_id"]) for row in every]
    wanted = linked.event or linking.last_event(data)
    opened = View(wanted if wanted in known else known[0])
    linking.seed("omissions", {"event of omissions": opened.event})
    event = ui.choose_event(every, key="event of omissions")
    linking.write("omissions", View(event), opened)
    articles = omissions.columns(data.table("articles"), event)
    marks = [Column(article, name) for article, name in articles.items()]
    total = next(int(row["articles"]) for row in every if row["event_id"] == event)
    if total > len(articles):
        st.info(f"The first {len(articles)} of {total} reports by date are compared.")

    ui.section("Passages")
    rows = omissions.passage_rows(data.table("passages"), event, articles)
    for row in rows:
        first = row["first"][-1]
        view = View(event, (first, *(a for a in articles if a != first))[:MAX_ARTICLES])
        row["open"] = Cell("side by side", href("compare", view.to_params()))
    if rows:
        ui.table(
            rows,
            [Column("text", "Passage"), Column("in", "Found in"), *marks, Column("open", "Read")],
            caption=f"{plural(len(rows), 'passage')} of {plural(len(articles), 'report')}",
        )
    else:
        st.info("The passages of these reports have not been matched in this study.")

    ui.section("Speakers")
    speakers = omissions.speaker_rows(data.table("quotes"), event, articles)
    for row in speakers:
        link = View(event, speaker=row["speaker"])
        row["open"] = Cell(row["speaker"], href("voices", link.to_params()))
    ui.table(
        speakers,
        [Column("open", "Speaker"), Column("in", "Heard in"), *(Column(m.key, m.label, True) for m in marks)],
        caption="Words of each named speaker by report; a dash means not heard there",
    )
    ui.cannot_show(
        "Why something is missing: reports differ in length, time of publication and agency copy.",
        "A passage told in quite other words can be missed; “not found” is about this text and this tool.",
    )


draw()
