"""Scores of the words of a sentence by a linear model: what a word adds is worked out once a word."""

from __future__ import annotations

import functools

import numpy as np
from numpy.typing import NDArray

from framing.wording.features import (
    EDGE,
    FIRST,
    NEAR,
    OWN,
    QUOTED,
    WordNames,
    pairs,
    word_names,
)
from framing.wording.linear import Linear, load
from framing.wording.vectors import DIMENSIONS, Floats, vectors
from framing.wording.words import Sentence

Scores = NDArray[np.float64]


class WordScores:
    """Log odds of words by :func:`framing.wording.features.word_features` and ``word_vectors``.

    Those features are sums over the word, its neighbours and the sentence, and so are their scores:
    six numbers a word, remembered, in place of thirty features and four vectors.
    """

    def __init__(self, model: Linear) -> None:
        self._sparse = model.sparse[:, 0]
        self._last = len(self._sparse) - 1
        self._intercept = float(model.intercept[0])
        own, before, after, whole = model.dense[: 4 * DIMENSIONS, 0].reshape(4, DIMENSIONS)
        self._dense = np.stack([OWN * own, NEAR * before, NEAR * after, NEAR * whole], axis=1)
        self._first, self._quoted = self._of(FIRST), self._of(QUOTED)
        self._word = functools.lru_cache(maxsize=20_000)(self._adds)
        self._edge = self._row(EDGE, np.zeros(4))

    def odds(self, seen: Sentence) -> Scores:
        """Uncalibrated log odds of each word, (n,); ``seen`` has at least one."""
        keys, n = seen.keys, len(seen)
        each = map(self._word, seen.words, keys, seen.marks, seen.valence)
        rows = np.concatenate([self._edge, self._edge, *each, self._edge, self._edge]).reshape(n + 4, 6)
        near = self._of((*pairs("bw=", ("", *keys)), *pairs("wa=", (*keys, ""))))
        odds: Scores = rows[2:-2, 0] + rows[1:-3, 1] + rows[3:-1, 2] + rows[:-4, 3] + rows[4:, 4]
        odds += near[:n] + near[n:] + (self._intercept + rows[:, 5].sum() / n + self._first[0])
        odds += self._quoted[list(map(int, seen.quoted))] if any(seen.quoted) else self._quoted[0]
        odds[0] += self._first[1] - self._first[0]
        return odds

    def _of(self, names: tuple[int, ...]) -> Scores:
        """The weights of features by their numbers."""
        out: Scores = self._sparse[np.array(names, np.int64) & self._last].astype(float)
        return out

    def _row(self, names: WordNames, by_vector: NDArray[np.float64]) -> Scores:
        """What a word adds to itself, the word after, before, two after, two before; to all by the mean."""
        own, after, before, whole = by_vector
        return np.array(
            [
                self._of(names.own).sum() + own,
                self._of(names.before).sum() + after,
                self._of(names.after).sum() + before,
                self._of(names.two_before).sum(),
                self._of(names.two_after).sum(),
                whole,
            ]
        )

    def _adds(self, word: str, key: str, mark: str, valence: float) -> Scores:
        vector: Floats = vectors([key])[0]
        return self._row(word_names(word, key, mark, valence), vector.astype(float) @ self._dense)


@functools.cache
def word_scores(name: str) -> WordScores:
    """The scores by the words of model ``name``."""
    return WordScores(load(name, "words_"))
