"""How near two words are in meaning, and whether they are opposites.

Rests on three things: a table of WordNet 3.0 (Fellbaum 1998), the project's static word
vectors (GloVe, Pennington et al. 2014), and a short list of opposites of news.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from importlib.resources import files
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from framing.events.background import table as common_words
from framing.wording.vectors import vectors

Floats = NDArray[np.float32]

_SAME, _NEAR = 0.9, 0.6  # one synset or a derived form; similar in WordNet
# Vectors of unrelated words have cosines up to about the first, those of synonyms from the sum on.
_UNRELATED, _RANGE = 0.4, 0.45


def _lines(name: str) -> Iterator[str]:
    text = (files("framing.passages") / name).read_text(encoding="utf-8")
    return (line for line in text.splitlines() if line and not line.startswith("#"))


@functools.cache
def _wordnet() -> tuple[Mapping[tuple[str, str], float], frozenset[tuple[str, str]]]:
    """Nearness of pairs of words in alphabetical order, and the pairs that are opposites."""
    near: dict[tuple[str, str], float] = {}
    opposite: set[tuple[str, str]] = set()
    for line in _lines("wordnet.tsv"):
        word, same, similar, contrary = line.split("\t")
        near |= {(word, other): _NEAR for other in similar.split()}
        near |= {(word, other): _SAME for other in same.split()}
        opposite |= {(word, other) for other in contrary.split()}
    return MappingProxyType(near), frozenset(opposite)


@functools.cache
def _sides() -> Mapping[str, frozenset[tuple[int, int]]]:
    """The line and side of every word of the list of opposites."""
    found: dict[str, set[tuple[int, int]]] = {}
    for n, line in enumerate(_lines("opposites.txt")):
        for side, words in enumerate(line.split("|")):
            for word in words.split():
                found.setdefault(word, set()).add((n, side))
    return MappingProxyType({word: frozenset(places) for word, places in found.items()})


@functools.cache
def _centre() -> Floats:
    """The mean vector of common words, which all vectors share and which says nothing."""
    centre: Floats = vectors([word for word in common_words() if word.isalpha()]).mean(axis=0)
    return centre


@functools.lru_cache(maxsize=50_000)
def vector(word: str) -> Floats:
    """The word's vector less the common centre, (50,), of unit length; zeros where it is unknown."""
    raw: Floats = vectors([word])[0]
    if not raw.any():
        return raw
    centred: Floats = raw - _centre()
    centred /= np.linalg.norm(centred)
    return centred


@functools.lru_cache(maxsize=500_000)
def relatedness(word: str, lemma: str, other: str, other_lemma: str) -> float:
    """How near two words are, 0 to 1; 1 only for one and the same. ``lemma`` may hold a particle ("give_up").

    >>> relatedness("quit", "quit", "resigned", "resign")
    0.9
    """
    if word == other or lemma == other_lemma:
        return 1.0
    near, _ = _wordnet()
    forms = {(min(a, b), max(a, b)) for a in {word, lemma} for b in {other, other_lemma}}
    known = max((near.get(pair, 0.0) for pair in forms), default=0.0)
    cosine = float(vector(word) @ vector(other))
    return max(known, min(_SAME, max(0.0, (cosine - _UNRELATED) / _RANGE)))


@functools.lru_cache(maxsize=200_000)
def opposite(word: str, lemma: str, other: str, other_lemma: str) -> bool:
    """Whether the two words say the contrary of each other.

    >>> opposite("rejected", "reject", "accepted", "accept"), opposite("rose", "rise", "grew", "grow")
    (True, False)
    """
    if word == other or lemma == other_lemma:
        return False
    sides, (_, contrary) = _sides(), _wordnet()
    mine = sides.get(word, frozenset()) | sides.get(lemma, frozenset())
    theirs = sides.get(other, frozenset()) | sides.get(other_lemma, frozenset())
    if not mine & theirs and any((n, 1 - side) in theirs for n, side in mine):
        return True
    return any((min(a, b), max(a, b)) in contrary for a in {word, lemma} for b in {other, other_lemma})
