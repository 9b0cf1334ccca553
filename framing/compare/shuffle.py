"""p-values and critical values from outlets shuffled within events, for many columns at once.

The statistic is the sum of the event differences over the root of the sum of their squares:
scaled so, the test is exact where outlets are interchangeable and holds, for many events,
where they differ in spread but not in level (Chung & Romano 2013, Annals of Statistics
41(2), 484-507). A shuffle that leaves a side of an event without a measured article
leaves that event out.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framing.compare.circles import ROUNDING
from framing.compare.measured import Bools, Floats, Ints

Singles = NDArray[np.float32]
Drawn = tuple[Singles, Ints]  # ratios of shuffles (× columns), and how often each was drawn

LEVEL = 0.95
# A column whose p-value after the first round is above this gets no second round: more
# shuffles would refine a number that decides nothing.
REFINE_BELOW = 0.1
FIRST_ROUND = 999
# Multiplications of one second round, some seconds of one core. Only tables of many events
# in which much differs reach it, and there nothing hangs on finer steps.
_WORK = 1e11
_WAITING = 15_000_000  # steps that wait for a second round: 60 MB
_CELLS = 4_000_000  # of a block of drawn arrangements: 16 MB
_TIE = 1e-5  # single precision; a shuffle that equals the observed differences must count
_NOTHING = 1e-5  # a sum of squares, the largest being 1, that is nothing but rounding


@dataclass(frozen=True, slots=True)
class Shuffled:
    """One entry a column: the p-value, and the ``ratio`` that 95 % of the shuffles stay below.

    The ratio is the square of the sum of the event differences over the sum of their squares.
    """

    p: Floats
    ratio: Floats


@dataclass(frozen=True, slots=True)
class Shuffles:
    """Event differences in every arrangement, ready to be drawn from.

    ``observed`` and ``squares`` hold each column's sums over events in the observed
    arrangement; ``steps`` and ``square_steps`` the changes from it to each other arrangement
    (rows: the arrangements 1, 2, … of one event after the other; ``sizes`` = how many each
    event has, the observed one included). ``square_steps`` leaves out events with two: the
    squares do not change where two articles change places.
    """

    observed: Singles
    squares: Singles
    steps: Singles
    square_steps: Singles
    sizes: Ints

    @classmethod
    def of(cls, differences: list[Floats]) -> Shuffles:
        """From arrays of events × arrangements × columns; NaN = the event says nothing there.

        Differences must be in units of their column's largest value: what is less than a
        billionth of it is rounding.
        """
        filled = [np.where(np.abs(d) > ROUNDING, d, 0.0) for d in differences]  # NaN is not above it
        scale = np.max([np.abs(d).max(axis=(0, 1), initial=0.0) for d in filled], axis=0)
        scale[scale == 0] = 1.0
        flat = [(d / scale).reshape(-1, len(scale)).astype(np.float32) for d in filled]
        parts = [f.reshape(d.shape) for f, d in zip(flat, filled, strict=True)]
        observed = sum(p[:, 0].sum(axis=0, dtype=np.float64) for p in parts)
        squares = sum((p[:, 0].astype(np.float64) ** 2).sum(axis=0) for p in parts)
        uneven = [_steps(p**2) for p in parts if p.shape[1] > 2]
        return cls(
            observed=np.asarray(observed, dtype=np.float32),
            squares=np.asarray(squares, dtype=np.float32),
            steps=np.concatenate([_steps(p) for p in parts]),
            square_steps=np.concatenate(uneven) if uneven else np.zeros((0, len(scale)), np.float32),
            sizes=np.concatenate([np.full(len(p), p.shape[1], dtype=np.int64) for p in parts]),
        )

    def taken(self, columns: Ints) -> Shuffles:
        """Some of the columns."""
        steps, square_steps = self.steps[:, columns], self.square_steps[:, columns]
        return Shuffles(self.observed[columns], self.squares[columns], steps, square_steps, self.sizes)

    def beside(self, others: Sequence[Shuffles]) -> Shuffles:
        """With the columns of ``others``, on the same events, after its own."""
        every = [self, *others]
        joined = {
            name: np.concatenate([getattr(s, name) for s in every], axis=-1)
            for name in ("observed", "squares", "steps", "square_steps")
        }
        return Shuffles(**joined, sizes=self.sizes)

    def reached(self, n_shuffles: int, seed: int, stream: int) -> tuple[Ints, list[Drawn]]:
        """How many shuffles are as far from zero as what was observed, and the shuffles' ratios in blocks."""
        observed = _ratio(self.observed.copy(), self.squares) * (1 - _TIE)
        count = np.zeros(len(observed), dtype=np.int64)
        blocks = []
        for ratios, times in self._shuffled(n_shuffles, seed, stream):
            reached = (ratios >= observed).astype(np.float32)
            count += (times.astype(np.float32) @ reached).astype(np.int64)  # exact up to 2**24
            blocks.append((ratios, times))
        return count, blocks

    def _shuffled(self, n_shuffles: int, seed: int, stream: int) -> Iterator[Drawn]:
        """The statistic in each shuffle, block by block."""
        rng = np.random.default_rng([seed, len(self.sizes), stream])
        uneven = _uneven(self.sizes)
        every = bool(uneven.all())
        for chosen, times in self._chosen(rng, n_shuffles):
            drawn = self._as_steps(chosen)
            norms = self.squares
            if len(self.square_steps):
                norms = (drawn if every else drawn[:, uneven]) @ self.square_steps
                norms += self.squares
            sums = drawn @ self.steps
            sums += self.observed
            yield _ratio(sums, norms), times

    def _chosen(self, rng: np.random.Generator, n_shuffles: int) -> Iterator[tuple[Ints, Ints]]:
        """Blocks of shuffles × events: the arrangement of each, and how often such a shuffle was drawn."""
        n_events, block = len(self.sizes), max(1, _CELLS // max(1, len(self.steps)))
        for start in range(0, n_shuffles, block):
            n = min(block, n_shuffles - start)
            if len(self.steps) == n_events:  # two arrangements in each event
                bits = np.frombuffer(rng.bytes((n * n_events + 7) // 8), dtype=np.uint8)
                chosen = np.unpackbits(bits, count=n * n_events).reshape(n, -1).astype(np.int64)
            else:
                chosen = (rng.random((n, n_events), dtype=np.float32) * self.sizes).astype(np.int64)
            if math.prod(self.sizes.tolist()) <= n:
                yield _distinct(chosen, self.sizes)
            else:
                yield chosen, np.ones(n, dtype=np.int64)

    def _as_steps(self, chosen: Ints) -> Singles:
        """Shuffles × steps: 1 at the arrangement that was chosen, 0 elsewhere."""
        if len(self.steps) == len(self.sizes):
            return chosen.astype(np.float32)
        event = np.repeat(np.arange(len(self.sizes)), self.sizes - 1)
        arrangement = 1 + np.arange(len(event)) - np.searchsorted(event, event)
        drawn: Singles = (chosen.take(event, axis=1) == arrangement).astype(np.float32)
        return drawn


def shuffled(blocks: Iterable[Shuffles], n_shuffles: int, seed: int) -> Shuffled:
    """Two-sided p-values, (1 + b) / (1 + n) (Phipson & Smyth 2010), and critical ratios of all columns.

    ``blocks`` hold columns on the same events. All columns get up to 999 shuffles; those
    that may matter get ``n_shuffles``, or as many as :data:`_WORK` allows.
    """
    first = min(n_shuffles, FIRST_ROUND)
    p: list[Floats] = []
    ratio: list[Floats] = []
    waiting: list[tuple[int, Ints, Shuffles]] = []
    for at, block in enumerate(blocks):
        extreme, ratios = block.reached(first, seed, 2)
        p.append((1 + extreme) / (1 + first))
        ratio.append(_critical(np.concatenate([np.repeat(own, times, axis=0) for own, times in ratios])))
        again = np.flatnonzero(p[at] <= REFINE_BELOW)
        if len(again) and n_shuffles > first:
            waiting.append((at, again, block.taken(again)))
        if sum(s.steps.size for _, _, s in waiting) > _WAITING:
            _second_round(waiting, p, first, n_shuffles, seed)
            waiting = []
    if waiting:
        _second_round(waiting, p, first, n_shuffles, seed)
    return Shuffled(np.concatenate(p), np.concatenate(ratio))


def _second_round(
    waiting: Sequence[tuple[int, Ints, Shuffles]], p: list[Floats], first: int, n_shuffles: int, seed: int
) -> None:
    """More shuffles for the columns that wait, in one go: drawing arrangements costs more than using them."""
    together = waiting[0][2].beside([s for _, _, s in waiting[1:]])
    rest = min(n_shuffles - first, int(_WORK // max(1, together.steps.size)))
    if rest < 1:
        return
    extreme, _ = together.reached(rest, seed, 3)
    ends = np.cumsum([len(columns) for _, columns, _ in waiting])[:-1]
    for (at, columns, _), more in zip(waiting, np.split(extreme, ends), strict=True):
        before = p[at][columns] * (1 + first)
        p[at][columns] = (before + more) / (1 + first + rest)


def _uneven(sizes: Ints) -> Bools:
    """Which steps are of events with more than two arrangements."""
    found: Bools = np.repeat(sizes > 2, sizes - 1)
    return found


def _steps(part: Singles) -> Singles:
    """Changes from arrangement 0 to each other one, one row each."""
    return (part[:, 1:] - part[:, :1]).reshape(-1, part.shape[2])


def _critical(ratios: Singles) -> Floats:
    """The least ratio with a p-value of 5 % or less if it were observed."""
    at = min(len(ratios) - 1, int(np.ceil(LEVEL * (len(ratios) + 1))) - 1)
    found: Floats = np.partition(ratios, at, axis=0)[at].astype(np.float64)
    return found


def _ratio(sums: Singles, squares: Singles) -> Singles:
    """Square of the sum over the sum of squares; 0 where nothing differs. It takes the place of ``sums``."""
    differs = squares > _NOTHING
    np.square(sums, out=sums)
    np.divide(sums, squares, out=sums, where=differs)
    sums *= differs
    return sums


def _distinct(chosen: Ints, sizes: Ints) -> tuple[Ints, Ints]:
    """Each of few arrangements of all events once, and how often it was drawn."""
    place = np.cumprod(sizes) // sizes
    times = np.bincount(chosen @ place)
    drawn = np.flatnonzero(times)
    return drawn[:, None] // place % sizes, times[drawn]
