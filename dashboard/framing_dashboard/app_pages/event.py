"""Event: who covered it, when, under which headline."""

from __future__ import annotations

import streamlit as st

from framing_dashboard import linking, ui
from framing_dashboard.drawing import charts, correcting
from framing_dashboard.safe import Cell, Column, href, md
from framing_dashboard.view import MAX_ARTICLES, View, showing
from framing_dashboard.views import overview
from framing_dashboard.views.rows import plural

HEADLINES = (
    Column("name", "Outlet"),
    Column("open", "Headline"),
    Column("when", "Published"),
    Column("n_words", "Words", number=True),
    Column("quotations", "Quotations", number=True),
    Column("speakers", "Speakers", number=True),
    Column("shared", "Text shared"),
    Column("notes", "To know"),
)


def draw() -> None:
    """The event page."""
    data = ui.study()
    articles, events = data.table("articles"), data.table("events")
    ui.heading(
        "Who covered this event, when, and under which headline?",
        "One row an article. A headline opens the article beside another report of the same event.",
    )
    correcting.progress(data)
    every = ui.events(data)
    if not every:
        st.info("This study has no events yet.")
        return
    linked = linking.linked_view(data)
    opened = View(linked.event or linking.last_event(data) or str(every[0]["event_id"]))
    linking.seed("event", {"event": opened.event})
    event_id = ui.choose_event(every, key="event")
    linking.write("event", View(event_id), opened)
    event = next(r for r in every if r["event_id"] == event_id)
    rows = ui.headlines(data, event_id)

    ui.section("Headlines")
    st.markdown(f"Grouped by the words: {md(event['words'] or 'none')}.")
    for row in rows:
        others = [r["article_id"] for r in rows if r is not row]
        pair = View(event_id, (row["article_id"], *others[:1]))
        row["open"] = Cell(row["headline"], href("compare", pair.to_params()))
        if row["shared"]:
            both = View(event_id, (row["origin"], row["article_id"]), showing("copied"))
            row["shared"] = Cell(row["shared"], href("compare", both.to_params()))
    caption = f"{plural(len(rows), 'article')} in order of publication"
    shown = [c for c in HEADLINES if c.key != "shared" or any(row["shared"] for row in rows)]
    ui.table(rows, shown, caption=caption, csv="headlines")
    chosen = View(event_id, tuple(r["article_id"] for r in rows[:MAX_ARTICLES]))
    if len(rows) > 1:
        n = {2: "both", 3: "all three", 4: "all four"}.get(len(rows), f"the first {MAX_ARTICLES}")
        ui.page_link("compare", f"Read {n} side by side", chosen.to_params(), icon="📖")
    else:
        st.info("Only one article of this study reports the event, so there is nothing to compare it with.")
    correcting.events(data, event, rows, every)

    timeline = overview.timeline(rows)
    if len(timeline):
        ui.section("First publication")
        charts.timeline(timeline)
    outlets, matrix = overview.coverage(articles, events)
    if outlets:
        ui.section("All events by outlet")
        ui.table(
            matrix,
            [Column("label", "Event"), *(Column(f"outlet:{o}", o, number=True) for o in outlets)],
            caption="Articles of each named outlet; a dash = none here. Unnamed outlets are left out",
            csv="events-by-outlet",
        )
    ui.cannot_show(
        "An outlet may have reported the event in an article that is not in this study.",
        "Dates are those printed or given with the files; an article without one is listed last.",
    )


draw()
