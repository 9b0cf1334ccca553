"""What the models look at: n-grams, style counts, pooled vectors, and the shape and neighbours of a word."""

from __future__ import annotations

import functools
import itertools
import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framing import lexicon
from framing.wording.linear import Hashed, crc, crcs, hashed
from framing.wording.vectors import DIMENSIONS, Floats, vectors
from framing.wording.words import Sentence

_FIRST_PERSON = frozenset({"i", "we", "my", "our", "us", "me"})
_SECOND_PERSON = frozenset({"you", "your"})


@functools.lru_cache(maxsize=50_000)
def single(key: str) -> int:
    """The number of a word as an n-gram."""
    return crc(f"1:{key}")


# The hashing of pairs takes a good part of a prediction, and several models ask for one sentence.
@functools.lru_cache(maxsize=1024)
def pairs(name: str, keys: tuple[str, ...]) -> tuple[int, ...]:
    """The numbers of the pairs of neighbours, as features called ``name``."""
    return crcs([f"{name}{a} {b}" for a, b in itertools.pairwise(keys)])


# One sentence is asked for by several models.
@functools.lru_cache(maxsize=1024)
def ngrams(keys: tuple[str, ...]) -> Hashed:
    """Words and pairs of words that occur, at a value that makes the whole of unit length."""
    names = dict.fromkeys([*(single(key) for key in keys), *pairs("2:", keys)], 0.0)
    return hashed(dict.fromkeys(names, 1 / math.sqrt(max(1, len(names)))))


@functools.lru_cache(maxsize=1024)
def matrix(keys: tuple[str, ...]) -> Floats:
    """The vectors of the words, (n, 50). Nobody may change what is returned."""
    return vectors(keys)


@functools.lru_cache(maxsize=1024)
def pooled(keys: tuple[str, ...]) -> Floats:
    """Mean, maximum and minimum over the vectors of known words: (150,), noughts where none is."""
    return pool(matrix(keys))


def pool(held: Floats) -> Floats:
    """:func:`pooled` of vectors, (n, d): (3 d,)."""
    known = held[held.any(axis=1)]
    if not len(known):
        return np.zeros(3 * held.shape[1], dtype=np.float32)
    return np.concatenate(
        [np.add.reduce(known) / np.float32(len(known)), known.max(axis=0), known.min(axis=0)]
    )


@functools.cache
def _categories() -> tuple[str, ...]:
    return tuple(sorted({f"loaded:{e.category}" for e in lexicon.load("loaded").entries.values()}))


@functools.lru_cache(maxsize=20_000)
def _counted(word: str, key: str, mark: str, valence: float) -> Floats:
    """What :func:`style` sums of a word."""
    counts = [
        word[0].isdigit(),
        word.isupper() and len(word) > 1,
        word[0].isupper(),
        key.endswith("ly") and len(key) > 4,
        key in _FIRST_PERSON,
        key in _SECOND_PERSON,
        len(key),
        *(mark == category for category in _categories()),
        mark.startswith("loaded:"),
        mark.startswith("hedges:"),
        max(0.0, valence),
        min(0.0, valence),
        abs(valence) >= 2,
    ]
    return np.array(counts, dtype=np.float32)


@functools.lru_cache(maxsize=1024)
def style(sentence: Sentence) -> Floats:
    """Counts of marks, word shapes, lexicon categories and VADER valence, one vector a sentence."""
    n = max(1, len(sentence))
    root = math.sqrt(n)
    text, valence = sentence.text, sentence.valence
    empty = _counted("-", "-", "", 0.0)
    each = map(_counted, sentence.words, sentence.keys, sentence.marks, valence)
    rows = np.concatenate([0 * empty, *each]).reshape(-1, len(empty))
    digits, upper, title, ly, first, second, letters, *lists = np.add.reduce(rows).tolist()
    *categories, loaded, hedges, good, bad, strong = lists
    quoted = sum(sentence.quoted)
    unquoted = loaded
    if quoted and loaded:
        unquoted -= float(np.array(sentence.quoted) @ rows[1:, len(empty) - 5])
    shapes = [
        math.log(n + 1), text.count('"') / 2, *(float(mark in text) for mark in '"!?-(:;'),
        text.count(",") / n, digits / n, upper / n, title / n, ly / root, first / root, second / root,
        letters / n,
    ]  # fmt: skip
    found = [*(c / root for c in categories), float(loaded > 0), loaded, hedges, (len(sentence) - quoted) / n]
    tone = [good / root, bad / root, max(0.0, *valence, 0.0), min(0.0, *valence, 0.0), strong / root]
    return np.array([*shapes, *found, unquoted, *tone], dtype=np.float32)


