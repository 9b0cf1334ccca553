"""Would the comparison come out the same if it had been made another way?

Each variant changes one thing. Length and time of publication are checks against
confounding: an outlet that writes shorter or later may differ for that alone.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pandas as pd

from framing import compare
from framing.annotation import AnnotatedArticle
from framing.compare.adjust import MIN_ARTICLES, adjusted
from framing.comparing import findings
from framing.comparing.parts import headline, without_headline
from framing.measures import MEASURES
from framing.study import Study

# A text this short is a brief, a teaser or a caption; one word more or less moves its rates.
SHORT_WORDS = 150
MAIN = "main"
KEY = ["measure", "voice", "outlet", "reference"]
COLUMNS = ["variant", *KEY, "n_articles", "n_events", "estimate", "low", "high", "p_value", "main_estimate",
           "same_sign", "why_none"]  # fmt: skip

Progress = Callable[[str, int, int | None], None]


def sensitivity(study: Study, *, headlines: bool = True, progress: Progress | None = None) -> pd.DataFrame:
    """The comparison over all events, as it is and in each variant; one row each.

    main: reprints left out. Then, each against main: reprints left in; texts of fewer than
    :data:`SHORT_WORDS` words left out; values adjusted for length (logarithm of the words),
    and for hours since the event's first article; with ``headlines``, measured anew without
    headlines and on headlines alone, which takes a second pass over all articles.
    p-values here are for comparing variants and are not corrected for their number.
    """
    rows: list[pd.DataFrame] = []
    for name, found, why_none in _variants(study, headlines, progress):
        result = compare.compare(found, events=False)
        result = result[(result["reprints"] == "included") & (result["outlet"] != "")].set_index(KEY)
        if why_none:
            result = result.assign(estimate=None, low=None, high=None, p_value=None, why_none=why_none)
        if rows:
            result = result.reindex(result.index.union(rows[0].index))
            result["why_none"] = result["why_none"].fillna("no such article is left in this variant")
        rows.append(result.assign(variant=name))
    table = pd.concat([r.assign(main_estimate=rows[0]["estimate"].reindex(r.index)) for r in rows])
    both = table["estimate"].notna() & table["main_estimate"].notna()
    agree = np.sign(table["estimate"].astype(float)) == np.sign(table["main_estimate"].astype(float))
    table["same_sign"] = agree.astype(object).where(both, None)
    return table.reset_index()[COLUMNS]


def _variants(
    study: Study, headlines: bool, progress: Progress | None
) -> Iterator[tuple[str, pd.DataFrame, str]]:
    """Name, findings and, where the variant cannot be made, why."""
    whole = findings(study)
    articles = study.table("articles").set_index("article_id")
    reprint = whole["reprint_of"].notna()
    own = whole[~reprint].drop(columns="reprint_of")
    yield MAIN, own, ""
    if reprint.any():
        yield "reprints left in", whole, ""
    n_words = articles["n_words"].reindex(own["article_id"]).to_numpy(dtype=float, na_value=0.0)
    yield f"texts under {SHORT_WORDS} words left out", own[n_words >= SHORT_WORDS], ""
    length = articles["n_words"].astype(float).clip(lower=1).map(math.log)
    for name, covariate in (("adjusted for length", length), ("adjusted for time", _hours(articles))):
        known = covariate.dropna()
        too_few = f"{len(known)} articles with a known date; an adjustment needs {MIN_ARTICLES}"
        if len(known) < MIN_ARTICLES:
            yield name, own, too_few
        else:
            yield name, adjusted(own, known)[0], ""
    if headlines:
        without, alone = _measured_anew(study, own, progress)
        yield "without headlines", without, ""
        yield "headlines alone", alone, ""


def _hours(articles: pd.DataFrame) -> pd.Series[float]:
    """Hours since the event's first article; missing where the article or the event has no date."""
    published = pd.to_datetime(articles["published"], errors="coerce", utc=True, format="ISO8601")
    first = published.groupby(articles["event_id"]).transform("min")
    hours: pd.Series[float] = (published - first).dt.total_seconds() / 3600
    return hours


def _measured_anew(
    study: Study, own: pd.DataFrame, progress: Progress | None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    heads = own.drop_duplicates("article_id").set_index("article_id")[["outlet", "event_id"]]
    wanted = set(heads.index)
    without: list[dict[str, Any]] = []
    alone: list[dict[str, Any]] = []
    for done, annotated in enumerate(study.documents(wanted), start=1):
        without += _rows(without_headline(annotated))
        title = headline(annotated)
        alone += _rows(title) if title else []
        if progress:
            progress("measuring without headlines", done, len(wanted))
    columns = ["article_id", "measure", "voice", "value"]
    frames = [pd.DataFrame(rows, columns=columns).join(heads, on="article_id") for rows in (without, alone)]
    return frames[0], frames[1]


def _rows(annotated: AnnotatedArticle) -> list[dict[str, Any]]:
    return [
        {"article_id": f.article_id, "measure": f.measure, "voice": f.voice, "value": f.value}
        for measure in MEASURES
        for f in measure.findings(annotated)
    ]
