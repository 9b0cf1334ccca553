"""The frame of the dashboard: navigation, style, and what is said where there is no study."""

from __future__ import annotations

import streamlit as st

from framing.article import FramingError
from framing_dashboard import ui
from framing_dashboard.classroom import hub
from framing_dashboard.data import Changed
from framing_dashboard.safe import md

# (script in app_pages and path in the address, title). Flat: in a narrow window Streamlit
# draws sections as list items outside of a list, which screen readers stumble over.
PAGES = (
    ("start", "Start"),
    ("event", "Event"),
    ("compare", "Side by side"),
    ("words", "Words"),
    ("voices", "Voices"),
    ("omissions", "Omissions"),
    ("outlets", "Outlets"),
    ("classroom", "Classroom"),
    ("check", "Check"),
    ("add", "Add texts"),
    ("export", "Export"),
    ("method", "Method"),
)


def main() -> None:
    """Draw the chosen page."""
    # An emoji: an icon font's name here would make every browser call the font's host.
    st.set_page_config(page_title="Framing", page_icon="🔎", layout="wide")
    ui.style()
    first = "classroom" if hub.on_network() else "start"
    page = st.navigation(
        [
            st.Page(f"app_pages/{path}.py", title=title, url_path=path, default=path == first)
            for path, title in PAGES
            if path == first or hub.is_teacher()  # a class has one page; others would tell the names
        ],
        position="top",
    )
    try:
        page.run()
    except Changed:
        st.rerun()
    except FramingError as error:
        st.title("This study cannot be shown", anchor=False)
        st.error(md(error))


main()
