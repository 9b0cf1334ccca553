"""Frames and moral foundations: calibrated probabilities from words, vectors and the transparent lists."""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from framing import lexicon
from framing.wording.features import matrix, pairs, pooled, single
from framing.wording.files import arrays
from framing.wording.linear import Hashed, crc, crcs, hashed, load, logit, sigmoid
from framing.wording.vectors import DIMENSIONS, Floats
from framing.wording.words import Sentence, sentence

LISTS = ("frames", "moral")

# The label of a policy frame -> its category in the list "frames".
CATEGORY = {
    "economic": "economic",
    "morality": "morality",
    "fairness": "fairness",
    "legality_crime": "legality and crime",
    "political_policy": "political and policy",
    "security_defense": "security and defense",
    "health_safety": "health and safety",
    "cultural_identity": "cultural identity",
    "public_opinion": "public opinion",
}

# Policy frames: the share of the list against the model's, by cross-validation. The list
# alone does better than a model of 200 sentences, the two together best.
LIST_SHARE = 0.6
# What counts against the list where it has few words, and the part of that which is "other".
_DOUBT, _OTHER = 0.5, 0.4

# A frame's words beyond this many in one text say no more.
_MOST = 3


@dataclass(frozen=True, slots=True)
class Topic:
    """A label with its calibrated probability, 0 to 1; ``assigned`` at or above its threshold."""

    label: str
    probability: float
    assigned: bool


@functools.cache
def labels(model: str) -> tuple[str, ...]:
    """The labels of a model, in the order of its columns."""
    return tuple(arrays(model)["labels"].tobytes().decode("utf-8").split("\n"))


# One sentence is asked for in several voices and under several labels.
@functools.lru_cache(maxsize=4096)
def probabilities(text: str, model: str) -> Mapping[str, float]:
    """The probability of every label of ``model`` for one text; see :func:`topics`."""
    return {topic.label: topic.probability for topic in topics(text, model)}


def topics(text: str, model: str) -> tuple[Topic, ...]:
    """Every label of ``model`` for one text. Raises FramingError where the model is not installed."""
    one, held = load(model), arrays(model)
    seen = sentence(text)
    by_letters = held["characters"].item() if "characters" in held else 0.0
    p = one.probability(one.score(*features(seen, _idf(model), by_letters)))
    assigned = p >= one.threshold
    if "mixed_slope" in held:
        mixed = mix(p, list_shares(seen, labels(model)))
        p = sigmoid(logit(mixed) * held["mixed_slope"] + held["mixed_shift"])
        assigned = mixed >= mixed.max()
    elif held["at_least_one"]:
        assigned |= p >= p.max()
    return tuple(
        Topic(label, float(q), bool(yes)) for label, q, yes in zip(labels(model), p, assigned, strict=True)
    )


def mix(p: NDArray[Any], shares: NDArray[Any]) -> NDArray[Any]:
    """The list's shares and the model's probabilities (both (k,)), mixed."""
    out: NDArray[Any] = LIST_SHARE * shares + (1 - LIST_SHARE) * p / p.sum()
    return out


def list_shares(seen: Sentence, names: Sequence[str]) -> NDArray[Any]:
    """For each policy frame its share of the words of the list ``frames``; the rest is "other"."""
    counts = list_counts(seen, "frames")
    found = np.array([counts.get(CATEGORY.get(name, ""), 0) for name in names], dtype=float)
    total = found.sum()
    shares = found / (total + _DOUBT)
    shares[[name not in CATEGORY for name in names]] = _OTHER / (total + _DOUBT)
    out: NDArray[Any] = shares
    return out


@functools.cache
def _idf(model: str) -> Floats:
    out: Floats = arrays(model)["idf"].astype(np.float32)
    return out


