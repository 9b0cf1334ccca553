"""Outlet against outlet within one event: there the articles are what is resampled."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from framing.compare.cube import Floats, Values
from framing.compare.resample import LEVEL, Estimates
from framing.compare.rows import Row, row

# With 4 articles on each side the least two-sided p-value is 2/70, and an interval
# from 4 values says little about the next article.
MIN_ARTICLES = 5
_TIE = 1e-9  # rounding of sums in another order


def one_event(
    data: Values, reprints: str, others: str, *, pairs: bool, n_shuffles: int, seed: int
) -> Iterator[Row]:
    """Rows for every single event in which both sides have :data:`MIN_ARTICLES` measured articles or more.

    The estimate is the difference of the two sides' article means. Its interval comes
    from resampling the articles of each side, its p-value from shuffling the articles
    between the two. Events with fewer articles get no row: nearly all events are such.
    """
    for event in sorted(set(data.events.tolist()) - {""}):
        inside = (data.events == event) & (data.outlets != "")
        outlets = sorted(set(data.outlets[inside].tolist()))
        sizes = {o: int((data.outlets[inside] == o).sum()) for o in outlets}
        large = [o for o in outlets if sizes[o] >= MIN_ARTICLES]
        sides = [(o, others) for o in large if sum(sizes.values()) - sizes[o] >= MIN_ARTICLES]
        sides += combinations(large, 2) if pairs else ()
        for outlet, reference in sides:
            own = data.table[inside & (data.outlets == outlet)]
            rest = data.outlets != outlet if reference == others else data.outlets == reference
            yield from _rows(
                data, own, data.table[inside & rest], (event, reprints, outlet, reference), n_shuffles, seed
            )


def _rows(
    data: Values, own: Floats, rest: Floats, names: tuple[str, str, str, str], n_shuffles: int, seed: int
) -> Iterator[Row]:
    event, reprints, outlet, reference = names
    for f, (measure, voice) in enumerate(data.features):
        a, b = own[:, f], rest[:, f]
        a, b = a[~np.isnan(a)], b[~np.isnan(b)]
        if min(len(a), len(b)) < MIN_ARTICLES:
            continue
        head = (event, measure, voice, reprints, outlet, reference, len(a) + len(b), 1)
        yield row(head, _estimate(a, b, n_shuffles, seed), 0)


def _estimate(a: Floats, b: Floats, n_shuffles: int, seed: int) -> Estimates:
    """Difference of means of two samples of articles.

    Neither the order of the values nor which sample is named first changes the numbers
    (the sign apart): samples are sorted and taken in a fixed order.
    """
    a, b = np.sort(a), np.sort(b)
    if (len(a), a.tolist()) > (len(b), b.tolist()):
        found = _estimate(b, a, n_shuffles, seed)
        return Estimates(-found.mean, -found.high, -found.low, -found.g, found.p)
    rng = np.random.default_rng([seed, len(a), len(b)])
    drawn_a = a[rng.integers(0, len(a), (n_shuffles, len(a)))].mean(axis=1)
    drawn_b = b[rng.integers(0, len(b), (n_shuffles, len(b)))].mean(axis=1)
    low, high = np.quantile(drawn_a - drawn_b, [0.5 - LEVEL / 2, 0.5 + LEVEL / 2])
    mean = a.mean() - b.mean()
    both = np.concatenate([a, b])
    shuffled = rng.permuted(np.tile(both, (n_shuffles, 1)), axis=1)
    differences = shuffled[:, : len(a)].mean(axis=1) - shuffled[:, len(a) :].mean(axis=1)
    extreme = np.abs(differences) >= abs(mean) - _TIE * np.abs(both).mean()
    p = (1 + extreme.sum()) / (1 + n_shuffles)
    return Estimates(*(np.array([x], dtype=np.float64) for x in (mean, low, high, _g(a, b), p)))


def _g(a: Floats, b: Floats) -> float:
    """Hedges' g of two samples: pooled standard deviation, corrected for small samples."""
    df = len(a) + len(b) - 2
    pooled = np.sqrt(((len(a) - 1) * a.var(ddof=1) + (len(b) - 1) * b.var(ddof=1)) / df)
    mean = a.mean() - b.mean()
    if pooled <= _TIE * max(1.0, abs(mean)):
        return float("nan")
    return float((1 - 3 / (4 * df - 1)) * mean / pooled)
