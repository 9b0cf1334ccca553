"""Loaded language and name-calling, after the propaganda techniques corpus; it builds on :mod:`biased`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from framing.wording import biased
from framing.wording.biased import WordScore
from framing.wording.groups import Groups
from framing.wording.linear import CLIP, by_row, load, logit, sigmoid
from framing.wording.net import LOADED, with_opinions
from framing.wording.sentences import Sentences
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
    by_word: Sequence[float]  # calibrated probabilities that a word is part of such a phrase, 0 to 1
    threshold: float  # from which on a word is marked
    marked_at: Sequence[int]  # the words at or above the threshold
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
        return self._words(self.marked_at)

    def _words(self, at: Sequence[int]) -> tuple[WordScore, ...]:
        return biased.words(self.seen, self.by_word, at) if self.seen else ()


@dataclass(frozen=True, slots=True)
class First:
    """What the linear models of biased wording say of sentences: log odds of their words and of the whole."""

    words: NDArray[Any]  # (n words,)
    whole: NDArray[Any]  # (n sentences,)


def judge(text: str) -> Judgement:
    """The judgement of one line. Raises FramingError where a model is not installed."""
    return judge_all([text])[0]


def judge_all(texts: Sequence[str]) -> list[Judgement]:
    """The judgements of lines, each as if it stood alone. Raises FramingError as :func:`judge`."""
    words, whole = load(MODEL, "words_"), load(MODEL, "sentence_")
    least = float(words.threshold[0])
    out = [Judgement(float(whole.probability(whole.intercept)[0]), (), least, (), NO_WORD, None)] * len(texts)
    some = biased.with_words(texts)
    if some:
        one = biased.read(tuple([texts[i] for i in some]))
        of, told = one.of, first(one)
        own = word_told(told, of.texts)
        odds = (
            word_scores(MODEL).odds(of)
            + by_row(np.clip(own, -CLIP, CLIP), words.dense[4 * DIMENSIONS :])[:, 0]
        )
        scores = whole.scores(of.keys.ngrams, sentence_dense(of, odds, told))[:, 0]
        scores = with_opinions(MODEL, "sentence_", scores, one.opinions.whole[:, LOADED])
        odds = with_opinions(MODEL, "words_", odds, one.opinions.words[:, LOADED])
        p = whole.probability(scores)
        told_words = biased.marked_words(words.probability(odds), least, of.texts)
        top = of.texts.highest(own[:, 0]).tolist()
        for i, q, by_word, marked, high, seen in zip(
            some, p.tolist(), *told_words, top, of.seen, strict=True
        ):
            out[i] = Judgement(q, by_word, least, marked, high, seen)
    return out


def first(one: biased.Readings) -> First:
    """The answers of the models of biased wording."""
    return First(one.odds, one.scores)


def word_told(told: First, texts: Groups) -> Floats:
    """Of each word the log odds of biased wording: here, before it, after it, of the whole; (n words, 4)."""
    here = np.minimum(np.maximum(told.words, NO_WORD), -NO_WORD) - NO_WORD
    around = [here, texts.shifted(here, 1), texts.shifted(here, -1)]  # a nought beyond the borders
    own = np.stack([*(side + NO_WORD for side in around), told.whole[texts.row]], axis=1)
    return own.astype(np.float32)


def sentence_dense(of: Sentences, odds: NDArray[Any], told: First) -> Floats:
    """Dense features of the lines: both word models, the whole, style and pooled vectors."""
    summaries = [biased.word_summary(odds, of.texts), biased.word_summary(told.words, of.texts)]
    whole = told.whole.astype(np.float32)[:, None]
    return np.concatenate([*summaries, whole, of.style, of.keys.pooled], axis=1)
