"""Biased wording: a calibrated probability for a sentence and for each of its words."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from framing.article import Span
from framing.wording.features import ngrams, pooled, style, word_features, word_vectors
from framing.wording.linear import Linear, buckets, load, logit
from framing.wording.vectors import DIMENSIONS, Floats, vectors
from framing.wording.words import Sentence, sentence

MODEL = "biased_wording"

# How many of the words that a sentence's score rests on are shown.
SHOWN = 5


@dataclass(frozen=True, slots=True)
class WordScore:
    """A word: the calibrated probability that readers mark it, its part in the sentence's log odds."""

    span: Span
    probability: float  # 0 to 1
    contribution: float  # log odds; negative: speaks against biased wording
    marked: bool  # probability at or above the threshold of the card


@dataclass(frozen=True, slots=True)
class Judgement:
    """A sentence. ``probability`` is of "readers call it biased"; nothing of it says that it is."""

    probability: float  # 0 to 1, calibrated
    words: tuple[WordScore, ...]

    @property
    def carried(self) -> tuple[WordScore, ...]:
        """The words that spoke most for biased wording, the strongest first."""
        strongest = sorted(self.words, key=lambda word: (-word.contribution, word.span))
        return tuple(word for word in strongest[:SHOWN] if word.contribution > 0)


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence with at least one word as the models take it in, and what they say."""

    seen: Sentence
    matrix: Floats  # vectors of the words, (n, 50)
    odds: NDArray[Any]  # uncalibrated log odds of the words, (n,)
    grams: dict[str, float]
    dense: Floats  # dense features of the sentence's model
    probability: float  # of the whole, calibrated


# The model of loaded language asks for the same sentence again.
@functools.lru_cache(maxsize=1024)
def read(text: str) -> Reading | None:
    """``text`` as read by the models; None where it has no word. Nobody may change what is returned."""
    seen = sentence(text)
    if not len(seen):
        return None
    whole = load(MODEL, "sentence_")
    matrix = vectors(seen.keys)
    odds = raw_words(load(MODEL, "words_"), seen, matrix)
    grams, dense = ngrams(seen), sentence_dense(seen, matrix, odds)
    return Reading(seen, matrix, odds, grams, dense, float(whole.probability(whole.score(grams, dense))[0]))


def judge(text: str) -> Judgement:
    """The judgement of one sentence. Raises FramingError where the model is not installed."""
    words, whole = load(MODEL, "words_"), load(MODEL, "sentence_")
    one = read(text)
    if one is None:
        return Judgement(float(whole.probability(whole.intercept)[0]), ())
    marks = words.probability(one.odds[:, None])[:, 0]
    adds = _contributions(whole, one)
    scored = tuple(
        WordScore(span, float(p), float(c), bool(p >= words.threshold[0]))
        for span, p, c in zip(one.seen.spans, marks, adds, strict=True)
    )
    return Judgement(one.probability, scored)


def raw_words(model: Linear, seen: Sentence, matrix: Floats) -> NDArray[Any]:
    """Uncalibrated log odds of each word, (n,)."""
    return model.rows(word_features(seen, model.bits), word_vectors(matrix))[:, 0]


def word_summary(odds: NDArray[Any]) -> Floats:
    """What a sentence's model sees of its words: the three highest log odds and three sums over all."""
    if not len(odds):
        return np.array([-8, -8, -8, 0, 0, 0], dtype=np.float32)
    p = 1 / (1 + np.exp(-odds))
    top = np.sort(logit(p))[::-1][:3]
    top = np.concatenate([top, np.full(3 - len(top), -8.0)])
    return np.array([*top, p.sum(), 1 - np.prod(1 - p), p.mean()], dtype=np.float32)


def sentence_dense(seen: Sentence, matrix: Floats, odds: NDArray[Any]) -> Floats:
    """The dense features of the sentence's model: words, style, pooled vectors."""
    return np.concatenate([word_summary(odds), style(seen), pooled(matrix)]).astype(np.float32)


def _contributions(model: Linear, one: Reading) -> NDArray[Any]:
    """What each word adds to the sentence's log odds, (n,).

    An n-gram is shared by its words, a maximum is its word's, sums and means go by share.
    Style (length, marks) belongs to no word and is left out.
    """
    seen, matrix, odds = one.seen, one.matrix, one.odds
    slope = float(model.slope[0])
    weighted = model.standard(one.dense) * model.dense[:, 0] * slope
    adds = np.zeros(len(seen))
    p = 1 / (1 + np.exp(-odds))
    for rank, at in enumerate(np.argsort(-odds)[:3]):
        adds[at] += weighted[rank]
    adds += weighted[3:6].sum() * p / max(float(p.sum()), 1e-6)
    for n in (1, 2):
        _share_ngrams(model, seen.keys, n, one.grams, adds, slope)
    known = np.flatnonzero(np.abs(matrix).sum(axis=1) > 0)
    if len(known):
        mean, high, low = np.split(weighted[-3 * DIMENSIONS :], 3)
        size = np.linalg.norm(matrix[known], axis=1)
        adds[known] += mean.sum() * size / size.sum()
        np.add.at(adds, known[matrix[known].argmax(axis=0)], high)
        np.add.at(adds, known[matrix[known].argmin(axis=0)], low)
    return adds


def _share_ngrams(
    model: Linear, keys: Sequence[str], n: int, grams: dict[str, float], adds: NDArray[Any], slope: float
) -> None:
    """Adds the weight of each n-gram to its words, in ``adds``."""
    names = [f"{n}:{' '.join(keys[i : i + n])}" for i in range(len(keys) - n + 1)]
    if not names:
        return
    often = Counter(names)
    shares = np.array([grams[name] / (n * often[name]) for name in names])
    weights = model.sparse[buckets(names, model.bits), 0] * shares * slope
    for offset in range(n):
        adds[offset : offset + len(names)] += weights
