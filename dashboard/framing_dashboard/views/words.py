"""Which words each outlet chooses: names for the same thing, words that set one apart, words in context."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from framing.tables import records
from framing.text import fold
from framing_dashboard.views import rows as rows_of
from framing_dashboard.views.rows import outlet_key, outlet_name

# What a reader can look through; the page says that there are more.
MAX_HITS = 200


def referents(labels: pd.DataFrame, event_id: str) -> list[str]:
    """What is named in an event, the most often named first."""
    own = labels[(labels["event_id"] == event_id).fillna(False)]
    counts = own["referent"].value_counts()
    return sorted(map(str, counts.index), key=lambda name: (-int(counts[name]), name))


def most_contested(labels: pd.DataFrame, event_id: str) -> str:
    """The referent of an event with the most words that are contested; else the one named most often."""
    own = labels[((labels["event_id"] == event_id) & labels["contested"].notna()).fillna(False)]
    names = own.groupby("referent")["label"].nunique()
    everything = referents(labels, event_id)
    return max(everything, key=lambda r: int(names.get(r, 0)), default="")


def named(labels: pd.DataFrame, event_id: str, referent: str, voice: str) -> pd.DataFrame:
    """The names of a referent in one voice ("all": every voice); pronouns are left out."""
    own = labels[((labels["event_id"] == event_id) & (labels["referent"] == referent)).fillna(False)]
    own = own[(own["kind"] != "pronoun").fillna(True)]
    if voice != "all":
        own = own[(own["voice"] == voice).fillna(False)]
    words = own["label"].fillna(own["text"])
    return own.assign(name=outlet_key(own), shown=words, key=words.str.casefold())


def label_rows(
    labels: pd.DataFrame, event_id: str, referent: str, voice: str
) -> tuple[list[str], list[dict[str, Any]]]:
    """Each name for the referent with its uses by outlet; ``voice`` "all" counts every voice.

    ``contested``: the set of words for one thing that it belongs to, where the event uses
    at least two of it. ``only``: the outlet, where no other that names the referent uses it.
    """
    own = named(labels, event_id, referent, voice)
    outlets = sorted(own["name"].unique())
    rows = []
    for key, part in own.groupby("key"):
        counts = part["name"].value_counts()
        contested = part["contested"].dropna()
        rows.append(
            {
                "key": key,
                "label": part["shown"].value_counts().index[0],
                "all": len(part),
                "contested": contested.iloc[0] if len(contested) else None,
                "only": counts.index[0] if len(counts) == 1 and len(outlets) > 1 else None,
            }
            | {f"outlet:{o}": int(counts.get(o, 0)) or None for o in outlets}
        )
    return outlets, sorted(rows, key=lambda r: (-r["all"], str(r["label"])))


def sentences(own: pd.DataFrame, name: str) -> list[dict[str, Any]]:
    """The sentences behind a name of :func:`named`, or ("") behind all of them, in the order of the texts."""
    return _marked(own[own["key"] == name.casefold()] if name else own)


def trait_sentences(own: pd.DataFrame, trait: str, outlet: str) -> list[dict[str, Any]]:
    """The sentences behind a word of :func:`modified` or :func:`described`; ``outlet`` "": of all."""
    chosen = own[own["trait"] == trait]
    return _marked(chosen[chosen["name"] == outlet] if outlet else chosen)


def _marked(own: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows with the name in each that the reading pane marks."""
    place = ("mention_start", "mention_end") if "mention_start" in own else ("start", "end")
    return [
        row | {"mark": f"{row['article_id']}.name-{row[place[0]]}-{row[place[1]]}"} for row in records(own)
    ]


def modified(own: pd.DataFrame) -> pd.DataFrame:
    """The words put before the names of :func:`named`, one a row, in the column ``trait``."""
    parts = own.dropna(subset=["modifiers"])
    each = parts.assign(trait=parts["modifiers"].str.casefold().str.split(";")).explode("trait")
    return each.assign(trait=each["trait"].str.strip())


def described(portrayals: pd.DataFrame, event_id: str, referent: str, voice: str) -> pd.DataFrame:
    """What the referent is said to be and to do in one voice ("all": every), in the column ``trait``."""
    own = portrayals[
        ((portrayals["event_id"] == event_id) & (portrayals["referent"] == referent)).fillna(False)
    ]
    if voice != "all":
        own = own[(own["voice"] == voice).fillna(False)]
    return own.assign(name=outlet_key(own), trait=own["property"])


def modifier_rows(each: pd.DataFrame) -> tuple[list[str], list[dict[str, Any]]]:
    """The words of :func:`modified` with their uses by outlet."""
    return _counted(each, "trait")


def described_rows(own: pd.DataFrame) -> tuple[list[str], list[dict[str, Any]]]:
    """The properties of :func:`described` with polarity, relation, uses by outlet, a sentence."""
    outlets, rows = _counted(own, "trait")
    first = own.drop_duplicates("trait").set_index("trait")
    for row in rows:
        of = first.loc[row["trait"]]
        row |= {c: None if pd.isna(of[c]) else of[c] for c in ("polarity", "relation", "sentence")}
    return outlets, rows


def _counted(own: pd.DataFrame, column: str) -> tuple[list[str], list[dict[str, Any]]]:
    outlets = sorted(own["name"].unique())
    counts = own.groupby([column, "name"]).size().unstack(fill_value=0)
    rows = [
        {column: value, "all": int(row.sum())} | {f"outlet:{o}": int(row[o]) or None for o in outlets}
        for value, row in counts.iterrows()
        if value
    ]
    return outlets, sorted(rows, key=lambda r: (-r["all"], str(r[column])))


def distinctive_rows(distinctive: pd.DataFrame, event_id: str, voice: str) -> list[dict[str, Any]]:
    """The words that set an outlet apart from the others, in one event or ("") in all, strongest first."""
    event = distinctive["event_id"]
    own = distinctive[(event == event_id).fillna(False) if event_id else event.isna()]
    rows = records(own[((own["voice"] == voice) & (own["reference"] == "others")).fillna(False)])
    for row in rows:
        row["interval"] = "" if row["low"] is None else f"{row['low']:.2f} to {row['high']:.2f}"
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
            rows.append(article | {"name": outlet_name(article)} | rows_of.in_context(text, *match.span()))
            if len(rows) > MAX_HITS:
                return rows
    return rows
