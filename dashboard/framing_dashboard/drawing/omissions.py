"""What one report of an event has and another lacks, drawn: by outlet, or by report."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from framing_dashboard import ui
from framing_dashboard.data import Data
from framing_dashboard.safe import Cell, Column, href, visible
from framing_dashboard.view import MAX_ARTICLES, View
from framing_dashboard.views import omissions
from framing_dashboard.views.rows import plural

_HEADINGS = {
    "passage": ("Passages", "Passage"),
    "speaker": ("Speakers", "Speaker"),
    "entity": ("Names", "Name"),
}
FIRST = 15  # rows that fill a screen; the rest are one switch away
_CHARS = 90  # of a passage in a box to choose from


def by_outlet(data: Data, event: str, own: pd.DataFrame) -> None:
    """Passages, speakers and names by outlet, each cell leading to its place."""
    names = omissions.outlets(own)
    total = int(own["name"].nunique())
    _summary(own, total)
    if total > len(names):
        st.info(f"The tables show the {len(names)} of {total} outlets in which most is found.")
    layers = _layers(data, event)
    passages = data.table("passages")
    passages = passages[(passages["event_id"] == event).fillna(False)]
    for kind, (heading, _) in _HEADINGS.items():
        ui.section(heading)
        rows = omissions.matrix(own, kind, names)
        if not rows:
            st.info(f"No {heading.lower()} were found in these texts.")
            continue
        if kind == "passage":
            _name_passages(rows, passages)
        for row in rows:
            for name in names:
                here = row.get(f"outlet:{name}")
                if here:
                    view = omissions.view_of(row, here, kind, event, layers)
                    row[f"cell:{name}"] = Cell(omissions.place(here), href("compare", view.to_params()))
        _matrix(rows, kind, names)
        if kind == "passage":
            _sentences(data, rows, passages)


def _summary(own: pd.DataFrame, total: int) -> None:
    ui.section("By outlet")
    kinds = {kind: heading.lower() for kind, (heading, _) in _HEADINGS.items()}
    columns = [Column(f"{k} only_outlet", f"Only here: {name}", number=True) for k, name in kinds.items()]
    if total > 2:  # of two, what only one has is what the other alone lacks
        columns += [
            Column(f"{k} only_without", f"Only not here: {name}", number=True) for k, name in kinds.items()
        ]
    ui.table(
        omissions.summary(own),
        [
            Column("name", "Outlet"),
            Column("articles", "Texts", number=True),
            *columns,
            Column("note", "Note"),
        ],
        caption="Only here: found in no other outlet's texts"
        + ("; only not here: found in those of all others" if total > 2 else ""),
        csv="by-outlet",
    )


def _matrix(rows: list[dict[str, Any]], kind: str, names: list[str]) -> None:
    heading, label = _HEADINGS[kind]
    counted = plural(len(rows), *_counted(kind))
    if len(rows) > FIRST and not st.toggle(f"All {counted}", key=f"all of {kind}"):
        rows = rows[:FIRST]
        counted = f"first {len(rows)} of {counted}"
    ui.table(
        rows,
        [
            Column("text" if kind == "passage" else "name", label),
            Column("in", "Found in"),
            *(Column(f"cell:{name}", name) for name in names),
        ],
        caption=f"{counted}; – is not found in the texts of that outlet",
        csv=heading.lower(),
    )


def _counted(kind: str) -> tuple[str, str]:
    return {"passage": ("passage", ""), "speaker": ("named speaker", "")}.get(
        kind, ("person, body or place with a name", "persons, bodies and places with a name")
    )


def _layers(data: Data, event: str) -> dict[Any, str]:
    quotes = data.table("quotes")
    own = quotes[(quotes["event_id"] == event).fillna(False)]
    places = zip(own["article_id"], own["start"], own["end"], strict=True)
    return dict(zip(places, map(str, own["kind"]), strict=True))


def _name_passages(rows: list[dict[str, Any]], passages: pd.DataFrame) -> None:
    """Give every passage its words, and the articles that carry it and that do not."""
    groups = dict(list(passages.groupby("passage_id")))
    for row in rows:
        group = groups[row["name"]]
        covered = group["covered"].astype(bool)
        row["text"] = str(group["text"].iloc[0])
        row["with"] = list(map(str, group.loc[covered, "article_id"]))
        row["without"] = list(map(str, group.loc[~covered, "article_id"]))


def _sentences(data: Data, rows: list[dict[str, Any]], passages: pd.DataFrame) -> None:
    """How each report words the passage that the reader chooses."""
    words = {str(row["name"]): visible(row["text"]) for row in rows}
    short = {name: text if len(text) <= _CHARS else text[: _CHARS - 1] + "…" for name, text in words.items()}
    chosen = st.selectbox(
        "How each text words it", ["", *words], format_func=lambda n: short.get(n, "Choose a passage")
    )
    if chosen:
        ui.table(
            omissions.sentences(passages, str(chosen), data.table("articles"), data.texts()),
            [
                Column("name", "Outlet"),
                Column("sentence", "Sentence"),
                Column("similarity", "Similar", number=True),
            ],
            caption="The sentence of each text that carries it; – is not found. Similar: of wording, 0 to 1",
        )


def by_report(data: Data, event: str, total: int) -> None:
    """The passages and speakers of each report, where there are no outlets to compare."""
    articles = omissions.columns(data.table("articles"), event)
    marks = [Column(article, name) for article, name in articles.items()]
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
            caption=f"{plural(len(rows), 'passage')} of {plural(len(articles), 'report')}; – is not found",
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
        caption="Words of each named speaker by report; – is not heard there",
    )
