"""The articles of each event on a circle, and the outlets' means as the outlets move along it.

Shuffling outlets within events takes this form: the places on the circle are drawn at
random, then the outlets move on together by any number of places. There are as many
arrangements as the event has articles, and in them every article stands once at every
outlet's place. Two articles change places. The arrangements of one circle form a group,
which makes a permutation test exact whatever the distribution of the values and however
uneven the outlets' numbers of articles (Hemerik & Goeman 2018, TEST 27, 811-825).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from framing.compare.cube import Values
from framing.compare.measured import Floats, Ints

# Of the largest value of a measure; what is less is sums taken in another order.
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Circles:
    """Events with equally many articles.

    ``articles[e, i]`` is the row of the article at place ``i`` of event ``e``, ``outlets[e, i]``
    the number of its outlet.
    """

    articles: Ints
    outlets: Ints


def circles(data: Values, outlets: Ints, seed: int) -> list[Circles]:
    """The articles whose number in ``outlets`` is 0 or more, in events with two outlets of them.

    Events, outlets and articles are ordered by what was measured, not by their names, so that
    names change no number; then the places are drawn.
    """
    rows = np.flatnonzero(outlets >= 0)
    event, keys, outlet = data.event_codes[rows], data.keys[rows], outlets[rows]
    of_outlet, of_event = (np.bincount(codes, weights=keys)[codes] for codes in (outlet, event))
    order = np.lexsort((of_outlet, keys, event, of_event))
    rows, event = rows[order], event[order]
    first = np.flatnonzero(np.r_[True, event[1:] != event[:-1]][: len(rows)])
    sizes = np.diff(np.r_[first, len(rows)])
    rng = np.random.default_rng([seed, len(rows), len(first)])
    found = []
    for size in np.unique(sizes[sizes > 1]).tolist():
        starts = first[sizes == size]
        places = rng.permuted(np.tile(np.arange(size), (len(starts), 1)), axis=1)
        at = rows[starts[:, None] + places]
        codes = outlets[at]
        several = (codes != codes[:, :1]).any(axis=1)
        if several.any():
            found.append(Circles(at[several], codes[several]))
    return found


def moved_means(circle: Circles, table: Floats, n_outlets: int) -> Floats:
    """Outlet means in each arrangement: outlets × events × arrangements × columns.

    Arrangement 0 is the observed one. NaN = the outlet has no measured article there.
    """
    size = circle.articles.shape[1]
    moved = circle.outlets[:, (np.arange(size)[:, None] + np.arange(size)) % size]
    values = table[circle.articles]
    there = (~np.isnan(values)).astype(np.float64)
    filled = np.where(there > 0, values, 0.0)
    complete = bool(there.all())
    shape = (n_outlets, len(moved), size, table.shape[1])
    means = np.full(shape, np.nan)
    for outlet in range(n_outlets):
        mask = (moved == outlet).astype(np.float64)
        counts = mask.sum(axis=2, keepdims=True) if complete else mask @ there
        np.divide(mask @ filled, counts, out=means[outlet], where=np.broadcast_to(counts > 0, shape[1:]))
    return means


def others_means(means: Floats) -> Floats:
    """Mean of the other outlets' means, for each outlet along the first axis; NaN = no other outlet."""
    there = ~np.isnan(means)
    filled = np.where(there, means, 0.0)
    n_others = there.sum(axis=0) - there
    total = filled.sum(axis=0) - filled
    found: Floats = np.divide(total, n_others, out=np.full(total.shape, np.nan), where=n_others > 0)
    return found


def n_varying(found: Sequence[Circles], table: Floats, n_outlets: int) -> Ints:
    """Events of each outlet whose values are not all the same: outlets × columns."""
    n = np.zeros((n_outlets, table.shape[1]), dtype=np.int64)
    for circle in found:
        values = table[circle.articles]
        low = np.where(np.isnan(values), np.inf, values).min(axis=1)
        high = np.where(np.isnan(values), -np.inf, values).max(axis=1)
        takes_part = (circle.outlets[:, :, None] == np.arange(n_outlets)).any(axis=1)
        n += takes_part.astype(np.int64).T @ (high - low > ROUNDING).astype(np.int64)
    return n
