"""What an event's articles call a person, place or thing, drawn: names, sentences, descriptions."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from framing_dashboard import ui
from framing_dashboard.data import Data
from framing_dashboard.drawing import correcting
from framing_dashboard.safe import Cell, Column, href, md, visible
from framing_dashboard.view import MAX_NAME, View
from framing_dashboard.views import words
from framing_dashboard.views.rows import VOICE_NAMES, plural


def of_event(data: Data, table: str, event: str) -> pd.DataFrame:
    """The rows of labels or portrayals that belong to an event."""
    return data.of(table, data.members(event))


def settle(data: Data, view: View) -> View:
    """The view with a referent that its event has: the one asked for, else the most contested one."""
    labels = of_event(data, "labels", view.event)
    known = words.referents(labels, view.event)
    if view.referent in known:
        return view
    if view.referent:
        st.warning(md(f"Nothing is called {view.referent[:40]!r} in this event; another is shown."))
    return replace(view, referent=words.most_contested(labels, view.event), name="", trait="")


def choose(data: Data, event: str) -> str:
    """A box to choose a person, place or thing of the event in; empty where it has none."""
    labels = of_event(data, "labels", event)
    known = words.referents(labels, event)
    if not known:
        return ""
    key = f"referent {event}"
    if st.session_state.get(key) not in known:
        st.session_state[key] = words.most_contested(labels, event)
    return str(st.selectbox("What is named", known, format_func=visible, key=key))


def names(data: Data, view: View) -> View:
    """The names with their uses by outlet, the sentences behind one of them; the view with that name."""
    labels = of_event(data, "labels", view.event)
    outlets, rows = words.label_rows(labels, view.event, view.referent, view.voice)
    for row in rows:
        row["marked"] = bool(row["contested"])
        link = replace(view, name=row["key"], outlet="")
        row["open"] = Cell(row["label"], href("words", link.to_params()))
        for outlet in outlets:
            n = row[f"outlet:{outlet}"]
            if n:
                there = replace(link, outlet=outlet)
                row[f"outlet:{outlet}"] = Cell.of(n, href("words", there.to_params()))
    ui.table(
        rows,
        [
            Column("open", "Name"),
            *(Column(f"outlet:{o}", o, number=True) for o in outlets),
            Column("all", "All", number=True),
            Column("contested", "One of several words for"),
            Column("only", "Only in"),
        ],
        caption=f"Uses of each name, a dash means not used; counted over: {VOICE_NAMES[view.voice]}."
        " A name and a number open their sentences; names set off are contested: this event has another"
        " word for it",
        csv="names",
    )
    key = f"name {view.event} {view.referent}"
    keys = ["", *(str(r["key"]) for r in rows)]
    if st.session_state.get(key) not in keys:
        st.session_state[key] = ""
    shown = {str(r["key"]): str(r["label"]) for r in rows}
    left, right = st.columns(2)
    with left:
        name = str(
            st.selectbox(
                "Sentences with",
                keys,
                format_func=lambda k: visible(shown.get(k, "")) or "no name chosen",
                key=key,
            )
        )
    with right:
        outlet = ui.choose_outlet(outlets, key="outlet of words")
    if name or (outlet and not view.trait):
        own = words.named(labels, view.event, view.referent, view.voice)
        _table_of_sentences(words.sentences(own[own["name"] == outlet] if outlet else own, name))
    known = words.referents(labels, view.event)
    correcting.referents(data, view.event, view.referent, known, [str(r["label"]) for r in rows])
    return replace(view, name=name, outlet=outlet)


def _table_of_sentences(rows: list[dict[str, Any]], of: str = "") -> None:
    for row in rows:
        view = View(row["event_id"], (row["article_id"],), mark=row["mark"], referent=row["referent"])
        row["open"] = Cell(row["name"], href("compare", view.to_params()))
        row["voice"] = VOICE_NAMES.get(row["voice"], row["voice"])
    ui.table(
        rows,
        [
            Column("open", "Outlet"),
            Column("sentence", "Sentence"),
            Column("voice", "Whose words"),
            Column("speaker", "Speaker"),
        ],
        caption=f"{of}{plural(len(rows), 'sentence')}; an outlet opens the place in its article",
        csv="sentences",
    )


def described(data: Data, view: View) -> None:
    """What stands before the names, and what the referent is said to be and do; numbers open sentences."""
    labels = of_event(data, "labels", view.event)
    own = words.modified(words.named(labels, view.event, view.referent, view.voice))
    outlets, rows = words.modifier_rows(own)
    if rows:
        ui.section("Words put before its names")
        ui.table(
            _opening(rows, outlets, view),
            [Column("trait", "Word"), *_by(outlets), Column("all", "All", number=True)],
            caption=f"Adjectives and nouns before a name of {view.referent}; a number opens its sentences",
            csv="modifiers",
        )
        _trait_sentences(own, view)
    own = words.described(of_event(data, "portrayals", view.event), view.event, view.referent, view.voice)
    outlets, rows = words.described_rows(own)
    if rows:
        ui.section("How it is described")
        ui.table(
            _opening(rows, outlets, view),
            [
                Column("trait", "Word or deed"),
                Column("polarity", "Usual sense"),
                Column("relation", "As"),
                *_by(outlets),
                Column("all", "All", number=True),
                Column("sentence", "First sentence"),
            ],
            caption="Usual sense: of the word by itself, from a list; in this sentence it may be another. A"
            " number opens its sentences",
            csv="descriptions",
        )
        _trait_sentences(own, view)


def _opening(rows: list[dict[str, Any]], outlets: list[str], view: View) -> list[dict[str, Any]]:
    """The rows with their counts as links to the sentences that were counted."""
    for row in rows:
        for column, outlet in [("all", ""), *((f"outlet:{o}", o) for o in outlets)]:
            if row[column]:
                there = replace(view, trait=str(row["trait"])[:MAX_NAME], name="", outlet=outlet)
                row[column] = Cell.of(row[column], href("words", there.to_params()))
    return rows


def _trait_sentences(own: pd.DataFrame, view: View) -> None:
    rows = words.trait_sentences(own, view.trait, view.outlet) if view.trait else []
    if rows:
        _table_of_sentences(rows, f"“{view.trait}”: ")


def _by(outlets: list[str]) -> list[Column]:
    return [Column(f"outlet:{o}", o, number=True) for o in outlets]
