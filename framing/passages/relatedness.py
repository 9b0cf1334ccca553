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
_LEAST_COSINE, _RANGE = 0.4, 0.45


def _lines(name: str) -> Iterator[str]:
    text = (files("framing.passages") / name).read_text(encoding="utf-8")
    return (line for line in text.splitlines() if line and not line.startswith("#"))


@functools.cache
def _wordnet() -> tuple[Mapping[str, Mapping[str, float]], Mapping[str, frozenset[str]]]:
    """Of each word the words near it and how near they are, and its opposites; both from either word."""
    near: dict[str, dict[str, float]] = {}
    opposites: dict[str, set[str]] = {}
    for line in _lines("wordnet.tsv"):
        word, same, similar, contrary = line.split("\t")
        for value, others in ((_NEAR, similar), (_SAME, same)):
            for other in others.split():
                near.setdefault(word, {})[other] = near.setdefault(other, {})[word] = value
        for other in contrary.split():
            opposites.setdefault(word, set()).add(other)
            opposites.setdefault(other, set()).add(word)
    return MappingProxyType(near), MappingProxyType({w: frozenset(o) for w, o in opposites.items()})


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
def _on_side() -> Mapping[tuple[int, int], frozenset[str]]:
    """The words of each line and side of the list of opposites."""
    found: dict[tuple[int, int], set[str]] = {}
    for word, places in _sides().items():
        for place in places:
            found.setdefault(place, set()).add(word)
    return MappingProxyType({place: frozenset(words) for place, words in found.items()})


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
    centred /= np.sqrt(centred.dot(centred))
    return centred


def related() -> Mapping[str, Mapping[str, float]]:
    """The words that WordNet has near each word or lemma, and how near, 0 to 1."""
    return _wordnet()[0]


@functools.cache
def with_contraries() -> frozenset[str]:
    """The words and lemmas for which :func:`contraries` finds some."""
    return frozenset([*_wordnet()[1], *_sides()])


@functools.lru_cache(maxsize=50_000)
def contraries(form: str) -> frozenset[str]:
    """The words that are opposites of a word or lemma, by WordNet or by the list."""
    listed = (_on_side().get((n, 1 - side), frozenset()) for n, side in _sides().get(form, ()))
    return _wordnet()[1].get(form, frozenset()).union(*listed)


def relatedness(word: str, lemma: str, other: str, other_lemma: str) -> float:
    """How near two words are, 0 to 1; 1 only for one and the same. ``lemma`` may hold a particle ("give_up").

    >>> relatedness("quit", "quit", "resigned", "resign")
    0.9
    """
    if word == other or lemma == other_lemma:
        return 1.0
    near, _ = _wordnet()
    mine = [near[form] for form in (word, lemma) if form in near]
    known = max((found.get(form, 0.0) for found in mine for form in (other, other_lemma)), default=0.0)
    return max(known, float(by_cosine(np.array(vector(word) @ vector(other)))))


def by_cosine(cosine: Floats) -> Floats:
    """How near words are as far as the cosines of their vectors tell; 0 up to :data:`_LEAST_COSINE`."""
    near: Floats = np.clip((cosine - _LEAST_COSINE) / _RANGE, 0.0, _SAME)
    return near


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
    return any(form in contrary.get(own, ()) for own in (word, lemma) for form in (other, other_lemma))
