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
Bools = NDArray[np.bool_]

# Two articles that agree in this many values other than zero, and in all else, are one text.
_TELLING = 2

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
    """Articles × features, NaN where not measured; rows sorted by article_id.

    Only articles with an outlet and an event are in it. Copies of one text (``reprint_of``, or
    equal in every value) in one outlet and event are one row, the mean of theirs, and a
    copy stands in the event of the text that it repeats: copying adds nothing to what is
    known. ``origins`` names the text that each row carries. ``scaled`` is the table in
    units of each feature's largest value. ``event_codes`` numbers the events; ``keys``
    orders articles by what was measured in them, so that no number hangs on a name.
    ``articles`` holds the ids behind each row, several where copies were put together.
    """

    articles: tuple[tuple[str, ...], ...]
    outlets: NDArray[np.object_]
    events: NDArray[np.object_]
    origins: NDArray[np.object_]
    features: tuple[tuple[str, str], ...]
    table: Floats
    scaled: Floats
    event_codes: Ints
    keys: Floats


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
    article_codes, articles = codes(findings["article_id"])
    measure_codes, measures = codes(findings["measure"])
    voice_codes, voices = codes(findings["voice"])
    pair_codes = measure_codes * max(1, len(voices)) + voice_codes
    used = np.flatnonzero(np.bincount(pair_codes))
    feature_codes = np.searchsorted(used, pair_codes)
    features = tuple((measures[u // len(voices)], voices[u % len(voices)]) for u in used.tolist())
    flat = article_codes * max(1, len(features)) + feature_codes
    counts = np.bincount(flat, minlength=len(articles) * len(features))
    if counts.max(initial=0) > 1:
        twice = int(np.flatnonzero(counts[flat] > 1)[0])
        measure, voice = features[int(feature_codes[twice])]
        raise FramingError(
            f"article {articles[int(article_codes[twice])]!r} has the measure {measure!r} twice in voice"
            f" {voice!r}; pass one finding for each article, measure and voice"
        )
    flat_table = np.full(len(articles) * len(features), np.nan)
    flat_table[flat] = pd.to_numeric(findings["value"]).to_numpy(dtype=np.float64, na_value=np.nan)
    last_row = np.zeros(len(articles), dtype=np.int64)
    last_row[article_codes] = np.arange(len(article_codes))
    heads = findings.iloc[last_row]
    outlets, events, origins = _texts(heads["outlet"]), _texts(heads["event_id"]), np.array(articles, object)
    if "reprint_of" in findings.columns:
        origins = _origins(articles, _texts(heads["reprint_of"]))
        events = _events_of_origins(articles, events, origins)
    table = flat_table.reshape(len(articles), len(features))
    known = np.flatnonzero((outlets != "") & (events != ""))
    rows, table = _copies_once(outlets[known], events[known], origins[known], table[known])
    members = [known[row] for row in rows]
    keep = np.array([row[0] for row in members], dtype=np.int64)
    return Values(
        tuple(tuple(articles[k] for k in row.tolist()) for row in members),
        outlets[keep],
        events[keep],
        origins[keep],
        features,
        table,
        in_largest(table),
        codes(pd.Series(events[keep], dtype=object))[0],
        content_keys(table),
    )


def _origins(articles: list[str], reprint_of: NDArray[np.object_]) -> NDArray[np.object_]:
    """The article whose text each one carries: its own id, or the end of the chain of reprints."""
    source = {a: r for a, r in zip(articles, reprint_of.tolist(), strict=True) if r}

    def end(article: str) -> str:
        seen = {article}
        while (nxt := source.get(article)) and nxt not in seen:
            seen.add(article := nxt)
        return article

    return np.array([end(a) for a in articles], dtype=object)


def _events_of_origins(
    articles: list[str], events: NDArray[np.object_], origins: NDArray[np.object_]
) -> NDArray[np.object_]:
    """The same text reports the same event, wherever it was printed."""
    event_of = dict(zip(articles, events.tolist(), strict=True))
    pairs = zip(origins.tolist(), events.tolist(), strict=True)
    return np.array([event_of.get(origin, event) if event else event for origin, event in pairs], object)


def _copies_once(
    outlets: NDArray[np.object_], events: NDArray[np.object_], origins: NDArray[np.object_], table: Floats
) -> tuple[list[Ints], Floats]:
    """Copies of one text in one outlet and event as one row, their mean; the rows behind each."""
    same = _same_values(table)
    heads = pd.MultiIndex.from_arrays([outlets, events, np.where(same >= 0, same.astype(object), origins)])
    if heads.is_unique:
        return list(np.arange(len(outlets))[:, None]), table
    codes, distinct = pd.factorize(heads)  # numbered as they first appear, so the order stays
    order = np.argsort(codes, kind="stable")
    rows = np.split(order.astype(np.int64), np.cumsum(np.bincount(codes, minlength=len(distinct)))[:-1])
    merged: Floats = pd.DataFrame(table).groupby(codes).mean().to_numpy(dtype=np.float64)
    return rows, merged


def _same_values(table: Floats) -> Ints:
    """A number shared by the rows that agree in every value; -1 where too few of them are not zero."""
    filled = np.where(np.isnan(table), np.inf, table + 0.0)
    _, codes = np.unique(filled, axis=0, return_inverse=True)
    telling = ((table != 0) & ~np.isnan(table)).sum(axis=1) >= _TELLING
    found: Ints = np.where(telling, codes.reshape(-1), -1).astype(np.int64)
    return found


def in_largest(table: Floats) -> Floats:
    """Each column in units of its largest absolute value."""
    largest = np.nan_to_num(np.abs(table)).max(axis=0, initial=0.0)
    scaled: Floats = table / np.where(largest > 0, largest, 1.0)
    return scaled


def content_keys(table: Floats) -> Floats:
    """A number for each row that depends on its values alone."""
    there = ~np.isnan(table)
    filled = np.where(there, in_largest(table), 0.0)
    weights = np.random.default_rng(1).random((2, table.shape[1]))
    keys: Floats = (filled * weights[0] + there * weights[1]).sum(axis=1)
    return keys


def cube(data: Values) -> Cube:
    """Means by outlet, event and feature."""
    table = data.table
    outlet_codes, outlets = codes(pd.Series(data.outlets, dtype=object))
    event_codes, events = codes(pd.Series(data.events, dtype=object))
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


def codes(column: pd.Series[Any]) -> tuple[Ints, list[str]]:
    """Each row's position among the sorted distinct values, and those; missing counts as empty."""
    if isinstance(column.dtype, pd.CategoricalDtype) and not column.hasnans:
        own = column.cat.remove_unused_categories().cat
        order = np.argsort(own.categories.astype(object), kind="stable")
        place = np.empty(len(order), dtype=np.int64)
        place[order] = np.arange(len(order))
        return place[own.codes], [str(d) for d in own.categories[order]]
    codes, distinct = pd.factorize(_texts(column), sort=True)
    return codes.astype(np.int64), [str(d) for d in distinct]
