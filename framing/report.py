"""One self-contained page of a study: comparison, events with marked texts, methods.

No script and no address of another host is in it; it opens without a network and prints.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from framing import highlight, methods, tables
from framing.study import Study

# A page that is read and printed: beyond this the marked texts of further events are
# left to the dashboard, and the page says how many.
MAX_ARTICLES = 60

_environment = Environment(
    loader=PackageLoader("framing", "templates"), autoescape=True, undefined=StrictUndefined,
    trim_blocks=True, lstrip_blocks=True,
)  # fmt: skip


def report(study: Study) -> str:
    """The page as HTML; the same study gives the same page."""
    articles = study.table("articles")
    events = study.table("events")
    comparisons = study.table("comparisons")
    texts = study.texts()
    quotes, terms = study.table("quotes"), study.table("terms")
    shown: list[dict[str, Any]] = []
    n_articles = 0
    for event in tables.records(events.sort_values(["n_articles", "event_id"], ascending=[False, True])):
        members = articles[articles["event_id"] == event["event_id"]]
        if n_articles and n_articles + len(members) > MAX_ARTICLES:
            break
        n_articles += len(members)
        shown.append(
            {
                **event,
                "articles": [
                    row | _marked(row["article_id"], texts, quotes, terms) for row in tables.records(members)
                ],
            }
        )
    measured = comparisons[comparisons["estimate"].notna()]
    template = _environment.get_template("report.html")
    return template.render(
        n_articles=len(articles),
        n_events=len(events),
        n_events_left_out=len(events) - len(shown),
        n_outlets=articles["outlet"].nunique(),
        events=shown,
        comparisons=tables.records(measured),
        abstentions=_abstentions(comparisons),
        legend=Markup(highlight.legend()),
        style=Markup(highlight.STYLE),
        methods=methods.sections(study),
    )


def _marked(
    article_id: str, texts: dict[str, str], quotes: pd.DataFrame, terms: pd.DataFrame
) -> dict[str, Markup]:
    """The text with its marks and the numbers of its speakers; both escape what they are given."""
    marks = highlight.marks(
        quotes[quotes["article_id"] == article_id], terms[terms["article_id"] == article_id]
    )
    return {
        "marked": Markup(highlight.static_html(texts[article_id], marks)),
        "speakers": Markup(highlight.speaker_legend(marks)),
    }


def _abstentions(comparisons: pd.DataFrame) -> list[dict[str, Any]]:
    """Each reason with the number of comparisons that it stopped, most frequent first."""
    counts = comparisons.loc[comparisons["estimate"].isna(), "why_none"].value_counts()
    return [
        {"reason": reason, "n": int(n)} for reason, n in sorted(counts.items(), key=lambda c: (-c[1], c[0]))
    ]
