"""A linear model over hashed features and a dense vector, evaluated with numpy."""

from __future__ import annotations

import functools
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from framing.wording.files import arrays
from framing.wording.groups import Array, Groups
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
    """Named features of several texts as numbers, one text after another: ``at`` their :func:`crc`.

    A model keeps the weight of a feature at the last bits of its number (Weinberger et al. 2009,
    feature hashing), so that models of different size share the hashing.
    """

    at: NDArray[np.int64]  # (m,), each once a text
    values: Floats  # (m,)
    texts: Groups  # of the m features


def once(names: Array, of: Array, n: int, values: Floats | None = None) -> Hashed:
    """Features ``names`` (m,), each once a text; ``of`` (m,): which of the n texts has it.

    ``values`` (m,): what they are worth, the same wherever a text has one again; 1 where not given.
    """
    told = (of.astype(np.int64) << _BITS) | names
    if values is None:
        told = np.sort(told)
    else:
        order = np.argsort(told, kind="stable")
        told, values = told[order], values[order]
    new = np.ones(len(told), bool)
    new[1:] = told[1:] != told[:-1]
    told = told[new]
    held = np.ones(len(told), np.float32) if values is None else values[new]
    return Hashed(told & ((1 << _BITS) - 1), held, Groups(told >> _BITS, n))


_BITS = 32  # of a CRC


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

    def scores(self, features: Hashed, dense: NDArray[Any]) -> Floats:
        """Uncalibrated scores (n, k) of n texts, ``dense`` (n, m); of each as if it stood alone."""
        weights = self.sparse[features.at & (len(self.sparse) - 1)] * features.values[:, None]
        out: Floats = self.intercept + features.texts.sums(weights) + by_row(self.standard(dense), self.dense)
        return out

    def of_words(self, at: Array, words: Array, n: int) -> Array:
        """Uncalibrated scores (n,) of n words by the first output.

        ``at`` (m,): features, all of the value 1; ``words`` (m,): which word has each.
        """
        weights = self.sparse[at & (len(self.sparse) - 1), 0]
        return float(self.intercept[0]) + np.bincount(words, weights, minlength=n)

    def probability(self, scores: NDArray[Any]) -> Floats:
        """Calibrated probabilities of scores."""
        return sigmoid(scores * self.slope + self.shift)


def by_row(x: NDArray[Any], weights: NDArray[Any], at_once: int = 1) -> NDArray[Any]:
    """``x`` (n, d) times ``weights`` (d, k), ``at_once`` rows at a time, the last filled up with noughts.

    So a row's product rounds alike whatever other rows there are. Weights that are larger than a cache are
    read once for all rows of one time.
    """
    n, d = x.shape
    filled = np.concatenate([x, np.zeros((-n % at_once, d), x.dtype)]) if n % at_once else x
    out: NDArray[Any] = np.matmul(filled.reshape(-1, at_once, d), weights)
    return out.reshape(len(filled), weights.shape[1])[:n]


@functools.cache
def load(name: str, part: str = "") -> Linear:
    """The linear model in the arrays of ``name`` whose keys begin with ``part``."""
    held = arrays(name)
    fields = ("sparse", "dense", "mean", "scale", "intercept", "slope", "shift", "threshold")
    return Linear(**{field: held[part + field].astype(np.float32) for field in fields})
