"""What stands beside the texts: every mark as a row, counts by article, passages of one article only."""

from __future__ import annotations

from typing import Any

import pandas as pd

from framing.highlight import LAYERS
from framing.tables import records
from framing_dashboard.views.reading import Reading, carried_once
from framing_dashboard.views.rows import VOICE_NAMES

_NAMES = {layer.id: layer.name for layer in LAYERS}
COLUMNS = ["outlet", "kind", "text", "speaker", "voice", "note", "article_id", "mark", "start", "end"]


def mark_rows(found: list[Reading], layer: str = "") -> pd.DataFrame:
    """One row a mark, in the order of the texts; ``mark`` is what a link calls it."""
    rows = [
        {
            "outlet": reading.name,
            "kind": _NAMES[m.layer],
            "text": m.span.of(reading.text),
            "speaker": m.speaker or None,
            "voice": VOICE_NAMES.get(m.voice, m.voice),
            "note": "; ".join((m.title, *m.notes)),
            "article_id": reading.article["article_id"],
            "mark": f"{reading.article['article_id']}.{m.id}",
            "start": m.span.start,
            "end": m.span.end,
        }
        for reading in found
        for m in reading.marks
        if layer in ("", m.layer)
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def describe(found: list[Reading], mark: str) -> str:
    """The chosen mark in one sentence; empty where there is none."""
    for reading in found:
        for m in reading.marks:
            if f"{reading.article['article_id']}.{m.id}" == mark:
                return f"{reading.name}: {m.title}. " + "; ".join(m.notes) + "."
    return ""


def count_rows(found: list[Reading], measures: pd.DataFrame, voice: str) -> list[dict[str, Any]]:
    """One row a measure, one column an article (its id): the value, or None where it was not measured.

    ``why`` gathers the reasons, so that an empty cell is never a riddle.
    """
    ids = [str(r.article["article_id"]) for r in found]
    own = measures[measures["article_id"].isin(ids) & (measures["voice"] == voice)]
    rows: dict[str, dict[str, Any]] = {}
    for r in records(own):
        row = rows.setdefault(str(r["measure"]), {"measure": r["measure"], "unit": r["unit"], "why": ""})
        row[str(r["article_id"])] = r["value"]
        if r["value"] is None and r["why_none"] and str(r["why_none"]) not in row["why"]:
            row["why"] += ("; " if row["why"] else "") + str(r["why_none"])
    return list(rows.values())


def not_measured(rows: list[dict[str, Any]], ids: list[str]) -> dict[str, list[str]]:
    """The measures that have no value for any of the articles, by reason."""
    reasons: dict[str, list[str]] = {}
    for row in rows:
        if all(row.get(i) is None for i in ids):
            reasons.setdefault(row["why"] or "not part of this study", []).append(str(row["measure"]))
    return reasons


def only_in_one(found: list[Reading], passages: pd.DataFrame) -> list[dict[str, Any]]:
    """Passages of the event that exactly one of the shown articles carries, in the order of that article."""
    names = {str(r.article["article_id"]): r.name for r in found}
    rows = [row | {"outlet": names[str(row["article_id"])]} for row in carried_once(tuple(names), passages)]
    order = list(names)
    return sorted(rows, key=lambda r: (order.index(str(r["article_id"])), r["start"] or 0))
