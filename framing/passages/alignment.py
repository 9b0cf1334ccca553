"""Which sentences of two articles say the same.

Alike are sentences that share words and neighbouring words. All words count: a quotation
is told by its small words too, and one clipped by another outlet keeps them. Rare words
weigh more, but little more, since the rare words of an event are in all its sentences.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.preprocessing import normalize

from framing.events.background import shares
from framing.events.neighbours import inner_products
from framing.events.vectors import STOP_WORDS, pairs, stem
from framing.text import fold

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# Best on 102 labelled pairs of real sentences; 0.25 to 0.30 are as good.
MIN_SIMILARITY = 0.28
# Two sentences that share little but small words say nothing alike.
_MIN_CONTENT = 0.12
# A sentence of which so much stands in a longer one is part of it, though the whole is less alike.
_CONTAINED = 0.7
# Weights of words, minus the logarithm of the share of texts that hold them: these bounds are
# shares of 8 and 2 in 100.
_LEAST, _MOST = 2.5, 3.9
_CONTENT_MOST = 7.6  # 5 in 10,000
_PAIRS = 0.3  # of the similarity
_BLOCK = 256

_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Links:
    """Sentences ``i`` < ``j`` of different articles that say the same, and how alike they are, 0 to 1."""

    i: Ints
    j: Ints
    similarity: Floats


@dataclass(frozen=True, slots=True)
class Sentences:
    """Sentences × words, × pairs of words and × content words; rows of unit length or zero."""

    words: sparse.csr_matrix
    pairs: sparse.csr_matrix
    content: sparse.csr_matrix
    pair_sets: sparse.csr_matrix  # each pair once, square roots of weights: products are shared weight

    def similarity(self, i: Ints, j: Ints) -> Floats:
        """Of sentences ``i`` and ``j``, 0 to 1; 0 where they share too little content."""
        alike = (1 - _PAIRS) * inner_products(self.words, i, j) + _PAIRS * inner_products(self.pairs, i, j)
        return np.where(inner_products(self.content, i, j) >= _MIN_CONTENT, np.minimum(alike, 1), 0.0)

    def contained(self, i: Ints, j: Ints) -> NDArray[np.bool_]:
        """Whether the pairs of words of the shorter sentence stand in the other."""
        size = np.asarray(self.pair_sets.multiply(self.pair_sets).sum(axis=1)).ravel()
        least = np.minimum(size[i], size[j])
        shared = inner_products(self.pair_sets, i, j)
        within: NDArray[np.bool_] = (least > 0) & (shared >= _CONTAINED * least)
        return within


def sentences(texts: Sequence[str]) -> Sentences:
    """The vectors of sentences given as text."""
    words = [_words(text) for text in texts]
    neighbours = [pairs(w) for w in words]
    content = [[w for w in row if w not in STOP_WORDS and len(w) > 1] for row in words]
    pair_counts, pair_names = _counts(neighbours)
    pair_weights = np.array([np.sqrt(np.prod(_weights(p.split(" "), _LEAST, _MOST))) for p in pair_names])
    once = pair_counts.copy()
    once.data = np.ones(len(once.data))
    return Sentences(
        _weighted(*_counts(words), lambda names: _weights(names, _LEAST, _MOST)),
        _weighted(pair_counts, pair_names, lambda names: pair_weights),
        _weighted(*_counts(content), lambda names: _weights(names, 0.7, _CONTENT_MOST)),
        sparse.csr_matrix(once @ sparse.diags(np.sqrt(pair_weights))),
    )


def align(vectors: Sentences, articles: Sequence[int]) -> Links:
    """Links between sentences of different ``articles`` (one number a sentence).

    Two sentences are linked where each is the other's most alike in its article, or where
    one is the most alike and the shorter stands in the longer.
    """
    owner = np.asarray(articles, dtype=np.int64)
    i, j = _candidates(vectors, owner)
    similarity = vectors.similarity(i, j)
    near = similarity >= MIN_SIMILARITY
    i, j, similarity = i[near], j[near], similarity[near]
    best_of_i = _is_best(i, owner[j], similarity)
    best_of_j = _is_best(j, owner[i], similarity)
    keep = (best_of_i & best_of_j) | ((best_of_i | best_of_j) & vectors.contained(i, j))
    return Links(i[keep], j[keep], similarity[keep])


def _candidates(vectors: Sentences, owner: Ints) -> tuple[Ints, Ints]:
    """Pairs of sentences of different articles with some content in common, block by block."""
    columns = vectors.content.T.tocsr()
    found: list[NDArray[np.int64]] = []
    for start in range(0, len(owner), _BLOCK):
        product = (vectors.content[start : start + _BLOCK] @ columns).tocoo()
        i, j = product.row.astype(np.int64) + start, product.col.astype(np.int64)
        keep = (product.data >= _MIN_CONTENT) & (i < j) & (owner[i] != owner[j])
        found.append(np.column_stack([i[keep], j[keep]]))
    all_pairs = np.concatenate(found) if found else np.empty((0, 2), dtype=np.int64)
    return all_pairs[:, 0], all_pairs[:, 1]


def _is_best(sentence: Ints, article: Ints, similarity: Floats) -> NDArray[np.bool_]:
    """Whether each link is its sentence's strongest to that article; equals are all the strongest."""
    if not len(sentence):
        return np.empty(0, dtype=bool)
    key = sentence * (int(article.max()) + 1) + article
    _, group = np.unique(key, return_inverse=True)
    most = np.zeros(int(group.max()) + 1)
    np.maximum.at(most, group, similarity)
    best: NDArray[np.bool_] = similarity >= most[group] - 1e-9
    return best


def _words(text: str) -> list[str]:
    found = (m.group().lower().removesuffix("'s") for m in _WORD.finditer(fold(text)))
    return [stem(word) for word in found]


def _counts(rows: Sequence[Sequence[str]]) -> tuple[sparse.csr_matrix, list[str]]:
    vocabulary = {name: at for at, name in enumerate(sorted({name for row in rows for name in row}))}
    cells = [(n, vocabulary[name], c) for n, row in enumerate(rows) for name, c in Counter(row).items()]
    row, column, count = zip(*cells, strict=True) if cells else ((), (), ())
    shape = (len(rows), max(1, len(vocabulary)))
    return sparse.csr_matrix((np.array(count, dtype=np.float64), (row, column)), shape=shape), list(
        vocabulary
    )


def _weights(names: Sequence[str], least: float, most: float) -> Floats:
    """Minus the logarithm of the share of texts that hold each word, within bounds."""
    known = shares(names)
    known[[name in STOP_WORDS or len(name) < 2 for name in names]] = 1.0
    return np.clip(-np.log(np.maximum(known, 1e-9)), least, most)


def _weighted(
    counts: sparse.csr_matrix, names: Sequence[str], weights: Callable[[Sequence[str]], Floats]
) -> sparse.csr_matrix:
    if not names:
        return counts
    weighted = counts.copy()
    weighted.data = (1 + np.log(weighted.data)) * weights(names)[weighted.indices]
    return normalize(weighted)
