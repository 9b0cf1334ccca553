"""Who gets to speak: speakers by outlet, with every quotation behind each number."""

from __future__ import annotations

from typing import Any

import pandas as pd

from framing.tables import records
from framing_dashboard.views.rows import outlet_key

# A table with more columns is scrolled, not read.
MAX_OUTLETS = 8

UNNAMED = "Unnamed sources"
NOT_FOUND = "Speaker not found"


def spoken(quotes: pd.DataFrame, event_id: str = "") -> pd.DataFrame:
    """The quotations that somebody speaks, with ``who`` speaks and the outlet's ``name``.

    A source whose name is withheld stands under what the article calls it ("an official"),
    under :data:`UNNAMED` where it calls it nothing.

    Marks without a speaker (kind "scare") are candidates and left out.
    """
    own = quotes[(quotes["kind"] != "scare").fillna(False)]
    if event_id:
        own = own[(own["event_id"] == event_id).fillna(False)]
    who = own["speaker"].astype(object).where(own["speaker"].notna(), NOT_FOUND)
    unnamed = own["anonymous"].fillna(False).astype(bool) & own["speaker"].isna()
    return own.assign(who=who.where(~unnamed, UNNAMED), name=outlet_key(own))


def speaker_rows(own: pd.DataFrame) -> list[dict[str, Any]]:
    """One row a speaker, most words first; unnamed and unfound sources last."""
    rows = []
    total = int(own["n_words"].sum()) if len(own) else 0
    for who, group in own.groupby("who", sort=True):
        words = int(group["n_words"].sum())
        roles = group["speaker_role"].dropna()
        stances = group["cue_stance"].dropna().value_counts()
        rows.append(
            {
                "who": who,
                "role": _role(who, roles, bool(group["anonymous"].fillna(False).any())),
                "outlets": int(group["name"].nunique()),
                "quotations": int(group["continues"].isna().sum()),
                "words": words,
                "share": f"{words / total:.0%}" if total else None,
                "first": _percent(group["position"].min()),
                "cues": ", ".join(
                    f"{stance} {n}" for stance, n in sorted(stances.items(), key=lambda s: (-s[1], s[0]))
                ),
            }
        )
    return sorted(rows, key=lambda r: (r["who"] in (UNNAMED, NOT_FOUND), -r["words"], r["who"]))


def _role(who: object, roles: pd.Series, anonymous: bool) -> str:
    if who in (UNNAMED, NOT_FOUND):
        return ""
    found = list(roles.value_counts().index[:2])
    return ", ".join([*found, "name withheld"] if anonymous else found)


def _percent(position: Any) -> str:
    return "" if position is pd.NA or position is None else f"{float(position):.0%}"


def matrix(own: pd.DataFrame) -> tuple[list[str], list[dict[str, Any]]]:
    """Words by speaker and outlet; None where the speaker does not speak there.

    Beyond :data:`MAX_OUTLETS` the outlets with fewer words share one column, named last.
    """
    sizes = own.groupby("name")["n_words"].sum().sort_values(ascending=False, kind="stable")
    first = sorted(map(str, sizes.index[:MAX_OUTLETS]))
    rest = f"{len(sizes) - MAX_OUTLETS} other outlets"
    outlets = first if len(sizes) <= MAX_OUTLETS else [*first, rest]
    column = own["name"].where(own["name"].isin(first), rest)
    sums = own["n_words"].groupby([own["who"], column]).sum()
    words = {(str(w), str(n)): int(v) for (w, n), v in sums.items()}
    rows = [
        {f"outlet:{outlet}": words.get((str(row["who"]), outlet)) for outlet in outlets}
        for row in speaker_rows(own)
    ]
    return outlets, rows


def quotation_rows(own: pd.DataFrame, who: str) -> list[dict[str, Any]]:
    """Every quotation of one speaker, by outlet and place; ``mark`` is what a link calls it."""
    rows = records(own[own["who"] == who].sort_values(["name", "article_id", "start"]))
    layer = {"direct": "quote", "mixed": "quote", "indirect": "reported"}
    for row in rows:
        place = f"{row['start']}-{row['end']}"
        row["mark"] = f"{row['article_id']}.{layer.get(str(row['kind']), 'quote')}-{place}"
    return rows


def unnamed_rows(own: pd.DataFrame) -> list[dict[str, Any]]:
    """One row an outlet: how many of its quotations name no speaker, out of how many."""
    rows = []
    for name, group in own.groupby("name", sort=True):
        first = group[group["continues"].isna()]
        rows.append(
            {
                "name": name,
                "quotations": len(first),
                "unnamed": int(first["anonymous"].fillna(False).sum()),
                "not_found": int((first["who"] == NOT_FOUND).sum()),
            }
        )
    return rows
