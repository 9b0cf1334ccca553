"""Means of event differences with their standard error, for many columns at once as matrix products."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framing.compare.cube import content_keys
from framing.compare.measured import Bools, Floats
from framing.compare.shuffle import Shuffled

# From this many events on, a resample of all events holds about as many measured ones as
# the column has; below it, each column's own events are drawn.
_SHARE_DRAWS_FROM = 20
_CELLS = 4_000_000  # of a block of random numbers: 32 MB
_NO_SPREAD = 1e-9  # differences that are all the same to rounding


@dataclass(frozen=True, slots=True)
class Estimates:
    """One entry a column: mean, interval, Hedges' g (NaN without spread), p-value."""

    mean: Floats
    low: Floats
    high: Floats
    g: Floats
    p: Floats


def estimate(differences: Floats, shuffled: Shuffled, *, n_resamples: int, seed: int) -> Estimates:
    """Mean of each column of ``differences`` (events × columns; NaN = not measured, 2 values or more).

    Interval: the mean plus and minus its standard error times a critical value. The
    standard error comes from resampling whole events. The critical value is the one that
    the outlets shuffled within events give, not the normal distribution's 1.96: with few
    events and rates that are mostly zero that one is too small, and so is every percentile
    of the resamples. Where outlets are interchangeable the interval leaves out zero as
    often as the p-value falls to 5 %. Effect size: Hedges' g of the differences.
    """
    order = np.argsort(content_keys(np.abs(differences)), kind="stable")
    there = ~np.isnan(differences[order])
    filled = np.where(there, differences[order], 0.0)
    n = there.sum(axis=0)
    mean = filled.sum(axis=0) / n
    half = _critical(shuffled.ratio, n) * _standard_error(filled, there, n_resamples, seed)
    half = np.where(np.isfinite(half), half, 0.0)
    return Estimates(mean, mean - half, mean + half, _hedges_g(filled, there, mean), shuffled.p)


def _critical(ratio: Floats, n: NDArray[np.int64]) -> Floats:
    """The t-value of ``n`` differences whose (sum)² / (sum of squares) is ``ratio``."""
    left = np.maximum(n - ratio, 1e-6 * n)  # all differences alike: t is unbounded
    t: Floats = np.sqrt((n - 1) * ratio / left)
    return t


def _hedges_g(filled: Floats, there: Bools, mean: Floats) -> Floats:
    """Mean over standard deviation of each column, corrected for small samples (Hedges 1981)."""
    n = there.sum(axis=0)
    sd = np.sqrt((np.where(there, filled - mean, 0.0) ** 2).sum(axis=0) / (n - 1))
    correction = 1 - 3 / (4 * (n - 1) - 1)
    spread = sd > _NO_SPREAD * np.maximum(1, np.abs(mean))
    g: Floats = correction * np.divide(mean, sd, out=np.full(mean.shape, np.nan), where=spread)
    return g


def _standard_error(filled: Floats, there: Bools, n_resamples: int, seed: int) -> Floats:
    """Spread of each column's mean over resamples, with the correction for small samples."""
    n = there.sum(axis=0)
    error = np.empty(len(n))
    large = np.flatnonzero(n >= _SHARE_DRAWS_FROM)
    if len(large):
        error[large] = _resampled(filled[:, large], there[:, large], n_resamples, seed).std(axis=0)
    for columns in _same_units(there, n < _SHARE_DRAWS_FROM):
        own = filled[there[:, columns[0]]][:, columns]
        error[columns] = _resampled(own, np.ones(own.shape, dtype=bool), n_resamples, seed).std(axis=0)
    found: Floats = error * np.sqrt(n / (n - 1))
    return found


def _resampled(filled: Floats, there: Bools, n_resamples: int, seed: int) -> Floats:
    """Each column's mean in each resample of the events: resamples × columns."""
    n = len(filled)
    complete = bool(there.all())
    counted = there.astype(np.float64)
    drawn = _drawn_of_few if n < _SHARE_DRAWS_FROM else _drawn
    means = [
        weights @ filled / (n if complete else np.maximum(weights @ counted, 1))
        for weights in drawn(n, n_resamples, seed)
    ]
    return means[0] if len(means) == 1 else np.concatenate(means)


def _drawn(n: int, n_resamples: int, seed: int) -> Iterator[Floats]:
    """How often each of ``n`` events is drawn: resamples × events, some resamples at a time."""
    rng = np.random.default_rng([seed, n, 1])
    block = max(1, _CELLS // max(1, n))
    for start in range(0, n_resamples, block):
        size = min(block, n_resamples - start)
        drawn = rng.integers(0, n, size=(size, n)) + n * np.arange(size)[:, None]
        yield np.bincount(drawn.ravel(), minlength=size * n).reshape(size, n).astype(np.float64)


@functools.lru_cache(maxsize=_SHARE_DRAWS_FROM)
def _drawn_of_few(n: int, n_resamples: int, seed: int) -> tuple[Floats, ...]:
    """:func:`_drawn`; the same for all measures and outlets with so many events."""
    return tuple(_drawn(n, n_resamples, seed))


def _same_units(there: Bools, wanted: Bools) -> Iterator[list[int]]:
    """The wanted columns, those together that are measured in the same events."""
    groups: dict[bytes, list[int]] = {}
    packed = np.packbits(there, axis=0)
    for column in np.flatnonzero(wanted).tolist():
        groups.setdefault(packed[:, column].tobytes(), []).append(column)
    yield from groups.values()
