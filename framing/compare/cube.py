"""Findings as means and counts of articles: outlet × event × feature."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.compare.measured import Findings, Floats, Ints, Names, codes, measured

# Two articles that agree in this many values other than zero, and in all else, are one text.
_TELLING = 2
_AT_ONCE = 2000  # rows of a table that are worked on together


@dataclass(frozen=True, slots=True)
class Cube:
    """Means over an outlet's measured articles in an event, and how many articles each rests on.

    A feature is a (measure, voice). Only named outlets and assigned events are in it, and only what
    there is: outlet ``o`` has articles in the events ``held[o]``; ``means[o]`` and ``counts[o]`` have
    a row for each of these, a column for each feature, NaN and 0 where nothing was measured.
    ``total``, ``n_outlets`` and ``n_articles`` (events × features) are sums over the outlets.
    """

    outlets: tuple[str, ...]
    events: tuple[str, ...]
    features: tuple[tuple[str, str], ...]
    held: tuple[Ints, ...]
    means: tuple[Floats, ...]
    counts: tuple[NDArray[np.int32], ...]
    total: Floats
    n_outlets: NDArray[np.int32]
    n_articles: NDArray[np.int32]

    def of(self, outlet: int) -> tuple[Floats, NDArray[np.int32]]:
        """Means and counts of an outlet in all events: events × features."""
        means, counts = np.full(self.total.shape, np.nan), np.zeros(self.total.shape, dtype=np.int32)
        means[self.held[outlet]], counts[self.held[outlet]] = self.means[outlet], self.counts[outlet]
        return means, counts

    def others(self, outlet: int) -> tuple[Floats, NDArray[np.int32]]:
        """The same of the other outlets, each of which weighs the same: the mean of their means."""
        means, counts = self.of(outlet)
        there = ~np.isnan(means)
        n_others = self.n_outlets - there
        total = self.total - np.where(there, means, 0.0)
        others = np.divide(total, n_others, out=np.full(total.shape, np.nan), where=n_others > 0)
        return others, self.n_articles - counts


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
    outlets: Names
    events: Names
    origins: Names
    features: tuple[tuple[str, str], ...]
    table: Floats
    scaled: Floats
    event_codes: Ints
    keys: Floats


def values(findings: Findings) -> Values:
    """Findings as an article × feature table of texts; the order of the rows does not matter.

    Raises FramingError as :func:`framing.compare.measured.measured` does.
    """
    found = measured(findings)
    articles = found.articles.tolist()
    origins = _origins(articles, found.reprint_of)
    events = _events_of_origins(articles, found.events, origins)
    known = np.flatnonzero((found.outlets != "") & (events != ""))
    rows, table = _copies_once(found.outlets[known], events[known], origins[known], found.table[known])
    members = [known[row] for row in rows]
    keep = np.array([row[0] for row in members], dtype=np.int64)
    return Values(
        tuple(tuple(articles[k] for k in row.tolist()) for row in members),
        found.outlets[keep],
        events[keep],
        origins[keep],
        found.features,
        table,
        in_largest(table),
        codes(pd.Series(events[keep], dtype=object))[0],
        content_keys(table),
    )


def _origins(articles: list[str], reprint_of: Names) -> Names:
    """The article whose text each one carries: its own id, or the end of the chain of reprints."""
    source = {a: r for a, r in zip(articles, reprint_of.tolist(), strict=True) if r}

    def end(article: str) -> str:
        seen = {article}
        while (nxt := source.get(article)) and nxt not in seen:
            seen.add(article := nxt)
        return article

    return np.array([end(a) for a in articles], dtype=object)


def _events_of_origins(articles: list[str], events: Names, origins: Names) -> Names:
    """The same text reports the same event, wherever it was printed."""
    event_of = dict(zip(articles, events.tolist(), strict=True))
    pairs = zip(origins.tolist(), events.tolist(), strict=True)
    return np.array([event_of.get(origin, event) if event else event for origin, event in pairs], object)


def _copies_once(outlets: Names, events: Names, origins: Names, table: Floats) -> tuple[list[Ints], Floats]:
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
    place: dict[bytes, int] = {}  # by digest: the rows themselves, sorted, would be several tables
    codes = np.empty(len(table), dtype=np.int64)
    for n, row in enumerate(table):
        filled = np.where(np.isnan(row), np.inf, row + 0.0)
        codes[n] = place.setdefault(blake2b(filled.tobytes(), digest_size=16).digest(), len(place))
    telling = ((table != 0) & ~np.isnan(table)).sum(axis=1) >= _TELLING
    found: Ints = np.where(telling, codes, -1)
    return found


def in_largest(table: Floats) -> Floats:
    """Each column in units of its largest absolute value."""
    scaled: Floats = table / _largest(table)
    return scaled


def _largest(table: Floats) -> Floats:
    """The largest absolute value of each column; 1 where there is none but zeros."""
    largest = np.zeros(table.shape[1])
    for rows in _blocks(table):
        np.maximum(largest, np.nan_to_num(np.abs(rows)).max(axis=0, initial=0.0), out=largest)
    return np.where(largest > 0, largest, 1.0)


def _blocks(table: Floats) -> Iterator[Floats]:
    """Some rows at a time."""
    for start in range(0, len(table), _AT_ONCE):
        yield table[start : start + _AT_ONCE]


def content_keys(table: Floats) -> Floats:
    """A number for each row that depends on its values alone."""
    weights = np.random.default_rng(1).random((2, table.shape[1]))
    largest = _largest(table)
    keys = [np.empty(0)]
    for rows in _blocks(table):
        there = ~np.isnan(rows)
        filled = np.where(there, rows / largest, 0.0)
        keys.append((filled * weights[0] + there * weights[1]).sum(axis=1))
    return np.concatenate(keys)


def cube(data: Values) -> Cube:
    """Means by outlet, event and feature."""
    outlet_codes, outlets = codes(pd.Series(data.outlets, dtype=object))
    event_codes, events = codes(pd.Series(data.events, dtype=object))
    cells, cell_of = np.unique(outlet_codes * max(1, len(events)) + event_codes, return_inverse=True)
    sums = np.zeros((len(cells), len(data.features)))
    counts = np.zeros(sums.shape, dtype=np.int32)
    for f in range(len(data.features)):
        there = ~np.isnan(data.table[:, f])
        sums[:, f] = np.bincount(cell_of[there], weights=data.table[there, f], minlength=len(cells))
        counts[:, f] = np.bincount(cell_of[there], minlength=len(cells))
    means = np.divide(sums, counts, out=np.full(sums.shape, np.nan), where=counts > 0)
    starts = np.searchsorted(cells, np.arange(1, len(outlets)) * len(events))
    held, *parts = (np.split(part, starts) for part in (cells % max(1, len(events)), means, counts))
    total = np.zeros((len(events), len(data.features)))
    n_outlets, n_articles = (np.zeros(total.shape, dtype=np.int32) for _ in range(2))
    for rows, own, n in zip(held, *parts, strict=True):
        total[rows] += np.where(n > 0, own, 0.0)
        n_outlets[rows] += n > 0
        n_articles[rows] += n
    return Cube(
        tuple(outlets), tuple(events), data.features, tuple(held), tuple(parts[0]), tuple(parts[1]),
        total, n_outlets, n_articles,
    )  # fmt: skip
