"""How near the words of an event's sentences are to one another.

Most pairs of words have nothing to do with each other. Those that are near by more than their vectors
are found by what they share: a stem, a line of WordNet, an equal number.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, permutations, product
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from framing.passages.relatedness import by_cosine, contraries, opposite, related, relatedness, vector
from framing.passages.statement import Word
from framing.wording.vectors import DIMENSIONS

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


def near(a: Word, b: Word) -> float:
    """How near two words are, 0 to 1; numbers are near where they are equal, and to no word."""
    if a.number is not None or b.number is not None:
        return float(a.number is not None and b.number is not None and math.isclose(a.number, b.number))
    if a.stem == b.stem:
        return 1.0
    return relatedness(a.text, a.lemma, b.text, b.lemma)


@dataclass(frozen=True, slots=True)
class Table:
    """How near some words are to some others."""

    row: Ints  # of each word, where it has one
    column: Ints
    values: Floats  # (rows, columns)

    def __call__(self, a: Ints, b: Ints) -> NDArray[np.float64]:
        """How near each of ``a``, which have rows, is to the word beside it in ``b``, which have columns."""
        place = self.row[a] * self.values.shape[1] + self.column[b]
        found: NDArray[np.float64] = self.values.ravel()[place].astype(np.float64)
        return found


class Nearness:
    """The different words among ``words``, numbered; :func:`near` of every two of them, and the opposites."""

    def __init__(self, words: Iterable[Word]) -> None:
        self._at: dict[tuple[str, str, str, float | None], int] = {}
        different: list[Word] = []
        for word in words:
            if self._at.setdefault(_key(word), len(different)) == len(different):
                different.append(word)
        self._n = len(different)
        named = [n for n, word in enumerate(different) if word.number is None]
        self._vectors = np.zeros((self._n, DIMENSIONS), dtype=np.float32)
        self._vectors[named] = np.array([vector(different[n].text) for n in named]).reshape(-1, DIMENSIONS)
        forms = _by_form(different, named)
        itself = ((n, n) for n in range(self._n))
        known = _related(forms) | dict.fromkeys(
            chain(itself, _same(different, named), _equal_numbers(different)), 1.0
        )
        i, j = np.array(list(known), dtype=np.int64).reshape(-1, 2).T
        self._known = sparse.csr_matrix((list(known.values()), (i, j)), shape=(self._n, self._n))
        self._opposites = np.array(
            sorted(a * self._n + b for a, b in _opposites(different, forms)), dtype=np.int64
        )

    def places(self, words: Iterable[Word]) -> list[int]:
        """The number of each of ``words``, all of them given at first."""
        return [self._at[_key(word)] for word in words]

    def table(self, a: Ints, b: Ints) -> Table:
        """How near the words among ``a`` are to those among ``b``."""
        (left, row), (right, column) = (self._numbered(words) for words in (a, b))
        values = by_cosine(self._vectors[left] @ self._vectors[right].T)
        known = self._known[left][:, right].tocoo()
        values[known.row, known.col] = np.maximum(values[known.row, known.col], known.data)
        return Table(row, column, values)

    def opposed(self, a: Ints, b: Ints) -> Bools:
        """Whether each of ``a`` says the contrary of the word beside it in ``b``."""
        if not len(self._opposites):
            return np.zeros(len(a), dtype=bool)
        key = a * self._n + b
        at = np.minimum(np.searchsorted(self._opposites, key), len(self._opposites) - 1)
        found: Bools = self._opposites[at] == key
        return found

    def _numbered(self, words: Ints) -> tuple[Ints, Ints]:
        """The different words among some, and the place of each word among them."""
        held = np.zeros(self._n, dtype=bool)
        held[words] = True
        return np.flatnonzero(held), np.cumsum(held) - 1


def _key(word: Word) -> tuple[str, str, str, float | None]:
    return word.text, word.lemma, word.stem, word.number


def _by_form(words: Sequence[Word], named: Sequence[int]) -> dict[str, list[int]]:
    """The words that are no numbers by what they are looked up by: as they stand, and their lemma."""
    found: dict[str, list[int]] = {}
    for n in named:
        for form in {words[n].text, words[n].lemma}:
            found.setdefault(form, []).append(n)
    return found


def _same(words: Sequence[Word], named: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Words that share a stem, a spelling or a lemma, both ways."""
    for of in (attrgetter("stem"), attrgetter("text"), attrgetter("lemma")):
        groups: dict[str, list[int]] = {}
        for n in named:
            groups.setdefault(of(words[n]), []).append(n)
        for alike in groups.values():
            yield from permutations(alike, 2)


def _equal_numbers(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Numbers that are equal, both ways."""
    given = sorted((word.number, n) for n, word in enumerate(words) if word.number is not None)
    for at, (number, n) in enumerate(given):
        for other, m in given[at + 1 :]:
            if not math.isclose(number, other):
                break
            yield from ((n, m), (m, n))


def _related(forms: Mapping[str, Sequence[int]]) -> dict[tuple[int, int], float]:
    """Words that WordNet has near each other and how near, both ways."""
    found: dict[tuple[int, int], float] = {}
    for form, words in forms.items():
        near_it = related(form)
        for other in near_it.keys() & forms.keys():
            for pair in product(words, forms[other]):
                found[pair] = max(found.get(pair, 0.0), near_it[other])
    return found


def _opposites(words: Sequence[Word], forms: Mapping[str, Sequence[int]]) -> set[tuple[int, int]]:
    """Words that say the contrary of each other, both ways."""
    return {
        (n, m)
        for form, own in forms.items()
        for contrary in contraries(form) & forms.keys()
        for n, m in product(own, forms[contrary])
        if opposite(words[n].text, words[n].lemma, words[m].text, words[m].lemma)
    }
