"""A few articles out of many, of which all pairs are looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_DECIMALS = 12  # of inner products: what is beyond is rounding, which must not decide between equals


@dataclass(frozen=True, slots=True)
class Chosen:
    """Some rows of a sparse matrix, entry by entry, with only the columns that they use.

    What is done with the rows of an event takes no longer where all events have more words.
    ``columns`` are those of the matrix, ``row`` and ``column`` number an entry's among the chosen ones;
    ``held_by`` says in how many rows each column is.
    """

    n: int
    columns: Ints
    row: Ints
    column: Ints
    data: Floats
    held_by: Ints

    @classmethod
    def of(cls, matrix: sparse.csr_matrix, rows: Sequence[int]) -> Chosen:
        """The chosen rows in the order given."""
        spans = [slice(*matrix.indptr[row : row + 2].tolist()) for row in rows]
        used = np.concatenate([matrix.indices[span] for span in spans])
        columns, column, held_by = np.unique(used, return_inverse=True, return_counts=True)
        row = np.repeat(np.arange(len(spans)), [span.stop - span.start for span in spans])
        data = np.concatenate([matrix.data[span] for span in spans]).astype(np.float64)
        return cls(len(spans), columns, row, column, data, held_by)

    def products(self) -> Floats:
        """Inner products of all rows with all others: n × n; what one row alone has is left out."""
        return self._products(self.data)

    def cosines_of_rest(self) -> Floats:
        """Cosines of all rows with all others by what not all of them say: n × n."""
        weighted = self.data * np.log((self.n + 1) / self.held_by)[self.column]
        length = np.sqrt(np.bincount(self.row, weights=weighted**2, minlength=self.n))
        return self._products(weighted / np.where(length > 0, length, 1.0)[self.row])

    def _products(self, data: Floats) -> Floats:
        several = self.held_by > 1
        kept = several[self.column]
        place = np.cumsum(several) - 1
        table = np.zeros((self.n, int(several.sum())))
        table[self.row[kept], place[self.column[kept]]] = data[kept]
        products: Floats = np.round(table @ table.T, _DECIMALS)
        return products

    def sums(self, data: Floats) -> Floats:
        """Sum of each column over the rows."""
        return np.bincount(self.column, weights=data, minlength=len(self.columns)).astype(np.float64)
