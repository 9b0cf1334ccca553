"""Tidy findings as one array: outlet × event × feature, means and counts of articles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.article import FramingError

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

COLUMNS = ("article_id", "outlet", "event_id", "measure", "voice", "value")


@dataclass(frozen=True, slots=True)
class Cube:
    """``means[o, e, f]``: mean over outlet ``o``'s measured articles in event ``e``; NaN = no such article.

    ``counts`` holds how many articles each mean rests on. A feature is a (measure, voice).
    Only named outlets and assigned events are in it.
    """

    outlets: tuple[str, ...]
    events: tuple[str, ...]
    features: tuple[tuple[str, str], ...]
    means: Floats
    counts: Ints


@dataclass(frozen=True, slots=True)
class Values:
    """Articles × features, NaN where not measured; rows sorted by article_id."""

    articles: tuple[str, ...]
    outlets: NDArray[np.object_]
    events: NDArray[np.object_]
    features: tuple[tuple[str, str], ...]
    table: Floats


def values(findings: pd.DataFrame) -> Values:
    """Findings as an article × feature table; the order of the rows does not matter.

    Raises FramingError where a column is missing or an article has one measure twice in one voice.
    """
    missing = [c for c in COLUMNS if c not in findings.columns]
    if missing:
        raise FramingError(
            f"findings without the column {', '.join(missing)}; expected {', '.join(COLUMNS)},"
            " as in measures.csv"
        )
    article_codes, articles = _codes(findings["article_id"])
    measure_codes, measures = _codes(findings["measure"])
    voice_codes, voices = _codes(findings["voice"])
    pair_codes = measure_codes * max(1, len(voices)) + voice_codes
    used, feature_codes = np.unique(pair_codes, return_inverse=True)
    features = tuple((measures[u // len(voices)], voices[u % len(voices)]) for u in used.tolist())
    flat = article_codes * max(1, len(features)) + feature_codes
    unique, first = np.unique(flat, return_index=True)
    if len(unique) < len(flat):
        twice = int(np.setdiff1d(np.arange(len(flat)), first)[0])
        measure, voice = features[int(feature_codes[twice])]
        raise FramingError(
            f"article {articles[int(article_codes[twice])]!r} has the measure {measure!r} twice in voice"
            f" {voice!r}; pass one finding for each article, measure and voice"
        )
    table = np.full(len(articles) * len(features), np.nan)
    table[flat] = pd.to_numeric(findings["value"]).to_numpy(dtype=np.float64, na_value=np.nan)
    _, first_row = np.unique(article_codes, return_index=True)
    return Values(
        tuple(articles),
        _texts(findings["outlet"])[first_row],
        _texts(findings["event_id"])[first_row],
        features,
        table.reshape(len(articles), len(features)),
    )


def cube(data: Values) -> Cube:
    """Means by outlet, event and feature over the articles that have an outlet and an event."""
    keep = (data.outlets != "") & (data.events != "")
    table = data.table[keep]
    outlet_codes, outlets = _codes(pd.Series(data.outlets[keep], dtype=object))
    event_codes, events = _codes(pd.Series(data.events[keep], dtype=object))
    cells = outlet_codes * max(1, len(events)) + event_codes
    n_cells, n_features = len(outlets) * len(events), len(data.features)
    sums = np.zeros((n_cells, n_features))
    counts = np.zeros((n_cells, n_features), dtype=np.int64)
    for f in range(n_features):
        there = ~np.isnan(table[:, f])
        sums[:, f] = np.bincount(cells[there], weights=table[there, f], minlength=n_cells)
        counts[:, f] = np.bincount(cells[there], minlength=n_cells)
    means = np.divide(sums, counts, out=np.full(sums.shape, np.nan), where=counts > 0)
    shape = (len(outlets), len(events), n_features)
    return Cube(tuple(outlets), tuple(events), data.features, means.reshape(shape), counts.reshape(shape))


def _texts(column: pd.Series[Any]) -> NDArray[np.object_]:
    """Strings; missing becomes empty."""
    return column.astype(object).where(column.notna(), "").to_numpy(dtype=object)


def _codes(column: pd.Series[Any]) -> tuple[Ints, list[str]]:
    """Each row's position among the sorted distinct values, and those."""
    codes, distinct = pd.factorize(_texts(column), sort=True)
    return codes.astype(np.int64), [str(d) for d in distinct]
