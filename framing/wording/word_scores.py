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
    word_names,
)
from framing.wording.files import arrays
from framing.wording.linear import Linear, by_row, load
from framing.wording.sentences import Sentences
from framing.wording.vectors import DIMENSIONS, PARTS, WIDE, Floats, places, vectors
from framing.wording.vocabulary import Form
from framing.wording.words import looked_up

Scores = NDArray[np.float64]


class WordScores:
    """Log odds of words by :func:`framing.wording.features.word_features` and ``word_vectors``.

    Those features are sums over the word, its neighbours and the sentence, and so are their scores:
    six numbers a word, remembered, in place of thirty features and four vectors. ``meanings``, one number
    a word of the wide vectors, is what a word adds to itself by what a language model makes of it.
    """

    def __init__(self, model: Linear, meanings: Floats) -> None:
        self._meanings = meanings.astype(float)
        self._sparse = model.sparse[:, 0]
        self._last = len(self._sparse) - 1
        self._intercept = float(model.intercept[0])
        own, before, after, whole = model.dense[: 4 * DIMENSIONS, 0].reshape(4, DIMENSIONS)
        self._dense = np.stack([OWN * own, NEAR * before, NEAR * after, NEAR * whole], axis=1)
        self._first, self._quoted = self._of(FIRST), self._of(QUOTED)

    def odds(self, of: Sentences) -> Scores:
        """Uncalibrated log odds of each word of the sentences, (n words,)."""
        texts, keys = of.texts, of.keys
        at = of.forms
        forms = of.known.forms.table(self._adds)
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

    def _adds(self, forms: Sequence[Form]) -> Scores:
        """What each form adds to itself, the word after, before, two after, two before; to all by the mean.

        (n, 6); of no word it is what the border of a sentence adds.
        """
        keys, valence = zip(*[looked_up(word) for word, _ in forms], strict=True)
        names = [
            word_names(word, key, mark, v) if word else EDGE
            for (word, mark), key, v in zip(forms, keys, valence, strict=True)
        ]
        out = np.zeros((len(forms), 6))
        kinds = zip(*[(n.own, n.before, n.after, n.two_before, n.two_after) for n in names], strict=True)
        for column, numbers in enumerate(kinds):
            n = np.array([len(one) for one in numbers])
            weights = self._of(list(itertools.chain.from_iterable(numbers)))
            starts = np.cumsum(n) - n
            for place in range(n.max()):  # one after the other, in the order of the names
                there = np.flatnonzero(n > place)
                out[there, column] += weights[starts[there] + place]
        out[:, [0, 1, 2, 5]] += by_row(vectors(keys).astype(float), self._dense)
        out[:, 0] += [self._meaning(key) for key in keys]
        return out

    def _meaning(self, key: str) -> float:
        at = places(key, WIDE)[:PARTS]
        return float(self._meanings[at].mean()) if at else 0.0


@functools.cache
def word_scores(name: str) -> WordScores:
    """The scores by the words of model ``name``."""
    return WordScores(load(name, "words_"), arrays(name)["words_meanings"])
