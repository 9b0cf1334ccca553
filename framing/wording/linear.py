"""A linear model over hashed features and a dense vector, evaluated with numpy."""

from __future__ import annotations

import functools
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from framing.wording.files import arrays
from framing.wording.vectors import Floats

# Dense features that lie further from their mean than this many standard deviations
# are cut there, in training too: one odd sentence must not decide by its length.
CLIP = 5.0


def crc(name: str, before: int = 0) -> int:
    """CRC-32 of a feature's name, the number that it is hashed to; ``before``: that of what stands before it.

    >>> crc("w=war") == crc("war", crc("w="))
    True
    """
    return zlib.crc32(name.encode("utf-8", "surrogatepass"), before)


def crcs(names: Iterable[str]) -> tuple[int, ...]:
    """:func:`crc` of many names."""
    crc32 = zlib.crc32
    return tuple([crc32(name.encode("utf-8", "surrogatepass")) for name in names])


@dataclass(frozen=True, slots=True)
class Hashed:
    """Named features as numbers: ``at`` their :func:`crc`, (n,), each once; ``values`` (n,).

    A model keeps the weight of a feature at the last bits of its number (Weinberger et al. 2009,
    feature hashing), so that models of different size share the hashing.
    """

    at: NDArray[np.int64]
    values: Floats


def hashed(features: Mapping[int, float]) -> Hashed:
    """Features by their :func:`crc`."""
    n = len(features)
    return Hashed(
        np.fromiter(features.keys(), np.int64, count=n), np.fromiter(features.values(), np.float32, count=n)
    )


def sigmoid(x: NDArray[Any]) -> Floats:
    """Logistic function, element by element."""
    out: Floats = (1.0 / (1.0 + np.exp(-np.minimum(np.maximum(x, -30), 30)))).astype(np.float32)
    return out


def logit(p: NDArray[Any]) -> NDArray[Any]:
    """Log odds of probabilities, finite at 0 and 1."""
    out: NDArray[Any] = np.log(p + 1e-4) - np.log(1 - p + 1e-4)
    return out


@dataclass(frozen=True, slots=True)
class Linear:
    """Weights for k outputs. ``slope`` and ``shift`` map scores to calibrated log odds (Platt scaling)."""

    sparse: Floats  # (2**bits, k)
    dense: Floats  # (m, k), for standardised features
    mean: Floats  # (m,)
    scale: Floats  # (m,)
    intercept: Floats  # (k,)
    slope: Floats  # (k,)
    shift: Floats  # (k,)
    threshold: Floats  # (k,), on the calibrated probability

    def standard(self, dense: NDArray[Any]) -> Floats:
        """Dense features by their mean and standard deviation in training, cut at :data:`CLIP`."""
        z = (dense - self.mean) / self.scale
        out: Floats = np.minimum(np.maximum(z, -CLIP), CLIP).astype(np.float32)
        return out

    def score(self, features: Hashed, dense: NDArray[Any]) -> Floats:
        """Uncalibrated scores (k,) of one text."""
        named: Floats = features.values @ self.sparse[features.at & (len(self.sparse) - 1)]
        return self.intercept + named + self.standard(dense) @ self.dense

    def rows(self, features: Sequence[Sequence[int]]) -> Floats:
        """Uncalibrated scores (n, k) of n words, n > 0, by their features, all of the value 1."""
        flat = np.array([at for one in features for at in one]) & (len(self.sparse) - 1)
        ends = np.cumsum([0, *(len(one) for one in features)])[:-1]
        total: Floats = self.intercept + np.add.reduceat(self.sparse[flat], ends, axis=0)
        return total

    def probability(self, scores: NDArray[Any]) -> Floats:
        """Calibrated probabilities of scores."""
        return sigmoid(scores * self.slope + self.shift)


@functools.cache
def load(name: str, part: str = "") -> Linear:
    """The linear model in the arrays of ``name`` whose keys begin with ``part``."""
    held = arrays(name)
    fields = ("sparse", "dense", "mean", "scale", "intercept", "slope", "shift", "threshold")
    return Linear(**{field: held[part + field].astype(np.float32) for field in fields})
