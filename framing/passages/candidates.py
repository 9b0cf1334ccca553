"""Pairs of sentences of different articles that may say the same.

Found by words and by the mean of word vectors, article beside article. Of each other article the
nearest few of a sentence are kept, and of a large event the likeliest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations_with_replacement

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from framing.passages.sentences import PAIRS, TOGETHER, Sentences

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

CLEAR = 0.9  # similarity of copies: they need no look
# Pairs of one event that are looked at, the likeliest first: some four seconds, whatever the event's size.
# Some 110 articles have as many.
MOST = 400_000
# Pairs that share less content, and whose vectors are less alike, are not looked at.
_MIN_CONTENT, _MIN_VECTORS = 0.12, 0.8
_NEAREST = 3  # sentences of each other article that a sentence is looked at with


@dataclass(frozen=True, slots=True)
class Candidates:
    """Sentences ``i`` < ``j``, how similar their wording is, and how many pairs were left out of it.

    ``words`` are the cosines of their words, 0 to 1.
    """

    i: Ints
    j: Ints
    similarity: Floats
    words: Floats
    n_left_out: int


def candidates(vectors: Sentences, owner: Ints) -> Candidates:
    """Pairs whose articles (``owner``, ascending) differ; at most :data:`MOST` and the copies."""
    parts = list(_parts(vectors, owner))
    kept, n_found = np.empty((0, 5)), 0
    waiting: list[Floats] = []
    for one, other in combinations_with_replacement(parts, 2):
        waiting.append(_near(vectors, one, other))
        n_found += len(waiting[-1])
        if sum(map(len, waiting)) > MOST:
            kept, waiting = _likeliest(np.concatenate([kept, *waiting])), []
    kept = _likeliest(np.concatenate([kept, *waiting]))
    kept = kept[np.lexsort((kept[:, 1], kept[:, 0]))]
    i, j = kept[:, :2].astype(np.int64).T
    return Candidates(i, j, kept[:, 2], kept[:, 4], n_found - len(kept))


@dataclass(frozen=True, slots=True)
class _Part:
    """The sentences of some articles; ``rows`` are their content words, ``columns`` the same turned."""

    span: slice
    owner: Ints
    meaning: Floats
    rows: sparse.csr_matrix
    columns: sparse.csr_matrix


def _parts(vectors: Sentences, owner: Ints) -> Iterator[_Part]:
    ends = np.flatnonzero(np.diff(owner, append=-1)) + 1
    start = 0
    for at, end in enumerate(ends.tolist()):
        if at + 1 == len(ends) or ends[at + 1] - start > TOGETHER:
            span, rows = slice(start, end), vectors.content[start:end]
            yield _Part(span, owner[span], vectors.meaning[span], rows, rows.T.tocsr())
            start = end


def _near(vectors: Sentences, one: _Part, other: _Part) -> Floats:
    """Of sentences of two parts the nearest in each other's article.

    Rows of ``i``, ``j``, similarity, likeliness, cosine of the words.
    """
    words, pairs = vectors.beside(one.span, other.span)
    content = (one.rows @ other.columns).toarray()
    meaning = one.meaning @ other.meaning.T
    row, column = np.nonzero(
        ((content >= _MIN_CONTENT) | (meaning >= _MIN_VECTORS)) & (one.owner[:, None] < other.owner)
    )
    cosine = words[row, column]
    similarity = np.round(np.minimum((1 - PAIRS) * cosine + PAIRS * pairs[row, column], 1.0), 9)
    likely = np.round(similarity + meaning[row, column] / 2, 9)
    i, j = row + one.span.start, column + other.span.start
    near = _among_nearest(i, other.owner[column], likely) | _among_nearest(j, one.owner[row], likely)
    return np.column_stack([i, j, similarity, likely, np.minimum(cosine, 1.0)])[near]


def _likeliest(found: Floats) -> Floats:
    """The copies, and of the other pairs as many as are looked at."""
    copy = found[:, 2] >= CLEAR
    rest = found[~copy]
    if len(rest) <= MOST:
        return found
    order = np.lexsort((rest[:, 1], rest[:, 0], -rest[:, 3]))
    return np.concatenate([found[copy], rest[order[:MOST]]])


def _among_nearest(sentence: Ints, article: Ints, likely: Floats) -> Bools:
    """Whether each pair is among the :data:`_NEAREST` of its sentence in that article."""
    order = np.lexsort((-likely, article, sentence))
    s, a = sentence[order], article[order]
    new = np.r_[True, (s[1:] != s[:-1]) | (a[1:] != a[:-1])] if len(s) else np.empty(0, dtype=bool)
    first = np.flatnonzero(new)
    rank = np.arange(len(s)) - np.repeat(first, np.diff(np.r_[first, len(s)]))
    near = np.empty(len(s), dtype=bool)
    near[order] = rank < _NEAREST
    return near
