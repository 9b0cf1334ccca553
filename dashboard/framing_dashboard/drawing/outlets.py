"""How outlets differ, drawn: differences with intervals, why there are none, the largest of all measures."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from framing.tables import records
from framing_dashboard import ui
from framing_dashboard.data import Data
from framing_dashboard.drawing import charts
from framing_dashboard.safe import Cell, Column, href
from framing_dashboard.view import View
from framing_dashboard.views import mapped, outlets
from framing_dashboard.views.rows import VOICE_NAMES, plural

LARGEST = 15  # rows; a list of tests is read from the top
TEXTS = 30  # of an outlet, of which the places are listed: more rows than anybody reads


def measure(comparisons: pd.DataFrame, view: View, unit: str) -> None:
    """One measure: each outlet against the others and against each other, and what was not compared."""
    ui.section("Compared within events")
    name, voice = view.measure, view.voice
    against = outlets.against_others(comparisons, name, voice)
    if len(against):
        charts.differences(against, unit, ui.measure_label(name))
        st.markdown("A dot is the outlet minus the others; a line that crosses zero says nothing either way.")
    compared = outlets.compared(comparisons, name, voice)
    for row in compared:
        link = replace(view, outlet=str(row["outlet"]))
        row["estimate"] = Cell.of(row["estimate"], href("outlets", link.to_params()))
    if compared:
        ui.table(
            compared,
            [
                Column("outlet", "Outlet"),
                Column("reference", "Against"),
                Column("reprints", "Reprints"),
                Column("n_events", "Events", number=True),
                Column("n_articles", "Articles", number=True),
                Column("estimate", "Difference", number=True),
                Column("interval", "95 % interval", number=True),
                Column("q_value", "q", number=True),
            ],
            caption="Outlet minus reference within the same events, averaged over events. A difference opens"
            " the places in the outlet's texts",
            csv="comparisons",
        )
    else:
        st.info("No comparison between outlets holds on this study. The values below are of single articles.")
    reasons = outlets.abstentions(comparisons, name, voice)
    if reasons:
        ui.table(
            reasons,
            [Column("reason", "Why there is no estimate"), Column("n", "Comparisons", number=True)],
            caption="Comparisons that were not made",
            csv="not-compared",
        )


def sentences(data: Data, values: pd.DataFrame, view: View) -> None:
    """What the measure rests on in the texts of the outlet that was chosen."""
    ui.section("In the texts")
    if not view.outlet:
        st.markdown("Choose an outlet above, or a number in a table, to read what its value rests on.")
        return
    own = values[(values["name"] == view.outlet) & values["value"].notna()]
    first = own.head(TEXTS)
    ids = list(map(str, first["article_id"]))
    rows = data.recent(
        ("sentences", view, tuple(ids)),
        lambda: outlets.evidence_rows(
            data.of("evidence", ids), first, data.texts(), view.measure, view.voice or "all"
        ),
    )
    for row in rows:
        link = View(row["event_id"], (str(row["article_id"]),))
        row["open"] = Cell("in the article", href("compare", link.to_params()))
    of = plural(len(first), "text") if len(first) == len(own) else f"the first {TEXTS} of {len(own)} texts"
    ui.table(
        rows,
        [
            Column("left", "Before"),
            Column("word", "Words"),
            Column("right", "After"),
            Column("cue", "Entry, rule or score"),
            Column("category", "Category"),
            Column("open", "Read"),
        ],
        caption=f"{view.outlet}: {plural(len(rows), 'place')} in {of} that"
        f" {ui.measure_label(view.measure)} rests on",
        csv="places",
    )


def largest(comparisons: pd.DataFrame, voice: str) -> None:
    """The largest differences over all measures."""
    rows = outlets.largest(comparisons, voice)
    if not rows:
        return
    ui.section("Where outlets differ most, over all measures")
    for row in rows:
        view = View(measure=row["measure"], voice=voice)
        row["open"] = Cell(ui.measure_label(row["measure"]), href("outlets", view.to_params()))
    ui.table(
        rows[:LARGEST],
        [
            Column("open", "Measure"),
            Column("outlet", "Outlet"),
            Column("effect_size", "Hedges' g", number=True),
            Column("interval", "Difference, 95 % interval", number=True),
            Column("holds", "The interval"),
            Column("q_value", "q", number=True),
        ],
        caption="Each outlet against the others within events; among many comparisons some are large by"
        " chance, q is the share of false finds to expect",
        csv="largest-differences",
    )


def of_all_measures(data: Data) -> None:
    """A map and a tree of the outlets by all measures."""
    ui.section("All measures at once")
    points, tree = data.table("outlet_map"), data.table("outlet_tree")
    if not len(points):
        st.info("No map: too few outlets report the same events with the same measures.")
        return
    charts.outlet_map(points, mapped.ellipses(points))
    ui.table(
        records(points),
        [
            Column("outlet", "Outlet"),
            Column("x", "First axis", number=True),
            Column("y", "Second axis", number=True),
            Column("n_events", "Events", number=True),
            Column("n_articles", "Articles", number=True),
        ],
        caption="Mean difference from the other outlets within events, in standard deviations."
        " An axis has no better end",
        csv="map-of-outlets",
    )
    axes = [("First", "x"), ("Second", "y")]
    found = data.table("outlet_axes")
    rows = [r | {"axis": name} for name, axis in axes for r in mapped.explained(found, axis)]
    for row in rows:
        row["label"] = ui.measure_label(str(row["measure"]))
        row["voice"] = VOICE_NAMES.get(row["voice"], row["voice"])
    columns = [Column("axis", "Axis"), Column("label", "Measure"), Column("voice", "Whose words")]
    columns.append(Column("weight", "Weight", number=True))
    ui.table(rows, columns, caption="The measures that weigh most on each axis", csv="axes-of-the-map")
    charts.outlet_tree(mapped.brackets(tree), mapped.leaves(tree))
    ui.table(
        [row | {"outlets": str(row["outlets"]).replace(";", ", ")} for row in records(tree)],
        [
            Column("outlets", "Outlets that come together"),
            Column("height", "Distance", number=True),
            Column("support", "Support (0–1)", number=True),
        ],
        caption="Support: the share of resampled events in which the same outlets come together",
        csv="tree-of-outlets",
    )
