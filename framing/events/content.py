"""Articles as numbers of content words: five words take the place of one."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Content:
    """Articles as their content words in order, title first; a word is its place in ``vocabulary``.

    Article ``n`` has the words from ``starts[n]`` up to, not including, ``starts[n + 1]``, of which the
    first ``n_title[n]`` are the title, and ``n_different[n]`` different words.
    """

    words: Ints
    starts: Longs
    n_title: Longs
    n_different: Longs
    vocabulary: NDArray[np.object_]  # in alphabetical order

    def __len__(self) -> int:
        return len(self.n_title)

    def places(self) -> Ints:
        """Which word of its article each word is, from 0 on."""
        found: Ints = np.arange(len(self.words), dtype=np.int32)
        found -= np.repeat(self.starts[:-1].astype(np.int32), np.diff(self.starts))
        return found

    def taken(self, rows: Longs) -> Content:
        """The articles ``rows``, in that order."""
        spans = zip(self.starts[rows].tolist(), self.starts[rows + 1].tolist(), strict=True)
        words = np.concatenate([self.words[:0], *(self.words[start:end] for start, end in spans)])
        starts = running(np.diff(self.starts)[rows])
        return Content(words, starts, self.n_title[rows], self.n_different[rows], self.vocabulary)

    def counts(self, most: Longs | None = None) -> sparse.csr_matrix:
        """Articles × vocabulary: how often a word is among the first ``most`` of an article, or in all."""
        if most is None:
            return counted(self.words.copy(), self.starts, len(self.vocabulary))
        lengths = np.diff(self.starts)
        chosen = self.places() < np.repeat(most.astype(np.int32), lengths)
        return counted(self.words[chosen], running(np.minimum(most, lengths)), len(self.vocabulary))


def content(articles: Iterable[tuple[Sequence[str], int]]) -> Content:
    """Articles given as their content words, title first, and how many of these are the title."""
    place: dict[str, int] = {}
    words, starts, n_title, n_different = array("i"), array("q", [0]), array("q"), array("q")
    for said, n in articles:
        words.extend([place.setdefault(word, len(place)) for word in said])
        starts.append(len(words))
        n_title.append(n)
        n_different.append(len(set(said)))
    vocabulary = np.array(sorted(place), dtype=object)
    rank = np.empty(len(place), dtype=np.int32)
    rank[[place[word] for word in vocabulary]] = np.arange(len(place))
    return Content(
        rank[np.array(words, dtype=np.int32)],
        np.array(starts, dtype=np.int64),
        np.array(n_title, dtype=np.int64),
        np.array(n_different, dtype=np.int64),
        vocabulary,
    )


def together(parts: Sequence[Content]) -> Content:
    """The articles of all parts, in their order, over one vocabulary."""
    vocabulary = np.array(sorted({word for part in parts for word in part.vocabulary.tolist()}), dtype=object)
    place = {word: n for n, word in enumerate(vocabulary.tolist())}
    words = [np.empty(0, dtype=np.int32)]
    lengths, n_title, n_different = ([np.empty(0, dtype=np.int64)] for _ in range(3))
    for part in parts:
        places = np.array([place[word] for word in part.vocabulary.tolist()], dtype=np.int32)
        words.append(places[part.words])
        lengths.append(np.diff(part.starts))
        n_title.append(part.n_title)
        n_different.append(part.n_different)
    starts = running(np.concatenate(lengths))
    return Content(
        np.concatenate(words), starts, np.concatenate(n_title), np.concatenate(n_different), vocabulary
    )


def counted(columns: Ints, starts: Longs, n_columns: int) -> sparse.csr_matrix:
    """Rows × columns: how often row ``n`` names each column from ``starts[n]`` on."""
    ones = np.ones(len(columns), dtype=np.float32)  # exact up to 2**24
    found = sparse.csr_matrix((ones, columns, starts.copy()), shape=(len(starts) - 1, n_columns))
    found.sum_duplicates()
    return found


def running(lengths: Longs) -> Longs:
    """Where stretches begin, and where the last one ends."""
    n: Longs = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    return n
