"""From a row of comparisons.csv to the words that it rests on."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from framing import tables
from framing.compare import contributions
from framing.comparing import findings
from framing.study import Study

COLUMNS = ("article_id", "outlet", "event_id", "value", "weight", "start", "end", "text", "cue", "lexicon",
           "category")  # fmt: skip


def evidence(
    study: Study,
    *,
    measure: str,
    voice: str,
    outlet: str,
    reference: str = "others",
    event_id: str = "",
    reprints: str = "included",
    by: str | None = None,
    groups: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """What one row of the comparison rests on: its articles with their weights, and the spans in each.

    One row a span; an article without one (a value of zero) has a row with an empty span.
    Over its articles, the sum of weight times value is the row's estimate.

    Raises FramingError where the study has no such comparison.
    """
    articles = contributions(
        findings(study, by=by, groups=groups),
        measure=measure,
        voice=voice,
        outlet=outlet,
        reference=reference,
        event_id=event_id,
        reprints=reprints,
    )
    spans = study.table("evidence")
    spans = spans[(spans["measure"] == measure) & (spans["voice"] == voice)]
    joined = articles.merge(spans.drop(columns=["measure", "voice"]), on="article_id", how="left")
    texts = study.texts()
    joined["text"] = [
        None if row["start"] is None else texts[row["article_id"]][row["start"] : row["end"]]
        for row in tables.records(joined)
    ]
    return joined[list(COLUMNS)]
