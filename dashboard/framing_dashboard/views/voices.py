"""Who gets to speak: speakers by outlet, with every quotation behind each number."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pandas as pd

from framing.annotation import STANCES
from framing.tables import records
from framing.voices import share_rows
from framing_dashboard.views.rows import outlet_key

# A table with more columns is scrolled, not read.
MAX_OUTLETS = 8

UNNAMED = "Unnamed sources"
NOT_FOUND = "Speaker not found"
NO_ROLE = "No role found"


def spoken(quotes: pd.DataFrame, event_id: str = "", without: Collection[str] = ()) -> pd.DataFrame:
    """The quotations that somebody speaks, with ``who`` speaks and the outlet's ``name``; not in ``without``.

    A source whose name is withheld stands under what the article calls it ("an official"),
    under :data:`UNNAMED` where it calls it nothing.

    Marks without a speaker (kind "scare") are candidates and left out.
    """
    own = quotes[(quotes["kind"] != "scare").fillna(False) & ~quotes["article_id"].isin(list(without))]
    if event_id:
        own = own[(own["event_id"] == event_id).fillna(False)]
    who = own["speaker"].astype(object).where(own["speaker"].notna(), NOT_FOUND)
    unnamed = own["anonymous"].fillna(False).astype(bool) & own["speaker"].isna()
    return own.assign(who=who.where(~unnamed, UNNAMED), name=outlet_key(own))


def shares(own: pd.DataFrame) -> pd.DataFrame:
    """The share of voice (framing.voices) of each speaker in each outlet, as the export counts it."""
    # One group whatever the event; articles without an outlet stay apart.
    rows = share_rows(records(own.assign(event_id=pd.NA, outlet=own["name"])), ())
    frame = pd.DataFrame([r for r in rows if r["reprints"] == "included"])
    hidden = (frame["speaker"] == "") & frame["anonymous"]
    who = frame["speaker"].where(frame["speaker"] != "", NOT_FOUND).where(~hidden, UNNAMED)
    return frame.assign(who=who, name=frame["outlet"])


def speaker_rows(shared: pd.DataFrame) -> list[dict[str, Any]]:
    """One row a speaker, most words first; unnamed and unfound sources last.

    ``only`` names the outlet where, of several, no other carries the speaker.
    """
    rows = []
    total = int(shared["n_words"].sum())
    n_outlets = shared["name"].nunique()
    for who, group in shared.groupby("who", sort=True):
        words, outlets = int(group["n_words"].sum()), sorted(group["name"].unique())
        roles = group[group["speaker_role"] != ""].groupby("speaker_role")["n_quotations"].sum()
        rows.append(
            {
                "who": who,
                "role": _role(str(who), roles, bool(group["anonymous"].any())),
                "outlets": len(outlets),
                "only": outlets[0] if len(outlets) == 1 < n_outlets else "",
                "quotations": int(group["n_quotations"].sum()),
                "words": words,
                "share": _percent(words, total),
                "first": f"{float(group['first_position'].min()):.0%}",
            }
        )
    return sorted(rows, key=lambda r: (r["who"] in (UNNAMED, NOT_FOUND), -r["words"], r["who"]))


def _role(who: str, quotations: pd.Series, anonymous: bool) -> str:
    if who in (UNNAMED, NOT_FOUND):
        return ""
    found = sorted(map(str, quotations.index), key=lambda role: (-int(quotations[role]), role))[:2]
    return ", ".join([*found, "name withheld"] if anonymous else found)


def _percent(part: int, whole: int) -> str | None:
    return f"{part / whole:.0%}" if whole else None


def columns(shared: pd.DataFrame) -> tuple[list[str], pd.Series]:
    """The outlets that have a column, and the column of every row.

    Beyond :data:`MAX_OUTLETS` the outlets with fewer words share one column, named last.
    """
    sizes = shared.groupby("name")["n_words"].sum().sort_values(ascending=False, kind="stable")
    first = sorted(map(str, sizes.index[:MAX_OUTLETS]))
    rest = f"{len(sizes) - MAX_OUTLETS} other outlets"
    column = shared["name"].where(shared["name"].isin(first), rest)
    return (first if len(sizes) <= MAX_OUTLETS else [*first, rest]), column


def matrix(shared: pd.DataFrame) -> tuple[list[str], list[dict[str, Any]]]:
    """Words by speaker and outlet; None where the speaker does not speak there."""
    outlets, column = columns(shared)
    sums = shared["n_words"].groupby([shared["who"], column]).sum()
    words = {(str(w), str(n)): int(v) for (w, n), v in sums.items()}
    rows = [
        {f"outlet:{outlet}": words.get((str(row["who"]), outlet)) for outlet in outlets}
        for row in speaker_rows(shared)
    ]
    return outlets, rows


def role_rows(shared: pd.DataFrame) -> tuple[list[str], list[dict[str, Any]]]:
    """Share of the sources' words by role and outlet, the largest role first; no role found last."""
    outlets, column = columns(shared)
    role = shared["speaker_role"].where(shared["speaker_role"] != "", NO_ROLE)
    role = role.where(shared["who"] != NOT_FOUND, NOT_FOUND)
    words = shared["n_words"].groupby([role, column]).sum()
    of_outlet = shared["n_words"].groupby(column).sum()
    totals = shared["n_words"].groupby(role).sum()
    quotations = shared["n_quotations"].groupby(role).sum()
    rows = [
        {
            "role": str(name).replace("_", " and "),
            "words": int(n),
            "quotations": int(quotations[name]),
            "share": _percent(int(n), int(totals.sum())),
        }
        | {f"outlet:{o}": _percent(int(n), int(of_outlet[o])) for (own, o), n in words.items() if own == name}
        for name, n in totals.items()
    ]
    return outlets, sorted(
        rows, key=lambda r: (r["role"] == NOT_FOUND, r["role"] == NO_ROLE, -r["words"], r["role"])
    )


