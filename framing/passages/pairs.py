"""What speaks for and against two sentences stating the same fact: words, acts, quotations, numbers.

Worked out for many pairs of sentences at a time.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from framing.passages.event import Statements
from framing.passages.lists import Cells, Lists

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

# Sentences up to the first number of words are short, from the sum on long: what a short one
# does not share is its fact, in a long one it may be an aside.
_SHORT, _TO_LONG = 14, 16
_MUCH_SHARED = 40.0  # weight of shared words: some six rare ones
_FEW = 2.0  # weight of words below which what is not shared says little
_ALIKE = 0.6  # relatedness from which two verbs are one act
_PREDICATES = 0.4  # relatedness from which what hangs on two predicates is compared
_YEARS = (1900, 2100)  # two sentences of one year need not tell one fact


class Pairs:
    """Statements ``i`` beside statements ``j``; ``words`` is the cosine of the words of each pair."""

    def __init__(self, held: Statements, i: Ints, j: Ints, words: Floats) -> None:
        self._held, self._i, self._j, self._words = held, i, j, words
        self._near = held.near(i, j)
        self._cells = cells = Cells.of(held.words, i, held.words, j)
        self._table = self._near(held.word[cells.left], held.word[cells.right])
        longest = np.maximum(held.n_plain[i], held.n_plain[j])
        self.long: Floats = np.clip((longest - _SHORT) / _TO_LONG, 0.0, 1.0)
        self._open_rows = cells.of_rows(self._table) < 1
        self._open_columns = cells.of_columns(self._table) < 1
        self._row_weight, self._column_weight = held.weight[cells.rows], held.weight[cells.columns]

    def in_favour(self) -> dict[str, Floats]:
        """What speaks for it and is soon found: all but the predicates; each 0 to 1."""
        rest, body = self._rest(), self._body()
        shared = self._cells.sum_rows(self._row_weight * ~self._open_rows) / _MUCH_SHARED
        found = {
            "rest in rest": np.maximum(*rest),
            "rest in rest, each": np.minimum(*rest),
            "body": np.maximum(*body),
            "body, each": np.minimum(*body),
            "numbers shared": self._numbers(years=False),
            "acts": self._acts(),
            "quoted": self._held.quoted.repeated(self._i, self._j),
            "words long": self._words * self.long,
            "shared long": np.minimum(1.0, shared) * self.long,
            "body long": np.maximum(*body) * self.long,
        }
        return {name: np.minimum(1.0, value) for name, value in found.items()}  # sums of floats may pass 1

    def features(self, in_favour: Mapping[str, Floats]) -> dict[str, Floats]:
        """All, each 0 to 1, given what :meth:`in_favour` found."""
        held, i, j = self._held, self._i, self._j
        found = dict(in_favour)
        both = (held.numbers.lengths[i] > 0) & (held.numbers.lengths[j] > 0)
        found |= {
            "predicates long": self._predicates() * self.long,
            "other numbers": np.where(both & (self._numbers(years=True) == 0), 1.0, 0.0),
            # A denial counts as far as the rest is the same: a long sentence denies many things.
            "negated": self._negated() * found.pop("body, each"),
            "opposed": self._opposed(),
            "undone": np.where(held.undone[i] % 2 != held.undone[j] % 2, 1.0, 0.0),
        }
        return {name: np.minimum(1.0, value) for name, value in found.items()}

    def _rest(self) -> tuple[Floats, Floats]:
        """How much of what the two do not share word for word is in the other."""
        cells = self._cells
        rest = self._table * (self._open_rows[cells.row] & self._open_columns[cells.column])
        row, column = self._row_weight * self._open_rows, self._column_weight * self._open_columns
        return (
            (cells.sum_rows(row * cells.of_rows(rest)) + _FEW) / (cells.sum_rows(row) + _FEW),
            (cells.sum_columns(column * cells.of_columns(rest)) + _FEW) / (cells.sum_columns(column) + _FEW),
        )

    def _body(self) -> tuple[Floats, Floats]:
        """How much of the body of each is in the body of the other."""
        held, cells = self._held, self._cells
        row, column = held.in_body[cells.rows], held.in_body[cells.columns]
        body = self._table * (row[cells.row] & column[cells.column])
        return (
            cells.sum_rows(self._row_weight * row * cells.of_rows(body)) / held.body_weight[self._i],
            cells.sum_columns(self._column_weight * column * cells.of_columns(body))
            / held.body_weight[self._j],
        )

    def _numbers(self, *, years: bool) -> Floats:
        """1 where the two share a number, or one that is no year; 0 elsewhere."""
        held = self._held
        cells = Cells.of(held.numbers, self._i, held.numbers, self._j)
        number = held.number[cells.left]
        equal = number == held.number[cells.right]
        if not years:
            equal &= (number < _YEARS[0]) | (number > _YEARS[1]) | (number % 1 > 0)
        return cells.of_pairs(equal.astype(np.float64))

    def _opposed(self) -> Floats:
        """The weight of the heaviest two opposites among what the two do not share, of all of that."""
        held, cells = self._held, self._cells
        row, column = self._row_weight * self._open_rows, self._column_weight * self._open_columns
        mass = cells.sum_rows(row) + cells.sum_columns(column)
        rest = cells.where(self._open_rows[cells.row] & self._open_columns[cells.column])
        rest = rest.where(held.nearness.opposed(held.word[rest.left], held.word[rest.right]))
        return rest.of_pairs(row[rest.row] + column[rest.column]) / (mass + 2 * _FEW)

    def _negated(self) -> Floats:
        """How near a verb of one is to one that the other denies, where neither verb is met as it stands."""
        held = self._held
        cells = Cells.of(held.acts, self._i, held.acts, self._j)
        near = self._near(held.word[held.verb[cells.left]], held.word[held.verb[cells.right]])
        agree = held.denied[cells.left] == held.denied[cells.right]
        agreed = np.where(agree, near, 0.0)
        met = np.maximum(cells.of_rows(agreed)[cells.row], cells.of_columns(agreed)[cells.column])
        return cells.of_pairs(np.where(~agree & (near >= _ALIKE) & (near > met), near, 0.0))

    def _acts(self) -> Floats:
        """The best match of a verb with those who act and what is acted on; half where one is not named."""
        held = self._held
        cells = Cells.of(held.acts, self._i, held.acts, self._j)
        near = self._near(held.word[held.verb[cells.left]], held.word[held.verb[cells.right]])
        near *= held.is_content[cells.left] & held.is_content[cells.right]
        cells, near = cells.where(near > 0), near[near > 0]
        same = sum(self._same(who, cells.left, cells.right) for who in (held.subjects, held.objects))
        return cells.of_pairs(near * same / 2)

    def _same(self, who: Lists, a: Ints, b: Ints) -> Floats:
        """How near those named in acts ``a`` are to those in the acts ``b``, the nearest two; else a half."""
        held = self._held
        cells = Cells.of(who, a, who, b)
        near = cells.of_pairs(self._near(held.word[cells.left], held.word[cells.right]))
        return np.where((who.lengths[a] > 0) & (who.lengths[b] > 0), near, 0.5)

    def _predicates(self) -> Floats:
        """The best match of a verb or noun with what hangs on it."""
        held = self._held
        cells = Cells.of(held.predicates, self._i, held.predicates, self._j)
        near = self._near(held.word[held.predicate[cells.left]], held.word[held.predicate[cells.right]])
        n = np.minimum(held.dependents.lengths[cells.left], held.dependents.lengths[cells.right])
        compared = (near >= _PREDICATES) & (n > 0)
        cells, near, n = cells.where(compared), near[compared], n[compared]
        hanging = Cells.of(held.dependents, cells.left, held.dependents, cells.right)
        table = self._near(held.word[held.dependent[hanging.left]], held.word[held.dependent[hanging.right]])
        covered = np.maximum(
            hanging.sum_rows(hanging.of_rows(table)) / held.dependents.lengths[cells.left],
            hanging.sum_columns(hanging.of_columns(table)) / held.dependents.lengths[cells.right],
        )
        return cells.of_pairs(near * covered * np.minimum(1.0, (n + 1) / 4))
