"""Quotations of one sentence that another repeats."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from framing.passages.lists import Cells, Lists
from framing.passages.statement import Statement

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_RUN = 3  # words in a row that are no accident, and twice as many that are proof


class Quoted:
    """The words in a row of an event's statements that stand in a quotation of one of them, numbered."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        number: dict[tuple[str, ...], int] = {}
        place = 0
        quoted: list[list[tuple[int, int, int]]] = []  # number, place, words of the quotation
        for statement in statements:
            quoted.append([])
            for words in statement.quoted:
                runs = enumerate(_runs(words), start=place)
                quoted[-1] += [(number.setdefault(run, len(number)), at, len(words)) for at, run in runs]
                place += len(words)  # which is more than its runs, so that none goes on in the next
        opening = {run[0] for run in number}
        held = [
            [
                (number[run], at)
                for at, word in enumerate(s.plain)
                if word in opening and (run := s.plain[at : at + _RUN]) in number
            ]
            for s in statements
        ]
        self._quoted, self._held = (Lists.of([len(row) for row in rows]) for rows in (quoted, held))
        self._of_quoted, self._at_quoted, self._n_words = _columns(quoted, 3)
        self._of_held, self._at_held = _columns(held, 2)

    def repeated(self, i: Ints, j: Ints) -> Floats:
        """The share of a quotation of statement ``i`` or ``j`` that the other repeats in one run."""
        found = np.zeros(len(i))
        for a, b in ((i, j), (j, i)):
            cells = Cells.of(self._quoted, a, self._held, b)
            met = cells.where(self._of_quoted[cells.left] == self._of_held[cells.right])
            # Where words in a row are met one after another, so many more are in a row in both.
            pair, at = met.pair, self._at_quoted[met.left]
            apart = at - self._at_held[met.right]
            order = np.lexsort((at, apart, pair))
            steps = [np.diff(key[order], prepend=-1) for key in (pair, apart, at)]
            begins = (steps[0] != 0) | (steps[1] != 0) | (steps[2] != 1)
            first = np.flatnonzero(begins)
            run = np.diff(first, append=len(order)) + _RUN - 1
            share = run / self._n_words[met.left[order[first]]] * np.minimum(1.0, run / (2 * _RUN))
            np.maximum.at(found, pair[order[first]], share)
        return found


def _columns(rows: Sequence[Sequence[tuple[int, ...]]], n: int) -> Ints:
    """The items of lists one after another, ``n`` × items."""
    items = chain.from_iterable(rows)
    return np.fromiter(chain.from_iterable(items), dtype=np.int64).reshape(-1, n).T


def _runs(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[n:] for n in range(_RUN)), strict=False)
