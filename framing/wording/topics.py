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
from framing.wording.features import pooled
from framing.wording.files import arrays
from framing.wording.linear import bucket, load, logit, sigmoid
from framing.wording.vectors import DIMENSIONS, Floats, vectors
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


def topics(text: str, model: str) -> tuple[Topic, ...]:
    """Every label of ``model`` for one text. Raises FramingError where the model is not installed."""
    one, held = load(model), arrays(model)
    seen = sentence(text)
    by_letters = held["characters"].item() if "characters" in held else 0.0
    names, dense = features(seen, _idf(model), by_letters)
    p = one.probability(one.score(names, dense))
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


def features(seen: Sentence, idf: Floats, by_letters: float = 0) -> tuple[dict[str, float], Floats]:
    """Named features, weighted by inverse document frequency ``idf`` (2**bits,), and dense ones.

    ``by_letters`` is the weight of runs of characters beside words; 0 leaves them out.
    """
    bits = len(idf).bit_length() - 1
    names = _unit(stems(seen), idf)
    if by_letters:
        names |= _unit(dict.fromkeys(characters(seen), 1.0), idf, by_letters)
    weights = np.array([idf[bucket(f"1:{key}", bits)] for key in seen.keys], dtype=np.float32)
    matrix = vectors(seen.keys)
    mean = (matrix * weights[:, None]).sum(axis=0) if len(seen) else np.zeros(DIMENSIONS, dtype=np.float32)
    mean = mean / (np.linalg.norm(mean) + 1e-6) * math.sqrt(DIMENSIONS)
    dense = np.concatenate([mean, 2 * pooled(matrix)[DIMENSIONS:], _lists(seen)])
    return names, dense.astype(np.float32)


def _unit(names: Mapping[str, float], idf: Floats, length: float = 1) -> dict[str, float]:
    """``names`` times their inverse document frequencies, scaled to ``length``."""
    bits = len(idf).bit_length() - 1
    weighted = {name: value * float(idf[bucket(name, bits)]) for name, value in names.items()}
    size = math.sqrt(sum(value * value for value in weighted.values())) / length or 1.0
    return {name: value / size for name, value in weighted.items()}


def characters(seen: Sentence) -> list[str]:
    """Runs of three to five characters within the words, their borders as blanks, each once."""
    text = f" {' '.join(seen.keys)} "
    runs = {text[i : i + n] for n in (3, 4, 5) for i in range(len(text) - n + 1)}
    return sorted(f"c:{run}" for run in runs if " " not in run[1:-1])


def _lists(seen: Sentence) -> Floats:
    """For each category of the lists: how many words, whether any, and its share of the list's words."""
    out = []
    for name in LISTS:
        counts = np.array(list(list_counts(seen, name).values()), dtype=np.float32)
        out += [np.minimum(counts, _MOST), counts > 0, 2 * counts / (counts.sum() + 1)]
    return np.concatenate(out).astype(np.float32)


def stems(seen: Sentence) -> Mapping[str, float]:
    """:func:`_stems` of the words; several models ask for the same sentence."""
    return _stems(seen.keys)


@functools.lru_cache(maxsize=1024)
def _stems(words: tuple[str, ...]) -> Mapping[str, float]:
    """Words without a plural s, pairs of them and beginnings of long ones, with the weight of their kind."""
    keys = [k[:-1] if len(k) > 4 and k.endswith("s") and not k.endswith("ss") else k for k in words]
    out: dict[str, float] = {}
    for i, k in enumerate(keys):
        out[f"1:{k}"] = 1.0
        if i + 1 < len(keys):
            out[f"2:{k} {keys[i + 1]}"] = 0.7
        if len(k) > 4:
            out[f"4:{k[:5]}"] = 0.7
        if len(k) > 6:
            out[f"6:{k[:7]}"] = 0.5
    return out


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
