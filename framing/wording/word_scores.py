"""Scores of the words of a sentence by a linear model: what a word adds is worked out once a word."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from framing.wording.features import (
    EDGE,
    FIRST,
    NEAR,
    OWN,
    QUOTED,
    WordNames,
    word_names,
)
from framing.wording.linear import Linear, load
from framing.wording.sentences import Sentences
from framing.wording.vectors import DIMENSIONS, vectors

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
        self._edge = self._row(EDGE, [0.0] * 4)

    def odds(self, of: Sentences) -> Scores:
        """Uncalibrated log odds of each word of the sentences, (n words,)."""
        texts, keys = of.texts, of.keys
        forms = np.concatenate([self._edge, *(self._word(*form) for form in of.forms)]).reshape(-1, 6)
        at = of.at + 1
        odds: Scores = forms[at, 0] + forms[texts.shifted(at, 1), 1] + forms[texts.shifted(at, -1), 2]
        odds += forms[texts.shifted(at, 2), 3] + forms[texts.shifted(at, -2), 4]
        odds += self._of(keys.with_before)
        odds += self._of(keys.with_after)
        whole = texts.sums(forms[at, 5]) / np.maximum(1, texts.counts)
        odds += self._intercept + whole[texts.row]
        odds += self._quoted[of.quoted.astype(np.intp)]
        odds += self._first[(texts.inside == 0).astype(np.intp)]
        return odds

    def _of(self, names: Sequence[int] | NDArray[np.int64]) -> Scores:
        """The weights of features by their numbers."""
        out: Scores = self._sparse[np.asarray(names, np.int64) & self._last].astype(float)
        return out

    def _row(self, names: WordNames, by_vector: Sequence[float]) -> Scores:
        """What a word adds to itself, the word after, before, two after, two before; to all by the mean."""
        own, after, before, whole = by_vector
        kinds = (names.own, names.before, names.after, names.two_before, names.two_after)
        weights = iter(self._of([name for kind in kinds for name in kind]).tolist())
        sums = [sum(itertools.islice(weights, len(kind))) for kind in kinds]
        return np.array([sums[0] + own, sums[1] + after, sums[2] + before, sums[3], sums[4], whole])

    def _adds(self, word: str, key: str, mark: str, valence: float) -> Scores:
        by_vector = vectors([key])[0].astype(float) @ self._dense
        return self._row(word_names(word, key, mark, valence), by_vector.tolist())


@functools.cache
def word_scores(name: str) -> WordScores:
    """The scores by the words of model ``name``."""
    return WordScores(load(name, "words_"))
