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


@functools.cache
def _table(name: str) -> tuple[dict[str, int], Floats]:
    held = arrays(name)
    words = held["words"].tobytes().decode("utf-8").split("\n")
    matrix = held["vectors"].astype(np.float32)
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
    return {word: i for i, word in enumerate(words)}, matrix


@functools.lru_cache(maxsize=100_000)
def _one(word: str, name: str) -> Floats:
    index, matrix = _table(name)
    for form in (word, word.removesuffix("'s")):
        if form in index:
            vector: Floats = matrix[index[form]]
            return vector
    parts = [index[part] for part in word.split("-") if part in index] if "-" in word else []
    if parts:
        mean: Floats = matrix[parts].mean(axis=0)
        return mean
    return np.zeros(matrix.shape[1], dtype=np.float32)


def vectors(keys: Sequence[str], name: str = MODEL) -> Floats:
    """One row for each word, (n, 50), of unit length; zeros where unknown, a compound's parts' mean.

    With ``name`` :data:`WIDE` (n, 100).
    """
    if not keys:
        return np.zeros((0, _table(name)[1].shape[1]), dtype=np.float32)
    return np.concatenate([_one(key, name) for key in keys]).reshape(len(keys), -1)
