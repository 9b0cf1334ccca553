"""What a study holds: the start page."""

from __future__ import annotations

from typing import Any

import pandas as pd

from framing.tables import records
from framing_dashboard.views.rows import outlet_name, plural, when


def facts(articles: pd.DataFrame, events: pd.DataFrame) -> list[tuple[str, str]]:
    """Size, outlets, dates and languages of the study."""
    named = articles["outlet"].dropna()
    unnamed = len(articles) - len(named)
    dates = sorted(str(d)[:10] for d in articles["published"].dropna())
    found = [
        ("Articles", f"{len(articles):,}"),
        (
            "Outlets",
            f"{named.nunique():,} named" + (f", {plural(unnamed, 'article')} without" if unnamed else ""),
        ),
        ("Events", f"{len(events):,}"),
        ("Published", _range(dates) + _undated(len(articles) - len(dates))),
    ]
    languages = articles["language"].dropna().value_counts()
    if len(languages):
        found.append(("Languages", ", ".join(f"{name} ({n:,})" for name, n in languages.items())))
    return found


def _range(dates: list[str]) -> str:
    if not dates:
        return "no dates"
    return dates[0] if dates[0] == dates[-1] else f"{dates[0]} to {dates[-1]}"


def _undated(n: int) -> str:
    return f", {plural(n, 'article')} without a date" if n else ""


def event_rows(events: pd.DataFrame, articles: pd.DataFrame) -> list[dict[str, Any]]:
    """One row an event: those that most outlets report first, then the latest."""
    rows = records(events)
    members: dict[str, list[dict[str, Any]]] = {}
    for row in records(articles[["article_id", "outlet", "event_id", "published"]]):
        members.setdefault(str(row["event_id"] or ""), []).append(row)
    for row in rows:
        own = members.get(str(row["event_id"]), [])
        row["articles"] = len(own)
        row["outlets"] = len({outlet_name(r) for r in own})
        row["when"] = _range(sorted(str(r["published"])[:10] for r in own if r["published"]))
        row["words"] = str(row["keywords"] or "").replace(";", ", ")
        row["label"] = row["label"] or row["event_id"]
    rows.sort(key=lambda r: str(r["event_id"]))
    rows.sort(key=lambda r: r["when"], reverse=True)
    rows.sort(key=lambda r: (-r["outlets"], -r["articles"]))
    return rows


def import_problems(report: pd.DataFrame, articles: pd.DataFrame) -> list[dict[str, Any]]:
    """What was not read as it stands, and what was odd about what was: rejected rows first."""
    order = {"rejected": 0, "duplicate": 1, "truncated": 2, "warning": 3}
    rows = [row for row in records(report) if row["status"] != "parsed"]
    for article in records(articles):
        warnings = str(article["warnings"] or "").split(";")
        rows += [
            {"source_file": article["source_file"], "status": "warning", "reason": w.strip()}
            for w in warnings
            if w.strip()
        ]
    return sorted(
        rows, key=lambda r: (order.get(str(r["status"]), 9), str(r["source_file"]), str(r["reason"]))
    )


def headline_rows(event_id: str, articles: pd.DataFrame, quotes: pd.DataFrame) -> list[dict[str, Any]]:
    """The articles of one event in order of publication, undated ones last."""
    chosen = articles[(articles["event_id"] == event_id).fillna(False)]
    own = quotes[quotes["article_id"].isin(chosen["article_id"]) & (quotes["kind"] != "scare").fillna(False)]
    n_quotes = own.loc[own["continues"].isna(), "article_id"].value_counts()
    n_speakers = own.dropna(subset=["speaker"]).groupby("article_id")["speaker"].nunique()
    names = {row["article_id"]: outlet_name(row) for row in records(articles)}
    rows = []
    for row in records(chosen):
        name = row["article_id"]
        origin = row["reprint_of"] or row["reuse_of"]
        notes = [f"credits {row['wire_agency']}"] if row["wire_agency"] else []
        notes += ["cut off"] if row["truncated"] else []
        inferred = str(row["inferred"] or "").split(";")
        notes += ["outlet inferred"] if "outlet" in inferred else []
        notes += ["date inferred"] if "published" in inferred else []
        rows.append(
            row
            | {
                "name": outlet_name(row),
                "when": when(row),
                "headline": row["title"] or "no headline found",
                "quotations": int(n_quotes.get(name, 0)),
                "speakers": int(n_speakers.get(name, 0)),
                "origin": origin,
                "shared": f"{row['reprint_share'] or row['reuse_share'] or 0:.0%} with {names[origin]}"
                if origin in names
                else None,
                "notes": ", ".join(notes),
            }
        )
    return sorted(rows, key=lambda r: (not r["published"], str(r["published"]), r["name"], r["article_id"]))


def timeline(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """The dated articles of an event; empty where all have one date, since one point shows nothing."""
    dated = [r for r in rows if r["published"]]
    frame = pd.DataFrame(
        [{"outlet": r["name"], "published": str(r["published"]), "headline": r["headline"]} for r in dated],
        columns=["outlet", "published", "headline"],
    )
    if frame["published"].nunique() < 2:
        return frame.iloc[:0]
    return frame


def coverage(articles: pd.DataFrame, events: pd.DataFrame) -> tuple[list[str], list[dict[str, Any]]]:
    """Named outlets × events: how many articles of each. Outlets in order of how many events they report."""
    named = articles.dropna(subset=["outlet", "event_id"])
    if named["outlet"].nunique() < 2:
        return [], []
    counts = named.groupby(["event_id", "outlet"]).size().unstack(fill_value=0)
    outlets = sorted(map(str, counts.columns), key=lambda o: (-int((counts[o] > 0).sum()), o))
    rows = []
    for event in event_rows(events, articles):
        if event["event_id"] in counts.index:
            own = counts.loc[event["event_id"]]
            rows.append(event | {f"outlet:{o}": int(own[o]) or None for o in outlets})
    return outlets, rows
