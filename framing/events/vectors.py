"""Articles as weighted words and pairs of words.

A word's weight rests on how many documents hold it: of the articles at hand and of
English at large, so that five articles on one subject are told apart by what they do
not share, and one article is not all rare words.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, CountVectorizer, HashingVectorizer
from sklearn.preprocessing import normalize

from framing.events.background import shares
from framing.text import fold

Floats = NDArray[np.float64]

_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
# Inflections only: "visit", "visits", "visited" are one word; a stemmer that joins more
# joins names too.
_ENDING = re.compile(r"(?:ies|es|s|ed|ing|ly)$")
_MIN_STEM = 5


@functools.lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The word without an inflection.

    >>> stem("visited"), stem("visits"), stem("kim")
    ('visit', 'visit', 'kim')
    """
    return _ENDING.sub("", word) if len(word) >= _MIN_STEM else word


STOP_WORDS = frozenset(stem(w) for w in ENGLISH_STOP_WORDS) | {"mr", "mrs", "ms"}


@functools.lru_cache(maxsize=400_000)
def _term(word: str) -> str:
    """The content word that a lower-case word is, without inflection; empty where it is none."""
    term = stem(word.removesuffix("'s"))
    return "" if len(term) < 2 or term in STOP_WORDS else term


def terms(text: str) -> list[str]:
    """The content words of a text, folded, lower case, without inflections, in order.

    >>> terms("The North's leader visited Moscow")
    ['north', 'leader', 'visit', 'moscow']
    """
    return [term for term in map(_term, _WORD.findall(fold(text).lower())) if term]


def spellings(wanted: Collection[str], text: str) -> dict[str, str]:
    """How ``text`` mostly spells each of the ``wanted`` content words that it holds."""
    counts: dict[str, Counter[str]] = {}
    for word in _WORD.findall(fold(text)):
        term = _term(word.lower())
        if term in wanted:
            counts.setdefault(term, Counter())[word.removesuffix("'s")] += 1
    return {term: min(found, key=lambda w: (-found[w], w)) for term, found in counts.items()}


def pairs(words: Sequence[str]) -> list[str]:
    """Neighbouring content words: names of two words, fixed phrases, parts of shared quotations."""
    return [f"{a} {b}" for a, b in pairwise(words)]


@dataclass(frozen=True, slots=True)
class Vectors:
    """Articles × terms, rows of unit length (or zero).

    ``words`` and ``pairs`` weigh a term by its rarity in the articles at hand and in English
    at large. ``contrast`` weighs words by their rarity here once more: it is what is left of
    an article when the subject that all articles share is taken away.
    """

    words: sparse.csr_matrix
    pairs: sparse.csr_matrix
    contrast: sparse.csr_matrix
    vocabulary: NDArray[np.object_]  # of words and contrast

    def rows(self, chosen: NDArray[np.int64]) -> Vectors:
        """Only the chosen articles."""
        return Vectors(self.words[chosen], self.pairs[chosen], self.contrast[chosen], self.vocabulary)


# How many articles English at large counts for. Below it rarity is mostly that of the
# language, above it mostly that of the articles at hand.
_PRIOR_ARTICLES = 20.0
# Share of articles that hold a given pair of content words, where nothing is known.
_PAIR_SHARE = 2e-4
# Slots for pairs of words: an article has some 300, and a few collisions add less than its noise.
_MOST_SLOTS = 2**22
_SLOTS_PER_ARTICLE = 512


def vectors(content: Sequence[Sequence[str]]) -> Vectors:
    """Vectors of articles given as their content words in order (:func:`terms`)."""
    if not any(content):
        empty = sparse.csr_matrix((len(content), 1))
        return Vectors(empty, empty, empty, np.array([""], dtype=object))
    n = len(content)
    counter = CountVectorizer(analyzer=_as_given, dtype=np.float64)
    counts = counter.fit_transform(content)
    vocabulary = counter.get_feature_names_out()
    slots = min(_MOST_SLOTS, 2 ** (n * _SLOTS_PER_ARTICLE).bit_length())
    hasher = HashingVectorizer(analyzer=pairs, n_features=slots, alternate_sign=False, norm=None)
    pair_counts = hasher.transform(content)
    in_articles = _n_articles(counts)
    rarity = _rarity(in_articles, shares(vocabulary), n)
    contrast = np.log((n + 1) / np.maximum(in_articles, 1))
    return Vectors(
        _weighted(counts, rarity),
        _weighted(pair_counts, _rarity(_n_articles(pair_counts), _PAIR_SHARE, n)),
        _weighted(counts, rarity * contrast),
        vocabulary,
    )


def _as_given(words: Sequence[str]) -> Sequence[str]:
    return words


def _n_articles(counts: sparse.csr_matrix) -> Floats:
    return np.bincount(counts.indices, minlength=counts.shape[1]).astype(np.float64)


def _rarity(in_articles: Floats, in_language: Floats | float, n: int) -> Floats:
    """Inverse document frequency over ``n`` articles and a prior of articles of English at large."""
    share = (in_articles + _PRIOR_ARTICLES * in_language) / (n + _PRIOR_ARTICLES)
    rarity: Floats = -np.log(np.minimum(np.maximum(share, 1e-12), 1))
    return rarity


def _weighted(counts: sparse.csr_matrix, weight: Floats) -> sparse.csr_matrix:
    weighted = counts.copy()
    weighted.data = (1 + np.log(weighted.data)) * weight[weighted.indices]
    return normalize(weighted)
