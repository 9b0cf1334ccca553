"""Which words each outlet chooses: names for the same thing, words that set one apart, words in context."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from framing.tables import records
from framing.text import fold
from framing_dashboard.views.rows import outlet_key, outlet_name

# Characters on each side: about a line on each side of the word.
CONTEXT = 60
# What a reader can look through; the page says that there are more.
MAX_HITS = 200


def referents(labels: pd.DataFrame, event_id: str) -> list[str]:
    """What is named in an event, the most often named first."""
    own = labels[(labels["event_id"] == event_id).fillna(False)]
    counts = own["referent"].value_counts()
    return sorted(map(str, counts.index), key=lambda name: (-int(counts[name]), name))


def label_rows(
    labels: pd.DataFrame, event_id: str, referent: str, voice: str
) -> tuple[list[str], list[dict[str, Any]]]:
    """Each name for the referent with its uses by outlet; ``voice`` "all" counts every voice."""
    own = labels[((labels["event_id"] == event_id) & (labels["referent"] == referent)).fillna(False)]
    if voice != "all":
        own = own[(own["voice"] == voice).fillna(False)]
    if not len(own):
        return [], []
    own = own.assign(name=outlet_key(own), label=own["text"].str.casefold())
    outlets = sorted(own["name"].unique())
    shown = own.groupby("label")["text"].agg(lambda texts: texts.value_counts().index[0])
    counts = own.groupby(["label", "name"]).size()
    rows = [
        {"label": shown[label], "all": int(total)}
        | {f"outlet:{o}": int(counts[label, o]) if (label, o) in counts.index else None for o in outlets}
        for label, total in own["label"].value_counts().items()
    ]
    return outlets, sorted(rows, key=lambda r: (-r["all"], str(r["label"])))


def distinctive_rows(distinctive: pd.DataFrame, event_id: str, voice: str) -> list[dict[str, Any]]:
    """The words that set an outlet apart, in one event or ("") in all, strongest first within an outlet."""
    event = distinctive["event_id"]
    own = distinctive[(event == event_id).fillna(False) if event_id else event.isna()]
    rows = records(own[(own["voice"] == voice).fillna(False)])
    return sorted(rows, key=lambda r: (str(r["outlet"]), -(r["z"] or 0.0), str(r["term"])))


def in_context(articles: pd.DataFrame, texts: dict[str, str], words: str) -> list[dict[str, Any]]:
    """Every place where ``words`` stand, whole words, any case, typographic marks folded.

    At most :data:`MAX_HITS` + 1 rows, so that a page can say that there are more.
    """
    wanted = re.escape(fold(words).strip())
    if not wanted:
        return []
    pattern = re.compile(rf"(?<!\w){wanted}(?!\w)", re.IGNORECASE)
    rows: list[dict[str, Any]] = []
    for article in records(articles[["article_id", "outlet", "event_id"]]):
        text = texts[str(article["article_id"])]
        for match in pattern.finditer(fold(text)):
            start, end = match.span()
            rows.append(
                article
                | {
                    "name": outlet_name(article),
                    "left": text[max(0, start - CONTEXT) : start],
                    "word": text[start:end],
                    "right": text[end : end + CONTEXT],
                }
            )
            if len(rows) > MAX_HITS:
                return rows
    return rows
