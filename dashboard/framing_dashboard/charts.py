"""Charts, each with a text alternative; the table beside it holds the same rows."""

from __future__ import annotations

import altair as alt
import pandas as pd
import streamlit as st

from framing.highlight import palette
from framing_dashboard.safe import visible


def timeline(frame: pd.DataFrame) -> None:
    """When each article of an event was published (columns outlet, published, headline)."""
    frame = frame.map(visible)
    base = alt.Chart(frame).encode(
        x=alt.X("published:T", title="Published"),
        y=alt.Y("outlet:N", title=None, sort=None, axis=alt.Axis(labelLimit=240)),
    )
    chart = base.mark_point(size=110, filled=True).encode(tooltip=["outlet", "published", "headline"])
    first = frame.sort_values("published").iloc[0]
    alt_text = f"Times of publication of {len(frame)} articles; the first is of {first['published']}"
    _draw(chart.properties(height=alt.Step(34)), alt_text)


def values(frame: pd.DataFrame, unit: str, label: str) -> None:
    """One dot an article: its value by outlet, one row of the chart an outlet, events side by side."""
    measured = frame.dropna(subset=["value"]).assign(value=lambda f: f["value"].astype(float))
    measured = measured.assign(**{c: measured[c].map(visible) for c in ("event", "name")})
    chart = (
        alt.Chart(measured)
        .mark_point(size=110, filled=True, opacity=0.85)
        .encode(
            x=alt.X("value:Q", title=unit, scale=alt.Scale(zero=True), axis=alt.Axis(tickCount=6)),
            y=alt.Y("name:N", title=None, axis=alt.Axis(labelLimit=240)),
            tooltip=[
                alt.Tooltip("name:N", title="Outlet"),
                alt.Tooltip("event:N", title="Event"),
                alt.Tooltip("value:Q", title=unit, format=".3g"),
            ],
        )
        .properties(height=alt.Step(34))
    )
    low, high = measured["value"].min(), measured["value"].max()
    reading = f"{label}: {len(measured)} articles, from {low:.3g} to {high:.3g} {unit}; the table has them"
    _draw(chart, reading)


def _draw(chart: alt.Chart, reading: str) -> None:
    # Streamlit's grey for axis labels is below 4.5:1 on its own ground.
    ink = palette.INK["dark" if st.context.theme.type == "dark" else "light"]
    readable = chart.configure_axis(labelColor=ink, titleColor=ink, labelFontSize=13, titleFontSize=13)
    st.altair_chart(readable, alt=reading)
