"""The features of one text, and of a word: its shape and its neighbours."""

from __future__ import annotations

import functools
import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framing.wording.linear import Hashed, crcs
from framing.wording.sentences import AFTER, BEFORE, Keys, Sentences
from framing.wording.vectors import DIMENSIONS, Floats, vectors
from framing.wording.words import Sentence


def pairs(name: str, keys: tuple[str, ...]) -> tuple[int, ...]:
    """The numbers of the pairs of neighbours, as features called ``name``."""
    return crcs([f"{name}{a} {b}" for a, b in itertools.pairwise(keys)])


def ngrams(keys: tuple[str, ...]) -> Hashed:
    """:attr:`Keys.ngrams` of one text."""
    return Keys.of([keys]).ngrams


def matrix(keys: tuple[str, ...]) -> Floats:
    """The vectors of the words, (n, 50)."""
    return vectors(keys)


def pooled(keys: tuple[str, ...]) -> Floats:
    """:attr:`Keys.pooled` of one text, (150,)."""
    found: Floats = Keys.of([keys]).pooled[0]
    return found


def style(sentence: Sentence) -> Floats:
    """:attr:`Sentences.style` of one sentence."""
    found: Floats = Sentences([sentence]).style[0]
    return found


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


# The models of biased wording and of loaded language ask for the same words.
@functools.lru_cache(maxsize=5_000)
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
    with_before, with_after = pairs(BEFORE, ("", *keys)), pairs(AFTER, (*keys, ""))
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
