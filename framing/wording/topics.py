"""Frames and moral foundations: calibrated probabilities from words, vectors and the transparent lists."""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from framing import lexicon
from framing.wording import sentences
from framing.wording.files import arrays
from framing.wording.groups import Groups
from framing.wording.linear import Hashed, crc, crcs, load, logit, once, sigmoid
from framing.wording.numbers import joined
from framing.wording.policy_frames import CATEGORY
from framing.wording.sentences import PAIR, Keys, Sentences
from framing.wording.triggers import network
from framing.wording.vectors import DIMENSIONS, Floats
from framing.wording.words import Sentence

LISTS = ("frames", "moral")

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


def topics(text: str, model: str) -> tuple[Topic, ...]:
    """Every label of ``model`` for one text. Raises FramingError where the model is not installed."""
    return topics_all([text], model)[0]


def topics_all(texts: Sequence[str], model: str) -> list[tuple[Topic, ...]]:
    """Every label of ``model`` for each text, as if it stood alone. Raises FramingError as :func:`topics`."""
    names, (p, assigned) = labels(model), _told(texts, model)
    return [
        tuple([Topic(*topic) for topic in zip(names, *one_text, strict=True)])
        for one_text in zip(p.tolist(), assigned.tolist(), strict=True)
    ]


def probabilities(texts: Sequence[str], model: str) -> NDArray[Any]:
    """The probabilities of :func:`topics_all` alone, (n, k), in the order of :func:`labels`."""
    return _told(texts, model)[0]


def _told(texts: Sequence[str], model: str) -> tuple[NDArray[Any], NDArray[Any]]:
    """The probability of each label of ``model`` for each text, and whether it is assigned; (n, k) both."""
    one, held = load(model), arrays(model)
    if not texts:
        return np.zeros((0, len(one.intercept))), np.zeros((0, len(one.intercept)), bool)
    of = sentences.read(tuple(texts))
    by_letters = held["characters"].item() if "characters" in held else 0.0
    scores, by_words = one.scores(*features(of, _idf(model), by_letters)), network(model)
    p = one.probability(scores if by_words is None else scores + by_words.scores(of.keys))
    assigned = p >= one.threshold
    if "mixed_slope" in held:
        mixed = mix(p, _shares(_lists(of)[0], labels(model)))
        p = sigmoid(logit(mixed) * held["mixed_slope"] + held["mixed_shift"])
        assigned = mixed >= mixed.max(axis=1, keepdims=True)
    elif held["at_least_one"]:
        assigned |= p >= p.max(axis=1, keepdims=True)
    return p, assigned


def mix(p: NDArray[Any], shares: NDArray[Any]) -> NDArray[Any]:
    """The list's shares and the model's probabilities (both (n, k)), mixed."""
    out: NDArray[Any] = LIST_SHARE * shares + (1 - LIST_SHARE) * p / p.sum(axis=1, keepdims=True)
    return out


def list_shares(seen: Sequence[Sentence], names: Sequence[str]) -> NDArray[Any]:
    """For each policy frame its share of the words of the list ``frames``, (n, k); the rest is "other"."""
    return _shares(_lists(Sentences(seen))[0], names)


def _shares(counts: NDArray[Any], names: Sequence[str]) -> NDArray[Any]:
    place = {category: i for i, category in enumerate(_categories("frames"))}
    counted = np.concatenate([counts, np.zeros((len(counts), 1))], axis=1, dtype=float)
    found = counted[:, [place.get(CATEGORY.get(name, ""), -1) for name in names]]
    total = found.sum(axis=1, keepdims=True)
    shares = found / (total + _DOUBT)
    shares[:, [name not in CATEGORY for name in names]] = _OTHER / (total + _DOUBT)
    out: NDArray[Any] = shares
    return out


@functools.cache
def _idf(model: str) -> Floats:
    out: Floats = arrays(model)["idf"].astype(np.float32)
    return out


def features(of: Sentences, idf: Floats, by_letters: float = 0) -> tuple[Hashed, Floats]:
    """Named features, weighted by inverse document frequency ``idf`` (2**bits,), and dense ones, (n, d).

    ``by_letters`` is the weight of runs of characters beside words; 0 leaves them out.
    """
    keys = of.keys
    names = _unit(stems(keys), idf)
    if by_letters:
        letters = _unit(characters(keys), idf, by_letters)
        row = np.concatenate([names.texts.row, letters.texts.row])
        order = np.argsort(row, kind="stable")
        at, values = np.concatenate([names.at, letters.at]), np.concatenate([names.values, letters.values])
        names = Hashed(at[order], values[order], Groups(row[order], len(of)))
    mean = keys.texts.sums(idf[keys.singles & (len(idf) - 1)][:, None] * keys.matrix)
    size = np.sqrt(np.add.reduce(mean * mean, axis=1, keepdims=True)) + np.float32(1e-6)
    mean = mean * (np.float32(math.sqrt(DIMENSIONS)) / size)
    return names, np.concatenate([mean, 2 * keys.pooled[:, DIMENSIONS:], _listed(of)], axis=1)


