"""Which sentences of two articles say the same.

Pairs are found by words, neighbouring words and the mean of word vectors, then looked at one by one
(:mod:`framing.passages.likeness`), at most :data:`MOST_EXAMINED` of an event. All words count where
pairs are found: a quotation is told by its small words too. Rare words weigh more, but little more,
since the rare words of an event are in all its sentences.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.preprocessing import normalize

from framing.events.background import shares
from framing.events.neighbours import inner_products
from framing.events.vectors import STOP_WORDS, pairs, stem
from framing.passages.likeness import Likeness
from framing.passages.relatedness import vector
from framing.passages.statement import Statement, word_weight
from framing.text import fold
from framing.wording.vectors import DIMENSIONS

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# From this probability on two sentences are one fact: best on 233 real pairs and 311 written ones,
# each left out of the fit in turn; 0.35 to 0.55 are as good.
MIN_PROBABILITY = 0.4
# Pairs that share less content, and whose vectors are less alike, are not looked at.
_MIN_CONTENT, _MIN_VECTORS = 0.12, 0.8
_NEAREST = 3  # sentences of each other article that a sentence is looked at with
_CLEAR = 0.9  # similarity of copies: they need no look
# Pairs of one event that are looked at, the most similar first: some seconds, whatever the event's
# size. Some 60 articles have as many; of more, paraphrases in quite other words are missed first.
MOST_EXAMINED = 40_000
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
    """Sentences ``i`` < ``j`` of different articles that say the same, and how probable that is, 0 to 1."""

    i: Ints
    j: Ints
    probability: Floats


@dataclass(frozen=True, slots=True)
class Sentences:
    """Sentences × words, × pairs of words, × content words and × 50; rows of unit length or zero."""

    words: sparse.csr_matrix
    pairs: sparse.csr_matrix
    content: sparse.csr_matrix
    meaning: Floats  # mean of the vectors of the content words
    pair_sets: sparse.csr_matrix  # each pair once, square roots of weights: products are shared weight

    def similarity(self, i: Ints, j: Ints) -> Floats:
        """Of the wording of sentences ``i`` and ``j``, 0 to 1."""
        alike = (1 - _PAIRS) * inner_products(self.words, i, j) + _PAIRS * inner_products(self.pairs, i, j)
        return np.minimum(alike, 1.0)

    def to_all(self, i: Sequence[int]) -> Floats:
        """:meth:`similarity` of sentences ``i`` to every sentence, (i, sentences)."""
        words = (self.words[i] @ self.words.T).toarray()
        alike: Floats = (1 - _PAIRS) * words + _PAIRS * (self.pairs[i] @ self.pairs.T).toarray()
        return np.minimum(alike, 1.0)

    def cosine(self, i: Ints, j: Ints) -> Floats:
        """Of the words of sentences ``i`` and ``j``, 0 to 1."""
        return np.minimum(inner_products(self.words, i, j), 1.0)

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
    parts = [name.split(" ") for name in pair_names]
    pair_weights = np.sqrt(np.prod([_weights([p[n] for p in parts], _LEAST, _MOST) for n in (0, 1)], axis=0))
    plain = [[_plain(word) for word in _WORD.findall(fold(text).lower())] for text in texts]
    once = pair_counts.copy()
    once.data = np.ones(len(once.data))
    return Sentences(
        _weighted(*_counts(words), lambda names: _weights(names, _LEAST, _MOST)),
        _weighted(pair_counts, pair_names, lambda names: pair_weights),
        _weighted(*_counts(content), lambda names: _weights(names, 0.7, _CONTENT_MOST)),
        np.array([_meaning(row) for row in plain]).reshape(len(texts), -1),
        sparse.csr_matrix(once @ sparse.diags(np.sqrt(pair_weights))),
    )


def align(vectors: Sentences, statements: Sequence[Statement], articles: Sequence[int]) -> Links:
    """Links between sentences of different ``articles`` (one number a sentence).

    Two sentences are linked where each is the other's most probable in its article, or where
    one is the most probable and the shorter stands in the longer. A copy comes before all other wordings,
    and a sentence whose copy an article holds is linked to nothing else in it.
    """
    owner = np.asarray(articles, dtype=np.int64)
    i, j, similarity = _candidates(vectors, owner)
    cosine = vectors.cosine(i, j)
    likeness = Likeness(statements)
    said = np.array(
        [
            s if s >= _CLEAR else likeness.probability(a, b, c, MIN_PROBABILITY)
            for a, b, s, c in zip(i.tolist(), j.tolist(), similarity.tolist(), cosine.tolist(), strict=True)
        ]
    )
    near = said >= MIN_PROBABILITY
    i, j, said, similarity = i[near], j[near], said[near], similarity[near]
    copy = similarity >= _CLEAR
    # Of two that are as probable the one in nearer words is the better.
    rank = np.where(copy, 1, 0) + np.round(said, 2) + similarity / 1000
    best_of_i, best_of_j = _is_best(i, owner[j], rank), _is_best(j, owner[i], rank)
    keep = (best_of_i & best_of_j) | ((best_of_i | best_of_j) & vectors.contained(i, j))
    keep &= copy | ~(_has_any(i, owner[j], copy) | _has_any(j, owner[i], copy))
    return Links(i[keep], j[keep], said[keep])


def _candidates(vectors: Sentences, owner: Ints) -> tuple[Ints, Ints, Floats]:
    """Pairs of sentences of different articles that may say the same, and how similar their wording is.

    Block by block, and of each block only the nearest are kept: never all pairs at once.
    """
    parts = [_near(vectors, owner, start) for start in range(0, len(owner), _BLOCK)]
    both = np.concatenate(parts) if parts else np.empty((0, 4))
    # A pair is met from both of its sentences, or from the one that it is nearest to.
    both = both[np.lexsort((both[:, 1], both[:, 0]))]
    new = (
        np.r_[True, (np.diff(both[:, :2], axis=0) != 0).any(axis=1)] if len(both) else np.zeros(0, dtype=bool)
    )
    both = both[new]
    looked = np.flatnonzero(both[:, 2] < _CLEAR)
    if len(looked) > MOST_EXAMINED:
        order = np.argsort(-both[looked, 3], kind="stable")
        both = both[np.sort(np.r_[np.flatnonzero(both[:, 2] >= _CLEAR), looked[order[:MOST_EXAMINED]]])]
    return both[:, 0].astype(np.int64), both[:, 1].astype(np.int64), both[:, 2]


def _near(vectors: Sentences, owner: Ints, start: int) -> Floats:
    """Of a block of sentences the nearest in each other article: smaller, larger, similarity, likeliness."""
    rows = slice(start, start + _BLOCK)
    content = (vectors.content[rows] @ vectors.content.T).toarray()
    meaning = vectors.meaning[rows] @ vectors.meaning.T
    wording = (1 - _PAIRS) * (vectors.words[rows] @ vectors.words.T).toarray()
    wording += _PAIRS * (vectors.pairs[rows] @ vectors.pairs.T).toarray()
    row, j = np.nonzero((content >= _MIN_CONTENT) | (meaning >= _MIN_VECTORS))
    i = row + start
    apart = owner[i] != owner[j]
    row, i, j = row[apart], i[apart], j[apart]
    # Rounded, so that a pair is worth the same from both of its sentences.
    similarity = np.round(np.minimum(wording[row, j], 1.0), 9)
    likely = np.round(similarity + meaning[row, j] / 2, 9)
    near = _among_nearest(i, owner[j], likely)
    i, j = i[near], j[near]
    return np.column_stack([np.minimum(i, j), np.maximum(i, j), similarity[near], likely[near]])


def _among_nearest(sentence: Ints, article: Ints, likely: Floats) -> NDArray[np.bool_]:
    """Whether each pair is among the :data:`_NEAREST` of its sentence in that article."""
    order = np.lexsort((-likely, article, sentence))
    s, a = sentence[order], article[order]
    new = np.r_[True, (s[1:] != s[:-1]) | (a[1:] != a[:-1])] if len(s) else np.empty(0, dtype=bool)
    first = np.flatnonzero(new)
    rank = np.arange(len(s)) - np.repeat(first, np.diff(np.r_[first, len(s)]))
    near = np.empty(len(s), dtype=bool)
    near[order] = rank < _NEAREST
    return near


def _is_best(sentence: Ints, article: Ints, similarity: Floats) -> NDArray[np.bool_]:
    """Whether each link is its sentence's strongest to that article; equals are all the strongest."""
    group = _with_article(sentence, article)
    most = np.zeros(len(group))
    np.maximum.at(most, group, similarity)
    best: NDArray[np.bool_] = similarity >= most[group] - 1e-9
    return best


