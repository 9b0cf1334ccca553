"""Outlet against outlet over all events: there the events are what is resampled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from framing.compare.circles import Circles, circles, moved_means, n_varying, others_means
from framing.compare.cube import Cube, Values, cube
from framing.compare.draws import Draws
from framing.compare.measured import Floats, Ints
from framing.compare.resample import estimate
from framing.compare.rows import Head, Row, abstain, n_of, row
from framing.compare.shuffle import Shuffled, Shuffles, shuffled

# With 5 events the least two-sided p-value is 2/32: no result could reach 0.05.
MIN_EVENTS = 6
_CELLS = 4_000_000  # of an array of outlets × arrangements × columns: 32 MB


def over_events(data: Values, reprints: str, others: str, *, pairs: bool, draws: Draws) -> Iterator[Row]:
    """One row for each outlet against ``others`` and, with ``pairs``, each two outlets, and each feature."""
    whole = cube(data)
    numbers = {name: n for n, name in enumerate(whole.outlets)}
    codes = np.array([numbers[o] for o in data.outlets.tolist()], dtype=np.int64)
    found = circles(data, codes, draws.seed)
    varying = n_varying(found, data.scaled, len(whole.outlets))
    for outlet, tested in enumerate(_against_others(data, found, len(whole.outlets), draws)):
        side = _Side(whole, outlet, others, *whole.of(outlet), *whole.others(outlet))
        yield from side.rows(reprints, tested, varying[outlet], draws)
    for outlet, other in combinations(range(len(whole.outlets)), 2) if pairs else ():
        side = _Side(whole, outlet, whole.outlets[other], *whole.of(outlet), *whole.of(other))
        found = circles(data, np.select([codes == outlet, codes == other], [0, 1], -1), draws.seed)
        varying = n_varying(found, data.scaled, 2)[0]
        yield from side.rows(reprints, _of_two(data, found, draws), varying, draws)


@dataclass(frozen=True, slots=True)
class _Side:
    """One outlet and what it is compared with: means and counts of both by event and feature."""

    whole: Cube
    outlet: int
    reference: str
    own_means: Floats
    own_counts: NDArray[np.int32]
    means: Floats
    counts: NDArray[np.int32]

    def rows(self, reprints: str, tested: Shuffled, varying: Ints, draws: Draws) -> Iterator[Row]:
        differences = self.own_means - self.means
        there = ~np.isnan(differences)
        n_events = there.sum(axis=0)
        n_articles = np.where(there, self.own_counts + self.counts, 0).sum(axis=0)
        name = self.whole.outlets[self.outlet]
        reasons = [
            self._too_few(f, int(n), int(v)) for f, (n, v) in enumerate(zip(n_events, varying, strict=True))
        ]
        enough = np.array([f for f, reason in enumerate(reasons) if not reason], dtype=np.int64)
        if len(enough):
            units = there[:, enough].any(axis=1)
            own = Shuffled(tested.p[enough], tested.ratio[enough])
            found = estimate(
                differences[np.ix_(units, enough)], own, n_resamples=draws.n_resamples, seed=draws.seed
            )
        place = {f: at for at, f in enumerate(enough.tolist())}
        for f, reason in enumerate(reasons):
            n = int(n_articles[f]), int(n_events[f])
            head: Head = ("", *self.whole.features[f], reprints, name, self.reference, *n)
            yield abstain(head, reason) if reason else row(head, found, place[f])

    def _too_few(self, feature: int, n_events: int, varying: int) -> str:
        """Why the feature is not compared; empty where it is."""
        name = self.whole.outlets[self.outlet]
        if n_events < MIN_EVENTS:
            n_own = int(self.own_counts[:, feature].sum())
            if n_own < MIN_EVENTS:
                return (
                    f"{n_of(n_own, 'measured article')} from {name}; a difference needs at least {MIN_EVENTS}"
                )
            return (
                f"{n_of(n_events, 'event')} with measured articles of both {name} and {self._other()};"
                f" a difference needs at least {MIN_EVENTS}"
            )
        if 0 < varying < MIN_EVENTS:
            return (
                f"{n_of(varying, 'event')} of {n_events} in which the articles of {name} and"
                f" {self._other()} differ in it; an interval needs at least {MIN_EVENTS}"
            )
        return ""

    def _other(self) -> str:
        return self.reference if self.reference in self.whole.outlets else "another outlet"


def _of_two(data: Values, found: list[Circles], draws: Draws) -> Shuffled:
    if not found:
        return _untested(len(data.features))
    moved = [moved_means(circle, data.scaled, 2) for circle in found]
    return shuffled([Shuffles.of([m[0] - m[1] for m in moved])], draws.n_shuffles, draws.seed)


def _against_others(data: Values, found: list[Circles], n_outlets: int, draws: Draws) -> list[Shuffled]:
    """For each outlet: all outlets are shuffled, and each is taken against the mean of the others."""
    n_features = len(data.features)
    if not found:
        return [_untested(n_features)] * n_outlets
    rows = sum(circle.articles.size for circle in found)
    size = max(1, _CELLS // (n_outlets * rows))
    starts = range(0, n_features, size)
    blocks = (_block_against_others(data.scaled[:, at : at + size], found, n_outlets) for at in starts)
    tested = shuffled(blocks, draws.n_shuffles, draws.seed)
    # Columns: of each block outlet 0's features, outlet 1's, …
    widths = [min(size, n_features - at) for at in starts]
    ends = np.cumsum([n_outlets * width for width in widths])[:-1]
    p, ratio = (
        np.concatenate([part.reshape(n_outlets, -1) for part in np.split(values, ends)], axis=1)
        for values in (tested.p, tested.ratio)
    )
    return [Shuffled(p[o], ratio[o]) for o in range(n_outlets)]


def _block_against_others(table: Floats, found: list[Circles], n_outlets: int) -> Shuffles:
    differences = []
    for circle in found:
        means = moved_means(circle, table, n_outlets)
        side = np.moveaxis(means - others_means(means), 0, 2)  # events × arrangements × outlets × features
        differences.append(side.reshape(*side.shape[:2], -1))
    return Shuffles.of(differences)


def _untested(n: int) -> Shuffled:
    return Shuffled(np.ones(n), np.zeros(n))
