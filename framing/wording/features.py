"""What the models look at: n-grams, style counts, pooled vectors, and the shape and neighbours of a word."""

from __future__ import annotations

import functools
import math

import numpy as np
from numpy.typing import NDArray

from framing import lexicon
from framing.wording.linear import bucket, buckets
from framing.wording.vectors import DIMENSIONS, Floats, vectors
from framing.wording.words import Sentence

_FIRST_PERSON = frozenset({"i", "we", "my", "our", "us", "me"})
_SECOND_PERSON = frozenset({"you", "your"})


def ngrams(sentence: Sentence, longest: int = 2) -> dict[str, float]:
    """Word n-grams that occur, at a value that makes the whole of unit length."""
    keys = sentence.keys
    names = {
        f"{n}:{' '.join(keys[i : i + n])}" for n in range(1, longest + 1) for i in range(len(keys) - n + 1)
    }
    value = 1 / math.sqrt(max(1, len(names)))
    return dict.fromkeys(sorted(names), value)


@functools.cache
def _categories() -> tuple[str, ...]:
    return tuple(sorted({f"loaded:{e.category}" for e in lexicon.load("loaded").entries.values()}))


def style(sentence: Sentence) -> Floats:
    """Counts of marks, word shapes, lexicon categories and VADER valence, one vector a sentence."""
    n = max(1, len(sentence))
    root = math.sqrt(n)
    text, words, keys = sentence.text, sentence.words, sentence.keys
    loaded = [mark.startswith("loaded:") for mark in sentence.marks]
    shapes = [
        math.log(n + 1),
        text.count('"') / 2,
        *(float(mark in text) for mark in '"!?-(:;'),
        text.count(",") / n,
        sum(w[0].isdigit() for w in words) / n,
        sum(w.isupper() and len(w) > 1 for w in words) / n,
        sum(w[0].isupper() for w in words) / n,
        sum(k.endswith("ly") and len(k) > 4 for k in keys) / root,
        sum(k in _FIRST_PERSON for k in keys) / root,
        sum(k in _SECOND_PERSON for k in keys) / root,
        sum(len(k) for k in keys) / n,
    ]
    lists = [
        *(sum(mark == c for mark in sentence.marks) / root for c in _categories()),
        float(any(loaded)),
        float(sum(loaded)),
        float(sum(mark.startswith("hedges:") for mark in sentence.marks)),
        sum(not q for q in sentence.quoted) / n,
        float(sum(hit and not q for hit, q in zip(loaded, sentence.quoted, strict=True))),
    ]
    good = [v for v in sentence.valence if v > 0]
    bad = [v for v in sentence.valence if v < 0]
    strong = sum(abs(v) >= 2 for v in sentence.valence) / root
    tone = [sum(good) / root, sum(bad) / root, max(good, default=0.0), min(bad, default=0.0), strong]
    return np.array([*shapes, *lists, *tone], dtype=np.float32)


def pooled(matrix: Floats) -> Floats:
    """Mean, maximum and minimum over the known words of (n, 50) vectors: (150,), noughts where none is."""
    known = matrix[np.abs(matrix).sum(axis=1) > 0]
    if not len(known):
        return np.zeros(3 * DIMENSIONS, dtype=np.float32)
    return np.concatenate([known.mean(axis=0), known.max(axis=0), known.min(axis=0)])


@functools.lru_cache(maxsize=50_000)
def _own(word: str, key: str, mark: str, valence: int, bits: int) -> list[int]:
    """The features of a word that do not depend on its neighbours."""
    names = [
        *(
            f"w={key}",
            f"shape={shape(word)}",
            f"mark={mark}",
            f"valence={valence}",
            f"long={min(12, len(key))}",
        ),
        *(f"s{n}={key[-n:]}" for n in (2, 3, 4)),
        *(f"p{n}={key[:n]}" for n in (3, 4, 5)),
    ]
    parts = key.split("-") if "-" in key else []
    return buckets([*names, *(f"part={part}" for part in parts)], bits)


@functools.lru_cache(maxsize=50_000)
def _near(key: str, mark: str, valence: str, bits: int) -> tuple[list[int], list[int], int, int]:
    """What a word is for its neighbours: as the word before, after, two before, two after."""
    before = buckets((f"b={key}", f"bm={mark}", f"bv={valence}"), bits)
    after = buckets((f"a={key}", f"am={mark}", f"av={valence}"), bits)
    return before, after, bucket(f"bb={key}", bits), bucket(f"aa={key}", bits)


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


def word_features(sentence: Sentence, bits: int) -> list[list[int]]:
    """The hashed features of each word: its form, its marks, its neighbours."""
    keys = sentence.keys
    values = [round(v) for v in sentence.valence]
    near = [_near(k, m, str(v), bits) for k, m, v in zip(keys, sentence.marks, values, strict=True)]
    edge = _near("", "", "", bits)
    around = [edge, edge, *near, edge, edge]
    pairs = ["", *keys, ""]
    out = []
    for i, k in enumerate(keys):
        here = buckets(
            (
                f"bw={pairs[i]} {k}",
                f"wa={k} {pairs[i + 2]}",
                f"q={sentence.quoted[i]:d}",
                f"first={i == 0:d}",
            ),
            bits,
        )
        own = _own(sentence.words[i], k, sentence.marks[i], values[i], bits)
        out.append([*own, *around[i + 1][0], *around[i + 3][1], around[i][2], around[i + 4][3], *here])
    return out


# Weights of the blocks of vectors beside the noughts and ones of the named features:
# the word itself counts for more than its neighbours.
_OWN, _NEAR = 3.0, 1.5


def word_vectors(matrix: Floats) -> NDArray[np.float32]:
    """Vectors of each word, the words before and after it, and the sentence: (n, 200)."""
    if not len(matrix):
        return np.zeros((0, 4 * DIMENSIONS), dtype=np.float32)
    nought = np.zeros((1, DIMENSIONS), dtype=np.float32)
    before, after = np.vstack([nought, matrix[:-1]]), np.vstack([matrix[1:], nought])
    whole = np.broadcast_to(matrix.mean(axis=0), matrix.shape)
    return np.hstack([_OWN * matrix, _NEAR * before, _NEAR * after, _NEAR * whole])


def sentence_vectors(sentence: Sentence) -> Floats:
    """The static vectors of the words of ``sentence``, (n, 50)."""
    return vectors(sentence.keys)