def stance_rows(shared: pd.DataFrame) -> list[dict[str, Any]]:
    """Cues by stance, one row an outlet: with which words it lets them speak."""
    rows = []
    for name, group in shared.groupby("name", sort=True):
        counts = {stance: int(group[f"n_cues_{stance}"].sum()) for stance in STANCES}
        total = sum(counts.values())
        shown = {s: f"{n} ({_percent(n, total)})" if n else None for s, n in counts.items()}
        rows.append({"name": name, "cues": total} | shown)
    return rows


def quotation_rows(own: pd.DataFrame, who: str, outlet: str = "") -> list[dict[str, Any]]:
    """Every quotation of a speaker, of an outlet or of both, by outlet and place; empty = of all.

    ``mark`` is what a link calls it.
    """
    own = own[own["who"] == who] if who else own
    own = own[own["name"] == outlet] if outlet else own
    rows = records(own.sort_values(["name", "article_id", "start"]))
    layer = {"direct": "quote", "mixed": "quote", "indirect": "reported"}
    for row in rows:
        place = f"{row['start']}-{row['end']}"
        row["mark"] = f"{row['article_id']}.{layer.get(str(row['kind']), 'quote')}-{place}"
    return rows


def unnamed_rows(shared: pd.DataFrame) -> list[dict[str, Any]]:
    """One row an outlet: how many of its quotations name no speaker, out of how many."""
    rows = []
    for name, group in shared.groupby("name", sort=True):
        total = int(group["n_quotations"].sum())
        unnamed = int(group.loc[group["anonymous"], "n_quotations"].sum())
        not_found = int(group.loc[group["who"] == NOT_FOUND, "n_quotations"].sum())
        rows.append(
            {
                "name": name,
                "quotations": total,
                "unnamed": f"{unnamed} ({_percent(unnamed, total)})" if total else "0",
                "not_found": f"{not_found} ({_percent(not_found, total)})" if total else "0",
                "direct": _percent(int(group[["n_direct", "n_mixed"]].to_numpy().sum()), total),
            }
        )
    return rows
