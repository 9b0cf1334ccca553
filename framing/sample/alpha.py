"""Krippendorff's alpha: how far coders agree beyond chance, whatever is missing.

Krippendorff (2011), Computing Krippendorff's alpha-reliability. 1 = they agree in all, 0 =
as much as chance would. Krippendorff asks for 0.8, and for 0.667 at the least where only
tentative conclusions are drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from framing.article import FramingError

Floats = NDArray[np.float64]
Level = Literal["nominal", "ordinal", "interval"]
LEVELS: tuple[Level, ...] = get_args(Level)


def alpha(labels: Sequence[Sequence[float | None]], level: Level = "nominal") -> float | None:
    """Alpha of ``labels`` (coders × units, None = not labelled); None where nothing can disagree.

    That is where no unit has two labels, or all labels are the same.
    Raises FramingError for an unknown level or coders with unequal numbers of units.

    >>> alpha([[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]]).__round__(3)
    0.095
    """
    if level not in LEVELS:
        raise FramingError(f"unknown level {level!r}; choose one of {', '.join(LEVELS)}")
    if len({len(row) for row in labels}) > 1:
        raise FramingError("the coders have unequal numbers of units; give None where one has no label")
    table = np.array([[np.nan if v is None else v for v in row] for row in labels], dtype=np.float64)
    coincidences, values = _coincidences(table)
    return _alpha(coincidences, _distances(coincidences.sum(axis=0), values, level))


def alpha_interval(
    labels: Sequence[Sequence[float | None]], level: Level, *, n_resamples: int = 1000, seed: int = 20081
) -> tuple[float, float] | None:
    """95 % interval of alpha from resampling units; None where alpha has no value."""
    table = np.array([[np.nan if v is None else v for v in row] for row in labels], dtype=np.float64)
    table = table[:, (~np.isnan(table)).sum(axis=0) >= 2]
    coincidences, values = _coincidences(table)
    distances = _distances(coincidences.sum(axis=0), values, level)
    if _alpha(coincidences, distances) is None:
        return None
    rng = np.random.default_rng(seed)
    units = [_coincidences(table[:, [u]], values)[0] for u in range(table.shape[1])]
    stacked = np.array(units)
    found = []
    for _ in range(n_resamples):
        drawn = stacked[rng.integers(0, len(units), len(units))].sum(axis=0)
        one = _alpha(drawn, _distances(drawn.sum(axis=0), values, level))
        found.append(1.0 if one is None else one)
    low, high = np.quantile(found, [0.025, 0.975])
    return float(low), float(high)


def _coincidences(table: Floats, values: Floats | None = None) -> tuple[Floats, Floats]:
    """How often each two values meet in a unit, and the values in order."""
    known = ~np.isnan(table)
    if values is None:
        values = np.unique(table[known])
    counts = np.zeros((table.shape[1], len(values)))
    for unit in range(table.shape[1]):
        at = np.searchsorted(values, table[known[:, unit], unit])
        counts[unit] = np.bincount(at, minlength=len(values))
    n = counts.sum(axis=1)
    counts, n = counts[n >= 2], n[n >= 2]
    found: Floats = np.einsum("u,uc,uk->ck", 1 / (n - 1), counts, counts)
    found -= np.diag((counts / (n - 1)[:, None]).sum(axis=0))
    return found, values


def _distances(margins: Floats, values: Floats, level: Level) -> Floats:
    """Squared difference of each two values."""
    by_level: dict[Level, Callable[[], Floats]] = {
        "nominal": lambda: (values[:, None] != values).astype(np.float64),
        "ordinal": lambda: _ranks_between(margins) ** 2,
        "interval": lambda: (values[:, None] - values) ** 2,
    }
    return by_level[level]()


def _ranks_between(margins: Floats) -> Floats:
    """Labels from one value to the other, the two ends counted half."""
    upto = np.cumsum(margins) - margins / 2
    found: Floats = np.abs(upto[:, None] - upto)
    return found


def _alpha(coincidences: Floats, distances: Floats) -> float | None:
    margins = coincidences.sum(axis=0)
    n = margins.sum()
    expected = (np.outer(margins, margins) * distances).sum()
    if n < 2 or expected <= 0:
        return None
    return float(1 - (n - 1) * (coincidences * distances).sum() / expected)
