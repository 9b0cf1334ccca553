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

from framing.passages.relatedness import (
    by_cosine,
    contraries,
    opposite,
    related,
    relatedness,
    vector,
    with_contraries,
)
from framing.passages.statement import Word
from framing.wording.vectors import DIMENSIONS

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

_MOST_AT_ONCE = 2_000  # different words: a table of 16 MB


def near(a: Word, b: Word) -> float:
    """How near two words are, 0 to 1; numbers are near where they are equal, and to no word."""
    if a.number is not None or b.number is not None:
        return float(a.number is not None and b.number is not None and math.isclose(a.number, b.number))
    if a.stem == b.stem:
        return 1.0
    return relatedness(a.text, a.lemma, b.text, b.lemma)


@dataclass(frozen=True, slots=True)
class Table:
    """How near some words or statements are to some words."""

    row: Ints  # of each word or statement, where it has one
    column: Ints
    values: Floats  # (rows, columns)

    def __call__(self, a: Ints, b: Ints) -> NDArray[np.float64]:
        """How near each of ``a``, which have rows, is to the word beside it in ``b``, which have columns."""
        place = self.row[a] * self.values.shape[1] + self.column[b]
        found: NDArray[np.float64] = self.values.ravel()[place].astype(np.float64)
        return found


class Nearness:
    """The different words among ``words``, numbered; :func:`near` of every two of them, and the opposites.

    ``places`` are the numbers of ``words``, ``weights`` those of the different ones.
    """

    def __init__(self, words: Sequence[Word]) -> None:
        number: dict[tuple[str, str, str, float | None], int] = {}
        different: list[Word] = []
        at: dict[int, int] = {}
        for place, word in {id(word): word for word in words}.items():  # one object for one word, mostly
            key = word.text, word.lemma, word.stem, word.number
            n = at[place] = number.setdefault(key, len(different))
            if n == len(different):
                different.append(word)
        self.places: Ints = np.array([at[place] for place in map(id, words)], dtype=np.int64)
        self.weights = np.array([word.weight for word in different], dtype=np.float64)
        self._n = len(different)
        named = [n for n, word in enumerate(different) if word.number is None]
        self._vectors = np.zeros((self._n, DIMENSIONS), dtype=np.float32)
        if named:
            self._vectors[named] = np.concatenate([vector(different[n].text) for n in named]).reshape(
                -1, DIMENSIONS
            )
        forms = _by_form(different, named)
        known = _related(forms)
        self._related, self._how_near = _places(known), np.array(list(known.values()), dtype=np.float32)
        itself = ((n, n) for n in range(self._n))
        self._alike = _places(chain(itself, _same(different, named), _equal_numbers(different)))
        self._opposites = np.array(
            sorted(a * self._n + b for a, b in _opposites(different, forms)), dtype=np.int64
        )

    @property
    def is_small(self) -> bool:
        """Whether every word may be set beside every other at once."""
        return self._n <= _MOST_AT_ONCE

    def table(self, a: Ints, b: Ints) -> Table:
        """How near the words among ``a`` are to those among ``b``."""
        left, right = self._held(a), self._held(b)
        row, column = np.cumsum(left) - 1, np.cumsum(right) - 1
        values = by_cosine(self._vectors[left] @ self._vectors[right].T)
        places, chosen = _among(self._related, left, right)
        at = row[places[0]], column[places[1]]
        values[at] = np.maximum(values[at], self._how_near[chosen])
        places, _ = _among(self._alike, left, right)
        values[row[places[0]], column[places[1]]] = 1.0
        return Table(row, column, values)

    def opposed(self, a: Ints, b: Ints) -> Bools:
        """Whether each of ``a`` says the contrary of the word beside it in ``b``."""
        if not len(self._opposites):
            return np.zeros(len(a), dtype=bool)
        key = a * self._n + b
        at = np.minimum(np.searchsorted(self._opposites, key), len(self._opposites) - 1)
        found: Bools = self._opposites[at] == key
        return found

    def _held(self, words: Ints) -> Bools:
        """Which of the different words are among some."""
        held = np.zeros(self._n, dtype=bool)
        held[words] = True
        return held


def _among(pairs: Ints, left: Bools, right: Bools) -> tuple[Ints, Bools]:
    """The pairs of which the first is among ``left`` and the other among ``right``, and which they are."""
    chosen: Bools = left[pairs[0]] & right[pairs[1]]
    return pairs[:, chosen], chosen


def _places(pairs: Iterable[tuple[int, int]]) -> Ints:
    """2 × pairs."""
    return np.fromiter(chain.from_iterable(pairs), dtype=np.int64).reshape(-1, 2).T


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
            if len(alike) > 1:
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
    known = related()
    for form in forms.keys() & known.keys():
        near_it = known[form]
        for other in forms.keys() & near_it:
            for pair in product(forms[form], forms[other]):
                found[pair] = max(found.get(pair, 0.0), near_it[other])
    return found


def _opposites(words: Sequence[Word], forms: Mapping[str, Sequence[int]]) -> set[tuple[int, int]]:
    """Words that say the contrary of each other, both ways."""
    return {
        (n, m)
        for form in with_contraries().intersection(forms)
        for contrary in contraries(form) & forms.keys()
        for n, m in product(forms[form], forms[contrary])
        if opposite(words[n].text, words[n].lemma, words[m].text, words[m].lemma)
    }
