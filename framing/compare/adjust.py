"""Measures with the part taken out that goes along with an article's length or its time.

The slope is that of articles of one outlet and one event against each other, as a regression
with an effect for each event and each outlet gives it (Frisch & Waugh 1933); so the outlets'
own differences are not taken out with it. The slope is then held fixed: intervals of
adjusted differences leave out that it is estimated.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from framing.compare.cube import values
from framing.compare.measured import Bools, Floats, Ints

# Fewer articles say too little about a slope.
MIN_ARTICLES = 30
_ROUNDS = 50  # of taking turns between the means of events and of outlets


def adjusted(findings: pd.DataFrame, covariate: pd.Series[float]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """``findings`` with values as they would be at the event's mean of ``covariate``, and the slopes.

    ``covariate`` holds a number for each article_id; articles without one are left out. A
    measure with fewer than :data:`MIN_ARTICLES` articles has no values and its slope is
    missing. Slopes: one row a measure and voice, in units of the measure for one of the
    covariate.
    """
    x = covariate.reindex(findings["article_id"]).astype("Float64")
    kept = findings.loc[x.notna().to_numpy()]
    data = values(kept.drop(columns="reprint_of", errors="ignore"))
    numbers = np.asarray(covariate.reindex([m[0] for m in data.articles]), dtype=np.float64)
    _, outlets = np.unique(data.outlets.astype(str), return_inverse=True)
    slopes = {
        feature: _slope(data.table[:, f], numbers, data.event_codes, outlets)
        for f, feature in enumerate(data.features)
    }
    centre = pd.Series(numbers).groupby(data.event_codes).mean()
    event_codes = dict(zip(data.events.tolist(), data.event_codes.tolist(), strict=True))
    by_row = pd.Series([slopes[key] for key in zip(kept["measure"], kept["voice"], strict=True)], dtype=float)
    middle = kept["event_id"].map(lambda e: centre[event_codes[e]] if e in event_codes else np.nan)
    away = x[x.notna()].to_numpy(dtype=np.float64) - middle.to_numpy(dtype=np.float64)
    value = pd.to_numeric(kept["value"]).to_numpy(dtype=np.float64, na_value=np.nan)
    table = pd.DataFrame(
        [(*feature, slope) for feature, slope in slopes.items()], columns=["measure", "voice", "slope"]
    )
    return kept.assign(value=value - by_row.to_numpy() * away), table


def _slope(y: Floats, x: Floats, events: Ints, outlets: Ints) -> float:
    there: Bools = ~np.isnan(y)
    if there.sum() < MIN_ARTICLES:
        return float("nan")
    y, x = (_without_means(column[there], events[there], outlets[there]) for column in (y, x))
    spread = float(x @ x)
    return float(x @ y) / spread if spread > 1e-12 else float("nan")


def _without_means(column: Floats, events: Ints, outlets: Ints) -> Floats:
    """The column without the effects of events and outlets."""
    left: Floats = column - column.mean()
    for _ in range(_ROUNDS):
        before = left
        for codes in (events, outlets):
            counts = np.maximum(np.bincount(codes), 1)
            left = left - (np.bincount(codes, weights=left) / counts)[codes]
        if np.abs(left - before).max(initial=0.0) < 1e-10:
            break
    return left
