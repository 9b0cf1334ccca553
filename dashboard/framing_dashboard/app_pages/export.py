"""Export: every table with its codebook in one archive."""

from __future__ import annotations

import streamlit as st

from framing import tables
from framing.report import report
from framing_dashboard import archive, ui
from framing_dashboard.safe import Column

FORMATS = {"csv": "CSV (R, Python, spreadsheets)", "parquet": "Parquet", "xlsx": "Excel workbook (XLSX)"}


def draw() -> None:
    """The export page."""
    data = ui.study()
    ui.heading(
        "What can be taken from here?",
        "All tables, a codebook for every column, provenance and a methods paragraph, in one ZIP file.",
    )
    names = [t.name for t in tables.TABLES]
    rows = [
        {"file": t.name, "what": t.description, "rows": data.n_rows(t.name), "columns": len(t.columns)}
        for t in tables.TABLES
    ]
    left, right = st.columns(2)
    with left:
        form = str(st.selectbox("Format", list(FORMATS), format_func=FORMATS.__getitem__, key="format"))
    with right:
        text = st.toggle("With article text", value=False, key="with text")
        st.caption(
            "Without text the files may be shared: ids, offsets and numbers stay. Articles are protected by"
            " copyright; share their text only where you may."
        )
    study = data.study
    st.download_button(
        "Make and download the archive",
        data=lambda: archive.build(study, form, text),
        file_name=archive.file_name(data.name, form, text),
        mime="application/zip",
        on_click="ignore",
    )
    ui.section("A page to read, send or print")
    st.download_button(
        "Make and download the report (HTML)",
        data=lambda: report(study).encode("utf-8", "replace"),
        file_name=archive.report_name(data.name),
        mime="text/html",
        on_click="ignore",
    )
    st.caption(
        "One file with the comparison, the marked texts and the methods; it opens without a network. For a"
        " PDF open it in a browser and print it into a file (Ctrl+P, “Save as PDF”): every text is then"
        " unfolded. It holds the article text."
    )
    ui.section("Contents")
    ui.table(
        rows,
        [
            Column("file", "Table"),
            Column("what", "One row is"),
            Column("rows", "Rows", number=True),
            Column("columns", "Columns", number=True),
        ],
        caption="Besides these: codebook.csv, datapackage.json, provenance.json, methods.md",
    )
    ui.section("Preview")
    name = str(st.selectbox("Table", names, key="preview"))
    st.dataframe(
        archive.preview(data.table(name), name, text),
        hide_index=True,
        alt=f"The first rows of the table {name}",
    )
    ui.table(
        [
            {"column": c.name, "type": c.type, "unit": c.unit, "what": c.description}
            for c in tables.get(name).columns
        ],
        [
            Column("column", "Column"),
            Column("type", "Type"),
            Column("unit", "Unit"),
            Column("what", "Meaning"),
        ],
        caption=f"Codebook of {name}",
    )


draw()
