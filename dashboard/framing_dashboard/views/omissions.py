"""What one outlet's reports of an event carry and another's lack: passages, speakers, entities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from framing.tables import records
from framing_dashboard.view import View, showing
from framing_dashboard.views.rows import outlet_key, outlet_name
from framing_dashboard.views.voices import spoken

# More columns than this do not fit beside each other.
MAX_COLUMNS = 8

FOUND, NOT_FOUND = "●", "–"
_NAME = {"passage": "passage_id", "speaker": "speaker", "entity": "referent"}
_HIDDEN = showing("passage")
_LAYER = {"direct": "quote", "mixed": "quote", "indirect": "reported"}


def columns(articles: pd.DataFrame, event_id: str) -> dict[str, str]:
    """The first reports of an event by date: id to outlet, told apart where an outlet has several.

    At most :data:`MAX_COLUMNS`; undated ones come last.
    """
    own = records(articles[(articles["event_id"] == event_id).fillna(False)])
    own.sort(key=lambda r: (not r["published"], str(r["published"]), str(r["article_id"])))
    own = own[:MAX_COLUMNS]
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
    rows: dict[str, dict[str, Any]] = {}
    for found in records(own[own["article_id"].isin(list(articles))]):
        article, speaker = str(found["article_id"]), str(found["speaker"])
        row = rows.setdefault(speaker, {"speaker": speaker, "n": 0})
        row["n"] += article not in row
        row[article] = row.get(article, 0) + int(found["n_words"] or 0)
    for row in rows.values():
        row["in"] = f"{row['n']} of {len(articles)}"
    return sorted(rows.values(), key=lambda r: (r["n"] == len(articles), -r["n"], r["speaker"]))


def of_event(presence: pd.DataFrame, event_id: str, *, without_reprints: bool) -> pd.DataFrame:
    """The rows of the table of presence of one event with the ``name`` of every outlet."""
    counted = "excluded" if without_reprints else "included"
    own = presence[((presence["event_id"] == event_id) & (presence["reprints"] == counted)).fillna(False)]
    texts = own.drop(columns="article_id").rename(columns={"unnamed": "article_id"})
    return own.assign(name=outlet_key(texts))


def outlets(own: pd.DataFrame) -> list[str]:
    """The outlets of the event in the alphabet; of more than :data:`MAX_COLUMNS` those with most found."""
    found = own[own["present"].fillna(False).astype(bool)].groupby("name").size()
    names = sorted(map(str, own["name"].unique()))
    most = sorted(names, key=lambda name: (-int(found.get(name, 0)), name))[:MAX_COLUMNS]
    return sorted(most)


def why_none(own: pd.DataFrame) -> str:
    """Why the event has no table by outlet; empty where it has one."""
    reasons = own["why_none"].dropna()
    return str(reasons.iloc[0]) if len(reasons) else ""


def summary(own: pd.DataFrame) -> list[dict[str, Any]]:
    """One row an outlet: how much stands in its texts alone, and how much in those of all others alone."""
    rows: dict[str, dict[str, Any]] = {}
    for row in records(own):
        if not row["why_none"]:
            counts = rows.setdefault(str(row["name"]), {"name": str(row["name"])})
            counts["articles"] = row["n_articles"]
            counts["note"] = "a text is cut off" if row["truncated"] else ""
            for what in ("only_outlet", "only_without"):
                key = f"{row['kind']} {what}"
                counts[key] = counts.get(key, 0) + bool(row[what])
    return [rows[name] for name in sorted(rows)]


def matrix(own: pd.DataFrame, kind: str, names: Sequence[str]) -> list[dict[str, Any]]:
    """One row a passage, speaker or entity; those that most outlets have but not all come first.

    Under ``outlet:NAME`` stands the row of that outlet, None where it is not found there.
    """
    found: dict[str, dict[str, Any]] = {}
    for row in records(own[own["kind"] == kind]):
        if row["why_none"]:
            continue
        name = str(row[_NAME[kind]])
        item = found.setdefault(name, {"name": name, "n": row["n_outlets_with"], "of": row["n_outlets"]})
        item[f"outlet:{row['name']}"] = row if row["present"] else None
        if row["present"]:
            item["first"] = min(item.get("first", 1.0), float(row["position"]))
            item["count"] = item.get("count", 0) + row["count"]
    rows = [item for item in found.values() if any(item.get(f"outlet:{name}") for name in names)]
    for item in rows:
        item["in"] = f"{item['n']} of {item['of']}"
    return sorted(rows, key=lambda r: (r["n"] == r["of"], -r["n"], -r["count"], r["first"], r["name"]))


def place(row: Mapping[str, Any]) -> str:
    """How often, and where first: 0 % is the top of the article. A passage stands once in most texts.

    >>> place({"kind": "speaker", "count": 3, "position": 0.124})
    '3 from 12 %'
    >>> place({"kind": "passage", "count": 1, "position": 0.124})
    'at 12 %'
    """
    at = f"{row['position']:.0%}".replace("%", " %")
    return f"at {at}" if row["kind"] == "passage" and row["count"] == 1 else f"{row['count']} from {at}"


def view_of(
    item: Mapping[str, Any], row: Mapping[str, Any], kind: str, event: str, layers: Mapping[Any, str]
) -> View:
    """The article in which it stands, beside one in which it does not where there is such a one.

    ``layers``: kind of quotation by article, start and end.
    """
    article, start, end = str(row["article_id"]), row["start"], row["end"]
    if kind == "speaker":
        layer = _LAYER.get(layers.get((article, start, end), "direct"), "quote")
        return View(event, (article,), mark=f"{article}.{layer}-{start}-{end}")
    if kind == "entity":
        return View(event, (article,), mark=f"{article}.name-{start}-{end}", referent=str(item["name"]))
    others = [a for a in item.get("without", ()) if a != article]
    if others:
        return View(event, (article, others[0]), hidden=_HIDDEN, mark=f"{article}.passage-{start}-{end}")
    return View(event, (article, *item.get("with", ()))[:2])


def sentences(
    passages: pd.DataFrame, passage_id: str, articles: pd.DataFrame, texts: Mapping[str, str]
) -> list[dict[str, Any]]:
    """One row an article of the event: the sentence that carries the passage, none where it is not found."""
    known = {str(r["article_id"]): r for r in records(articles)}
    rows = []
    for row in records(passages[passages["passage_id"] == passage_id]):
        article = str(row["article_id"])
        text = texts[article][row["start"] : row["end"]] if row["covered"] else ""
        rows.append(row | {"name": outlet_name(known[article]), "sentence": text})
    return sorted(rows, key=lambda r: (not r["covered"], r["name"], r["article_id"]))
