"""Values of several texts, one text after another: sums and extremes of each, told as if it stood alone."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
T = TypeVar("T", list[float], Array)


class Groups:
    """m values in n groups, in order; ``row`` (m,) says which group each is in. A group may be empty.

    What is worked out of a group depends on its own values alone, to the last bit.
    """

    def __init__(self, row: Array, n: int) -> None:
        self.row = row
        self.n = n
        self.counts = np.bincount(row, minlength=n)  # (n,)

    @classmethod
    def of_lengths(cls, lengths: Sequence[int]) -> Groups:
        """Groups of so many values each."""
        return cls(np.repeat(np.arange(len(lengths)), lengths), len(lengths))

    @functools.cached_property
    def starts(self) -> Array:
        """Where the first value of each group is, (n,); of an empty one where it would be."""
        return np.cumsum(self.counts) - self.counts

    @functools.cached_property
    def inside(self) -> Array:
        """Which of its group's values each is, from 0 on, (m,)."""
        return np.arange(len(self.row)) - self.starts[self.row]

    @functools.cached_property
    def _some(self) -> Array:
        return np.flatnonzero(self.counts)

    def cut(self, values: T) -> list[T]:
        """``values`` (m) group by group."""
        return [
            values[start : start + n]
            for start, n in zip(self.starts.tolist(), self.counts.tolist(), strict=True)
        ]

    def places(self, at: Array) -> Iterator[tuple[int, int]]:
        """The group of each of the values ``at``, and which of the group's values it is."""
        return zip(self.row[at].tolist(), self.inside[at].tolist(), strict=True)

    def sums(self, values: Array) -> Array:
        """Of each group, (n, ...) of (m, ...); 0 of an empty one."""
        return self._reduced(np.add.reduceat, values, 0)

    def products(self, values: Array) -> Array:
        """Of each group; 1 of an empty one."""
        return self._reduced(np.multiply.reduceat, values, 1)

    def highest(self, values: Array) -> Array:
        """Of each group; 0 of an empty one."""
        return self._reduced(np.maximum.reduceat, values, 0)

    def lowest(self, values: Array) -> Array:
        """Of each group; 0 of an empty one."""
        return self._reduced(np.minimum.reduceat, values, 0)

    @functools.cached_property
    def _by_place(self) -> tuple[Array, Array, list[int]]:
        """The groups with a value, those with most first; their values by place in the group; the borders.

        Between two borders stand the values of one place.
        """
        groups = np.argsort(-self.counts, kind="stable")[: len(self._some)]
        rank = np.zeros(self.n, np.intp)
        rank[groups] = np.arange(len(groups))
        order = np.lexsort((rank[self.row], self.inside))
        return groups, order, [0, *np.cumsum(np.bincount(self.inside)).tolist()]

    def extremes(self, values: Array) -> tuple[Array, Array]:
        """:meth:`highest` and :meth:`lowest` of (m, d), both together and quicker where d is large."""
        groups, order, borders = self._by_place
        placed = values[order]
        high, low = np.zeros((2, self.n, *values.shape[1:]), values.dtype)
        most = placed[: len(groups)].copy()
        least = most.copy()
        for start, end in itertools.pairwise(borders[1:]):
            np.maximum(most[: end - start], placed[start:end], out=most[: end - start])
            np.minimum(least[: end - start], placed[start:end], out=least[: end - start])
        high[groups], low[groups] = most, least
        return high, low

    def shifted(self, values: Array, by: int) -> Array:
        """The value ``by`` places before each in its group (after it where ``by`` is negative), or 0."""
        if not by:
            return values
        before, after = slice(None, -abs(by)), slice(abs(by), None)
        source, target = (before, after) if by > 0 else (after, before)
        out = np.zeros_like(values)
        out[target] = values[source]
        out[target][self.row[before] != self.row[after]] = 0
        return out

    def ranked(self, values: Array, most: int) -> tuple[Array, Array]:
        """Where the ``most`` highest of each group are, (n, most), the highest first; and how many there are.

        The second, (n, most), is whether there is one of that rank; of equals the first goes first.
        """
        left = values.astype(float)
        at = np.zeros((self.n, most), np.intp)
        there = np.arange(most) < self.counts[:, None]
        for rank in range(most):  # a few passes cost less than to sort all values
            highest = np.flatnonzero(left == self.highest(left)[self.row])
            first = highest[np.diff(self.row[highest], prepend=-1) > 0]
            at[self.row[first], rank] = first
            left[first] = -np.inf
        return np.where(there, at, 0), there

    def _reduced(self, reduce: Callable[..., Array], values: Array, empty: float) -> Array:
        if len(self._some) == self.n:
            return reduce(values, self.starts, axis=0) if self.n else values[:0]
        out = np.full((self.n, *values.shape[1:]), empty, values.dtype)
        if len(self._some):
            out[self._some] = reduce(values, self.starts[self._some], axis=0)
        return out
