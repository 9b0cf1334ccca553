"""Charts, each with a text alternative; the table beside it holds the same rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from framing.highlight import palette
from framing_dashboard.safe import visible

MAX_DOTS = 300  # more of them are one blot
GREY = "#808080"  # 3.9:1 on the light page, 4.8:1 on the dark one
TREE_NAMES = 140  # pixels for the names beside the tree: half of the narrowest window
PER_OUTLET = 12  # words of an outlet that a chart shows; the table has all


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
    if len(measured) > MAX_DOTS:
        _spread(measured, unit, label)
        return
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


def _spread(measured: pd.DataFrame, unit: str, label: str) -> None:
    """The median and the middle half of the articles of each outlet, where dots would hide each other."""
    of = measured.groupby("name")["value"]
    frame = pd.DataFrame({"value": of.median(), "low": of.quantile(0.25), "high": of.quantile(0.75)})
    frame = frame.assign(n=of.size()).sort_values("value", ascending=False).reset_index()
    reading = (
        f"{label}: median and middle half of the articles of {len(frame)} outlets; the medians lie between"
        f" {frame['value'].min():.3g} and {frame['value'].max():.3g} {unit}"
    )
    title = f"{unit}: median and middle half of the articles"
    _draw(intervals(frame, "value", "name", title, ["n"]), reading)


def distinctive(rows: Sequence[Mapping[str, Any]]) -> None:
    """The words that set each outlet apart: log-odds with interval, :data:`PER_OUTLET` of each outlet."""
    frame = pd.DataFrame(rows)
    frame = frame[frame["low"].notna()].groupby("outlet", sort=False).head(PER_OUTLET)
    if not len(frame):
        return
    frame = frame.assign(outlet=frame["outlet"].map(visible), term=frame["term"].map(visible))
    # One chart: facets would keep their width in a narrow window.
    frame["word"] = frame["term"] + " (" + frame["outlet"] + ")"
    reading = f"Weighted log-odds with 95 % intervals of {len(frame)} words by outlet; the table has them"
    _draw(intervals(frame, "log_odds", "word", "Weighted log-odds (natural log)", ["count"]), reading)


def differences(frame: pd.DataFrame, unit: str, label: str) -> None:
    """Each outlet's difference from the others within events, with its interval."""
    frame = frame.assign(outlet=frame["outlet"].map(visible))
    clear = int(((frame["low"] > 0) | (frame["high"] < 0)).sum())
    reading = (
        f"{label}: differences of {len(frame)} outlets from the others in {unit}, with 95 % intervals;"
        f" {clear} of the intervals are without zero. The table has the numbers"
    )
    title = f"Difference from the others ({unit})"
    _draw(intervals(frame, "estimate", "outlet", title, ["n_events", "n_articles"]), reading)


def outlet_map(points: pd.DataFrame, outlines: pd.DataFrame) -> None:
    """Where the outlets lie by all measures, with their 95 % ellipses; names stand at the dots."""
    points, outlines = (f.assign(outlet=f["outlet"].map(visible)) for f in (points, outlines))
    x = alt.X("x:Q", title="First axis (standard deviations)")
    y = alt.Y("y:Q", title="Second axis (standard deviations)")
    lines = alt.Chart(outlines).mark_line(strokeWidth=1.5, aria=False)
    lines = lines.encode(x=x, y=y, detail="outlet:N", order="order:Q", color=alt.value(GREY))
    base = alt.Chart(points).encode(x=x, y=y)
    dots = base.mark_point(size=90, filled=True, opacity=1).encode(
        tooltip=["outlet", "n_events", "n_articles"]
    )
    names = base.mark_text(dy=-12, fontSize=13).encode(text="outlet:N", color=alt.value(_ink()))
    reading = (
        f"A map of {len(points)} outlets by all measures; the nearer, the more alike. Ellipses that overlap"
        " may change places. The table has the positions"
    )
    _draw(alt.layer(lines, dots, names).properties(height=420), reading)


def outlet_tree(lines: pd.DataFrame, order: Sequence[str]) -> None:
    """Which outlets are alike: the further right two branches meet, the less."""
    names = pd.DataFrame({"outlet": [visible(o) for o in order], "y": range(len(order)), "x": 0.0})
    scale = alt.Scale(domain=[-0.5, len(order) - 0.5], reverse=True)
    y = alt.Y("y:Q", axis=None, scale=scale)
    x = alt.X("x:Q", title="Distance (standard deviations)")
    brackets = alt.Chart(lines).mark_line(strokeWidth=2, aria=False)
    brackets = brackets.encode(x=x, y=y, detail="step:N", order="order:Q")
    texts = alt.Chart(names).mark_text(align="right", dx=-6, fontSize=13, limit=TREE_NAMES - 10)
    texts = texts.encode(x="x:Q", y=y, text="outlet:N", color=alt.value(_ink()))
    reading = f"A tree of {len(order)} outlets, like ones joined first: {', '.join(names['outlet'])}"
    whole = alt.layer(brackets, texts).properties(height=60 + 30 * len(order), padding={"left": TREE_NAMES})
    _draw(whole, reading)


def intervals(
    frame: pd.DataFrame, value: str, by: str, title: str, more: Sequence[str] = ()
) -> alt.LayerChart:
    """A dot with its interval (columns ``value``, low, high) for each ``by``, in the order of the rows."""
    y = alt.Y(f"{by}:N", title=None, sort=None, axis=alt.Axis(labelLimit=160))
    tips = [by, *more, *(alt.Tooltip(f"{c}:Q", format=".3g") for c in (value, "low", "high"))]
    base = alt.Chart().encode(y=y, tooltip=tips)
    zero = alt.Chart().mark_rule(strokeDash=[4, 3], aria=False, color=GREY).encode(x=alt.datum(0))
    lines = base.mark_rule(strokeWidth=2, color=GREY).encode(x=alt.X("low:Q", title=title), x2="high:Q")
    dots = base.mark_point(size=90, filled=True, opacity=1).encode(x=alt.X(f"{value}:Q", title=title))
    return alt.layer(zero, lines, dots, data=frame).properties(height=alt.Step(26))


def _ink() -> str:
    # Streamlit's grey for axis labels is below 4.5:1 on its own ground.
    return palette.INK["dark" if st.context.theme.type == "dark" else "light"]


def _draw(chart: alt.TopLevelMixin, reading: str) -> None:
    ink = _ink()
    readable = chart.configure_axis(labelColor=ink, titleColor=ink, labelFontSize=13, titleFontSize=13)
    st.altair_chart(readable, alt=reading)
