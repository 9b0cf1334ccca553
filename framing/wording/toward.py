"""Tone toward a target: what the words of a sentence say about the one that they name."""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from framing.article import Span
from framing.wording.features import pool
from framing.wording.files import arrays
from framing.wording.linear import CLIP
from framing.wording.vectors import WIDE, Floats, vectors
from framing.wording.words import Sentence, sentence

MODEL = "tone_toward"
LABELS = ("negative", "neutral", "positive")

# Where a clause ends: at these words and at the marks below.
_CLAUSE_WORDS = frozenset(
    {
        *("and", "but", "while", "although", "though", "because", "when", "who", "which", "that"),
        *("as", "if", "after", "before", "whereas", "however"),
    }
)
_CLAUSE_MARKS = re.compile(r"[,;:]")
_NEGATIONS = frozenset({"not", "no", "never", "without", "nor", "neither", "hardly", "nothing"})

# VADER's: a negated word keeps this much of its valence, turned (Hutto & Gilbert 2014).
_NEGATED = -0.74
# The weights of words fall to one half at this many words from the target.
_HALF_LEXICON, _HALF_VECTORS = 3.0, 4.0


@dataclass(frozen=True, slots=True)
class Tone:
    """Probabilities of the three tones toward a target, and the words with the most valence near it."""

    negative: float
    neutral: float
    positive: float
    words: tuple[Span, ...]

    @property
    def label(self) -> str:
        """The likeliest tone."""
        return LABELS[int(np.argmax([self.negative, self.neutral, self.positive]))]

    @property
    def balance(self) -> float:
        """Positive less negative, -1 to 1."""
        return self.positive - self.negative


def tone(text: str, target: Span) -> Tone:
    """The tone of ``text`` (a sentence) toward ``target``. Raises FramingError where the model is missing."""
    seen = sentence(text)
    at = target_words(seen, target)
    if at is None:
        raise ValueError(f"no word of the sentence lies in the target {target.start}:{target.end}")
    p = networks().probabilities(features(seen, at)[None])[0]
    distance = _distance(len(seen), at)
    strength = np.abs(_valence(seen, at)) / (1 + distance / _HALF_LEXICON)
    words = [int(i) for i in np.argsort(-strength, kind="stable")[:3] if strength[i] > 0]
    return Tone(float(p[0]), float(p[1]), float(p[2]), tuple([seen.span(i) for i in sorted(words)]))


@dataclass(frozen=True, slots=True)
class Networks:
    """A few networks with one hidden layer each, asked together."""

    mean: Floats  # (d,)
    scale: Floats  # (d,)
    inner: Floats  # (d, networks * hidden)
    bias: Floats  # (networks * hidden,)
    outer: Floats  # (networks, hidden, 3)
    last: Floats  # (networks, 1, 3)
    slope: float  # sharpens or softens the mean of the networks' scores so that it is calibrated

    def probabilities(self, x: Floats) -> NDArray[Any]:
        """Of the three tones, (n, 3), by features (n, d)."""
        return softmax(self.slope * self.scores(x))

    def scores(self, x: Floats) -> NDArray[Any]:
        """Mean scores of the three tones, (n, 3), uncalibrated."""
        z = np.minimum(np.maximum((x - self.mean) / self.scale, -CLIP), CLIP)
        active = np.maximum(z @ self.inner + self.bias, 0).reshape(len(x), len(self.outer), -1)
        out: NDArray[Any] = (active.transpose(1, 0, 2) @ self.outer + self.last).mean(axis=0)
        return out


@functools.cache
def networks() -> Networks:
    """The networks of the model. Raises FramingError where it is missing."""
    return as_networks(arrays(MODEL))


def as_networks(arrays_: Mapping[str, NDArray[Any]]) -> Networks:
    """The networks in the arrays of a model file."""
    held = {key: value.astype(np.float32) for key, value in arrays_.items()}
    return Networks(
        held["mean"],
        held["scale"],
        np.concatenate(list(held["inner"]), axis=1),
        held["bias"].ravel(),
        held["outer"],
        held["last"][:, None],
        float(held["slope"].item()),
    )


def softmax(x: NDArray[Any]) -> NDArray[Any]:
    """Along the last axis."""
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    out: NDArray[Any] = e / e.sum(axis=-1, keepdims=True)
    return out


