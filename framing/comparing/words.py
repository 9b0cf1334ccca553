"""A study's distinctive words, with the user's reference and groups."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from framing import distinctive
from framing.comparing import grouped
from framing.distinctive import Distinctive
from framing.study import Study


def words(
    study: Study,
    *,
    reference: str | None = None,
    by: str | None = None,
    groups: Mapping[str, str] | None = None,
    events: bool = True,
    top: int = 50,
) -> Distinctive:
    """Words that set each outlet (or group) apart; reprints are left out.

    Raises FramingError for an unknown column, outlet or reference.
    """
    articles = study.table("articles").set_index("article_id")
    articles = articles[articles["reprint_of"].isna()]
    named = grouped(articles, by=by, groups=groups).dropna()
    names = {str(article): str(name) for article, name in named.items()}
    event_of = articles["event_id"].dropna().to_dict()
    counts = []
    for annotated in study.documents(set(names)):
        article = annotated.article.id
        head = (article, names[article], event_of.get(article, ""))
        counts += [(*head, *row) for row in distinctive.term_counts(annotated)]
    frame = pd.DataFrame(counts, columns=list(distinctive.COLUMNS))
    return distinctive.distinctive(frame, reference=reference, events=events, top=top)
