"""Intervals and p-values of mean differences, for many columns at once as matrix products."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

LEVEL = 0.95
# A column whose p-value after the first round is above this gets no second round: more
# flips would refine a number that decides nothing.
_REFINE_BELOW = 0.1
_FIRST_ROUND = 999
# From this many units on, a resample of all units holds about as many measured ones as
# the column has; below it, each column's own units are drawn.
_SHARE_DRAWS_FROM = 20
_CELLS = 4_000_000  # of a block of random numbers: 32 MB
# Sums in another order differ by rounding; a flip that equals the observed mean must count.
_TIE = 1e-9


@dataclass(frozen=True, slots=True)
class Estimates:
    """One entry a column: mean, interval, Hedges' g (NaN without spread), p-value."""

    mean: Floats
    low: Floats
    high: Floats
    g: Floats
    p: Floats


def estimate(differences: Floats, *, n_resamples: int, n_flips: int, seed: int) -> Estimates:
    """Mean of each column of ``differences`` (units × columns; NaN = not measured, 2 values or more).

    Interval: bootstrap of the units, percentiles widened for few units as Hesterberg
    (2015, The American Statistician 69(4)) does. Effect size: Hedges' g of the
    differences. p-value: sign flips of the units, (1 + b) / (1 + n) (Phipson & Smyth 2010).
    """
    there = ~np.isnan(differences)
    filled = np.where(there, differences, 0.0)
    n = there.sum(axis=0)
    mean = filled.sum(axis=0) / n
    low, high = _interval(filled, there, n_resamples, seed)
    return Estimates(mean, low, high, _hedges_g(filled, there, mean), flip_p(filled, n_flips, seed))


def _hedges_g(filled: Floats, there: Bools, mean: Floats) -> Floats:
    """Mean over standard deviation of each column, corrected for small samples (Hedges 1981)."""
    n = there.sum(axis=0)
    sd = np.sqrt((np.where(there, filled - mean, 0.0) ** 2).sum(axis=0) / (n - 1))
    correction = 1 - 3 / (4 * (n - 1) - 1)
    # Differences that are all the same to rounding have no spread to compare with.
    spread = sd > _TIE * np.maximum(1, np.abs(mean))
    g: Floats = correction * np.divide(mean, sd, out=np.full(mean.shape, np.nan), where=spread)
    return g


def _interval(filled: Floats, there: Bools, n_resamples: int, seed: int) -> tuple[Floats, Floats]:
    n = there.sum(axis=0)
    low, high = np.empty(len(n)), np.empty(len(n))
    large = np.flatnonzero(n >= _SHARE_DRAWS_FROM)
    if len(large):
        means = _resampled(filled[:, large], there[:, large], n_resamples, seed)
        low[large], high[large] = _widened(means, n[large])
    for columns in _same_units(there, n < _SHARE_DRAWS_FROM):
        units = there[:, columns[0]]
        own = filled[units][:, columns]
        means = _resampled(own, np.ones(own.shape, dtype=bool), n_resamples, seed)
        low[columns], high[columns] = _widened(means, n[columns])
    return low, high


def _resampled(filled: Floats, there: Bools, n_resamples: int, seed: int) -> Floats:
    """Each column's mean in each resample of the units: resamples × columns."""
    n, n_columns = filled.shape
    complete = bool(there.all())
    counted = there.astype(np.float64)
    means = np.empty((n_resamples, n_columns))
    rng = np.random.default_rng([seed, n, 1])
    done = 0
    for size in _blocks(n_resamples, n):
        drawn = rng.integers(0, n, size=(size, n)) + n * np.arange(size)[:, None]
        weights = np.bincount(drawn.ravel(), minlength=size * n).reshape(size, n).astype(np.float64)
        base = n if complete else np.maximum(weights @ counted, 1)
        means[done : done + size] = weights @ filled / base
        done += size
    return means


def _widened(means: Floats, n: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Percentiles of each column, further out the fewer units ``n`` it rests on."""
    t = stats.t.ppf(0.5 + LEVEL / 2, n - 1)
    tail = stats.norm.sf(np.sqrt(n / (n - 1)) * t)
    ordered = np.sort(means, axis=0)
    low = _at(ordered, tail * (len(means) - 1))
    high = -_at(-ordered[::-1], tail * (len(means) - 1))
    return low, high


def _at(ordered: Floats, position: Floats) -> Floats:
    """The value at a fractional position of each sorted column."""
    below = np.floor(position).astype(np.int64)
    above = np.minimum(below + 1, len(ordered) - 1)
    columns = np.arange(ordered.shape[1])
    share = position - below
    return (1 - share) * ordered[below, columns] + share * ordered[above, columns]


def _same_units(there: Bools, wanted: Bools) -> Iterator[list[int]]:
    """The wanted columns, those together that are measured in the same units."""
    groups: dict[bytes, list[int]] = {}
    packed = np.packbits(there, axis=0)
    for column in np.flatnonzero(wanted).tolist():
        groups.setdefault(packed[:, column].tobytes(), []).append(column)
    yield from groups.values()


def flip_p(filled: Floats, n_flips: int, seed: int) -> Floats:
    """Two-sided p-value of each column's sum under random signs of the units (0 = not measured).

    All columns get up to 999 flips; those that may matter get all ``n_flips``.
    """
    observed = np.abs(filled.sum(axis=0))
    observed -= _TIE * np.abs(filled).sum(axis=0)
    first = min(n_flips, _FIRST_ROUND)
    extreme = _extreme(filled, observed, first, seed, 2)
    p: Floats = (1 + extreme) / (1 + first)
    again = np.flatnonzero(p <= _REFINE_BELOW)
    rest = n_flips - first
    if rest and len(again):
        more = _extreme(filled[:, again], observed[again], rest, seed, 3)
        p[again] = (1 + extreme[again] + more) / (1 + n_flips)
    return p


def _extreme(filled: Floats, observed: Floats, n_flips: int, seed: int, stream: int) -> Floats:
    """How many flips give a sum at least as far from zero as the observed one."""
    n = len(filled)
    rng = np.random.default_rng([seed, n, stream])
    count = np.zeros(filled.shape[1])
    for size in _blocks(n_flips, n):
        bits = np.frombuffer(rng.bytes((size * n + 7) // 8), dtype=np.uint8)
        signs = np.unpackbits(bits)[: size * n].reshape(size, n) * 2.0 - 1.0
        count += (np.abs(signs @ filled) >= observed).sum(axis=0)
    return count


def _blocks(total: int, width: int) -> Iterator[int]:
    """Sizes that add up to ``total``, each small enough for a block of ``width`` columns."""
    size = max(1, _CELLS // max(1, width))
    while total > 0:
        yield min(size, total)
        total -= size
