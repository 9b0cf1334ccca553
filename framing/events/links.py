"""How strongly each article is linked to its nearest neighbours."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from framing.events.neighbours import Links, neighbours, ranks
from framing.events.vectors import Vectors

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

NEIGHBOURS = 20
# A link is measured against its surroundings: where a whole subject is alike, alike is not
# the same event (local scaling, Zelnik-Manor & Perona 2004). The surroundings are an
# article's three nearest, and a little those that are mostly of other events.
_NEAR = (0, 3)
_NEAR_POWER = 0.5
_FAR = (10, 20)
_FAR_POWER = 0.1
# The middle of both in news; keeps links near similarities.
_TYPICAL = 0.1
# Where an article has next to no neighbours, a chance likeness is no link.
_LEAST = 0.01
# What neighbours would be like that a small collection does not have.
_UNSEEN = 0.15


def links(vectors: Vectors, rows: Ints, days: Floats) -> Links:
    """Links between the articles ``rows``, of each to its nearest; ``days`` of theirs, NaN = not known.

    Links count the articles as ``vectors`` does.
    """
    n = len(rows)
    found = neighbours(vectors, rows, days, NEIGHBOURS)
    place = ranks(found.i, found.j, found.weight)
    weight = found.weight.copy()
    for (first, end), power in ((_NEAR, _NEAR_POWER), (_FAR, _FAR_POWER)):
        around = _mean_of(found, place, n, first, end)
        # The less crowded of the two: an odd report among its event's is far from all of them.
        weight /= (np.minimum(around[found.i], around[found.j]) / _TYPICAL) ** power
    return Links(rows[found.i], rows[found.j], weight)


def mean_links(found: Links, groups: Sequence[Sequence[int]], n: int) -> Floats:
    """The mean link inside each group of articles, of which there are ``n`` in all.

    Of a large group an article is linked to its nearest only, so no more links are expected.
    """
    group_of = np.full(n, -1, dtype=np.int64)
    for group, members in enumerate(groups):
        group_of[list(members)] = group
    inside = (group_of[found.i] == group_of[found.j]) & (group_of[found.i] >= 0)
    total = np.bincount(group_of[found.i[inside]], weights=found.weight[inside], minlength=len(groups))
    sizes = np.array([len(members) for members in groups], dtype=np.float64)
    expected = sizes * np.minimum(sizes - 1, NEIGHBOURS) / 2
    return np.divide(total, expected, out=np.zeros(len(groups)), where=expected > 0)


def _mean_of(found: Links, place: Ints, n: int, first: int, end: int) -> Floats:
    """Mean weight of each article's links ranked ``first`` up to, not including, ``end``."""
    rows = np.concatenate([found.i, found.j])
    weights = np.concatenate([found.weight, found.weight])
    chosen = ((place >= first) & (place < end)).ravel()
    total = np.bincount(rows[chosen], weights=weights[chosen], minlength=n)
    n_missing = end - max(first, min(end, n - 1))
    mean: Floats = (total + n_missing * _UNSEEN) / (end - first) + _LEAST
    return mean
