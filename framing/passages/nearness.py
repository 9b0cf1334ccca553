"""How near the words of an event's sentences are to one another, each pair of words looked at once.

Most pairs of words have nothing to do with each other. Those that may are found by what they share:
a stem, a line of WordNet, a side of the list of opposites, or vectors that are alike.
"""

from __future__ import annotations

import math
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence, Set
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from framing.passages.relatedness import (
    LEAST_COSINE,
    by_cosine,
    contraries,
    opposite,
    related,
    relatedness,
    vector,
)
from framing.passages.statement import Word
from framing.wording.vectors import DIMENSIONS

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_BLOCK = 512
# Products of matrices differ from those of two vectors by some 1e-7.
_ROUNDING = 1e-4


def near(a: Word, b: Word) -> float:
    """How near two words are, 0 to 1; numbers are near where they are equal, and to no word."""
    if a.number is not None or b.number is not None:
        return float(a.number is not None and b.number is not None and math.isclose(a.number, b.number))
    if a.stem == b.stem:
        return 1.0
    return relatedness(a.text, a.lemma, b.text, b.lemma)


class Nearness:
    """The different words among ``words``, numbered; :func:`near` of every two of them, and the opposites."""

    def __init__(self, words: Iterable[Word]) -> None:
        self._at: dict[tuple[str, str, str, float | None], int] = {}
        different: list[Word] = []
        for word in words:
            if self._at.setdefault(_key(word), len(different)) == len(different):
                different.append(word)
        forms = _by_form(different)
        sharing = _share_something(different, forms)
        shared = [(i, j, near(different[i], different[j])) for i, j in sorted(sharing)]
        parts = [np.array(shared).reshape(-1, 3), *_alike(different, sharing)]
        found, itself = np.concatenate(parts), np.arange(len(different))
        i, j, value = found[:, 0].astype(np.int64), found[:, 1].astype(np.int64), found[:, 2]
        self._near = sparse.csr_matrix(
            (np.r_[value, value, np.ones(len(itself))], (np.r_[i, j, itself], np.r_[j, i, itself])),
            shape=(max(1, len(itself)),) * 2,
        )
        self._opposites = _opposites(different, forms)

    def places(self, words: Iterable[Word]) -> Ints:
        """The number of each of ``words``, all of them given at first."""
        return np.array([self._at[_key(word)] for word in words], dtype=np.int64)

    def rows(self, words: Ints) -> Floats:
        """How near each of ``words`` is to every word, (words, all)."""
        rows: Floats = self._near[words].toarray()
        return rows

    def opposites(self, i: int) -> Set[int]:
        """The words that say the contrary of ``i``."""
        return self._opposites.get(i, frozenset())


def _key(word: Word) -> tuple[str, str, str, float | None]:
    return word.text, word.lemma, word.stem, word.number


def _by_form(words: Sequence[Word]) -> dict[str, set[int]]:
    """The words by what they are looked up by: as they stand, and their lemma."""
    found: dict[str, set[int]] = {}
    for n, word in enumerate(words):
        for form in (word.text, word.lemma):
            found.setdefault(form, set()).add(n)
    return found


def _share_something(words: Sequence[Word], forms: Mapping[str, set[int]]) -> set[tuple[int, int]]:
    """Pairs ``i`` < ``j`` that are near by more than their vectors, or may be."""
    stems: dict[str, list[int]] = {}
    for n, word in enumerate(words):
        stems.setdefault(word.stem, []).append(n)
    found = {pair for alike in (*stems.values(), *forms.values()) for pair in combinations(sorted(alike), 2)}
    for n, word in enumerate(words):
        for form in (word.text, word.lemma):
            found |= {
                (min(n, j), max(n, j)) for other in related(form) for j in forms.get(other, ()) if j != n
            }
    return found | _equal_numbers(words)


def _opposites(words: Sequence[Word], forms: Mapping[str, set[int]]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for n, word in enumerate(words):
        for contrary in {c for form in (word.text, word.lemma) for c in contraries(form)}:
            for m in forms.get(contrary, ()):
                if opposite(word.text, word.lemma, words[m].text, words[m].lemma):
                    found.setdefault(n, set()).add(m)
    return found


def _equal_numbers(words: Sequence[Word]) -> set[tuple[int, int]]:
    given = sorted((word.number, n) for n, word in enumerate(words) if word.number is not None)
    found = set()
    for at, (number, n) in enumerate(given):
        for other, m in given[at + 1 :]:
            if not math.isclose(number, other):
                break
            found.add((min(n, m), max(n, m)))
    return found


def _alike(words: Sequence[Word], known: Container[tuple[int, int]]) -> Iterator[Floats]:
    """Pairs ``i`` < ``j`` near by their vectors, not ``known`` yet, and how near: rows of 3, in blocks."""
    named = [n for n, word in enumerate(words) if word.number is None]
    vectors = [vector(words[n].text) for n in named]
    table = np.array(vectors).reshape(-1, DIMENSIONS)
    for start in range(0, len(named), _BLOCK):
        rows, columns = np.nonzero(table[start : start + _BLOCK] @ table.T >= LEAST_COSINE - _ROUNDING)
        found = [
            (named[a], named[b], vectors[a] @ vectors[b])
            for a, b in zip((rows + start).tolist(), columns.tolist(), strict=True)
            if a < b and (named[a], named[b]) not in known
        ]
        pairs = np.array(found, dtype=np.float64).reshape(-1, 3)
        pairs[:, 2] = by_cosine(pairs[:, 2])
        yield pairs
