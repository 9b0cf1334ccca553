"""Tone toward a target: what the words of a sentence say about the one that they name."""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from framing.article import Span
from framing.wording import sentences
from framing.wording.files import arrays
from framing.wording.groups import Groups
from framing.wording.linear import CLIP, Hashed, by_row, crc, crcs
from framing.wording.sentences import Sentences, pooled
from framing.wording.vectors import WIDE, Floats, vectors
from framing.wording.vocabulary import asked
from framing.wording.words import Sentence

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
# Mentions that the network is asked about together: an article has some twenty.
_AT_ONCE = 24
# Of the sentences that are looked at together, each as often as it has targets: bounds memory where one
# is a page long and names the same people throughout.
_MOST_CHARS = 60_000


# How far a word stands from the target: next to it, within three words, within six, further.
_STEPS = np.array([2, 4, 7])
_NEAR = np.array([crcs([f"{side}{n}" for n in range(4)]) for side in ("before", "after")])
_SIDE = np.array(crcs(["before", "after"]))
_CLAUSE = crc("clause")


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
    """The tone of ``text`` (a sentence) toward ``target``. Raises FramingError where the model is missing.

    Raises ValueError where no word of the sentence lies in the target.
    """
    return tones([(text, target)])[0]


def tones(of: Sequence[tuple[str, Span]]) -> list[Tone]:
    """The tone of each sentence toward its target, as if it stood alone; raises as :func:`tone`."""
    told: list[Tone] = []
    some: list[tuple[str, Span]] = []
    n_chars = 0
    for question in of:
        if some and n_chars + len(question[0]) > _MOST_CHARS:
            told += _tones(some)
            some, n_chars = [], 0
        some.append(question)
        n_chars += len(question[0])
    return told + _tones(some) if some else told


