"""The weighted log-odds ratio of Monroe, Colaresi & Quinn (2008)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def log_odds(count: Floats, count_others: Floats, prior: Floats) -> tuple[Floats, Floats]:
    """Weighted log-odds ratio of each word and its z (Monroe et al. 2008, equations 16, 19, 21, 22).

    The last axis is the vocabulary; ``prior`` holds the pseudo-count of each word, above 0.

    >>> delta, z = log_odds(np.array([8.0, 2.0]), np.array([5.0, 5.0]), np.array([1.0, 1.0]))
    >>> delta.round(3).tolist(), z.round(3).tolist()
    ([1.099, -1.099], [2.084, -1.554])
    """
    total = prior.sum()
    own, rest = count + prior, count_others + prior
    delta = np.log(own / (count.sum(-1, keepdims=True) + total - own)) - np.log(
        rest / (count_others.sum(-1, keepdims=True) + total - rest)
    )
    return delta, delta / np.sqrt(1 / own + 1 / rest)
