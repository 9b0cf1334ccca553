"""The address and the widgets of a page, kept the same in both directions.

A page reads its view from the address, sets its widgets from it where the address is
new (a shared link, the Back button), and writes back what the widgets say. Streamlit
puts every write into the browser's history; so an address that says less than the page
shows is completed once when the page is entered, never again: Back would come to it and
be thrown forward each time.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from framing_dashboard.data import Data, link_params
from framing_dashboard.safe import md
from framing_dashboard.view import Known, View, parse_view
from framing_dashboard.views.rows import outlet_key
from framing_dashboard.views.voices import spoken

# In the session: the parameters last seen or written, the page that did so, the event last looked at,
# the number of links followed.
_LINK, _PAGE, _EVENT, _ENTRY = "link", "page", "event last seen", "links followed"


def known(data: Data) -> Known:
    """What a link may name in this study."""
    return data.once("known", lambda: _known(data))


def _known(data: Data) -> Known:
    articles = data.table("articles")
    event = articles["event_id"].astype(object).where(articles["event_id"].notna(), "")
    return Known(
        frozenset(data.table("events")["event_id"].dropna()),
        dict(zip(articles["article_id"], event, strict=True)),
        frozenset(data.table("measures")["measure"].dropna().unique()),
        frozenset(spoken(data.table("quotes"))["who"]),
        frozenset(outlet_key(articles)),
    )


def linked_view(data: Data) -> View:
    """The view of the address; a value that names nothing here is reported on the page."""
    view, warnings = parse_view(st.query_params.to_dict(), known(data))
    for warning in warnings:
        st.warning(md(warning))
    return view


def last_event(data: Data) -> str:
    """The event that this reader looked at last, empty where there is none."""
    event = str(st.session_state.get(_EVENT, ""))
    return event if event in known(data).events else ""


def entry() -> int:
    """How many links this session has followed."""
    return int(st.session_state.get(_ENTRY, 0))


def seed(page: str, widgets: Mapping[str, Any]) -> None:
    """Set widgets to what the address says, where it is not the one that they wrote themselves."""
    state = st.session_state
    new = state.get(_PAGE) != page or st.query_params.to_dict() != state.get(_LINK)
    if new:
        state[_ENTRY] = entry() + 1
    for key, value in widgets.items():
        if new or key not in state:
            state[key] = value


def write(page: str, view: View, opened: View) -> None:
    """Write the view into the address; ``opened`` is what the address as it stands leads to."""
    state, params = st.session_state, view.to_params() | link_params()
    entered = state.get(_PAGE) != page
    if (view != opened or entered) and st.query_params.to_dict() != params:
        st.query_params.from_dict(params)
    state[_LINK], state[_PAGE] = st.query_params.to_dict(), page
    if view.event:
        state[_EVENT] = view.event
