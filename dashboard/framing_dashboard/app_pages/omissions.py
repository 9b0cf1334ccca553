"""Omissions: what the reports of one outlet have that those of another lack."""

from __future__ import annotations

import streamlit as st

from framing_dashboard import linking, ui
from framing_dashboard.data import Data
from framing_dashboard.drawing import omissions as drawing
from framing_dashboard.view import View
from framing_dashboard.views import omissions, overview
from framing_dashboard.views.rows import plural


def draw() -> None:
    """The omissions page."""
    data = ui.study()
    ui.heading(
        "What does one report have that another lacks?",
        "A number is how often, a percentage where first (0 % is the top); – is not found in these texts."
        " What most have but not all comes first. Every number opens its place in the text.",
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
    own = omissions.of_event(data.table("presence"), event, without_reprints=_left_out(data, event))
    reason = omissions.why_none(own)
    if len(own) and not reason:
        drawing.by_outlet(data, event, own)
    else:
        st.info(f"Not compared by outlet: {reason or 'this study was made without it'}.")
        drawing.by_report(
            data, event, next(int(row["articles"]) for row in every if row["event_id"] == event)
        )
    ui.cannot_show(
        "Why something is missing: reports differ in length, time of publication and agency copy.",
        "What an outlet reported elsewhere: “not found” is about these texts and this tool.",
        "A passage told in quite other words can be missed, and two near facts can be taken for one.",
    )


def _left_out(data: Data, event: str) -> bool:
    """Whether reprints are left out; asked only where the event has some."""
    articles = data.table("articles")
    n = int(((articles["event_id"] == event) & articles["reprint_of"].notna()).fillna(False).sum())
    return n > 0 and st.toggle(f"Without {plural(n, 'reprint')}", key="omissions without reprints")


draw()
