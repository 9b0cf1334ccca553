"""Static word vectors: GloVe 6B, 50 dimensions (Pennington et al. 2014, EMNLP), pruned and quantised."""

from __future__ import annotations

import functools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from framing.wording.files import arrays

Floats = NDArray[np.float32]

MODEL = "vectors"
DIMENSIONS = 50


@functools.cache
def _table() -> tuple[dict[str, int], Floats]:
    held = arrays(MODEL)
    words = held["words"].tobytes().decode("utf-8").split("\n")
    matrix = held["vectors"].astype(np.float32)
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
    return {word: i for i, word in enumerate(words)}, matrix


@functools.lru_cache(maxsize=100_000)
def _one(word: str) -> Floats:
    index, matrix = _table()
    for form in (word, word.removesuffix("'s")):
        if form in index:
            vector: Floats = matrix[index[form]]
            return vector
    parts = [index[part] for part in word.split("-") if part in index] if "-" in word else []
    if parts:
        mean: Floats = matrix[parts].mean(axis=0)
        return mean
    return np.zeros(DIMENSIONS, dtype=np.float32)


def vectors(keys: Sequence[str]) -> Floats:
    """One row for each word, (n, 50), of unit length; zeros where unknown, a compound's parts' mean."""
    if not keys:
        return np.zeros((0, DIMENSIONS), dtype=np.float32)
    return np.stack([_one(key) for key in keys])
