"""Biased wording: a calibrated probability for a sentence and for each of its words."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from framing.article import Span
from framing.wording import sentences
from framing.wording.groups import Groups
from framing.wording.linear import Linear, load, logit
from framing.wording.net import BIASED, Opinions, network, with_opinions
from framing.wording.sentences import Keys, Sentences
from framing.wording.vectors import DIMENSIONS, Floats
from framing.wording.word_scores import word_scores
from framing.wording.words import Sentence, sentence

MODEL = "biased_wording"

# How many of the words that a sentence's score rests on are shown.
SHOWN = 5

# Log odds in place of those of the highest words where a sentence has fewer than three.
_NO_WORD = -8.0


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
    """A sentence with at least one word as the models take it in."""

    seen: Sentence
    odds: NDArray[Any]  # uncalibrated log odds of the words, (n,)
    dense: Floats  # dense features of the sentence's model
    adds: Floats  # what the network says that each word adds to the whole, (n,)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A sentence. ``probability`` is of "readers call it biased"; nothing of it says that it is."""

    probability: float  # 0 to 1, calibrated
    by_word: Sequence[float]  # calibrated probabilities of the words, 0 to 1
    threshold: float  # from which on a word is marked
    marked_at: Sequence[int]  # the words at or above the threshold
    reading: Reading | None = field(repr=False, compare=False)

    @property
    def words(self) -> tuple[WordScore, ...]:
        """Every word."""
        return self._words(range(len(self.by_word)))

    @property
    def marked(self) -> tuple[WordScore, ...]:
        """The words at or above the threshold."""
        return self._words(self.marked_at)

    @property
    def carried(self) -> tuple[Carrier, ...]:
        """The words that spoke most for biased wording, the strongest first."""
        return carried([self])[0]

    def _words(self, at: Sequence[int]) -> tuple[WordScore, ...]:
        return words(self.reading.seen, self.by_word, at) if self.reading else ()


def words(seen: Sentence, by_word: Sequence[float], at: Sequence[int]) -> tuple[WordScore, ...]:
    """The words at the places ``at``."""
    return tuple([WordScore(seen.span(i), by_word[i]) for i in at])


@dataclass(frozen=True, slots=True)
class Readings:
    """Sentences with at least one word each as the models take them in, and what they say."""

    of: Sentences
    odds: NDArray[Any]  # uncalibrated log odds of the words, (n words,)
    dense: Floats  # dense features of the sentences' model, (n sentences, d)
    scores: Floats  # uncalibrated log odds of the sentences, (n sentences,)
    opinions: Opinions  # of the network; the three above are of the linear models

    def each(self) -> list[Reading]:
        """Sentence by sentence."""
        odds, adds = (self.of.texts.cut(values) for values in (self.odds, self.opinions.adds[:, BIASED]))
        return [Reading(*one) for one in zip(self.of.seen, odds, self.dense, adds, strict=True)]


# The model of loaded language asks for the same sentences again.
@functools.lru_cache(maxsize=4)
def read(texts: tuple[str, ...]) -> Readings:
    """``texts``, each with a word, as read by the models. Nobody may change what is returned."""
    of = sentences.read(texts)
    whole = load(MODEL, "sentence_")
    odds = word_scores(MODEL).odds(of)
    dense = sentence_dense(of, odds)
    scores = whole.scores(of.keys.ngrams, dense)[:, 0]
    return Readings(of, odds, dense, scores, network().opinions(of))


def judge(text: str) -> Judgement:
    """The judgement of one sentence. Raises FramingError where the model is not installed."""
    return judge_all([text])[0]


def judge_all(texts: Sequence[str]) -> list[Judgement]:
    """The judgements of sentences, each as if it stood alone. Raises FramingError as :func:`judge`."""
    by_word, whole = load(MODEL, "words_"), load(MODEL, "sentence_")
    least = float(by_word.threshold[0])
    out = [Judgement(float(whole.probability(whole.intercept)[0]), (), least, (), None)] * len(texts)
    some = with_words(texts)
    if some:
        one = read(tuple([texts[i] for i in some]))
        odds = with_opinions(MODEL, "words_", one.odds, one.opinions.words[:, BIASED])
        of_words, marked = marked_words(by_word.probability(odds), least, one.of.texts)
        scores = with_opinions(MODEL, "sentence_", one.scores, one.opinions.whole[:, BIASED])
        each = zip(some, whole.probability(scores).tolist(), of_words, marked, one.each(), strict=True)
        for i, p, words_, at, reading in each:
            out[i] = Judgement(p, words_, least, at, reading)
    return out


def marked_words(p: NDArray[Any], least: float, texts: Groups) -> tuple[list[list[float]], list[list[int]]]:
    """Text by text the probabilities ``p`` of its words, and which of them are at ``least`` so high."""
    marked: list[list[int]] = [[] for _ in range(texts.n)]
    for row, i in texts.places(np.flatnonzero(p >= least)):
        marked[row].append(i)
    return texts.cut(p.tolist()), marked


