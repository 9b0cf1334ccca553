"""Lists of different lengths in one array, and every item of one list beside every item of another.

What two sentences have in common is looked up for thousands of pairs of sentences at a time so: no
object is made for a pair, and nothing is padded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Lists:
    """Where each list starts in the array that holds them one after another, and its length."""

    starts: Ints
    lengths: Ints

    @classmethod
    def of(cls, lengths: Sequence[int] | Ints) -> Lists:
        """Lists of these lengths."""
        size = np.asarray(lengths, dtype=np.int64)
        return cls(_before(size), size)

    def items(self, chosen: Ints) -> Ints:
        """Places of the items of the ``chosen`` lists, list after list."""
        return _running(self.starts[chosen], self.lengths[chosen])


@dataclass(frozen=True, slots=True)
class Cells:
    """Every item of a left list beside every item of a right one, pair of lists by pair of lists.

    A row is a left item in one pair, a column a right item in one pair; a cell is a row and a column.
    """

    n_pairs: int
    rows: Ints  # (rows,) places of the left items
    columns: Ints  # (columns,) places of the right items
    pair_of_row: Ints
    pair_of_column: Ints
    row: Ints  # (cells,)
    column: Ints  # (cells,)

    @classmethod
    def of(cls, left: Lists, i: Ints, right: Lists, j: Ints) -> Cells:
        """Of the lists ``i`` of ``left`` beside the lists ``j`` of ``right``, one pair each."""
        high, wide = left.lengths[i], right.lengths[j]
        pair_of_row = np.repeat(np.arange(len(i)), high)
        width = wide[pair_of_row]
        return cls(
            len(i),
            left.items(i),
            right.items(j),
            pair_of_row,
            np.repeat(np.arange(len(j)), wide),
            np.repeat(np.arange(len(width)), width),
            _running(_before(wide)[pair_of_row], width),
        )

    def where(self, chosen: Bools) -> Cells:
        """The ``chosen`` cells alone; rows and columns stay."""
        parts = (self.rows, self.columns, self.pair_of_row, self.pair_of_column)
        return Cells(self.n_pairs, *parts, self.row[chosen], self.column[chosen])

    @property
    def left(self) -> Ints:
        """The left item of each cell."""
        return self.rows[self.row]

    @property
    def right(self) -> Ints:
        """The right item of each cell."""
        return self.columns[self.column]

    @property
    def pair(self) -> Ints:
        """The pair of each cell."""
        return self.pair_of_row[self.row]

    def most_of_rows(self, values: Floats) -> Floats:
        """The largest of each row's ``values``, one for each cell; 0 at least."""
        return _most(self.row, values, len(self.rows))

    def most_of_columns(self, values: Floats) -> Floats:
        """The largest of each column's ``values``; 0 at least."""
        return _most(self.column, values, len(self.columns))

    def most_of_pairs(self, values: Floats) -> Floats:
        """The largest of each pair's ``values``; 0 at least."""
        return _most(self.pair, values, self.n_pairs)

    def sum_rows(self, values: Floats) -> Floats:
        """For each pair the sum of ``values``, one for each row."""
        return _sums(self.pair_of_row, values, self.n_pairs)

    def sum_columns(self, values: Floats) -> Floats:
        """For each pair the sum of ``values``, one for each column."""
        return _sums(self.pair_of_column, values, self.n_pairs)


def _sums(group: Ints, values: Floats, n: int) -> Floats:
    found: Floats = np.bincount(group, values, n).astype(np.float64)
    return found


def _most(group: Ints, values: Floats, n: int) -> Floats:
    most = np.zeros(n)
    np.maximum.at(most, group, values)
    return most


def _before(lengths: Ints) -> Ints:
    """How many items stand before each list."""
    return np.cumsum(lengths) - lengths


def _running(starts: Ints, lengths: Ints) -> Ints:
    """For each list the numbers from its start on, as many as it is long."""
    return np.arange(int(lengths.sum())) + np.repeat(starts - _before(lengths), lengths)
