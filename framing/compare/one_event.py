"""Outlet against outlet within one event: there the articles are what is resampled."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from framing.compare.cube import Values
from framing.compare.draws import Draws
from framing.compare.measured import Bools, Floats
from framing.compare.resample import Estimates
from framing.compare.rows import Head, Row, rows
from framing.compare.shuffle import FIRST_ROUND, LEVEL, REFINE_BELOW

# With 4 articles on each side the least two-sided p-value is 2/70, and an interval
# from 4 values says little about the next article.
MIN_ARTICLES = 5
_TIE = 1e-9  # rounding of sums in another order


def one_event(data: Values, reprints: str, others: str, *, pairs: bool, draws: Draws) -> Iterator[Row]:
    """Rows for every single event in which both sides have :data:`MIN_ARTICLES` measured texts or more.

    The estimate is the difference of the two sides' means; each text of a side weighs the
    same, and one that several of its outlets printed is one. As many texts must differ from
    the commonest value, or there is nothing to shuffle. Events with fewer get no row:
    nearly all events are such.
    """
    for event in sorted(set(data.events.tolist())):
        inside = data.events == event
        outlets = sorted(set(data.outlets[inside].tolist()))
        sizes = {o: int((data.outlets[inside] == o).sum()) for o in outlets}
        large = [o for o in outlets if sizes[o] >= MIN_ARTICLES]
        sides = [(o, others) for o in large if sum(sizes.values()) - sizes[o] >= MIN_ARTICLES]
        sides += combinations(large, 2) if pairs else ()
        for outlet, reference in sides:
            own = _texts(data, inside & (data.outlets == outlet))
            rest = data.outlets != outlet if reference == others else data.outlets == reference
            names = (event, reprints, outlet, reference)
            yield from _rows(data, own, _texts(data, inside & rest), names, draws)


def _texts(data: Values, rows: Bools) -> Floats:
    """The values of the articles, copies of one text as one row."""
    table = data.table[rows]
    _, codes, counts = np.unique(data.origins[rows].astype(str), return_inverse=True, return_counts=True)
    if (counts == 1).all():
        return table
    there = ~np.isnan(table)
    sums = np.zeros((len(counts), table.shape[1]))
    n = np.zeros_like(sums)
    np.add.at(sums, codes, np.where(there, table, 0.0))
    np.add.at(n, codes, there)
    found: Floats = np.divide(sums, n, out=np.full(sums.shape, np.nan), where=n > 0)
    return found


def _rows(
    data: Values, own: Floats, rest: Floats, names: tuple[str, str, str, str], draws: Draws
) -> Iterator[Row]:
    event, reprints, outlet, reference = names
    for f, (measure, voice) in enumerate(data.features):
        a, b = own[:, f], rest[:, f]
        a, b = a[~np.isnan(a)], b[~np.isnan(b)]
        if min(len(a), len(b)) < MIN_ARTICLES or not _varies(np.concatenate([a, b])):
            continue
        head: Head = (event, measure, voice, reprints, outlet, reference, len(a) + len(b), 1)
        yield from rows([head], _estimate(a, b, draws))


def _varies(values: Floats) -> bool:
    _, counts = np.unique(values, return_counts=True)
    return bool(len(values) - counts.max() >= MIN_ARTICLES)


def _estimate(a: Floats, b: Floats, draws: Draws) -> Estimates:
    """Difference of means of two samples of texts.

    Welch's t is what is shuffled, so that unequal spread does not pass for a difference
    (Janssen 1997, Statistics & Probability Letters 36, 9-21); the interval takes its
    critical value from the same shuffles. Neither the order of the values nor which sample
    is named first changes the numbers (the sign apart): samples are sorted and taken in a
    fixed order.
    """
    a, b = np.sort(a), np.sort(b)
    if (len(a), a.tolist()) > (len(b), b.tolist()):
        found = _estimate(b, a, draws)
        return Estimates(-found.mean, -found.high, -found.low, -found.g, found.p)
    rng = np.random.default_rng([draws.seed, len(a), len(b)])
    n_shuffles = draws.n_shuffles
    both = np.concatenate([a, b])
    mean, error = _mean_and_error(both[None, :], len(a))
    reached = _t(mean, error)[0] * (1 - _TIE)
    first = min(n_shuffles, FIRST_ROUND)
    shuffled = _shuffled_t(rng, both, len(a), first)
    extreme = int((shuffled >= reached).sum())
    p = (1 + extreme) / (1 + first)
    if p <= REFINE_BELOW and n_shuffles > first:
        extreme += int((_shuffled_t(rng, both, len(a), n_shuffles - first) >= reached).sum())
        p = (1 + extreme) / (1 + n_shuffles)
    critical = np.quantile(shuffled, LEVEL, method="higher")
    half = float(critical * np.hypot(_resampled_error(rng, a, draws), _resampled_error(rng, b, draws)))
    low, high = mean[0] - half, mean[0] + half
    return Estimates(*(np.array([x], dtype=np.float64) for x in (mean[0], low, high, _g(a, b), p)))


def _shuffled_t(rng: np.random.Generator, both: Floats, n_a: int, n_shuffles: int) -> Floats:
    shuffled = rng.permuted(np.tile(both, (n_shuffles, 1)), axis=1)
    return _t(*_mean_and_error(shuffled, n_a))


def _mean_and_error(rows: Floats, n_a: int) -> tuple[Floats, Floats]:
    """Difference of the means of the first ``n_a`` values of each row and the rest, and its error."""
    a, b = rows[:, :n_a], rows[:, n_a:]
    error: Floats = np.sqrt(a.var(axis=1, ddof=1) / a.shape[1] + b.var(axis=1, ddof=1) / b.shape[1])
    difference: Floats = a.mean(axis=1) - b.mean(axis=1)
    return difference, error


def _resampled_error(rng: np.random.Generator, sample: Floats, draws: Draws) -> float:
    """Standard error of the mean, from resampling the texts, with the correction for small samples."""
    n = len(sample)
    means = sample[rng.integers(0, n, (draws.n_resamples, n))].mean(axis=1)
    return float(means.std() * np.sqrt(n / (n - 1)))


def _t(mean: Floats, error: Floats) -> Floats:
    """Distance from zero in standard errors; without spread, as far as there is."""
    tiny = np.abs(mean) <= _TIE
    largest = 1e9
    t = np.divide(np.abs(mean), error, out=np.full(mean.shape, largest), where=error > _TIE * np.abs(mean))
    found: Floats = np.where(tiny, 0.0, t)
    return found


def _g(a: Floats, b: Floats) -> float:
    """Hedges' g of two samples: pooled standard deviation, corrected for small samples."""
    df = len(a) + len(b) - 2
    pooled = np.sqrt(((len(a) - 1) * a.var(ddof=1) + (len(b) - 1) * b.var(ddof=1)) / df)
    mean = a.mean() - b.mean()
    if pooled <= _TIE * max(1.0, abs(mean)):
        return float("nan")
    return float((1 - 3 / (4 * df - 1)) * mean / pooled)
