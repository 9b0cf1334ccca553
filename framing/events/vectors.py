"""Articles as weighted words and pairs of words.

A word's weight rests on how many documents hold it: of the articles at hand and of
English at large, so that five articles on one subject are told apart by what they do
not share, and one article is not all rare words.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from framing.events.background import shares
from framing.events.content import Content, counted
from framing.events.stop_words import ENGLISH_STOP_WORDS
from framing.text import fold

Floats = NDArray[np.float64]
Columns = NDArray[np.int32]

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
    """Articles × terms.

    ``words`` weighs a word by its rarity in the articles at hand and in English at large; rows are of unit
    length or zero. ``parts`` are the words, pairs of words, and once more what stands in the title, in the
    lead and as a number; the inner products of two articles in all parts add up to their similarity, 0 to 1.
    ``scarcity`` is the rarity of each word in the articles at hand alone.
    """

    words: sparse.csr_matrix
    parts: tuple[sparse.csr_matrix, ...]
    scarcity: Floats
    vocabulary: NDArray[np.object_]  # of words


# How many articles English at large counts for. Below it rarity is mostly that of the
# language, above it mostly that of the articles at hand.
_PRIOR_ARTICLES = 50.0
# An event with many articles makes the words that name it common among the articles at hand, but not in
# English: of its rarity there a word keeps this part, in full from so many articles on. Of a few articles
# what all of them say is the subject.
_KEPT = 0.5
_ENOUGH_ARTICLES = 100
_RAREST = 0.0005  # share of texts for words that are not among the most common
# Share of articles that hold a given pair of content words, where nothing is known.
_PAIR_SHARE = 2e-4
_AT_ONCE = 2**20  # pairs whose slots are found at a time
_ROWS_AT_ONCE = 2000  # articles that are weighted at a time
_MIX = np.uint64(0x9E3779B97F4A7C15)  # 2**64 over the golden ratio: spreads numbers (Knuth 1973)
# Slots for pairs of words: an article has some 300, and a few collisions add less than its noise.
_MOST_SLOTS = 22  # bits
_SLOTS_PER_ARTICLE = 512
# What each part of an article adds to a similarity; chosen on public gold data, each set left
# out in turn. Pairs of words are names and phrases; the lead tells the event, the rest of a
# text its background; numbers are victims, votes, dates.
_WORDS, _PAIRS, _TITLES, _LEADS, _NUMBERS = 0.59, 0.09, 0.09, 0.18, 0.05
# Content words of the lead after the title: two or three sentences.
_LEAD = 60
# A text without a title has its first words for one.
_TITLE = 10


def vectors(content: Content) -> Vectors:
    """Vectors of articles given as their content words (:func:`terms`)."""
    n = len(content)
    if not len(content.vocabulary):
        empty = sparse.csr_matrix((n, 1))
        return Vectors(empty, (), np.zeros(1), np.array([""], dtype=object))
    # One after the other, the largest first: each takes some kilobytes an article while it is made.
    pairs = _pairs(content)
    counts = content.counts()
    in_articles = _n_articles(counts)
    rarity = _word_rarity(in_articles, shares(content.vocabulary), n)
    words = _by_blocks(counts, lambda some: _weighted(some, rarity), np.float64)
    number = np.array([any(c.isdigit() for c in word) for word in content.vocabulary])
    common = _part(counts, in_articles, rarity, _WORDS)
    numbers = _part(counts, in_articles, rarity * number, _NUMBERS)
    del counts
    title = np.where(content.n_title > 0, content.n_title, _TITLE)
    of_titles, of_leads = content.counts(title), content.counts(content.n_title + _LEAD)
    titles = _part(of_titles, _n_articles(of_titles), rarity, _TITLES)
    leads = _part(of_leads, _n_articles(of_leads), rarity, _LEADS)
    parts = (common, pairs, titles, leads, numbers)
    return Vectors(words, parts, np.log((n + 1) / np.maximum(in_articles, 1)), content.vocabulary)


def _pairs(content: Content) -> sparse.csr_matrix:
    """Neighbouring content words as a part of the similarity, each pair in one of many slots."""
    n = len(content)
    bits = min(_MOST_SLOTS, (n * _SLOTS_PER_ARTICLE).bit_length())
    hashes = np.array([_hash(word) for word in content.vocabulary], dtype=np.uint64)
    words, starts = content.words, content.starts
    slots = np.empty(len(words), dtype=np.int32)
    for at in range(0, len(slots), _AT_ONCE):
        said = hashes[words[at : at + _AT_ONCE + 1]]
        slots[at : at + len(said) - 1] = (said[:-1] * _MIX + said[1:]) * _MIX >> np.uint64(64 - bits)
    # The last word of an article is the first of no pair: it gets a slot that weighs nothing.
    slots[starts[1:][np.diff(starts) > 0] - 1] = 2**bits
    counts = counted(slots, starts, 2**bits + 1)
    del slots
    in_articles = _n_articles(counts)
    rarity = _rarity(in_articles, _PAIR_SHARE, n)
    rarity[-1] = 0
    return _part(counts, in_articles, rarity, _PAIRS)


def _hash(word: str) -> int:
    """The same number on every machine."""
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def _part(counts: sparse.csr_matrix, in_articles: Floats, weight: Floats, share: float) -> sparse.csr_matrix:
    """A part of the similarity, without what one article alone has: it adds to no product of two.

    In single precision: the products of pairs wait for memory, and seven digits rank neighbours as well.
    """
    several = in_articles > 1

    def made(some: sparse.csr_matrix) -> sparse.csr_matrix:
        part = _weighted(some, weight)
        part.data *= np.where(several[part.indices], np.sqrt(share), 0)
        part.eliminate_zeros()
        return part

    return _by_blocks(counts, made, np.float32)


def _by_blocks(
    counts: sparse.csr_matrix, made: Callable[[sparse.csr_matrix], sparse.csr_matrix], kind: type[np.floating]
) -> sparse.csr_matrix:
    """What ``made`` makes of the rows, no more entries than they have, some rows at a time.

    Worked out of all at once it would take several times the memory of ``counts``.
    """
    data, columns = np.empty(counts.nnz, dtype=kind), np.empty(counts.nnz, dtype=np.int32)
    starts = np.zeros(counts.shape[0] + 1, dtype=np.int64)
    for at in range(0, counts.shape[0], _ROWS_AT_ONCE):
        some = made(counts[at : at + _ROWS_AT_ONCE])
        begin, end = starts[at], starts[at] + some.nnz
        data[begin:end], columns[begin:end] = some.data, some.indices
        starts[at : at + len(some.indptr)] = begin + some.indptr
    return sparse.csr_matrix((data[: starts[-1]], columns[: starts[-1]], starts), shape=counts.shape)


def _n_articles(counts: sparse.csr_matrix) -> Floats:
    return np.bincount(counts.indices, minlength=counts.shape[1]).astype(np.float64)


def _rarity(in_articles: Floats, in_language: Floats | float, n: int) -> Floats:
    """Inverse document frequency over ``n`` articles and a prior of articles of English at large."""
    share: Floats = in_articles + _PRIOR_ARTICLES * in_language
    share /= n + _PRIOR_ARTICLES
    rarity = np.log(np.clip(share, 1e-12, 1, out=share), out=share)
    return np.negative(rarity, out=rarity)


def _word_rarity(in_articles: Floats, in_language: Floats, n: int) -> Floats:
    """:func:`_rarity`, of words that English at large has seldom not less than a part of what it is there."""
    part = _KEPT * min(1.0, n / _ENOUGH_ARTICLES)
    kept: Floats = -part * np.log(np.maximum(in_language, _RAREST))
    return np.maximum(_rarity(in_articles, in_language, n), kept)


def _weighted(counts: sparse.csr_matrix, weight: Floats) -> sparse.csr_matrix:
    weighted = counts.astype(np.float64)
    np.log(weighted.data, out=weighted.data)
    weighted.data += 1
    weighted.data *= weight[weighted.indices]
    weighted.eliminate_zeros()
    rows = np.repeat(np.arange(weighted.shape[0]), np.diff(weighted.indptr))
    lengths = np.sqrt(np.bincount(rows, weights=weighted.data**2, minlength=weighted.shape[0]))
    weighted.data /= lengths[rows]
    return weighted