def _tones(of_each: Sequence[tuple[str, Span]]) -> list[Tone]:
    texts = {text: n for n, text in enumerate(dict.fromkeys(text for text, _ in of_each))}
    read = sentences.read(tuple(texts))
    which = [texts[text] for text, _ in of_each]
    at = []
    for n, (_, target) in zip(which, of_each, strict=True):
        words = target_words(read.seen[n], target)
        if words is None:
            raise ValueError(f"no word of the sentence lies in the target {target.start}:{target.end}")
        at.append(words)
    of = _Targets(read, which, at)
    p = network().probabilities(of.features(), of.names())
    strength = np.abs(of.valence) / (1 + of.distance / _HALF_LEXICON)
    strongest, there = of.texts.ranked(strength, 3)
    shown = np.where(there & (strength[strongest] > 0), of.inside[strongest], -1)
    return [
        Tone(bad, neither, good, tuple([one.span(i) for i in sorted(words) if i >= 0]))
        for one, (bad, neither, good), words in zip(of.seen, p.tolist(), shown.tolist(), strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Network:
    """A network with one hidden layer, beside weights of words by where they stand."""

    mean: Floats  # (d,)
    scale: Floats  # (d,)
    inner: Floats  # (d, hidden)
    bias: Floats  # (hidden,)
    outer: Floats  # (hidden, 3)
    last: Floats  # (3,)
    placed: Floats  # (2**bits, 3)
    slope: float  # sharpens or softens the scores so that they are calibrated

    def probabilities(self, x: Floats, names: Hashed) -> NDArray[Any]:
        """Of the three tones, (n, 3), by :func:`features`."""
        return softmax(self.slope * self.scores(x, names))

    def scores(self, x: Floats, names: Hashed) -> NDArray[Any]:
        """Scores of the three tones, (n, 3), uncalibrated."""
        z = np.minimum(np.maximum((x - self.mean) / self.scale, -CLIP), CLIP)
        active = np.maximum(by_row(z, self.inner, _AT_ONCE) + self.bias, 0)
        named = names.texts.sums(self.placed[names.at & (len(self.placed) - 1)])
        out: NDArray[Any] = by_row(active, self.outer) + self.last + named
        return out


@functools.cache
def network() -> Network:
    """The network of the model. Raises FramingError where it is missing."""
    return as_network(arrays(MODEL))


def as_network(arrays_: Mapping[str, NDArray[Any]]) -> Network:
    """The network in the arrays of a model file."""
    held = {key: value.astype(np.float32) for key, value in arrays_.items()}
    slope = float(held.pop("slope").item())
    return Network(**held, slope=slope)


def softmax(x: NDArray[Any]) -> NDArray[Any]:
    """Along the last axis."""
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    out: NDArray[Any] = e / e.sum(axis=-1, keepdims=True)
    return out


def target_words(seen: Sentence, target: Span) -> tuple[int, int] | None:
    """First and last word of the target; None where it covers none (a masked outlet's name)."""
    starts = seen.starts
    first = max(0, bisect.bisect_right(starts, target.start) - 1)
    last = bisect.bisect_left(starts, target.end) - 1
    if first <= last and starts[first] + len(seen.words[first]) <= target.start:
        first += 1
    return (first, last) if first <= last else None


def features(seen: Sequence[Sentence], at: Sequence[tuple[int, int]]) -> tuple[Floats, Hashed]:
    """Sentences as seen from their targets, dense (n, d) and named features.

    Dense: valence, list words and vectors of the other words, summed on each side of the target, near it
    and in its clause. Named: the other words and pairs of them, by themselves and by where they stand.
    ``at``: first and last word of each target.
    """
    of = _Targets(Sentences(seen), range(len(seen)), at)
    return of.features(), of.names()


class _Targets:
    """Sentences with their targets; arrays have one item for each word, or one for each sentence."""

    def __init__(self, of: Sentences, which: Sequence[int], at: Sequence[tuple[int, int]]) -> None:
        self._of = of
        self.seen = [of.seen[n] for n in which]
        self.texts = Groups.of_lengths([len(one) for one in self.seen])
        row = self.texts.row
        # Where each word stands among those of the sentences; a sentence may have several targets.
        self._at = of.texts.starts[np.array(which)][row] + self.texts.inside
        self.inside = self.texts.inside
        self.first, self.last = np.array(at).T
        self.before, self.after = self.inside < self.first[row], self.inside > self.last[row]
        self.distance = np.where(
            self.before, self.first[row] - self.inside, np.where(self.after, self.inside - self.last[row], 0)
        ).astype(float)
        clauses = np.array([_clause(one, *words) for one, words in zip(self.seen, at, strict=True)])
        self.clause = (clauses[row, 0] <= self.inside) & (self.inside <= clauses[row, 1])

    @functools.cached_property
    def valence(self) -> NDArray[Any]:
        """VADER's valence of each word, turned after a negation; 0 in the target."""
        of = self._of
        negates = of.keys.told(_negates)
        turned = np.any([of.texts.shifted(negates, by) for by in (1, 2, 3)], axis=0)
        valence = np.where(turned, of.valence * _NEGATED, of.valence)[self._at]
        out: NDArray[Any] = np.where(self.before | self.after, valence, 0.0)
        return out

    def features(self) -> Floats:
        """Dense ones of :func:`features`."""
        return np.concatenate([self._counts(), *self._blocks()], axis=1, dtype=np.float32, casting="unsafe")

    def names(self) -> Hashed:
        """Named ones of :func:`features`.

        A place is mixed into the number of a word or pair (exclusive or), which costs no further hashing.
        """
        keys, row = self._of.keys, self.texts.row
        found, first = keys.pairs()
        pairs = np.zeros(len(keys.at), np.int64)
        pairs[first] = found
        words, pairs = keys.singles[self._at], pairs[self._at]
        other, side = self.before | self.after, self.after.astype(int)
        both = other & self.texts.shifted(other, -1)
        near = np.searchsorted(_STEPS, self.distance, side="right")
        at = [words, words ^ _NEAR[side, near], words ^ _SIDE[side], words ^ _CLAUSE]
        at += [pairs, pairs ^ _SIDE[side]]
        there = np.stack([other, other, other, other & self.clause, both, both], axis=1)
        texts = Groups(np.repeat(row, there.sum(axis=1)), self.texts.n)
        held = np.stack(at, axis=1)[there]
        return Hashed(held, np.ones(len(held), np.float32), texts)

    def _counts(self) -> NDArray[Any]:
        texts, valence, row = self.texts, self.valence, self.texts.row
        n = texts.counts
        near = 1 / (1 + self.distance / _HALF_LEXICON)
        sides = [self.before, self.after, self.clause]
        places = np.stack([near, near * self.before, near * self.after, *sides, 1 / np.sqrt(n)[row]])
        loaded = np.array([mark.startswith("loaded:") for mark in self._of.marks], float)
        loaded = loaded[self._at]
        kinds = np.stack([valence, np.maximum(valence, 0), np.minimum(valence, 0), loaded])
        sums = texts.sums((kinds[:, None] * places).reshape(-1, len(row)).T)
        quoted = self._of.quoted[self._at].astype(float)
        first = texts.starts + self.first
        own = [texts.sums(loaded), sums[:, 26], sums[:, 21], np.log(n), self.first / n, quoted[first]]
        own += [texts.sums(quoted) / n, self.last - self.first + 1, ['"' in one.text for one in self.seen]]
        return np.concatenate([sums[:, :21], np.stack(own, axis=1)], axis=1)

    def _blocks(self) -> tuple[Floats, ...]:
        """Vectors: pooled, means near, before, after and in the clause, extremes near, the two neighbours."""
        texts, row = self.texts, self.texts.row
        keys = self._of.keys
        held: Floats = keys.known.table(_wide)[keys.at[self._at]]
        held[~(self.before | self.after)] = 0
        told: NDArray[Any] = np.any(held, axis=1)
        weight = (1 / (1 + self.distance / _HALF_VECTORS)).astype(np.float32)
        left, right = np.minimum(self.first, 4), np.minimum(texts.counts - 1 - self.last, 4)
        near = self.distance <= 4
        shares = [
            (near & self.before) / np.maximum(1, left)[row],
            (near & self.after) / np.maximum(1, right)[row],
            self.clause / texts.sums(self.clause.astype(int))[row],
        ]
        means = [weight / texts.sums(weight)[row], *(share.astype(np.float32) for share in shares)]
        weighted = held * weight[:, None]
        start = texts.starts
        after = np.where(right > 0, start + self.last + 1, start + self.first)  # the target itself: noughts
        before = np.where(left > 0, start + self.first - 1, start + self.first)
        return (
            pooled(held, told, texts),
            *(texts.sums(held * mean[:, None]) for mean in means),
            *texts.extremes(weighted),
            *(held[after], held[before]),
        )


@asked
def _negates(key: str) -> bool:
    return key in _NEGATIONS or key.endswith("n't")


def _wide(keys: Sequence[str]) -> Floats:
    return vectors(keys, WIDE)


def _clause(seen: Sentence, first: int, last: int) -> tuple[int, int]:
    """First and last word of the clause around the target."""
    start, end = first, last

    def parted(i: int) -> bool:
        """Whether a mark stands between word i - 1 and word i."""
        gap = seen.text[seen.starts[i - 1] + len(seen.words[i - 1]) : seen.starts[i]]
        return gap != " " and _CLAUSE_MARKS.search(gap) is not None

    while start > 0 and seen.keys[start - 1] not in _CLAUSE_WORDS and not parted(start):
        start -= 1
    while end + 1 < len(seen) and seen.keys[end + 1] not in _CLAUSE_WORDS and not parted(end + 1):
        end += 1
    return start, end
