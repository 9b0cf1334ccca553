"""Static word vectors: GloVe 6B, 50 and 100 dimensions (Pennington et al. 2014, EMNLP), pruned and
quantised."""

from __future__ import annotations

import functools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from framing.wording.files import arrays

Floats = NDArray[np.float32]

MODEL = "vectors"
DIMENSIONS = 50
# More dimensions for the networks that make something of them; fewer words, at the same size.
WIDE = "vectors_100"
WIDE_DIMENSIONS = 100
# A compound is, in what learned from a language model, the mean of its first parts.
PARTS = 3


@functools.cache
def _table(name: str) -> tuple[dict[str, int], Floats]:
    held = arrays(name)
    words = held["words"].tobytes().decode("utf-8").split("\n")
    matrix = held["vectors"].astype(np.float32)
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
    return {word: i for i, word in enumerate(words)}, matrix


def places(word: str, name: str = MODEL) -> list[int]:
    """The rows of the table that stand for a word: its own, its noun's, its parts'; none where unknown."""
    index, _ = _table(name)
    for form in (word, word.removesuffix("'s")):
        if form in index:
            return [index[form]]
    return [index[part] for part in word.split("-") if part in index] if "-" in word else []


@functools.lru_cache(maxsize=100_000)
def _derived(word: str, name: str) -> Floats:
    """The vector of a word that the table does not have."""
    at, matrix = places(word, name), _table(name)[1]
    mean: Floats = matrix[at].mean(axis=0) if at else np.zeros(matrix.shape[1], dtype=np.float32)
    return mean


def vectors(keys: Sequence[str], name: str = MODEL) -> Floats:
    """One row for each word, (n, 50), of unit length; zeros where unknown, a compound's parts' mean.

    With ``name`` :data:`WIDE` (n, 100).
    """
    index, matrix = _table(name)
    found = np.array([index.get(key, -1) for key in keys], np.intp)
    out: Floats = matrix[found]
    for i in np.flatnonzero(found < 0).tolist():
        out[i] = _derived(keys[i], name)
    return out
