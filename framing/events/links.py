"""How strongly each article is linked to its nearest neighbours."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from framing.events.neighbours import inner_products, neighbours, time_factor
from framing.events.vectors import Vectors

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

NEIGHBOURS = 15
# Shared pairs of words are rarer than shared words and say more: a fifth of the similarity.
_PAIR_WEIGHT = 0.2
# Among few articles, what sets two of them apart from the rest counts as much as what they
# share; among hundreds, rarity here says the same and the term fades.
_CONTRAST = 0.5
_CONTRAST_UP_TO = 10
# A link is measured against how close the two articles' nearest neighbours are: where a
# whole subject is alike, alike is not the same event (local scaling, Zelnik-Manor & Perona 2004).
_SCALE_OVER = 5
_SCALE_POWER = 0.5
_TYPICAL = 0.15  # the middle of that closeness in news; keeps links near cosines


@dataclass(frozen=True, slots=True)
class Links:
    """Links of 0 and more between articles ``i`` < ``j``, each pair once; what is not listed is 0."""

    i: Ints
    j: Ints
    weight: Floats


def links(vectors: Vectors, days: Floats) -> Links:
    """Links of every article to its nearest neighbours; ``days`` are day numbers, NaN = not known."""
    n = vectors.words.shape[0]
    combined = sparse.hstack(
        [vectors.words * np.sqrt(1 - _PAIR_WEIGHT), vectors.pairs * np.sqrt(_PAIR_WEIGHT)], format="csr"
    )
    i, j = neighbours(combined, days, NEIGHBOURS)
    shared = np.maximum(inner_products(combined, i, j), 0)
    contrast = np.maximum(inner_products(vectors.contrast, i, j), 0)
    part = _CONTRAST * min(1.0, _CONTRAST_UP_TO / max(n, 1))
    closeness = shared ** (1 - part) * contrast**part * time_factor(days[i], days[j])
    around = _mean_of_nearest(closeness, i, j, n)
    scale = np.sqrt(around[i] * around[j]) / _TYPICAL
    weight = np.divide(closeness, scale**_SCALE_POWER, out=np.zeros(len(i)), where=scale > 0)
    return Links(i, j, weight)


def _mean_of_nearest(closeness: Floats, i: Ints, j: Ints, n: int) -> Floats:
    """Mean closeness of each article's nearest neighbours, up to :data:`_SCALE_OVER` of them."""
    rows = np.concatenate([i, j])
    values = np.concatenate([closeness, closeness])
    order = np.lexsort((-values, rows))
    rows, values = rows[order], values[order]
    starts = np.searchsorted(rows, np.arange(n))
    near = np.arange(len(rows)) - starts[rows] < _SCALE_OVER
    total = np.bincount(rows[near], weights=values[near], minlength=n)
    count = np.bincount(rows[near], minlength=n)
    return np.divide(total, count, out=np.zeros(n), where=count > 0)
