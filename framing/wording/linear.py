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


def bucket(name: str, bits: int) -> int:
    """Where the feature ``name`` is kept among 2**bits (Weinberger et al. 2009, feature hashing; CRC-32)."""
    return zlib.crc32(name.encode("utf-8", "surrogatepass")) & ((1 << bits) - 1)


def buckets(names: Iterable[str], bits: int) -> list[int]:
    """:func:`bucket` of many names; most of the time of a prediction goes into this line."""
    crc32, last = zlib.crc32, (1 << bits) - 1
    return [crc32(name.encode("utf-8", "surrogatepass")) & last for name in names]


def sigmoid(x: NDArray[Any]) -> Floats:
    """Logistic function, element by element."""
    out: Floats = (1.0 / (1.0 + np.exp(-np.clip(x, -30, 30)))).astype(np.float32)
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

    @property
    def bits(self) -> int:
        """How many bits of the hash are used."""
        return int(self.sparse.shape[0]).bit_length() - 1

    def standard(self, dense: NDArray[Any]) -> Floats:
        """Dense features by their mean and standard deviation in training, cut at :data:`CLIP`."""
        out: Floats = np.clip((dense - self.mean) / self.scale, -CLIP, CLIP).astype(np.float32)
        return out

    def score(self, features: Mapping[str, float], dense: NDArray[Any]) -> Floats:
        """Uncalibrated scores (k,) of one text."""
        total = self.intercept + self.standard(dense) @ self.dense
        if features:
            at = buckets(features, self.bits)
            values = np.fromiter(features.values(), dtype=np.float32, count=len(features))
            total = total + values @ self.sparse[at]
        out: Floats = total
        return out

    def rows(self, features: Sequence[Sequence[int]], dense: NDArray[Any]) -> Floats:
        """Uncalibrated scores (n, k) of n words by their hashed features, all of the value 1."""
        total: Floats = self.intercept + self.standard(dense) @ self.dense
        flat = [at for one in features for at in one]
        if flat:
            ends = np.cumsum([0, *(len(one) for one in features)])[:-1]
            total = total + np.add.reduceat(self.sparse[flat], ends, axis=0)
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
