"""How outlets differ: values by article, comparisons with intervals, abstentions with reasons."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from framing.tables import records
from framing_dashboard.views.rows import in_context, outlet_key


def value_rows(
    measures: pd.DataFrame, articles: pd.DataFrame, events: pd.DataFrame, measure: str, voice: str
) -> pd.DataFrame:
    """One row an article: event, outlet, value, n, and why there is no value."""
    own = measures[(measures["measure"] == measure) & (measures["voice"] == voice)].copy()
    label = events.set_index("event_id")["label"].to_dict()
    headline = articles.set_index("article_id")["title"].to_dict()
    own["name"] = outlet_key(own)
    own["event"] = [label.get(e) or "no event" for e in own["event_id"].astype(object)]
    own["headline"] = [headline.get(a) for a in own["article_id"]]
    columns = ["event", "event_id", "name", "article_id", "headline", "value", "unit", "n", "why_none"]
    return own[columns].sort_values(["event", "name", "article_id"], ignore_index=True)


def evidence_rows(
    evidence: pd.DataFrame, values: pd.DataFrame, texts: Mapping[str, str], measure: str, voice: str
) -> list[dict[str, Any]]:
    """The words that a measure rests on in the articles of ``values``, each with what stands around it."""
    names = dict(zip(values["article_id"], values["name"], strict=True))
    events = dict(zip(values["article_id"], values["event_id"], strict=True))
    own = evidence[(evidence["measure"] == measure) & (evidence["voice"] == voice)]
    rows = []
    for row in records(own[own["article_id"].isin(list(names))]):
        article = str(row["article_id"])
        found = in_context(texts[article], int(row["start"]), int(row["end"]))
        event = events[article]
        rows.append(row | found | {"name": names[article], "event_id": "" if pd.isna(event) else str(event)})
    return rows


def compared(comparisons: pd.DataFrame, measure: str, voice: str) -> list[dict[str, Any]]:
    """The estimates of one measure over all events, largest difference first."""
    own = _of(comparisons, measure, voice)
    rows = records(own[own["estimate"].notna() & own["event_id"].isna()])
    for row in rows:
        row["interval"] = f"{row['low']:.3g} to {row['high']:.3g}" if row["low"] is not None else ""
    return sorted(rows, key=lambda r: (-abs(r["estimate"]), str(r["outlet"]), str(r["reference"])))


def against_others(comparisons: pd.DataFrame, measure: str, voice: str) -> pd.DataFrame:
    """The estimates of each outlet against all others, over all events, reprints included, highest first."""
    own = _of(comparisons, measure, voice)
    own = own[own["event_id"].isna() & (own["reference"] == "others") & (own["reprints"] == "included")]
    own = own[own["estimate"].notna() & own["low"].notna()].sort_values("estimate", ascending=False)
    return own[["outlet", "estimate", "low", "high", "n_events", "n_articles"]].reset_index(drop=True)


def largest(comparisons: pd.DataFrame, voice: str) -> list[dict[str, Any]]:
    """Over all measures: each outlet against the others, the largest effect (Hedges' g) first."""
    own = comparisons[
        comparisons["event_id"].isna()
        & (comparisons["voice"] == voice)
        & (comparisons["reference"] == "others")
        & (comparisons["reprints"] == "included")
        & comparisons["effect_size"].notna()
    ]
    rows = records(own)
    for row in rows:
        row["interval"] = f"{row['low']:.3g} to {row['high']:.3g}"
        row["holds"] = "without zero" if row["low"] > 0 or row["high"] < 0 else "holds zero"
    return sorted(rows, key=lambda r: (-abs(r["effect_size"]), str(r["measure"]), str(r["outlet"])))


def abstentions(comparisons: pd.DataFrame, measure: str, voice: str) -> list[dict[str, Any]]:
    """Why there is no estimate: each reason with how many comparisons it stopped."""
    own = _of(comparisons, measure, voice)
    counts = own.loc[own["estimate"].isna(), "why_none"].value_counts()
    return [
        {"reason": str(r), "n": int(n)} for r, n in sorted(counts.items(), key=lambda c: (-c[1], str(c[0])))
    ]


def _of(comparisons: pd.DataFrame, measure: str, voice: str) -> pd.DataFrame:
    return comparisons[(comparisons["measure"] == measure) & (comparisons["voice"] == voice)]