def features(seen: Sentence, idf: Floats, by_letters: float = 0) -> tuple[Hashed, Floats]:
    """Named features, weighted by inverse document frequency ``idf`` (2**bits,), and dense ones.

    ``by_letters`` is the weight of runs of characters beside words; 0 leaves them out.
    """
    names = _unit(stems(seen.keys), idf)
    if by_letters:
        letters = _unit(characters(seen.keys), idf, by_letters)
        names = Hashed(np.concatenate([names.at, letters.at]), np.concatenate([names.values, letters.values]))
    mean = np.zeros(DIMENSIONS, dtype=np.float32)
    if len(seen):
        mean = idf[_singles(seen.keys) & (len(idf) - 1)] @ matrix(seen.keys)
    mean = mean * np.float32(math.sqrt(DIMENSIONS) / (math.sqrt(float(mean @ mean)) + 1e-6))
    return names, np.concatenate([mean, 2 * pooled(seen.keys)[DIMENSIONS:], _lists(seen.text)])


def _unit(names: Hashed, idf: Floats, length: float = 1) -> Hashed:
    """``names`` times their inverse document frequencies, scaled to ``length``."""
    weighted = names.values * idf[names.at & (len(idf) - 1)]
    size = math.sqrt(float(weighted @ weighted))
    return Hashed(names.at, weighted * np.float32(length / (size or 1.0)))


# Four models ask for one sentence.
@functools.lru_cache(maxsize=1024)
def _singles(keys: tuple[str, ...]) -> NDArray[np.int64]:
    return np.array([single(key) for key in keys], np.int64)


@functools.lru_cache(maxsize=1024)
def characters(keys: tuple[str, ...]) -> Hashed:
    """Runs of three to five characters within the words, their borders as blanks, each once."""
    runs = set().union(*map(_runs, keys))
    return Hashed(np.fromiter(runs, np.int64, count=len(runs)), np.ones(len(runs), np.float32))


@functools.lru_cache(maxsize=20_000)
def _runs(key: str) -> frozenset[int]:
    text = f" {key} "
    return frozenset(crcs([f"c:{text[i : i + n]}" for n in (3, 4, 5) for i in range(len(text) - n + 1)]))


@functools.lru_cache(maxsize=1024)
def _lists(text: str) -> Floats:
    """For each category of the lists: how many words, whether any, and its share of the list's words."""
    out = []
    for name in LISTS:
        counts = np.array(list(_counted(text, name).values()), dtype=np.float32)
        out += [np.minimum(counts, _MOST), counts > 0, counts * np.float32(2 / (float(counts.sum()) + 1))]
    return np.concatenate(out, dtype=np.float32)


@functools.lru_cache(maxsize=1024)
def stems(keys: tuple[str, ...]) -> Hashed:
    """Words without a plural s, pairs of them and beginnings of long ones, with the weight of their kind."""
    parts = [_stem(key) for key in keys]
    found = {at: value for _, own in parts for at, value in own}
    found |= dict.fromkeys(pairs("2:", tuple([stem for stem, _ in parts])), 0.7)
    return hashed(found)


@functools.lru_cache(maxsize=50_000)
def _stem(key: str) -> tuple[str, tuple[tuple[int, float], ...]]:
    """A word without a plural s, and the features that it gives."""
    stem = key[:-1] if len(key) > 4 and key.endswith("s") and not key.endswith("ss") else key
    names = {f"1:{stem}": 1.0}
    if len(stem) > 4:
        names[f"4:{stem[:5]}"] = 0.7
    if len(stem) > 6:
        names[f"6:{stem[:7]}"] = 0.5
    return stem, tuple([(crc(name), value) for name, value in names.items()])


def list_counts(seen: Sentence, name: str) -> Mapping[str, int]:
    """How many words of each category of the list ``name`` the text has."""
    return _counted(seen.text, name)


@functools.lru_cache(maxsize=2048)
def _counted(text: str, name: str) -> Mapping[str, int]:
    one = lexicon.load(name)
    out = dict.fromkeys(sorted(one.card.categories), 0)
    for match in one.matches(text):
        out[match.entry.category] += 1
    return out
