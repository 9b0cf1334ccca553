"""Which sentences of two articles say the same.

Pairs are found (:mod:`framing.passages.candidates`), then looked at one by one
(:mod:`framing.passages.likeness`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framing.passages.candidates import CLEAR, candidates
from framing.passages.likeness import Likeness
from framing.passages.sentences import Sentences
from framing.passages.statement import Statement

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# From this probability on two sentences are one fact: best on 233 real pairs and 311 written ones,
# each left out of the fit in turn; 0.35 to 0.55 are as good.
MIN_PROBABILITY = 0.4


@dataclass(frozen=True, slots=True)
class Links:
    """Sentences ``i`` < ``j`` of different articles that say the same, and how probable that is, 0 to 1.

    ``n_not_compared`` pairs of sentences may say the same and were not looked at: they are too many.
    """

    i: Ints
    j: Ints
    probability: Floats
    n_not_compared: int


def align(vectors: Sentences, statements: Sequence[Statement], articles: Sequence[int]) -> Links:
    """Links between sentences of different ``articles`` (one number a sentence, ascending).

    Two sentences are linked where each is the other's most probable in its article, or where
    one is the most probable and the shorter stands in the longer. A copy comes before all other wordings,
    and a sentence whose copy an article holds is linked to nothing else in it.
    """
    owner = np.asarray(articles, dtype=np.int64)
    found = candidates(vectors, owner)
    i, j, similarity = found.i, found.j, found.similarity
    copy, said = similarity >= CLEAR, similarity.copy()
    rest = ~copy
    said[rest] = Likeness(statements).probability(i[rest], j[rest], found.words[rest], MIN_PROBABILITY)
    near = said >= MIN_PROBABILITY
    i, j, said, similarity, copy = i[near], j[near], said[near], similarity[near], copy[near]
    # Of two that are as probable the one in nearer words is the better.
    rank = np.where(copy, 1, 0) + np.round(said, 2) + similarity / 1000
    best_of_i, best_of_j = _is_best(i, owner[j], rank), _is_best(j, owner[i], rank)
    keep = (best_of_i & best_of_j) | ((best_of_i | best_of_j) & vectors.contained(i, j))
    keep &= copy | ~(_has_any(i, owner[j], copy) | _has_any(j, owner[i], copy))
    return Links(i[keep], j[keep], said[keep], found.n_left_out)


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
