"""A small network over the words of a sentence: what it says is added to what the linear models say.

It was taught by a language model (Hinton et al. 2015, distillation), which is not needed to ask it. A word
starts from its vector, its affixes and marks, and what stands between it and its neighbours; two convolutions
over neighbours (Collobert et al. 2011) look at it in its sentence. The whole is the mean of what its words
say, weighed by attention (Bahdanau et al. 2015), so that each word's part in it is known.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from framing.wording.features import shape
from framing.wording.files import arrays
from framing.wording.groups import Groups
from framing.wording.linear import by_row, crc
from framing.wording.sentences import Sentences
from framing.wording.vectors import PARTS, WIDE, Floats, places
from framing.wording.vocabulary import Form, Vocabulary
from framing.wording.words import Sentence, looked_up

MODEL = "wording_net"

# What it says of each word and of the whole.
BIASED, LOADED = 0, 1
OUTPUTS = 2

BUCKETS = 1 << 13  # of affixes
SHAPES = ("A", "a", "Aa", "x")
# Marks that may stand between two words.
BETWEEN = '",!?-:(;.'
# Words whose products with a layer are worked out together.
_AT_ONCE = 8
# Sentences that go through all layers together: their words with the neighbours stay in the cache.
_SENTENCES = 50


def affixes(key: str) -> tuple[int, ...]:
    """The buckets of the endings and beginnings of a word."""
    ends = [f"s{n}={key[-n:]}" for n in (2, 3, 4)]
    starts = [f"p{n}={key[:n]}" for n in (3, 4, 5)]
    return tuple([crc(name) % BUCKETS for name in (*ends, *starts)])


def marks_between(gap: str) -> list[bool]:
    """Which of :data:`BETWEEN` stand in what lies between two words."""
    return [mark in gap for mark in BETWEEN]


def gaps(seen: Sentence) -> list[str]:
    """What lies before each word, and after the last: one more than there are words."""
    text, at, out = seen.text, 0, []
    for start, word in zip(seen.starts, seen.words, strict=True):
        out.append(text[at:start])
        at = start + len(word)
    return [*out, text[at:]]


def label(mark: str) -> str:
    """The name, one word, of a mark that a list gives.

    >>> label("loaded:political label")
    'loaded:political_label'
    """
    return mark.replace(" ", "_") or "none"


def traits(word: str, key: str, mark: str, valence: float, known: bool, labels: Sequence[str]) -> list[float]:
    """Shape, list, valence and length of a word."""
    form, own = shape(word), label(mark)
    return [
        *(float(form == one) for one in SHAPES),
        *(float(own == one) for one in labels),
        *(valence / 2, abs(valence) / 2, float(abs(valence) >= 2), min(12, len(key)) / 10, float(not known)),
    ]


@dataclass(frozen=True, slots=True)
class Opinions:
    """Uncalibrated log odds, a column for :data:`BIASED`, one for :data:`LOADED`."""

    words: Floats  # (n words, 2)
    whole: Floats  # (n sentences, 2)
    adds: Floats  # (n words, 2): each word's part in the whole of its sentence


class Network:
    """The network in the arrays of a model file."""

    def __init__(self, held: Mapping[str, NDArray[Any]]) -> None:
        self._labels = held["labels"].tobytes().decode().split("\n")
        self._words, self._affixes = held["words"], held["affixes"]
        self._words_scale, self._affixes_scale = held["words_scale"], held["affixes_scale"]
        n = len(SHAPES) + len(self._labels) + 5
        self._traits, between, self._quoted = np.split(held["traits"].astype(np.float32), [n, -1])
        self._before, self._after = np.split(between, 2)
        self._layers = [
            (held[f"layer{i}"].astype(np.float32), held[f"layer{i}_bias"].astype(np.float32)) for i in (0, 1)
        ]
        self._context = held["context"].astype(np.float32), held["context_bias"].astype(np.float32)
        self._out = held["out"].astype(np.float32), held["out_bias"].astype(np.float32)
        self._whole = held["whole_bias"].astype(np.float32)

    def opinions(self, of: Sentences) -> Opinions:
        """What is said of sentences, each as if it stood alone."""
        texts, out = of.texts, self._outputs(of)
        attention = out[:, OUTPUTS : 2 * OUTPUTS]
        weight = np.exp(attention - np.maximum(texts.highest(attention), -30)[texts.row])
        share = weight / np.maximum(1e-9, texts.sums(weight))[texts.row]
        part: Floats = (share * out[:, 2 * OUTPUTS :]).astype(np.float32)
        return Opinions(out[:, :OUTPUTS], texts.sums(part) + self._whole, part)

    def _outputs(self, of: Sentences) -> Floats:
        """(n words, 6): log odds of the words, attention to them, what they say of the whole."""
        texts = of.texts
        x = self._words_and_gaps(of)
        x[of.quoted] += self._quoted[0]
        x = np.maximum(x, 0)
        borders = [*texts.starts[::_SENTENCES].tolist(), len(x)]
        parts = [
            self._convolved(x[start:end], Groups.of_lengths(texts.counts[n : n + _SENTENCES].tolist()))
            for n, (start, end) in zip(range(0, texts.n, _SENTENCES), pairwise(borders), strict=True)
        ]
        return np.concatenate([np.zeros((0, 3 * OUTPUTS), np.float32), *parts])

    def _convolved(self, x: Floats, texts: Groups) -> Floats:
        """The outputs of some sentences by what the first layer sees of their words; ``x`` is overwritten."""
        n, d = x.shape
        # Each word with its neighbours; 0 is the nothing beyond the borders of a sentence.
        own = np.arange(1, n + 1)
        near = np.stack([texts.shifted(own, 1), own, texts.shifted(own, -1)], axis=1)
        for i, (weights, bias) in enumerate(self._layers):
            window = np.concatenate([np.zeros((1, d), np.float32), x])[near].reshape(n, 3 * d)
            y = by_row(window, weights, _AT_ONCE)
            y += bias
            np.maximum(y, 0, out=y)
            if i == 0:
                mean = texts.sums(y) / np.maximum(1, texts.counts).astype(np.float32)[:, None]
                pooled = np.concatenate([mean, texts.highest(y)], axis=1)
                y += np.maximum(by_row(pooled, self._context[0]) + self._context[1], 0)[texts.row]
            x += y
        out: Floats = by_row(x, self._out[0], _AT_ONCE) + self._out[1]
        return out

    def _words_and_gaps(self, of: Sentences) -> Floats:
        """What the first layer sees of each word, (n words, d)."""
        between: Vocabulary[str] = Vocabulary("")
        at = between.places([gap for one in of.seen for gap in gaps(one)])
        before = np.arange(len(of.texts.row)) + of.texts.row  # a sentence has one gap more than it has words
        by_gap = between.table(self._between)
        out: Floats = of.known.forms.told(self._starts, of.forms)
        out += by_gap[at[before], 0]
        out += by_gap[at[before + 1], 1]
        return out

    def _starts(self, forms: Sequence[Form]) -> Floats:
        """What the first layer sees of each form of a word, (n, d); of no word nothing."""
        d = len(self._words_scale)
        return np.stack([self._start(*form) if form[0] else np.zeros(d, np.float32) for form in forms])

    def _start(self, word: str, mark: str) -> Floats:
        key, valence = looked_up(word)
        at = places(key, WIDE)[:PARTS]
        known = bool(at)
        own = self._words[[place + 1 for place in at] or [0]].mean(axis=0, dtype=np.float32)
        ends = self._affixes[list(affixes(key))].sum(axis=0, dtype=np.float32)
        own_traits = np.array(traits(word, key, mark, valence, known, self._labels), np.float32)
        out: Floats = own * self._words_scale + ends * self._affixes_scale + own_traits @ self._traits
        return out

    def _between(self, gaps_: Sequence[str]) -> Floats:
        """What each gap brings to the word after it and to the word before it, (n, 2, d)."""
        there = np.array([*map(marks_between, gaps_)], np.float32)
        return np.stack([there @ self._before, there @ self._after], axis=1)


@functools.cache
def network() -> Network:
    """The network. Raises FramingError where its file is missing."""
    return Network(arrays(MODEL))


def with_opinions(model: str, part: str, scores: NDArray[Any], opinions: NDArray[Any]) -> NDArray[Any]:
    """Scores of linear model ``model`` and the network's, at the weight that training found for it."""
    out: NDArray[Any] = scores + float(arrays(model)[f"{part}net"].item()) * opinions
    return out
