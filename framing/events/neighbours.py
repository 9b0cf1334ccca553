"""Each article's nearest neighbours, block by block: never an n × n matrix."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# Two outlets report one event within days; a floor keeps wrong dates, anniversaries and
# long coverage in play.
_DECAY_DAYS = 3.0
_FLOOR = 0.5
# Candidates are looked for by each article's heaviest terms that are in few enough articles,
# so that the work grows with the articles and not with their square; twice as many as are
# kept, and of those the similarity is then taken from all terms.
_HEAVIEST = 60
_MOST_ARTICLES = 1000
_CANDIDATES = 2
# A cosine below this can become no link, however far apart the rest is.
_LEAST = 0.01
_BLOCK = 256


@dataclass(frozen=True, slots=True)
class Links:
    """Links of 0 and more between articles ``i`` < ``j``, each pair once; what is not listed is 0."""

    i: Ints
    j: Ints
    weight: Floats


def time_factor(days: Floats, other: Floats) -> Floats:
    """0.5 to 1 by the days between two dates; 1 where one is not known (NaN)."""
    gap = np.abs(days - other)
    factor: Floats = np.where(
        np.isnan(gap), 1.0, _FLOOR + (1 - _FLOOR) * np.exp(-np.nan_to_num(gap) / _DECAY_DAYS)
    )
    return factor


def neighbours(words: sparse.csr_matrix, combined: sparse.csr_matrix, days: Floats, k: int) -> Links:
    """Links of each article to its ``k`` nearest: their similarity, less for dates far apart.

    ``words`` has rows of unit length and finds the candidates; ``combined`` says how alike
    they are. Ties go to the lower row.
    """
    n = words.shape[0]
    light = _heaviest(words)
    columns = light.T.tocsr()
    found = [np.empty((0, 2), dtype=np.int64)]
    for start in range(0, n, _BLOCK):
        product = (light[start : start + _BLOCK] @ columns).tocoo()
        near = product.data >= _LEAST
        rows, others = product.row[near].astype(np.int64) + start, product.col[near].astype(np.int64)
        weights = product.data[near] * time_factor(days[rows], days[others])
        apart = others != rows
        found.append(_nearest(rows[apart], others[apart], weights[apart], _CANDIDATES * k))
    pairs = np.unique(np.concatenate(found), axis=0)
    i, j = pairs[:, 0], pairs[:, 1]
    weights = np.maximum(inner_products(combined, i, j), 0) * time_factor(days[i], days[j])
    near = (ranks(i, j, weights) < k).any(axis=0)
    return Links(i[near], j[near], weights[near])


def ranks(i: Ints, j: Ints, weights: Floats) -> Ints:
    """2 × pairs: which of article ``i``'s links the pair is, by weight from 0 on, and which of ``j``'s."""
    rows, others = np.concatenate([i, j]), np.concatenate([j, i])
    order = np.lexsort((others, -np.concatenate([weights, weights]), rows))
    ordered = rows[order]
    place = np.empty(len(rows), dtype=np.int64)
    place[order] = np.arange(len(rows)) - np.searchsorted(ordered, ordered)
    return place.reshape(2, -1)


def inner_products(rows: sparse.csr_matrix, i: Ints, j: Ints, block: int = 20_000) -> Floats:
    """Inner products of rows ``i`` and ``j``."""
    parts = [np.empty(0)]
    for at in range(0, len(i), block):
        products = rows[i[at : at + block]].multiply(rows[j[at : at + block]])
        parts.append(np.asarray(products.sum(axis=1)).ravel())
    return np.concatenate(parts)


def _nearest(rows: Ints, others: Ints, weights: Floats, k: int) -> Ints:
    """The ``k`` heaviest pairs of each row, as (smaller, larger)."""
    order = np.lexsort((others, -weights, rows))
    rows, others = rows[order], others[order]
    near = np.arange(len(rows)) - np.searchsorted(rows, rows) < k
    return np.column_stack([np.minimum(rows, others), np.maximum(rows, others)])[near]


def _heaviest(vectors: sparse.csr_matrix) -> sparse.csr_matrix:
    """Only the heaviest terms of each row, of those that are not in too many rows."""
    in_rows = np.bincount(vectors.indices, minlength=vectors.shape[1])
    kept = in_rows[vectors.indices] <= _MOST_ARTICLES
    rows = np.repeat(np.arange(vectors.shape[0]), np.diff(vectors.indptr))[kept]
    columns, data = vectors.indices[kept], vectors.data[kept]
    order = np.lexsort((columns, -data, rows))
    starts = np.searchsorted(rows, np.arange(vectors.shape[0]))
    rank = np.arange(len(rows)) - starts[rows]
    chosen = order[rank < _HEAVIEST]
    return sparse.csr_matrix((data[chosen], (rows[chosen], columns[chosen])), shape=vectors.shape)
