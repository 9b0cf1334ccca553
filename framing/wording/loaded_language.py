"""Loaded language and name-calling, after the propaganda techniques corpus; it builds on :mod:`biased`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from framing.article import Span
from framing.wording import biased
from framing.wording.features import pooled, style, word_features, word_vectors
from framing.wording.linear import load, logit, sigmoid
from framing.wording.vectors import Floats
from framing.wording.words import Sentence

MODEL = "loaded_language"

# Log odds where there is no word; those of a word are cut there.
NO_WORD = -8.0


@dataclass(frozen=True, slots=True)
class LoadedWord:
    """A word and the calibrated probability that it is part of a loaded or name-calling phrase."""

    span: Span
    probability: float  # 0 to 1
    marked: bool  # at or above the threshold of the card


@dataclass(frozen=True, slots=True)
class Judgement:
    """A line of text: the probability that it holds such a phrase, and its words."""

    probability: float  # 0 to 1, calibrated
    words: tuple[LoadedWord, ...]
    top: float  # the highest log odds of biased wording of a word; -8 where there is none

    @property
    def rank(self) -> float:
        """A score, 0 to 1, to rank the sentences of an article by; better than either part alone."""
        odds = (float(logit(np.array(self.probability))) + self.top) / 2
        return float(sigmoid(np.array(odds)))


@dataclass(frozen=True, slots=True)
class First:
    """What the models of biased wording say of a sentence: log odds of its words and of the whole."""

    words: NDArray[Any]
    whole: float


def judge(text: str) -> Judgement:
    """The judgement of one line. Raises FramingError where a model is not installed."""
    words, whole = load(MODEL, "words_"), load(MODEL, "sentence_")
    one = biased.read(text)
    if one is None:
        return Judgement(float(whole.probability(whole.intercept)[0]), (), NO_WORD)
    seen, matrix, told = one.seen, one.matrix, first(one)
    odds = words.rows(word_features(seen, words.bits), word_dense(matrix, told))[:, 0]
    p = words.probability(odds[:, None])[:, 0]
    score = whole.score(one.grams, sentence_dense(seen, matrix, odds, told))
    return Judgement(
        float(whole.probability(score)[0]),
        tuple(
            LoadedWord(span, float(q), bool(q >= words.threshold[0]))
            for span, q in zip(seen.spans, p, strict=True)
        ),
        float(np.clip(told.words.max(), NO_WORD, -NO_WORD)),
    )


def first(one: biased.Reading) -> First:
    """The answers of the models of biased wording."""
    return First(one.odds, float(logit(np.array(one.probability))))


def word_dense(matrix: Floats, told: First) -> Floats:
    """Dense features of each word: vectors, log odds of biased wording here, beside it, of the whole."""
    odds = np.clip(told.words, NO_WORD, -NO_WORD)
    before, after = np.r_[NO_WORD, odds[:-1]], np.r_[odds[1:], NO_WORD]
    own = np.stack([odds, before, after, np.full(len(odds), told.whole)], axis=1)
    return np.hstack([word_vectors(matrix), own]).astype(np.float32)


def sentence_dense(seen: Sentence, matrix: Floats, odds: NDArray[Any], told: First) -> Floats:
    """Dense features of the line: both word models, the whole, style and pooled vectors."""
    summaries = [biased.word_summary(odds), biased.word_summary(told.words), np.array([told.whole])]
    return np.concatenate([*summaries, style(seen), pooled(matrix)]).astype(np.float32)
