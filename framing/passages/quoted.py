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
        self._statements = statements
        number: dict[tuple[str, ...], int] = {}
        quoted = [
            {number.setdefault(run, len(number)) for words in s.quoted for run in _runs(words)}
            for s in statements
        ]
        held = [
            {number[run] for run in _runs(s.plain) if run in number} if number else set() for s in statements
        ]
        self._quoted, self._held = (Lists.of([len(row) for row in rows]) for rows in (quoted, held))
        self._of_quoted, self._of_held = (
            np.array(list(chain.from_iterable(rows)), dtype=np.int64) for rows in (quoted, held)
        )

    def repeated(self, i: Ints, j: Ints) -> Floats:
        """The share of a quotation of statement ``i`` or ``j`` that the other repeats in one run."""
        found = np.zeros(len(i))
        for a, b in ((i, j), (j, i)):
            cells = Cells.of(self._quoted, a, self._held, b)
            met = cells.where(self._of_quoted[cells.left] == self._of_held[cells.right])
            for n in np.unique(met.pair).tolist():
                found[n] = max(found[n], self._share(int(a[n]), int(b[n])))
        return found

    def _share(self, a: int, b: int) -> float:
        shares = [0.0]
        for words in self._statements[a].quoted:
            run = longest_run(words, self._statements[b].plain)
            if run >= _RUN:
                shares.append(run / len(words) * min(1.0, run / (2 * _RUN)))
        return max(shares)


def longest_run(words: Sequence[str], among: Sequence[str]) -> int:
    """How many of ``words`` in a row are ``among`` the others in that row; words hold no space."""
    whole, longest = f" {' '.join(among)} ", 0
    for start in range(len(words)):
        while start + longest < len(words) and f" {' '.join(words[start : start + longest + 1])} " in whole:
            longest += 1
    return longest


def _runs(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[n:] for n in range(_RUN)), strict=False)
