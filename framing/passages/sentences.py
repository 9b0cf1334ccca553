"""Sentences of an event as vectors of their words, of neighbouring words and of meaning.

All words count: a quotation is told by its small words too. Rare words weigh more, but little more,
since the rare words of an event are in all its sentences.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from framing.events.background import shares
from framing.events.neighbours import inner_products
from framing.events.vectors import STOP_WORDS, stem
from framing.passages.relatedness import vector
from framing.passages.statement import word_weight
from framing.text import fold
from framing.wording.vectors import DIMENSIONS

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

PAIRS = 0.3  # of the similarity
TOGETHER = 512  # sentences that are set beside as many at once: tables of 2 MB
# A sentence of which so much stands in a longer one is part of it, though the whole is less alike.
_CONTAINED = 0.7
# Weights of words, minus the logarithm of the share of texts that hold them: these bounds are
# shares of 8 and 2 in 100.
_LEAST, _MOST = 2.5, 3.9
_CONTENT_LEAST, _CONTENT_MOST = 0.7, 7.6  # 50 in 100, 5 in 10,000

_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Sentences:
    """Sentences × words, × pairs of words, × content words and × 50; rows of unit length or zero."""

    words: sparse.csr_matrix
    pairs: sparse.csr_matrix
    content: sparse.csr_matrix
    meaning: Floats  # mean of the vectors of the content words
    pair_sets: sparse.csr_matrix  # each pair once, square roots of weights: products are shared weight
    # Of at most :data:`TOGETHER` sentences the products of words and of pairs, each with each.
    products: tuple[Floats, Floats] | None

    def similarity(self, i: Ints, j: Ints) -> Floats:
        """Of the wording of sentences ``i`` and ``j``, 0 to 1."""
        words, pairs = (
            (inner_products(self.words, i, j), inner_products(self.pairs, i, j))
            if self.products is None
            else (product[i, j] for product in self.products)
        )
        return np.minimum((1 - PAIRS) * words + PAIRS * pairs, 1.0)

    def to_all(self, i: Sequence[int]) -> Floats:
        """:meth:`similarity` of sentences ``i`` to every sentence, (i, sentences)."""
        words, pairs = (
            (_product(held[i], held) for held in (self.words, self.pairs))
            if self.products is None
            else (product[i] for product in self.products)
        )
        alike: Floats = (1 - PAIRS) * words + PAIRS * pairs
        return np.minimum(alike, 1.0)

    def beside(self, one: slice, other: slice) -> tuple[Floats, Floats]:
        """The products of words and of pairs of neighbouring sentences with others."""
        if self.products is None:
            return _product(self.words[one], self.words[other]), _product(self.pairs[one], self.pairs[other])
        words, pairs = self.products
        return words[one, other], pairs[one, other]

    def cosine(self, i: Ints, j: Ints) -> Floats:
        """Of the words of sentences ``i`` and ``j``, 0 to 1."""
        words = inner_products(self.words, i, j) if self.products is None else self.products[0][i, j]
        return np.minimum(words, 1.0)

    def contained(self, i: Ints, j: Ints) -> NDArray[np.bool_]:
        """Whether the pairs of words of the shorter sentence stand in the other."""
        size = np.asarray(self.pair_sets.multiply(self.pair_sets).sum(axis=1)).ravel()
        least = np.minimum(size[i], size[j])
        shared = inner_products(self.pair_sets, i, j)
        within: NDArray[np.bool_] = (least > 0) & (shared >= _CONTAINED * least)
        return within


def words(text: str) -> list[str]:
    """All words of a text, folded and in lower case, in order."""
    return _WORD.findall(fold(text).lower())


def has_terms(said: Sequence[str], least: int) -> bool:
    """Whether there are so many different content words among lower-case ``words``."""
    found = {""}
    for some in (said[: 4 * least], said[4 * least :]):  # most sentences have them soon
        found.update(map(_term, some))
        if len(found) > least:
            return True
    return False


def sentences(texts: Sequence[str]) -> Sentences:
    """The vectors of sentences given as text."""
    return vectors([words(text) for text in texts])


def vectors(said: Sequence[Sequence[str]]) -> Sentences:
    """The vectors of sentences given as their :func:`words`."""
    number: dict[str, int] = {}
    word = np.array([number.setdefault(w, len(number)) for row in said for w in row], dtype=np.int64)
    row = np.repeat(np.arange(len(said)), [len(row) for row in said])
    stemmed = [_stemmed(w) for w in number]
    names = sorted(set(stemmed)) or [""]
    place = {name: n for n, name in enumerate(names)}
    stems = np.array([place[name] for name in stemmed], dtype=np.int64)[word]
    common = np.array([not _is_content(name) for name in names])
    rarity = -np.log(np.maximum(np.where(common, 1.0, shares(names)), 1e-9))
    weight = np.clip(rarity, _LEAST, _MOST)
    after = np.flatnonzero(row[1:] == row[:-1])
    both, pair = np.unique(stems[after] * len(names) + stems[after + 1], return_inverse=True)
    first, second = np.divmod(both, len(names))
    pair_weight = np.sqrt(weight[first] * weight[second])
    paired = _counts(row[after], pair, (len(said), len(both)))
    tells = ~common[stems]
    once = paired.copy()
    once.data = np.sqrt(pair_weight)[once.indices]
    shape = (len(said), len(names))
    words_of, pairs_of = _weighted(_counts(row, stems, shape), weight), _weighted(paired, pair_weight)
    return Sentences(
        words_of,
        pairs_of,
        _weighted(_counts(row[tells], stems[tells], shape), np.clip(rarity, _CONTENT_LEAST, _CONTENT_MOST)),
        _meaning(_counts(row, word, (len(said), len(number))), list(number)),
        once,
        (_product(words_of, words_of), _product(pairs_of, pairs_of)) if len(said) <= TOGETHER else None,
    )


@functools.lru_cache(maxsize=200_000)
def _stemmed(word: str) -> str:
    return stem(word.removesuffix("'s"))


@functools.lru_cache(maxsize=200_000)
def _term(word: str) -> str:
    """The content word that a lower-case word is; empty where it is none."""
    stemmed = _stemmed(word)
    return stemmed if _is_content(stemmed) else ""


def _is_content(stemmed: str) -> bool:
    return len(stemmed) > 1 and stemmed not in STOP_WORDS


def _meaning(counts: sparse.csr_matrix, names: Sequence[str]) -> Floats:
    """The mean of the vectors of the content words by weight, (sentences, 50), of unit length or zero."""
    table = np.zeros((counts.shape[1], DIMENSIONS))
    if names:
        table[:] = np.concatenate([_meant(name) for name in names]).reshape(-1, DIMENSIONS)
    total: Floats = counts @ table
    total /= np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-9)
    return total


@functools.lru_cache(maxsize=50_000)
def _meant(word: str) -> NDArray[np.float32]:
    """The vector of a word as long as its weight, (50,); zeros for words of grammar."""
    stemmed = _stemmed(word)
    weight = 0.0 if stemmed in STOP_WORDS else word_weight(stemmed)
    weighted: NDArray[np.float32] = np.float32(weight) * vector(word.removesuffix("'s"))
    return weighted


def _product(one: sparse.csr_matrix, other: sparse.csr_matrix) -> Floats:
    """Inner products of all rows of two tables."""
    found: Floats = (one @ other.T).toarray()
    return found


def _counts(row: Ints, column: Ints, shape: tuple[int, int]) -> sparse.csr_matrix:
    counts = sparse.csr_matrix((np.ones(len(row)), (row, column)), shape=(shape[0], max(1, shape[1])))
    counts.sum_duplicates()
    return counts


def _weighted(counts: sparse.csr_matrix, weight: Floats) -> sparse.csr_matrix:
    """Rows of unit length or zero; a word that is there again adds less."""
    weighted = counts.copy()
    weighted.data = (1 + np.log(weighted.data)) * weight[weighted.indices]
    row = np.repeat(np.arange(weighted.shape[0]), np.diff(weighted.indptr))
    length = np.sqrt(np.bincount(row, weighted.data**2, weighted.shape[0]))
    weighted.data /= length[row]
    return weighted
