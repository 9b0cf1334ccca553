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

    ``words`` weighs a word by its rarity in the articles at hand and in English at large;
    ``combined`` holds beside them pairs of words, and once more what stands in the title,
    in the lead and as a number. Its inner products are similarities of 0 to 1. ``scarcity``
    is the rarity of each word in the articles at hand alone.
    """

    words: sparse.csr_matrix
    combined: sparse.csr_matrix
    scarcity: Floats
    vocabulary: NDArray[np.object_]  # of words

    def rows(self, chosen: NDArray[np.int64]) -> Vectors:
        """Only the chosen articles."""
        return Vectors(self.words[chosen], self.combined[chosen], self.scarcity, self.vocabulary)


# How many articles English at large counts for. Below it rarity is mostly that of the
# language, above it mostly that of the articles at hand.
_PRIOR_ARTICLES = 50.0
# Share of articles that hold a given pair of content words, where nothing is known.
_PAIR_SHARE = 2e-4
# Slots for pairs of words: an article has some 300, and a few collisions add less than its noise.
_MOST_SLOTS = 2**22
_SLOTS_PER_ARTICLE = 512
# What each part of an article adds to a similarity; chosen on public gold data, each set left
# out in turn. Pairs of words are names and phrases; the lead tells the event, the rest of a
# text its background; numbers are victims, votes, dates.
_PARTS = {"words": 0.59, "pairs": 0.09, "title": 0.09, "lead": 0.18, "numbers": 0.05}
# Content words of the lead after the title: two or three sentences.
_LEAD = 60
# A text without a title has its first words for one.
_TITLE = 10


def vectors(content: Sequence[Sequence[str]], n_title: Sequence[int]) -> Vectors:
    """Vectors of articles given as their content words in order (:func:`terms`), title first.

    ``n_title`` says how many of the words are the title.
    """
    if not any(content):
        empty = sparse.csr_matrix((len(content), 1))
        return Vectors(empty, empty, np.zeros(1), np.array([""], dtype=object))
    n = len(content)
    counter = CountVectorizer(analyzer=_as_given, dtype=np.float64)
    counts = counter.fit_transform(content)
    vocabulary = counter.get_feature_names_out()
    in_articles = _n_articles(counts)
    rarity = _rarity(in_articles, shares(vocabulary), n)
    words = _weighted(counts, rarity)
    titles = counter.transform([text[: of or _TITLE] for text, of in zip(content, n_title, strict=True)])
    leads = counter.transform([text[: of + _LEAD] for text, of in zip(content, n_title, strict=True)])
    number = np.array([any(c.isdigit() for c in word) for word in vocabulary])
    parts = {
        "words": words,
        "pairs": _pairs(content),
        "title": _weighted(titles, rarity),
        "lead": _weighted(leads, rarity),
        "numbers": _weighted(counts, rarity * number),
    }
    combined = sparse.hstack([parts[name] * np.sqrt(share) for name, share in _PARTS.items()], format="csr")
    return Vectors(words, combined, np.log((n + 1) / np.maximum(in_articles, 1)), vocabulary)


def _pairs(content: Sequence[Sequence[str]]) -> sparse.csr_matrix:
    n = len(content)
    slots = min(_MOST_SLOTS, 2 ** (n * _SLOTS_PER_ARTICLE).bit_length())
    hasher = HashingVectorizer(analyzer=pairs, n_features=slots, alternate_sign=False, norm=None)
    counts = hasher.transform(content)
    return _weighted(counts, _rarity(_n_articles(counts), _PAIR_SHARE, n))


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
    weighted.eliminate_zeros()
    return normalize(weighted)
