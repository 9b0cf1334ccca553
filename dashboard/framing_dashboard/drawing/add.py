"""What chosen files hold, drawn: formats and first articles, columns to be confirmed, outlets to be named."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import pandas as pd
import streamlit as st

from framing_dashboard import ui
from framing_dashboard.safe import Column, visible
from framing_dashboard.uploads import MAX_FILE_MB, MAX_FILES

# What an article needs first; the rest of the fields stands in tables under many names that are known.
FIELDS = {
    "text": "Text",
    "title": "Headline",
    "outlet": "Outlet",
    "published": "Date",
    "url": "Web address",
    "byline": "Author",
}
DESCRIBED = ("outlet", "published", "title")
NEW = ""  # among the studies that articles can go into
OUTLET_FROM = {
    "": "in the files, or as filled in here",
    "filename": "at the start of file names: outlet_2024-05-09_title.txt",
    "folder": "in the folders of an archive: outlet/title.txt",
}
TABLE_FORMATS = ("csv", "json", "xlsx", "parquet")


@lru_cache(maxsize=1)
def _dropzone() -> Callable[..., Any]:
    return st.components.v2.component("framing.dropzone", js="dropzone.js")


def choose() -> list[Any]:
    """The field that files are dropped on."""
    given = st.file_uploader(
        "Files with articles",
        accept_multiple_files=True,
        key=f"files {st.session_state.get('files chosen', 0)}",
        help="Text, HTML, CSV, Excel, JSON, Parquet, Word, RTF, ZIP; exports of Nexis, Factiva, ProQuest.",
    )
    _dropzone()(key="dropzone")
    st.caption(f"Up to {MAX_FILES} files of {MAX_FILE_MB} MB. A table holds one article a row.")
    return given


def contents(files: Sequence[Mapping[str, Any]]) -> None:
    """One row a file, and why files were not read."""
    rows = [
        {"file": f["name"], "format": f["format"], "articles": f["articles"]} | (f["first"] or [{}])[0]
        for f in files
    ]
    ui.table(
        rows,
        [
            Column("file", "File"),
            Column("format", "Read as"),
            Column("articles", "Articles", number=True),
            Column("outlet", "Outlet"),
            Column("published", "Date"),
            Column("title", "Headline"),
            Column("text", "Begins"),
        ],
        caption="What the files hold; outlet, date, headline and text are of the first article",
    )
    problems = [{"file": f["name"], "why": why} for f in files for why in f["rejected"]]
    if problems:
        ui.table(
            problems,
            [Column("file", "File"), Column("why", "What is wrong")],
            caption="Not read; the first three reasons of each file",
        )


def mapping(files: Sequence[Mapping[str, Any]], before: Mapping[str, str]) -> dict[str, str]:
    """Which column holds which field, as the reader confirms it; empty where no file is a table."""
    tables = [f for f in files if f["columns"]]
    if not tables:
        return {}
    names = list(dict.fromkeys(name for table in tables for name in table["columns"]))
    guessed: dict[str, str] = {}
    for table in tables:
        guessed = table["fields"] | guessed
    ui.section("Which column is what?")
    st.markdown("Recognised by their names. Choose another where one is wrong.")
    chosen: dict[str, str] = {}
    for row in (list(FIELDS)[:3], list(FIELDS)[3:]):
        for field, column in zip(row, st.columns(3), strict=True):
            known = before.get(field) or guessed.get(field, "")
            options = names if known else ["", *names]
            with column:
                found = st.selectbox(
                    FIELDS[field],
                    options,
                    index=options.index(known) if known in options else 0,
                    format_func=lambda name: visible(name) or "no column",
                    key=f"column of {field} among {' '.join(names)}",  # another table has another box
                )
            if found and (found != guessed.get(field) or field in before):
                chosen[field] = found
    return chosen


def outlets(files: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """What the reader says of files with one article each; they know best which outlet it is from."""
    single = [f for f in files if f["articles"] == 1 and f["format"] not in TABLE_FORMATS]
    if not single:
        return []
    ui.section("Which outlet is each file from?")
    st.markdown("Fill in what is missing. An article without an outlet is read but compared with none.")
    known = pd.DataFrame([{"file": f["name"]} | {k: f["first"][0][k] for k in DESCRIBED} for f in single])
    filled = st.data_editor(
        known,
        column_config={
            "file": st.column_config.TextColumn("File", disabled=True),
            "outlet": "Outlet",
            "published": st.column_config.TextColumn("Date", help="Year-month-day, as 2024-05-09"),
            "title": "Headline",
        },
        hide_index=True,
        key=f"described {hash(tuple(known['file']))}",
        alt="One row a file: outlet, date and headline can be filled in",
    )
    return [
        {k: str(v) for k, v in row.items() if v is not None and str(v).strip()}
        for row in filled.to_dict("records")
        if any(row[k] for k in DESCRIBED)
    ]


def destination(studies: Sequence[str]) -> tuple[str, str, str]:
    """The study that the articles go into (:data:`NEW`: the name that follows), where the outlet stands."""
    names = {NEW: "a new study"} | {name: name for name in studies}
    left, right = st.columns(2)
    with left:
        target = str(st.selectbox("Into", list(names), format_func=names.__getitem__, key="into study"))
        name = ""
        if target == NEW:
            name = st.text_input("Name of the new study", value="my texts", max_chars=60, key="study name")
    with right:
        places = list(OUTLET_FROM)
        label = "Where the outlet stands"
        place = str(st.selectbox(label, places, format_func=OUTLET_FROM.__getitem__, key="outlet from"))
    return target, name, place
