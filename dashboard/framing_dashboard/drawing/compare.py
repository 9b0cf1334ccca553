"""What stands beside the texts on the side-by-side page: marks as rows, counts, passages of one text only."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from framing.highlight import LAYERS
from framing_dashboard import ui
from framing_dashboard.data import Data
from framing_dashboard.safe import Cell, Column, href, number
from framing_dashboard.views import marks
from framing_dashboard.views.reading import Reading
from framing_dashboard.views.rows import VOICE_NAMES, plural


def marks_table(found: list[Reading]) -> None:
    """Every mark as a row; choosing one shows it in the text."""
    ui.section("Every mark as a row")
    present = [la for la in LAYERS if any(m.layer == la.id for r in found for m in r.marks)]
    names = {"": "All kinds"} | {la.id: la.name for la in present}
    layer = st.selectbox("Kind of mark", list(names), format_func=names.__getitem__, key="kind")
    frame = marks.mark_rows(found, layer)
    # Chosen rows are kept by position: another set of rows needs another table.
    key = "findings " + " ".join((layer, *(str(r.article["article_id"]) for r in found)))

    def chosen() -> None:
        rows = st.session_state[key]["selection"]["rows"]
        st.session_state["mark"] = frame["mark"].iloc[rows[0]] if rows else ""

    st.dataframe(
        frame.drop(columns=["article_id", "mark", "start", "end"]),
        column_config={
            "outlet": "Outlet",
            "kind": "Kind",
            "text": "Words",
            "speaker": "Speaker",
            "voice": "Voice",
            "note": st.column_config.TextColumn("Why it is marked", width="large"),
        },
        hide_index=True,
        on_select=chosen,
        selection_mode="single-row",
        key=key,
        height=320,
        alt="Every mark of the articles above; choosing a row shows the mark in the text",
    )


def counts(data: Data, found: list[Reading]) -> None:
    """The measures of each article, in one voice at a time."""
    ui.section("Counts")
    voices = VOICE_NAMES
    voice = st.selectbox("Whose words", list(voices), format_func=voices.__getitem__, key="voice counted")
    rows = marks.count_rows(found, data.of("measures", [r.article["article_id"] for r in found]), voice)
    ids = [str(r.article["article_id"]) for r in found]
    order = ui.in_order(row["measure"] for row in rows)
    rows.sort(key=lambda row: order.index(row["measure"]))
    missing = marks.not_measured(rows, ids)
    rows = [row for row in rows if any(row.get(i) is not None for i in ids)]
    for row in rows:
        row["label"] = Cell(
            ui.measure_label(row["measure"]), href("outlets", {"measure": row["measure"], "voice": voice})
        )
        row |= {i: number(row[i]) for i in ids if row.get(i) is not None}
    ui.table(
        rows,
        [
            Column("label", "Measure"),
            Column("unit", "Unit"),
            *(Column(str(r.article["article_id"]), r.name, number=True) for r in found),
            Column("why", "Not measured because"),
        ],
        caption=f"Counted over: {voices[voice]}. One article says nothing about its outlet.",
        csv="counts",
    )
    if missing:
        ui.table(
            [{"why": w, "names": ", ".join(map(ui.measure_label, names))} for w, names in missing.items()],
            [Column("why", "Measured in none of them because"), Column("names", "Measures")],
            caption="Measures without a value here",
        )


def only_in_one(passages: pd.DataFrame, found: list[Reading]) -> None:
    """What one of the articles carries and the others do not."""
    rows = marks.only_in_one(found, passages)
    if not rows:
        return
    ui.section("Found in one of these texts only")
    with st.expander(f"{plural(len(rows), 'passage')} without a similar sentence in the other texts"):
        ui.table(
            rows,
            [
                Column("outlet", "Outlet"),
                Column("text", "Passage"),
                Column("nearest", "Nearest elsewhere (0–1)", number=True),
            ],
            caption="In the order of the texts; not found in the others is not the same as hidden",
            csv="found-in-one-text-only",
        )