def target_words(seen: Sentence, target: Span) -> tuple[int, int] | None:
    """First and last word of the target; None where it covers none (a masked outlet's name)."""
    starts, words = seen.starts, seen.words
    inside = [i for i, s in enumerate(starts) if s < target.end and target.start < s + len(words[i])]
    return (inside[0], inside[-1]) if inside else None


def features(seen: Sentence, at: tuple[int, int]) -> Floats:
    """The sentence as seen from the target: valence, list words and vectors of the other words.

    They are summed on each side of it, near it and in its clause.
    """
    (first, last), n = at, len(seen)
    start, end = _clause(seen, first, last)
    distance = _distance(n, at)
    near = 1 / (1 + distance / _HALF_LEXICON)
    places = np.zeros((7, n))
    places[0] = near
    places[1, :first], places[2, last + 1 :] = near[:first], near[last + 1 :]
    places[3, :first] = places[4, last + 1 :] = places[5, start : end + 1] = 1
    places[6] = 1 / math.sqrt(n)
    valence = _valence(seen, at)
    loaded = [float(mark.startswith("loaded:")) for mark in seen.marks]
    sums = np.array([valence, np.maximum(valence, 0), np.minimum(valence, 0), loaded]) @ places.T
    own = [sum(loaded), sums[3, 5], sums[3, 0], math.log(n), first / n]
    own += [seen.quoted[first], sum(seen.quoted) / n, last - first + 1, '"' in seen.text]
    return np.concatenate([sums[:3].ravel(), own, *_blocks(seen, at, start, end, distance)], dtype=np.float32)


@functools.lru_cache(maxsize=1024)
def _matrix(keys: tuple[str, ...]) -> Floats:
    return vectors(keys, WIDE)


def _blocks(
    seen: Sentence, at: tuple[int, int], start: int, end: int, distance: NDArray[Any]
) -> tuple[Floats, ...]:
    """Vectors: pooled, means near, before, after and in the clause, extremes near, the two neighbours."""
    (first, last), n = at, len(seen)
    held = _matrix(seen.keys).copy()
    held[first : last + 1] = 0
    weight = (1 / (1 + distance / _HALF_VECTORS)).astype(np.float32)
    means = np.zeros((4, n), np.float32)
    means[0] = weight / weight.sum()
    left, right = min(first, 4), min(n - 1 - last, 4)
    means[1, first - left : first] = 1 / max(1, left)
    means[2, last + 1 : last + 1 + right] = 1 / max(1, right)
    means[3, start : end + 1] = 1 / (end + 1 - start)
    weighted = held * weight[:, None]
    nought = held[first]
    return (
        *(pool(held), (means @ held).ravel(), weighted.max(axis=0), weighted.min(axis=0)),
        *(held[last + 1] if right else nought, held[first - 1] if left else nought),
    )


def _distance(n: int, at: tuple[int, int]) -> NDArray[Any]:
    """Of each word from the target, in words; 0 in it."""
    first, last = at
    out = np.zeros(n)
    out[:first] = np.arange(first, 0, -1)
    out[last + 1 :] = np.arange(1, n - last)
    return out


def _valence(seen: Sentence, at: tuple[int, int]) -> NDArray[Any]:
    """VADER's valence of each word, turned after a negation; 0 in the target."""
    out = list(seen.valence)
    for i, value in enumerate(out):
        if value and any(k in _NEGATIONS or k.endswith("n't") for k in seen.keys[max(0, i - 3) : i]):
            out[i] *= _NEGATED
    out[at[0] : at[1] + 1] = [0.0] * (at[1] + 1 - at[0])
    return np.array(out)


def _clause(seen: Sentence, first: int, last: int) -> tuple[int, int]:
    """First and last word of the clause around the target."""
    start, end = first, last

    def parted(i: int) -> bool:
        """Whether a mark stands between word i - 1 and word i."""
        gap = seen.text[seen.starts[i - 1] + len(seen.words[i - 1]) : seen.starts[i]]
        return _CLAUSE_MARKS.search(gap) is not None

    while start > 0 and seen.keys[start - 1] not in _CLAUSE_WORDS and not parted(start):
        start -= 1
    while end + 1 < len(seen) and seen.keys[end + 1] not in _CLAUSE_WORDS and not parted(end + 1):
        end += 1
    return start, end