def with_words(texts: Sequence[str]) -> list[int]:
    """Which of ``texts`` have a word."""
    return [i for i, text in enumerate(texts) if len(sentence(text))]


def carried(judged: Sequence[Judgement]) -> list[tuple[Carrier, ...]]:
    """Of each sentence the words that spoke most for biased wording, the strongest first."""
    readings = [one.reading for one in judged if one.reading]
    if not readings:
        return [()] * len(judged)
    of = Sentences([one.seen for one in readings])
    adds = _contributions(load(MODEL, "sentence_"), of, readings)
    strongest, there = of.texts.ranked(adds, SHOWN)
    shown = zip(
        of.seen, of.texts.inside[strongest].tolist(), adds[strongest].tolist(), there.tolist(), strict=True
    )
    found = iter(
        [
            tuple(
                [
                    Carrier(seen.span(i), add)
                    for i, add, is_one in zip(*row, strict=True)
                    if is_one and add > 0
                ]
            )
            for seen, *row in shown
        ]
    )
    return [next(found) if one.reading else () for one in judged]


def word_summary(odds: NDArray[Any], texts: Groups) -> Floats:
    """What a sentence's model sees of its words: the three highest log odds, three sums over all; (n, 6)."""
    p = 1 / (1 + np.exp(-odds))
    best, there = texts.ranked(p, 3)
    top = np.where(there, logit(p)[best], _NO_WORD) if len(p) else np.full(there.shape, _NO_WORD)
    total = texts.sums(p)
    sums = [total, 1 - texts.products(1 - p), total / np.maximum(1, texts.counts)]
    return np.concatenate([top, np.stack(sums, axis=1)], axis=1, dtype=np.float32, casting="unsafe")


def sentence_dense(of: Sentences, odds: NDArray[Any]) -> Floats:
    """The dense features of the sentences' model: words, style, pooled vectors."""
    return np.concatenate([word_summary(odds, of.texts), of.style, of.keys.pooled], axis=1)


def _contributions(model: Linear, of: Sentences, readings: Sequence[Reading]) -> NDArray[Any]:
    """What each word adds to its sentence's log odds, (n words,).

    An n-gram is shared by its words, a maximum is its word's, sums and means go by share; the network
    says itself what each word adds.
    Style (length, marks) belongs to no word and is left out.
    """
    texts, keys, row = of.texts, of.keys, of.texts.row
    odds = np.concatenate([one.odds for one in readings])
    slope = float(model.slope[0])
    weighted = model.standard(np.stack([one.dense for one in readings])) * model.dense[:, 0] * slope
    p = 1 / (1 + np.exp(-odds))
    adds: NDArray[Any] = weighted[:, 3:6].sum(axis=1)[row] * p / np.maximum(texts.sums(p), 1e-6)[row]
    adds = with_opinions(MODEL, "sentence_", adds, slope * np.concatenate([one.adds for one in readings]))
    best, there = texts.ranked(odds, 3)
    adds[best[there]] += weighted[:, :3][there]
    value = slope / np.sqrt(np.maximum(1, keys.ngrams.texts.counts))
    adds += _share(model, keys.singles, row, value)
    names, first = keys.pairs()
    of_pairs = _share(model, names, row[first], value) / 2
    adds[first] += of_pairs
    adds[first + 1] += of_pairs
    adds += _of_vectors(keys, weighted[:, -3 * DIMENSIONS :])
    return adds


def _share(model: Linear, names: NDArray[Any], row: NDArray[Any], value: NDArray[Any]) -> NDArray[Any]:
    """The weight of each n-gram times ``value`` (n sentences,), shared by how often its sentence has it."""
    _, at, often = np.unique((row << 32) | names, return_inverse=True, return_counts=True)
    out: NDArray[Any] = model.sparse[names & (len(model.sparse) - 1), 0] * value[row] / often[at]
    return out


def _of_vectors(keys: Keys, weighted: NDArray[Any]) -> NDArray[Any]:
    """What the vector of each word adds; ``weighted`` (n sentences, 150): by mean, maximum and minimum."""
    adds = np.zeros(len(keys.at))
    known = np.flatnonzero(keys.matrix.any(axis=1))
    texts, held = Groups(keys.texts.row[known], keys.texts.n), keys.matrix[known]
    mean, high, low = np.split(weighted, 3, axis=1)
    size = np.linalg.norm(held, axis=1)
    adds[known] += (mean.sum(axis=1) / np.maximum(texts.sums(size), 1e-6))[texts.row] * size
    some = texts.counts > 0
    for extreme, weights in zip(texts.extremes(held), (high, low), strict=True):
        place = np.where(held == extreme[texts.row], np.arange(len(known))[:, None], len(known))
        np.add.at(adds, known[texts.lowest(place)[some]], weights[some])
    return adds
