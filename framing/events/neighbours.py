"""Each article's nearest neighbours, block by block: never an n × n matrix."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from framing.events.vectors import Vectors

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
# Of a large event an article has many near neighbours; were only some of them kept, the event would fall
# apart. So all those are kept that are nearly as near as the third (one may be a copy) and near at all
# (half of a title's words are shared by chance), up to a number that bounds the work.
_NEARLY = 0.5
_NEAREST = 3
_NEAR = 0.15
_MOST_NEIGHBOURS = 200
# A cosine below this can become no link, however far apart the rest is.
_LEAST = 0.01
_BLOCK = 256


@dataclass(frozen=True, slots=True)
class Links:
    """Links of 0 and more between articles ``i`` < ``j``, each pair once; what is not listed is 0."""

    i: Ints
    j: Ints
    weight: Floats


def time_factor(days: Floats | float, other: Floats, floor: float = _FLOOR) -> Floats:
    """``floor`` to 1 by the days between two dates; 1 where one is not known (NaN)."""
    factor: Floats = floor + (1 - floor) * np.exp(-np.abs(days - other) / _DECAY_DAYS)
    factor[np.isnan(factor)] = 1.0
    return factor


def neighbours(vectors: Vectors, rows: Ints, days: Floats, k: int) -> Links:
    """Links of each article to its ``k`` nearest: their similarity, less for dates far apart.

    Where more are nearly as near, they are linked too. The articles are ``rows`` of ``vectors``; links
    count them from 0 on. Candidates are found by words. Ties go to the lower row.
    """
    n = len(rows)
    light = _heaviest(vectors.words, rows)
    columns = light.T.tocsr()
    found = [np.empty(0, dtype=np.int64)]
    for start in range(0, n, _BLOCK):
        product = light[start : start + _BLOCK] @ columns
        for row, (at, end) in enumerate(pairwise(product.indptr.tolist()), start=start):
            near = product.data[at:end] >= _LEAST
            others, weights = product.indices[at:end][near], product.data[at:end][near]
            weights = weights * time_factor(days[row], days[others])
            weights[others == row] = -1.0
            chosen = _nearest(others, weights, _CANDIDATES * _n_near(weights, k))
            found.append(np.minimum(row, chosen) * n + np.maximum(row, chosen))
    pairs = np.sort(np.concatenate(found))  # most are found from both of their articles
    i, j = np.divmod(pairs[np.diff(pairs, prepend=-1) > 0], max(1, n))
    similarity = sum((inner_products(part, rows[i], rows[j]) for part in vectors.parts), np.zeros(len(i)))
    weights = similarity * time_factor(days[i], days[j])
    place = ranks(i, j, weights)
    near = ((place < k) | _nearly_as_near(i, j, weights, place)).any(axis=0)
    return Links(i[near], j[near], weights[near])


def ranks(i: Ints, j: Ints, weights: Floats) -> Ints:
    """2 × pairs: which of article ``i``'s links the pair is, by weight from 0 on, and which of ``j``'s."""
    rows, others = np.concatenate([i, j]), np.concatenate([j, i])
    order = np.lexsort((others, -np.concatenate([weights, weights]), rows))
    ordered = rows[order]
    place = np.empty(len(rows), dtype=np.int64)
    place[order] = np.arange(len(rows)) - np.searchsorted(ordered, ordered)
    return place.reshape(2, -1)


def inner_products(rows: sparse.csr_matrix, i: Ints, j: Ints, block: int = 4_000) -> Floats:
    """Inner products of rows ``i`` and ``j``."""
    parts = [np.empty(0)]
    for at in range(0, len(i), block):
        products = rows[i[at : at + block]].multiply(rows[j[at : at + block]])
        parts.append(np.asarray(products.sum(axis=1)).ravel())
    return np.concatenate(parts)


def _n_near(weights: Floats, k: int) -> int:
    """How many of the neighbours with these weights are to be kept: ``k`` or, of many near ones, more."""
    if len(weights) <= k:
        return k
    least = max(_NEAR, _NEARLY * np.partition(weights, -_NEAREST)[-_NEAREST])
    return min(_MOST_NEIGHBOURS, max(k, int((weights >= least).sum())))


def _nearly_as_near(i: Ints, j: Ints, weights: Floats, place: Ints) -> NDArray[np.bool_]:
    """2 × pairs: whether the pair is nearly as near as what is nearest to its article ``i``, to its ``j``."""
    rows = np.stack([i, j])
    nearest = np.full(int(rows.max(initial=-1)) + 1, np.inf)
    for side in (0, 1):
        at = place[side] == _NEAREST - 1
        nearest[rows[side][at]] = weights[at]
    found: NDArray[np.bool_] = (weights >= np.maximum(_NEAR, _NEARLY * nearest[rows])) & (
        place < _MOST_NEIGHBOURS
    )
    return found


def _nearest(others: Ints, weights: Floats, k: int) -> Ints:
    """The ``k`` heaviest of the ``others``; of equals the lower ones."""
    if len(others) > k:
        least = np.partition(weights, len(weights) - k)[len(weights) - k]
        near = np.flatnonzero(weights >= least)
        near = near[np.lexsort((others[near], -weights[near]))[:k]]
        others, weights = others[near], weights[near]
    return others[weights >= 0].astype(np.int64)


def _heaviest(words: sparse.csr_matrix, rows: Ints) -> sparse.csr_matrix:
    """Only the heaviest terms of each of the rows, of those that are not in too many."""
    few = np.bincount(words.indices, minlength=words.shape[1]) <= _MOST_ARTICLES
    columns, data, lengths = [np.empty(0, dtype=np.int32)], [np.empty(0)], [0]
    for at, end in zip(words.indptr[rows].tolist(), words.indptr[rows + 1].tolist(), strict=True):
        kept = np.flatnonzero(few[words.indices[at:end]]) + at
        if len(kept) > _HEAVIEST:
            order = np.argsort(-words.data[kept], kind="stable")
            kept = np.sort(kept[order[:_HEAVIEST]])
        columns.append(words.indices[kept])
        data.append(words.data[kept])
        lengths.append(len(kept))
    parts = (np.concatenate(data), np.concatenate(columns), np.cumsum(lengths))
    return sparse.csr_matrix(parts, shape=(len(rows), words.shape[1]))
