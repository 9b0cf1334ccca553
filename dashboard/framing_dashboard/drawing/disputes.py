"""What readers say against marks: kept in the study's corrections, shown at the mark, exported as a table."""

from __future__ import annotations

import re
from typing import Any

import streamlit as st

from framing.article import FramingError
from framing.jobs import changing
from framing.tables import records
from framing_dashboard import ui
from framing_dashboard.data import Data, editable
from framing_dashboard.safe import Column, md
from framing_dashboard.views.reading import Reading

REASONS = {
    "speaker": "wrong speaker",
    "place": "begins or ends in the wrong place",
    "kind": "is no such thing: no quotation, no cue, no name for it",
    "list": "the word is not loaded, or no hedge, here",
    "other": "something else",
}
MAX_NOTE = 300  # characters
MAX_DISPUTES = 5_000
_MARK = re.compile(r"(?P<article_id>.+)\.(?P<layer>[a-z]+)-(?P<start>\d+)-(?P<end>\d+)")


def against(data: Data) -> dict[str, str]:
    """What is said against each disputed mark, by ARTICLE.MARK."""
    return {
        f"{r['article_id']}.{r['layer']}-{r['start']}-{r['end']}": ": ".join(
            filter(None, (REASONS.get(r["reason"], r["reason"]), r["note"]))
        )
        for r in records(data.study.table("disputes"))
    }


def change(data: Data, mark: str, reason: str = "", note: str = "") -> None:
    """Dispute a mark, or (no reason) take its dispute back.

    Raises FramingError for a mark that cannot be read, and where the study holds too many disputes.
    """
    found = _MARK.fullmatch(mark)
    if found is None:
        raise FramingError(f"{mark[:60]!r} is no mark")
    place = found.groupdict() | {"start": int(found["start"]), "end": int(found["end"])}
    with changing(data.study.path):
        corrections = data.study.corrections
        kept = [d for d in corrections.get("disputes", []) if {k: d[k] for k in place} != place]
        if reason and len(kept) >= MAX_DISPUTES:
            raise FramingError(f"the study holds {MAX_DISPUTES:,} disputes; take some back first")
        new = [place | {"reason": reason, "note": note.strip()[:MAX_NOTE]}] if reason else []
        data.study.write_corrections({**corrections, "disputes": [*kept, *new]})


def form(data: Data, mark: str) -> None:
    """Dispute the chosen mark, or take it back."""
    if not editable() or not mark:
        return
    if mark in against(data):
        if st.button("Take the dispute back", key="undispute"):
            change(data, mark)
            st.rerun()
        return
    with st.expander("Dispute this mark"):
        left, right = st.columns(2)
        with left:
            reason = st.selectbox(
                "What is wrong?", list(REASONS), format_func=REASONS.__getitem__, key="reason"
            )
        with right:
            note = st.text_input("In your words (may be empty)", max_chars=MAX_NOTE, key="dispute note")
        st.caption(
            "Counts stay as they are. The dispute is kept with the study, shown at the mark with “!” and"
            " exported as the table disputes."
        )
        if st.button("Dispute", key="dispute"):
            change(data, mark, str(reason), note)
            st.rerun()


def listed(found: list[Reading]) -> None:
    """The disputed marks of the articles that are shown."""
    rows: list[dict[str, Any]] = [
        {"outlet": r.name, "what": m.title, "why": m.disputed} for r in found for m in r.marks if m.disputed
    ]
    if rows:
        ui.section("Disputed marks")
        ui.table(
            rows,
            [
                Column("outlet", "Outlet"),
                Column("what", "Mark"),
                Column("why", "What a reader says"),
            ],
            caption="Readers' word against ours; both stand",
            csv="disputes",
        )


def note(reason: str) -> str:
    """A dispute as a sentence for the chosen mark."""
    return f" **Disputed:** {md(reason)}." if reason else ""