def _has_any(sentence: Ints, article: Ints, chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Whether one of the links of its sentence to that article is ``chosen``."""
    group = _with_article(sentence, article)
    found: NDArray[np.bool_] = np.bincount(group[chosen], minlength=len(group))[group] > 0
    return found


def _with_article(sentence: Ints, article: Ints) -> Ints:
    """One number for each sentence and article, less than the number of links."""
    key = sentence * (int(article.max(initial=0)) + 1) + article
    group: Ints = np.unique(key, return_inverse=True)[1].astype(np.int64)
    return group


def _plain(word: str) -> str:
    return word.removesuffix("'s")


def _meaning(words: Sequence[str]) -> Floats:
    """The mean of the vectors of the content words by weight, (50,), of unit length or zero."""
    total = np.zeros(DIMENSIONS)
    for word in words:
        if stem(word) not in STOP_WORDS:
            total += word_weight(stem(word)) * vector(word)
    return total / max(float(np.linalg.norm(total)), 1e-9)


def _words(text: str) -> list[str]:
    found = (m.group().lower().removesuffix("'s") for m in _WORD.finditer(fold(text)))
    return [stem(word) for word in found]


def _counts(rows: Sequence[Sequence[str]]) -> tuple[sparse.csr_matrix, list[str]]:
    vocabulary = {name: at for at, name in enumerate(sorted({name for row in rows for name in row}))}
    column = [vocabulary[name] for row in rows for name in row]
    row = np.repeat(np.arange(len(rows)), [len(names) for names in rows])
    shape = (len(rows), max(1, len(vocabulary)))
    return sparse.csr_matrix((np.ones(len(column)), (row, column)), shape=shape), list(vocabulary)


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
