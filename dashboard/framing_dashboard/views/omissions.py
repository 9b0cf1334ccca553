"""What one report of an event carries and another lacks: passages and speakers by article."""

from __future__ import annotations

from typing import Any

import pandas as pd

from framing.tables import records
from framing_dashboard.views.rows import outlet_name
from framing_dashboard.views.voices import spoken

# More reports than this do not fit beside each other.
MAX_REPORTS = 8

FOUND, NOT_FOUND = "●", "–"


def columns(articles: pd.DataFrame, event_id: str) -> dict[str, str]:
    """The first reports of an event by date: id to outlet, told apart where an outlet has several.

    At most :data:`MAX_REPORTS`; undated ones come last.
    """
    own = records(articles[(articles["event_id"] == event_id).fillna(False)])
    own.sort(key=lambda r: (not r["published"], str(r["published"]), str(r["article_id"])))
    own = own[:MAX_REPORTS]
    names = [outlet_name(row) for row in own]
    return {
        str(row["article_id"]): name if names.count(name) == 1 else f"{name} ({str(row['article_id'])[:6]})"
        for row, name in zip(own, names, strict=True)
    }


def passage_rows(passages: pd.DataFrame, event_id: str, articles: dict[str, str]) -> list[dict[str, Any]]:
    """One row a passage: in which reports it stands; those in most reports but not in all first.

    Within these, in the order of the report that carries it first (``first``: its number, place and id).
    """
    own = passages[(passages["event_id"] == event_id).fillna(False)]
    order = {article: n for n, article in enumerate(articles)}
    found: dict[str, dict[str, Any]] = {}
    for row in records(own):
        article = str(row["article_id"])
        if article not in order:
            continue
        passage = found.setdefault(str(row["passage_id"]), {"text": row["text"], "places": []})
        passage[article] = FOUND if row["covered"] else NOT_FOUND
        if row["covered"]:
            passage["places"].append((order[article], row["start"] or 0, article))
    rows = [
        row
        | {"n": len(row["places"]), "in": f"{len(row['places'])} of {len(articles)}"}
        | {"first": min(row["places"])}
        for row in found.values()
        if row["places"]
    ]
    return sorted(rows, key=lambda r: (r["n"] == len(articles), -r["n"], r["first"]))


def speaker_rows(quotes: pd.DataFrame, event_id: str, articles: dict[str, str]) -> list[dict[str, Any]]:
    """One row a named speaker: words in each report; those heard in most reports but not all first."""
    own = spoken(quotes, event_id)
    own = own[own["speaker"].notna()]
    words = own.groupby(["speaker", "article_id"])["n_words"].sum()
    rows: dict[str, dict[str, Any]] = {}
    for (speaker, article), n in words.items():
        if article in articles:
            row = rows.setdefault(str(speaker), {"speaker": str(speaker), "n": 0})
            row[str(article)] = int(n)
            row["n"] += 1
    for row in rows.values():
        row["in"] = f"{row['n']} of {len(articles)}"
    return sorted(rows.values(), key=lambda r: (r["n"] == len(articles), -r["n"], r["speaker"]))
