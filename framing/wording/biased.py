"""Biased wording: a calibrated probability for a sentence and for each of its words."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from framing.article import Span
from framing.wording.features import matrix, ngrams, pairs, pooled, single, style
from framing.wording.linear import Linear, load, logit
from framing.wording.vectors import DIMENSIONS, Floats
from framing.wording.word_scores import word_scores
from framing.wording.words import Sentence, sentence

MODEL = "biased_wording"

# How many of the words that a sentence's score rests on are shown.
SHOWN = 5


@dataclass(frozen=True, slots=True)
class WordScore:
    """A word and the calibrated probability that readers mark it."""

    span: Span
    probability: float  # 0 to 1


@dataclass(frozen=True, slots=True)
class Carrier:
    """A word and its part in a sentence's log odds."""

    span: Span
    contribution: float  # negative: speaks against biased wording


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence with at least one word as the models take it in, and what they say."""

    seen: Sentence
    odds: NDArray[Any]  # uncalibrated log odds of the words, (n,)
    dense: Floats  # dense features of the sentence's model
    probability: float  # of the whole, calibrated


@dataclass(frozen=True, slots=True)
class Judgement:
    """A sentence. ``probability`` is of "readers call it biased"; nothing of it says that it is."""

    probability: float  # 0 to 1, calibrated
    by_word: tuple[float, ...]  # calibrated probabilities of the words, 0 to 1
    threshold: float  # from which on a word is marked
    reading: Reading | None = field(repr=False, compare=False)

    @property
    def words(self) -> tuple[WordScore, ...]:
        """Every word."""
        return self._words(range(len(self.by_word)))

    @property
    def marked(self) -> tuple[WordScore, ...]:
        """The words at or above the threshold."""
        return self._words([i for i, p in enumerate(self.by_word) if p >= self.threshold])

    @property
    def carried(self) -> tuple[Carrier, ...]:
        """The words that spoke most for biased wording, the strongest first."""
        if self.reading is None:
            return ()
        adds = _contributions(load(MODEL, "sentence_"), self.reading)
        strongest = np.argsort(-adds, kind="stable")[:SHOWN].tolist()
        return tuple(Carrier(self.reading.seen.span(i), float(adds[i])) for i in strongest if adds[i] > 0)

    def _words(self, at: Sequence[int]) -> tuple[WordScore, ...]:
        return words(self.reading.seen, self.by_word, at) if self.reading else ()


def words(seen: Sentence, by_word: Sequence[float], at: Sequence[int]) -> tuple[WordScore, ...]:
    """The words at the places ``at``."""
    return tuple([WordScore(seen.span(i), by_word[i]) for i in at])


# The model of loaded language asks for the same sentence again.
@functools.lru_cache(maxsize=1024)
def read(text: str) -> Reading | None:
    """``text`` as read by the models; None where it has no word. Nobody may change what is returned."""
    seen = sentence(text)
    if not len(seen):
        return None
    whole = load(MODEL, "sentence_")
    odds = word_scores(MODEL).odds(seen)
    dense = sentence_dense(seen, odds)
    return Reading(seen, odds, dense, float(whole.probability(whole.score(ngrams(seen.keys), dense))[0]))


def judge(text: str) -> Judgement:
    """The judgement of one sentence. Raises FramingError where the model is not installed."""
    by_word, whole = load(MODEL, "words_"), load(MODEL, "sentence_")
    one, least = read(text), float(by_word.threshold[0])
    if one is None:
        return Judgement(float(whole.probability(whole.intercept)[0]), (), least, None)
    return Judgement(one.probability, tuple(by_word.probability(one.odds).tolist()), least, one)


def word_summary(odds: NDArray[Any]) -> Floats:
    """What a sentence's model sees of its words: the three highest log odds and three sums over all."""
    n = len(odds)
    if not n:
        return np.array([-8, -8, -8, 0, 0, 0], dtype=np.float32)
    p = 1 / (1 + np.exp(-odds))
    top = [*logit(np.sort(p)[-3:])[::-1].tolist(), -8.0, -8.0][:3]
    total = float(np.add.reduce(p))
    return np.array([*top, total, 1 - float(np.multiply.reduce(1 - p)), total / n], dtype=np.float32)


def sentence_dense(seen: Sentence, odds: NDArray[Any]) -> Floats:
    """The dense features of the sentence's model: words, style, pooled vectors."""
    return np.concatenate([word_summary(odds), style(seen), pooled(seen.keys)])


def _contributions(model: Linear, one: Reading) -> NDArray[Any]:
    """What each word adds to the sentence's log odds, (n,).

    An n-gram is shared by its words, a maximum is its word's, sums and means go by share.
    Style (length, marks) belongs to no word and is left out.
    """
    seen, odds = one.seen, one.odds
    slope = float(model.slope[0])
    weighted = model.standard(one.dense) * model.dense[:, 0] * slope
    adds = np.zeros(len(seen))
    p = 1 / (1 + np.exp(-odds))
    for rank, at in enumerate(np.argsort(-odds)[:3]):
        adds[at] += weighted[rank]
    adds += weighted[3:6].sum() * p / max(float(p.sum()), 1e-6)
    value = slope * float(ngrams(seen.keys).values[0])
    _share(model, [single(key) for key in seen.keys], 1, value, adds)
    _share(model, pairs("2:", seen.keys), 2, value, adds)
    held = matrix(seen.keys)
    known = np.flatnonzero(held.any(axis=1))
    if len(known):
        mean, high, low = np.split(weighted[-3 * DIMENSIONS :], 3)
        size = np.linalg.norm(held[known], axis=1)
        adds[known] += mean.sum() * size / size.sum()
        np.add.at(adds, known[held[known].argmax(axis=0)], high)
        np.add.at(adds, known[held[known].argmin(axis=0)], low)
    return adds


def _share(model: Linear, names: Sequence[int], n: int, value: float, adds: NDArray[Any]) -> None:
    """Adds the weight of each n-gram, times ``value``, to its words, in ``adds``."""
    often = Counter(names)
    last = len(model.sparse) - 1
    for i, name in enumerate(names):
        adds[i : i + n] += float(model.sparse[name & last, 0]) * value / (n * often[name])
