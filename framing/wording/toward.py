"""Tone toward a target: what the words of a sentence say about the one that they name."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from framing.article import Span
from framing.wording.features import pooled
from framing.wording.files import arrays
from framing.wording.linear import load
from framing.wording.vectors import Floats, vectors
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
# Shares of the two scorers, chosen by cross-validation on grouped sentences.
HIDDEN_SHARE = 0.7


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
    names, dense = features(seen, at)
    linear = softmax(load(MODEL, "linear_").score(names, dense))
    p = HIDDEN_SHARE * hidden(dense) + (1 - HIDDEN_SHARE) * linear
    distance = _distance(len(seen), at)
    strength = np.abs(_valence(seen, at)) / (1 + distance / _HALF_LEXICON)
    words = [int(i) for i in np.argsort(-strength, kind="stable")[:3] if strength[i] > 0]
    return Tone(float(p[0]), float(p[1]), float(p[2]), tuple(seen.spans[i] for i in sorted(words)))


@functools.cache
def _networks() -> tuple[Floats, Floats, Floats, Floats]:
    """Weights and biases of n networks: (d, n * hidden), (n * hidden,), (n, hidden, 3), (n, 3)."""
    held = arrays(MODEL)
    inner, bias, outer, last = (
        held[name].astype(np.float32) for name in ("hidden_in", "hidden_bias", "hidden_out", "out_bias")
    )
    return np.concatenate(list(inner), axis=1), bias.ravel(), outer, last


def hidden(dense: Floats) -> NDArray[Any]:
    """Probabilities (3,) by the mean of the networks with one hidden layer."""
    inner, bias, outer, last = _networks()
    x = load(MODEL, "linear_").standard(dense)
    active = np.maximum(x @ inner + bias, 0).reshape(len(outer), 1, -1)
    out: NDArray[Any] = softmax((active @ outer)[:, 0] + last).mean(axis=0)
    return out


def softmax(x: NDArray[Any]) -> NDArray[Any]:
    """Along the last axis."""
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    out: NDArray[Any] = e / e.sum(axis=-1, keepdims=True)
    return out


def target_words(seen: Sentence, target: Span) -> tuple[int, int] | None:
    """First and last word of the target; None where it covers none (a masked outlet's name)."""
    inside = [i for i, span in enumerate(seen.spans) if span.overlaps(target)]
    return (inside[0], inside[-1]) if inside else None


def features(seen: Sentence, at: tuple[int, int]) -> tuple[dict[str, float], Floats]:
    """Named features and dense features of the sentence as seen from the target."""
    first, last = at
    n = len(seen)
    keys = ["TARGET" if first <= i <= last else key for i, key in enumerate(seen.keys)]
    start, end = _clause(seen, first, last)
    names: dict[str, float] = {}
    for prefix, part, value in (
        ("", keys, 0.6),
        ("L:", keys[:first], 0.6),
        ("R:", keys[last + 1 :], 0.6),
        ("l:", keys[max(0, first - 4) : first], 1.0),
        ("r:", keys[last + 1 : last + 5], 1.0),
        ("c:", keys[start : end + 1], 1.0),
    ):
        for i, word in enumerate(part):
            names[prefix + word] = value
            if i + 1 < len(part):
                names[f"{prefix}{word} {part[i + 1]}"] = value
    left, right = (keys[first - 1] if first else "#"), (keys[last + 1] if last + 1 < n else "#")
    names |= {f"around={left}|{right}": 1.0, f"quoted={seen.quoted[first]:d}": 1.0}
    size = float(np.sqrt(sum(value * value for value in names.values())))
    return {name: value / size for name, value in names.items()}, _dense(seen, at, start, end)


def _dense(seen: Sentence, at: tuple[int, int], start: int, end: int) -> Floats:
    first, last = at
    n = len(seen)
    distance = _distance(n, at)
    near = 1 / (1 + distance / _HALF_LEXICON)
    valence = _valence(seen, at)
    loaded = np.array([mark.startswith("loaded:") for mark in seen.marks], dtype=float)
    out: list[float] = []
    for v in (valence, np.maximum(valence, 0), np.minimum(valence, 0)):
        w = v * near
        out += [w.sum(), w[:first].sum(), w[last + 1 :].sum(), v[:first].sum(), v[last + 1 :].sum()]
        out += [v[start : end + 1].sum(), v.sum() / np.sqrt(n)]
    out += [loaded.sum(), loaded[start : end + 1].sum(), (loaded * near).sum(), np.log(n), first / n]
    out += [float(seen.quoted[first]), sum(seen.quoted) / n, float(last - first + 1), float('"' in seen.text)]
    matrix = vectors(seen.keys).copy()
    matrix[first : last + 1] = 0
    weight = (1 / (1 + distance / _HALF_VECTORS))[:, None]
    nought = np.zeros((1, matrix.shape[1]), dtype=np.float32)
    parts = [matrix[max(0, first - 4) : first], matrix[last + 1 : last + 5], matrix[start : end + 1]]
    means = [(part if len(part) else nought).mean(axis=0) for part in parts]
    mean = (matrix * weight).sum(axis=0) / weight.sum()
    weighted = matrix * weight
    before = matrix[first - 1] if first else nought[0]
    after = matrix[last + 1] if last + 1 < n else nought[0]
    blocks = [pooled(matrix), mean, *means, weighted.max(axis=0), weighted.min(axis=0), after, before]
    return np.concatenate([np.array(out), *blocks]).astype(np.float32)


def _distance(n: int, at: tuple[int, int]) -> NDArray[Any]:
    places = np.arange(n)
    out: NDArray[Any] = np.where(
        places < at[0], at[0] - places, np.where(places > at[1], places - at[1], 0)
    ).astype(float)
    return out


def _valence(seen: Sentence, at: tuple[int, int]) -> NDArray[Any]:
    """VADER's valence of each word, turned after a negation; 0 in the target."""
    out = np.array(seen.valence, dtype=float)
    for i in np.flatnonzero(out).tolist():
        if any(k in _NEGATIONS or k.endswith("n't") for k in seen.keys[max(0, i - 3) : i]):
            out[i] *= _NEGATED
    out[at[0] : at[1] + 1] = 0
    return out


def _clause(seen: Sentence, first: int, last: int) -> tuple[int, int]:
    """First and last word of the clause around the target."""
    start, end = first, last

    def parted(i: int) -> bool:
        """Whether a mark stands between word i - 1 and word i."""
        gap = seen.text[seen.spans[i - 1].end : seen.spans[i].start]
        return _CLAUSE_MARKS.search(gap) is not None

    while start > 0 and seen.keys[start - 1] not in _CLAUSE_WORDS and not parted(start):
        start -= 1
    while end + 1 < len(seen) and seen.keys[end + 1] not in _CLAUSE_WORDS and not parted(end + 1):
        end += 1
    return start, end