def shape(word: str) -> str:
    """Upper, lower, title case or mixed.

    >>> [shape(w) for w in ("NATO", "war", "War", "iPhone")]
    ['A', 'a', 'Aa', 'x']
    """
    if word.isupper() and len(word) > 1:
        return "A"
    if word.islower():
        return "a"
    return "Aa" if word[0].isupper() else "x"


@dataclass(frozen=True, slots=True)
class WordNames:
    """The numbers of the features that a word gives itself and its neighbours."""

    own: tuple[int, ...]
    before: tuple[int, ...]  # for the word after it
    after: tuple[int, ...]
    two_before: tuple[int, ...]
    two_after: tuple[int, ...]


# Beyond the borders of a sentence.
EDGE = WordNames(
    (), crcs(("b=", "bm=", "bv=")), crcs(("a=", "am=", "av=")), crcs(("bb=",)), crcs(("aa=",))
)  # fmt: skip


def word_names(word: str, key: str, mark: str, valence: float) -> WordNames:
    """The features of a word by itself and as a neighbour."""
    strength = round(valence)
    names = [
        *(f"w={key}", f"shape={shape(word)}", f"mark={mark}", f"valence={strength}"),
        f"long={min(12, len(key))}",
        *(f"s{n}={key[-n:]}" for n in (2, 3, 4)),
        *(f"p{n}={key[:n]}" for n in (3, 4, 5)),
    ]  # fmt: skip
    parts = key.split("-") if "-" in key else []
    return WordNames(
        crcs([*names, *(f"part={part}" for part in parts)]),
        crcs((f"b={key}", f"bm={mark}", f"bv={strength}")),
        crcs((f"a={key}", f"am={mark}", f"av={strength}")),
        crcs((f"bb={key}",)),
        crcs((f"aa={key}",)),
    )


FIRST = crcs(("first=0", "first=1"))
QUOTED = crcs(("q=0", "q=1"))


def word_features(sentence: Sentence) -> list[tuple[int, ...]]:
    """The features of each word as numbers: its form, its marks, its neighbours."""
    keys = sentence.keys
    names = [*map(word_names, sentence.words, keys, sentence.marks, sentence.valence)]
    around = [EDGE, EDGE, *names, EDGE, EDGE]
    with_before, with_after = pairs("bw=", ("", *keys)), pairs("wa=", (*keys, ""))
    return [
        (
            *(*own.own, *around[i + 1].before, *around[i + 3].after),
            *(*around[i].two_before, *around[i + 4].two_after),
            *(with_before[i], with_after[i], QUOTED[sentence.quoted[i]], FIRST[i == 0]),
        )
        for i, own in enumerate(names)
    ]


# Weights of the blocks of vectors beside the noughts and ones of the named features:
# the word itself counts for more than its neighbours.
OWN, NEAR = 3.0, 1.5


def word_vectors(held: Floats) -> NDArray[np.float32]:
    """Vectors of each word, the words before and after it, and the sentence, of (n, 50): (n, 200)."""
    if not len(held):
        return np.zeros((0, 4 * DIMENSIONS), dtype=np.float32)
    nought = np.zeros((1, DIMENSIONS), dtype=np.float32)
    before, after = np.vstack([nought, held[:-1]]), np.vstack([held[1:], nought])
    whole = np.broadcast_to(held.mean(axis=0), held.shape)
    return np.hstack([OWN * held, NEAR * before, NEAR * after, NEAR * whole])
