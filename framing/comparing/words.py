"""A study's distinctive words, with the user's reference and groups."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from framing import distinctive
from framing.annotation import VOICES
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
    counts = _counts(study, named.astype("category"), articles["event_id"].astype("category"))
    return distinctive.distinctive(counts, reference=reference, events=events, top=top)


def _counts(study: Study, names: pd.Series[Any], event_of: pd.Series[Any]) -> pd.DataFrame:
    """The words of the articles that ``names`` holds, as :func:`distinctive.distinctive` takes them.

    A row takes 22 bytes, since there are some hundred for each article.
    """
    place = {str(article): n for n, article in enumerate(names.index)}
    number_of: dict[str, int] = {}  # of a term
    articles, voices, terms, counts = array("i"), array("b"), array("i"), array("i")
    for annotated in study.documents(set(place)):
        for voice, term, count in distinctive.term_counts(annotated):
            articles.append(place[annotated.article.id])
            voices.append(VOICES.index(voice))
            terms.append(number_of.setdefault(term, len(number_of)))
            counts.append(count)
    at = np.array(articles, dtype=np.int32)
    return pd.DataFrame(
        {
            "article_id": pd.Categorical.from_codes(at, categories=pd.Index(list(place))),
            "outlet": names.array.take(at),
            "event_id": event_of.reindex(names.index).array.take(at),
            "voice": pd.Categorical.from_codes(np.array(voices, dtype=np.int8), categories=pd.Index(VOICES)),
            "term": pd.Categorical.from_codes(
                np.array(terms, dtype=np.int32), categories=pd.Index(list(number_of))
            ),
            "count": np.array(counts, dtype=np.int32),
        }
    )
