"""Who speaks in the coverage, drawn: speakers, roles, cues, quotations."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from framing.annotation import STANCES
from framing_dashboard import ui
from framing_dashboard.safe import Cell, Column, href, md, visible
from framing_dashboard.view import View
from framing_dashboard.views import voices
from framing_dashboard.views.rows import plural

# Those who speak most fill a screen; the rest are one switch away.
FIRST = 15


def roles(shared: pd.DataFrame) -> None:
    """The share of each role in the words of an outlet's sources."""
    ui.section("Roles by outlet")
    outlets, rows = voices.role_rows(shared)
    ui.table(
        rows,
        [
            Column("role", "Role"),
            *(Column(f"outlet:{o}", o, number=True) for o in outlets),
            Column("share", "All outlets", number=True),
            Column("words", "Words", number=True),
            Column("quotations", "Quotations", number=True),
        ],
        caption="Share of the words of an outlet's sources that each role gets; a dash = none",
        csv="roles",
    )


def stances(shared: pd.DataFrame, who: str) -> None:
    """With which cues each outlet lets ``who`` (empty: everybody) speak."""
    ui.section("How they are introduced")
    ui.table(
        voices.stance_rows(shared),
        [
            Column("name", "Outlet"),
            Column("cues", "Cues", number=True),
            *(Column(stance, stance.capitalize(), number=True) for stance in STANCES),
        ],
        caption=f"Cues that introduce {visible(who) or 'any speaker'}, by their usual stance: said is"
        " neutral, claimed doubting, revealed endorsing, admitted conceding",
        csv="cues",
    )


def quotations(own: pd.DataFrame, who: str, outlet: str) -> None:
    """Every stretch that a speaker speaks, or that an outlet lets be spoken, each leading to its mark."""
    rows = voices.quotation_rows(own, who, outlet)
    ui.section("The quotations")
    found = plural(len(rows), "stretch", "stretches") + (f" spoken by **{md(who)}**" if who else " spoken")
    st.markdown(f"{found} in **{md(outlet)}**." if outlet else f"{found}.")
    for row in rows:
        view = View(str(row["event_id"] or ""), (str(row["article_id"]),), mark=row["mark"])
        row["open"] = Cell("in the article", href("compare", view.to_params()))
    ui.table(
        rows,
        [
            Column("name", "Outlet"),
            *([] if who else [Column("who", "Speaker")]),
            Column("text", "Words"),
            Column("kind", "Kind"),
            Column("cue", "Cue"),
            Column("cue_stance", "Stance"),
            Column("open", "Read"),
        ],
        caption="In the order of the articles; indirect = reported without quotation marks",
        csv="quotations",
    )


def speakers(shared: pd.DataFrame, rows: list[dict[str, Any]], event: str) -> None:
    """Words of each speaker by outlet; a name and a number open the quotations behind them."""
    ui.section("Speakers by outlet")
    outlets, matrix = voices.matrix(shared)
    rows = [a | b for a, b in zip(rows, matrix, strict=True)]
    if len(rows) > FIRST and not st.toggle(f"All {len(rows)} speakers", key="all speakers"):
        rows = rows[:FIRST]
    for row in rows:
        link = View(event=event, speaker=str(row["who"]))
        row["open"] = Cell(str(row["who"]), href("voices", link.to_params()))
        for outlet in outlets[: voices.MAX_OUTLETS]:
            if row[f"outlet:{outlet}"]:
                there = replace(link, outlet=outlet)
                row[f"outlet:{outlet}"] = Cell.of(row[f"outlet:{outlet}"], href("voices", there.to_params()))
    ui.table(
        rows,
        [
            Column("open", "Speaker"),
            *(Column(f"outlet:{o}", o, number=True) for o in outlets),
            Column("words", "All words", number=True),
            Column("share", "Share", number=True),
            Column("quotations", "Quotations", number=True),
            Column("first", "First heard at", number=True),
            Column("role", "Role"),
            Column("only", "Heard only in"),
        ],
        caption="Words of each speaker in each outlet; each number opens its quotations. A dash = not heard"
        " there. 0 % = top of the article",
        csv="speakers",
    )


def unnamed(shared: pd.DataFrame) -> None:
    """How many quotations name no speaker, by outlet."""
    ui.section("Without a name")
    ui.table(
        voices.unnamed_rows(shared),
        [
            Column("name", "Outlet"),
            Column("quotations", "Quotations", number=True),
            Column("direct", "With marks", number=True),
            Column("unnamed", "Name withheld", number=True),
            Column("not_found", "Speaker not found", number=True),
        ],
        caption="Withheld: the article hides the name. Not found: our rules found none, a gap of the tool."
        " With marks: direct or mixed, the rest is reported speech",
        csv="unnamed",
    )