def _unit(names: Hashed, idf: Floats, length: float = 1) -> Hashed:
    """``names`` times their inverse document frequencies, those of each text scaled to ``length``."""
    weighted = names.values * idf[names.at & (len(idf) - 1)]
    size = np.sqrt(names.texts.sums(weighted * weighted))
    scale = (length / np.where(size > 0, size, 1)).astype(np.float32)
    return Hashed(names.at, weighted * scale[names.texts.row], names.texts)


def characters(keys: Keys) -> Hashed:
    """Runs of three to five characters within the words, their borders as blanks, each once a text."""
    each = [_runs(keys.known[place]) for place in keys.at.tolist()]
    row = np.repeat(keys.texts.row, [len(one) for one in each])
    return once(np.concatenate([np.zeros(0, np.int64), *each]), row, keys.texts.n)


@functools.lru_cache(maxsize=20_000)
def _runs(key: str) -> NDArray[np.int64]:
    text = f" {key} "
    found = {f"c:{text[i : i + n]}" for n in (3, 4, 5) for i in range(len(text) - n + 1)}
    return np.array(crcs(sorted(found)), np.int64)


# Several models ask for the same texts.
@functools.lru_cache(maxsize=4)
def _lists(of: Sentences) -> list[Floats]:
    """Of each of :data:`LISTS` how many words of each category the texts have, (n, k), sorted by category."""
    out = []
    for name in LISTS:
        places = {category: i for i, category in enumerate(_categories(name))}
        at = [row * len(places) + places[entry.category] for row, (*_, entry) in of.matches(name)]
        counts = np.bincount(np.array(at, np.intp), minlength=len(of) * len(places))
        out.append(counts.reshape(len(of), -1).astype(np.float32))
    return out


@functools.lru_cache(maxsize=4)
def _listed(of: Sentences) -> Floats:
    """For each category of the lists: how many words, whether any, and its share of the list's words."""
    out = []
    for counts in _lists(of):
        total = counts.sum(axis=1, keepdims=True)
        out += [np.minimum(counts, _MOST), counts > 0, counts * (2 / (total + 1))]
    return np.concatenate(out, axis=1, dtype=np.float32)


# A word gives so many features at most beside its pairs: itself and its two beginnings.
_OF_STEM = 3


@functools.lru_cache(maxsize=4)
def stems(keys: Keys) -> Hashed:
    """Words without a plural s, pairs of them and beginnings of long ones, with the weight of their kind."""
    told, worth = keys.known.table(_stems), keys.told(_worth)
    first = np.flatnonzero(keys.after)
    second = told[keys.after[first]]
    pairs = joined(told[keys.at[first], _OF_STEM], second[:, _OF_STEM + 1], second[:, _OF_STEM + 2])
    word, kind = np.nonzero(worth)
    row = keys.texts.row
    return once(
        np.concatenate([told[keys.at[word], kind], pairs]),
        np.concatenate([row[word], row[first]]),
        keys.texts.n,
        np.concatenate([worth[word, kind], np.full(len(first), 0.7, np.float32)]),
    )


def _stems(keys: Sequence[str]) -> NDArray[np.int64]:
    """Of each word without a plural s the numbers of its features and, after them, its numbers in pairs.

    Those are as the first of a pair and as the second, and its bytes there (:func:`joined`).
    """
    rows = []
    for stem, names in map(_stem, keys):
        second = f" {stem}"
        pair = crc(f"{PAIR}{stem}"), crc(second), len(second.encode("utf-8", "surrogatepass"))
        rows.append((*crcs(names), *[0] * (_OF_STEM - len(names)), *pair))
    return np.array(rows, np.int64)


def _worth(keys: Sequence[str]) -> Floats:
    """What the features of each word are worth, (n, 3)."""
    worth = [tuple(names.values()) for _, names in map(_stem, keys)]
    return np.array([(*one, *[0.0] * (_OF_STEM - len(one))) for one in worth], np.float32)


def _stem(key: str) -> tuple[str, dict[str, float]]:
    """A word without a plural s, and the names of its features with what they are worth."""
    stem = key[:-1] if len(key) > 4 and key.endswith("s") and not key.endswith("ss") else key
    names = {f"1:{stem}": 1.0}
    if len(stem) > 4:
        names[f"4:{stem[:5]}"] = 0.7
    if len(stem) > 6:
        names[f"6:{stem[:7]}"] = 0.5
    return stem, names


@functools.cache
def _categories(name: str) -> tuple[str, ...]:
    return tuple(sorted(lexicon.load(name).card.categories))
