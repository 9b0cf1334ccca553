"""Side by side: two to four reports of one event with their marks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from framing.highlight import LAYERS
from framing_dashboard import linking, ui
from framing_dashboard.data import Data
from framing_dashboard.drawing import compare as drawing
from framing_dashboard.drawing import disputes, named
from framing_dashboard.drawing.reader import reader
from framing_dashboard.safe import md
from framing_dashboard.view import MAX_ARTICLES, View
from framing_dashboard.views import marks, reading

TABLES = ("articles", "paragraphs", "quotes", "terms", "evidence")


def draw() -> None:
    """The side-by-side page."""
    data = ui.study()
    ui.heading(
        "How do these outlets tell the same event?",
        "Tinted words are a source's, plain words the outlet's own. Point at a mark, or reach it with"
        " Tab and the arrow keys, to read why it is there.",
    )
    ui.forewarning()
    every = ui.events(data)
    if not every:
        st.warning("This study has no events yet, so there is nothing to read side by side.")
        return
    view = _choose(data, every)
    if not view.articles:
        st.warning("Choose at least one article.")
        return
    against = disputes.against(data)
    found = _readings(data, view, against)
    pane = reading.payload(found, view, linking.entry())
    reader(pane, key="reader", on_picked=_picked, on_view=_viewed)
    chosen = marks.describe(found, view.mark)
    said = f"**Chosen mark.** {md(chosen)}{disputes.note(against.get(view.mark, ''))}"
    st.markdown(said if chosen else "No mark is chosen.")
    if chosen:
        disputes.form(data, view.mark)
    drawing.marks_table(found)
    drawing.counts(data, found)
    drawing.only_in_one(named.of_event(data, "passages", view.event), found)
    disputes.listed(found)
    ui.cannot_show(
        "Whether a statement is true, or whether an outlet meant to favour anybody.",
        "What the lists do not hold: irony, comparison, pictures, and words that are loaded only here.",
        "A speaker's name is found by rule and can be wrong; its note says how sure it is.",
    )


def _readings(data: Data, view: View, against: dict[str, str]) -> list[reading.Reading]:
    """The articles with their marks; made once for all who look at them."""

    def make() -> list[reading.Reading]:
        tables = {name: data.of(name, view.articles) for name in TABLES}
        tables |= {name: named.of_event(data, name, view.event) for name in ("labels", "passages")}
        return reading.readings(view, tables, data.texts(), against)

    disputed = tuple(sorted(against.items()))
    return data.recent(("readings", view.event, view.articles, view.referent, disputed), make)


def _choose(data: Data, every: list[dict[str, Any]]) -> View:
    """The event and articles of the widgets, which the address sets and follows."""
    linked = linking.linked_view(data)
    of_articles = next(filter(None, (linking.known(data).articles[a] for a in linked.articles)), "")
    event = linked.event or of_articles or linking.last_event(data) or str(every[0]["event_id"])
    opened = _of(data, replace(linked, event=event))
    mine = {"event compared": event, "hidden": opened.hidden, "plain": opened.plain, "mark": opened.mark}
    mine |= {f"articles {event}": list(opened.articles), f"referent {event}": opened.referent}
    linking.seed("compare", mine)
    left, right = st.columns([1, 2])
    with left:
        event = ui.choose_event(every, key="event compared")
        referent = named.choose(data, event)
    rows = ui.headlines(data, event)
    names = {r["article_id"]: f"{r['name']} · {r['headline']}" for r in rows}
    key, state = f"articles {event}", st.session_state
    if key not in state:
        state[key] = list(_of(data, View(event)).articles)
    with right:
        chosen = st.multiselect(
            f"Articles, up to {MAX_ARTICLES}",
            list(names),
            format_func=names.__getitem__,
            key=key,
            max_selections=MAX_ARTICLES,
        )
    mark = state["mark"] if str(state["mark"]).partition(".")[0] in chosen else ""
    view = View(event, tuple(chosen), tuple(state["hidden"]), state["plain"], mark, referent=referent)
    linking.write("compare", view, opened)
    return view


def _of(data: Data, view: View) -> View:
    rows = ui.headlines(data, view.event)
    mine = View(view.event, view.articles, view.hidden, view.plain, view.mark, referent=view.referent)
    return reading.settle(named.settle(data, mine), rows)


def _picked() -> None:
    st.session_state["mark"] = st.session_state["reader"].picked or ""


def _viewed() -> None:
    shown = st.session_state["reader"].view
    st.session_state["hidden"] = tuple(la.id for la in LAYERS if la.id in shown["hidden"])
    st.session_state["plain"] = bool(shown["plain"])


draw()
