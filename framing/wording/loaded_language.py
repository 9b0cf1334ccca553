"""Loaded language and name-calling, after the propaganda techniques corpus; it builds on :mod:`biased`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from framing.wording import biased
from framing.wording.biased import WordScore
from framing.wording.features import ngrams, pooled, style
from framing.wording.linear import CLIP, load, logit, sigmoid
from framing.wording.vectors import DIMENSIONS, Floats
from framing.wording.word_scores import word_scores
from framing.wording.words import Sentence

MODEL = "loaded_language"

# Log odds where there is no word; those of a word are cut there.
NO_WORD = -8.0


@dataclass(frozen=True, slots=True)
class Judgement:
    """A line of text: the probability that it holds a loaded or name-calling phrase, and its words."""

    probability: float  # 0 to 1, calibrated
    by_word: tuple[float, ...]  # calibrated probabilities that a word is part of such a phrase, 0 to 1
    threshold: float  # from which on a word is marked
    top: float  # the highest log odds of biased wording of a word; -8 where there is none
    seen: Sentence | None = field(repr=False, compare=False)

    @property
    def rank(self) -> float:
        """A score, 0 to 1, to rank the sentences of an article by; better than either part alone."""
        odds = (float(logit(np.array(self.probability))) + self.top) / 2
        return float(sigmoid(np.array(odds)))

    @property
    def words(self) -> tuple[WordScore, ...]:
        """Every word."""
        return self._words(range(len(self.by_word)))

    @property
    def marked(self) -> tuple[WordScore, ...]:
        """The words at or above the threshold."""
        return self._words([i for i, p in enumerate(self.by_word) if p >= self.threshold])

    def _words(self, at: Sequence[int]) -> tuple[WordScore, ...]:
        return biased.words(self.seen, self.by_word, at) if self.seen else ()


@dataclass(frozen=True, slots=True)
class First:
    """What the models of biased wording say of a sentence: log odds of its words and of the whole."""

    words: NDArray[Any]
    whole: float


def judge(text: str) -> Judgement:
    """The judgement of one line. Raises FramingError where a model is not installed."""
    words, whole = load(MODEL, "words_"), load(MODEL, "sentence_")
    one, least = biased.read(text), float(words.threshold[0])
    if one is None:
        return Judgement(float(whole.probability(whole.intercept)[0]), (), least, NO_WORD, None)
    seen, told = one.seen, first(one)
    own = word_told(told)
    odds = word_scores(MODEL).odds(seen) + np.clip(own, -CLIP, CLIP) @ words.dense[4 * DIMENSIONS :, 0]
    score = whole.score(ngrams(seen.keys), sentence_dense(seen, odds, told))
    return Judgement(
        float(whole.probability(score)[0]),
        tuple(words.probability(odds).tolist()),
        least,
        float(own[:, 0].max()),
        seen,
    )


def first(one: biased.Reading) -> First:
    """The answers of the models of biased wording."""
    return First(one.odds, float(logit(np.array(one.probability))))


def word_told(told: First) -> Floats:
    """Of each word the log odds of biased wording: here, before it, after it, of the whole; (n, 4)."""
    own = np.full((len(told.words), 4), NO_WORD, np.float32)
    own[:, 0] = np.minimum(np.maximum(told.words, NO_WORD), -NO_WORD)
    own[1:, 1], own[:-1, 2], own[:, 3] = own[:-1, 0], own[1:, 0], told.whole
    return own


def sentence_dense(seen: Sentence, odds: NDArray[Any], told: First) -> Floats:
    """Dense features of the line: both word models, the whole, style and pooled vectors."""
    summaries = [biased.word_summary(odds), biased.word_summary(told.words)]
    whole = np.array([told.whole], np.float32)
    return np.concatenate([*summaries, whole, style(seen), pooled(seen.keys)])
