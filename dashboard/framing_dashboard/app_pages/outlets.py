"""Outlets: how they differ on a measure, and why a comparison was not made."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from framing.measures import get
from framing.tables import records
from framing_dashboard import linking, ui
from framing_dashboard.drawing import charts
from framing_dashboard.drawing import outlets as drawing
from framing_dashboard.safe import Cell, Column, href, md
from framing_dashboard.view import View
from framing_dashboard.views import outlets
from framing_dashboard.views.rows import VOICE_NAMES


def draw() -> None:
    """The outlets page."""
    data = ui.study()
    ui.heading(
        "How do outlets differ over the same events?",
        "Only reports of the same event are compared. Where there are too few, there is no estimate, and the"
        " reason is given.",
    )
    measures = data.table("measures")
    names = ui.in_order(measures["measure"].dropna().unique())
    if not names:
        st.info("Nothing has been measured in this study yet.")
        return
    linked = linking.linked_view(data)
    opened = View(measure=linked.measure or names[0], voice=linked.voice or "all", outlet=linked.outlet)
    mine = {"measure": opened.measure, "voice": opened.voice, "outlet looked at": opened.outlet}
    linking.seed("outlets", mine)
    left, middle, right = st.columns(3)
    with left:
        measure = str(st.selectbox("Measure", names, format_func=ui.measure_label, key="measure"))
    known = set(measures.loc[measures["measure"] == measure, "voice"].dropna())
    options = [v for v in VOICE_NAMES if v in known]
    if st.session_state["voice"] not in options:
        st.session_state["voice"] = options[0]
    with middle:
        voice = str(st.selectbox("Whose words", options, format_func=VOICE_NAMES.__getitem__, key="voice"))
    frame = outlets.value_rows(measures, data.table("articles"), data.table("events"), measure, voice)
    with right:
        view = View(
            measure=measure, voice=voice, outlet=ui.choose_outlet(frame["name"], key="outlet looked at")
        )
    linking.write("outlets", view, opened)
    _explain(measure)

    drawing.measure(data.table("comparisons"), view, _unit(measures, measure))
    drawing.sentences(data, frame, view)
    drawing.largest(data.table("comparisons"), voice)
    drawing.of_all_measures(data)

    ui.section("Article by article")
    if frame["value"].notna().any():
        charts.values(frame, str(frame["unit"].dropna().iloc[0]), ui.measure_label(measure))
    rows = records(frame)
    for row in rows:
        there = View(str(row["event_id"] or ""), (str(row["article_id"]),))
        row["open"] = Cell(str(row["headline"] or row["article_id"]), href("compare", there.to_params()))
        if row["value"] is not None:
            places = replace(view, outlet=row["name"])
            row["value"] = Cell.of(row["value"], href("outlets", places.to_params()))
    ui.table(
        rows,
        [
            Column("event", "Event"),
            Column("name", "Outlet"),
            Column("open", "Article"),
            Column("value", str(frame["unit"].iloc[0] or "Value"), number=True),
            Column("n", "Counted over", number=True),
            Column("why_none", "Not measured because"),
        ],
        caption="One row an article; an empty value is not zero. A value opens its places in the texts",
        csv=f"{measure.replace('_', '-')}-by-article",
    )
    ui.cannot_show(
        "Why outlets differ: they choose topics, lengths and agencies, not only words.",
        "A ranking: no value here says which outlet is better or more biased.",
    )


def _unit(measures: pd.DataFrame, measure: str) -> str:
    units = measures.loc[measures["measure"] == measure, "unit"].dropna()
    return str(units.iloc[0]) if len(units) else "no unit"


def _explain(measure: str) -> None:
    try:
        found = get(measure)
    except LookupError:
        return  # measured by a version that had it; the table still shows its values
    st.markdown(f"**Higher means:** {md(found.higher_means)}. **Limits:** {md(found.limits)}")


draw()
