"""Outlet against outlet over all events: there the events are what is resampled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framing.compare.circles import Circles, circles, moved_means, n_varying, others_means
from framing.compare.cube import Cube, Values, cube
from framing.compare.draws import Draws
from framing.compare.measured import Bools, Floats, Ints
from framing.compare.resample import estimate
from framing.compare.rows import Head, Row, abstain, n_of, rows
from framing.compare.shuffle import Shuffled, Shuffles, shuffled

# With 5 events the least two-sided p-value is 2/32: no result could reach 0.05.
MIN_EVENTS = 6
_CELLS = 4_000_000  # of an array of outlets × arrangements × columns: 32 MB


def over_events(data: Values, reprints: str, others: str, *, pairs: bool, draws: Draws) -> Iterator[Row]:
    """One row for each outlet against ``others`` and, with ``pairs``, each two outlets, and each feature."""
    whole = cube(data)
    n_outlets = len(whole.outlets)
    numbers = {name: n for n, name in enumerate(whole.outlets)}
    codes = np.array([numbers[o] for o in data.outlets.tolist()], dtype=np.int64)
    found = circles(data, codes, draws.seed)
    varying = n_varying(found, data.scaled, n_outlets)

    def against_others(outlet: int) -> _Side:
        return _Side(whole, outlet, others, *whole.of(outlet), *whole.others(outlet), varying[outlet])

    enough = [against_others(outlet).enough() for outlet in range(n_outlets)]
    for outlet, tested in enumerate(_against_others(data.scaled, found, enough, draws)):
        yield from against_others(outlet).rows(reprints, tested, draws)
    for outlet in range(n_outlets) if pairs else ():
        one = whole.of(outlet)
        for other in range(outlet + 1, n_outlets):
            found = circles(data, np.select([codes == outlet, codes == other], [0, 1], -1), draws.seed)
            varies = n_varying(found, data.scaled, 2)[0]
            side = _Side(whole, outlet, whole.outlets[other], *one, *whole.of(other), varies)
            yield from side.rows(reprints, _of_two(data.scaled[:, side.enough()], found, draws), draws)


@dataclass(frozen=True, slots=True)
class _Side:
    """One outlet and what it is compared with: means and counts of both by event and feature.

    ``varying``: events of each feature in which the values differ.
    """

    whole: Cube
    outlet: int
    reference: str
    own_means: Floats
    own_counts: NDArray[np.int32]
    means: Floats
    counts: NDArray[np.int32]
    varying: Ints

    def enough(self) -> Ints:
        """The features of which there is enough to compare."""
        n_events = (~np.isnan(self.own_means - self.means)).sum(axis=0)
        few = (n_events < MIN_EVENTS) | ((self.varying > 0) & (self.varying < MIN_EVENTS))
        return np.flatnonzero(~few)

    def rows(self, reprints: str, tested: Shuffled, draws: Draws) -> Iterator[Row]:
        """A row for each feature; ``tested`` has those of :meth:`enough`."""
        differences = self.own_means - self.means
        there = ~np.isnan(differences)
        n_events = there.sum(axis=0).tolist()
        n_articles = np.where(there, self.own_counts + self.counts, 0).sum(axis=0).tolist()
        n_own = self.own_counts.sum(axis=0).tolist()
        head = reprints, self.whole.outlets[self.outlet], self.reference
        heads: list[Head] = [
            ("", *feature, *head, *n)
            for feature, *n in zip(self.whole.features, n_articles, n_events, strict=True)
        ]
        enough = self.enough()
        if len(enough):
            units = there[:, enough].any(axis=1)
            found = estimate(
                differences[np.ix_(units, enough)], tested, n_resamples=draws.n_resamples, seed=draws.seed
            )
            yield from rows([heads[f] for f in enough.tolist()], found)
        for f in sorted(set(range(len(heads))).difference(enough.tolist())):
            yield abstain(heads[f], self._too_few(n_own[f], n_events[f], int(self.varying[f])))

    def _too_few(self, n_own: int, n_events: int, varying: int) -> str:
        """Why a feature is not compared that ``n_own`` articles of the outlet have."""
        name = self.whole.outlets[self.outlet]
        if n_events >= MIN_EVENTS:
            return (
                f"{n_of(varying, 'event')} of {n_events} in which the articles of {name} and"
                f" {self._other()} differ in it; an interval needs at least {MIN_EVENTS}"
            )
        if n_own < MIN_EVENTS:
            return f"{n_of(n_own, 'measured article')} from {name}; a difference needs at least {MIN_EVENTS}"
        return (
            f"{n_of(n_events, 'event')} with measured articles of both {name} and {self._other()};"
            f" a difference needs at least {MIN_EVENTS}"
        )

    def _other(self) -> str:
        return self.reference if self.reference in self.whole.outlets else "another outlet"


def _of_two(table: Floats, found: list[Circles], draws: Draws) -> Shuffled:
    """The columns of ``table`` (articles × features) tested."""
    if not found or not table.shape[1]:
        return _untested(table.shape[1])
    moved = [moved_means(circle, table, 2) for circle in found]
    return shuffled([Shuffles.of([m[0] - m[1] for m in moved])], draws.n_shuffles, draws.seed)


def _against_others(
    table: Floats, found: list[Circles], enough: Sequence[Ints], draws: Draws
) -> list[Shuffled]:
    """For each outlet: all outlets are shuffled, and each is taken against the mean of the others.

    ``enough``: the columns of ``table`` (articles × features) that are tested of each outlet.
    """
    n_outlets = len(enough)
    wanted = np.zeros((n_outlets, table.shape[1]), dtype=bool)
    for outlet, columns in enumerate(enough):
        wanted[outlet, columns] = True
    features = np.flatnonzero(wanted.any(axis=0))
    if not found or not len(features):
        return [_untested(len(columns)) for columns in enough]
    n_articles = sum(circle.articles.size for circle in found)
    size = max(1, _CELLS // (n_outlets * n_articles))
    parts = [features[at : at + size] for at in range(0, len(features), size)]
    blocks = (_block_against_others(table[:, part], found, wanted[:, part]) for part in parts)
    tested = shuffled(blocks, draws.n_shuffles, draws.seed)
    # Columns: of each part outlet 0's features, outlet 1's, …
    outlet_of = np.concatenate([np.nonzero(wanted[:, part])[0] for part in parts])
    return [Shuffled(tested.p[outlet_of == o], tested.ratio[outlet_of == o]) for o in range(n_outlets)]


def _block_against_others(table: Floats, found: list[Circles], wanted: Bools) -> Shuffles:
    differences = []
    for circle in found:
        means = moved_means(circle, table, len(wanted))
        side = np.moveaxis(means - others_means(means), 0, 2)  # events × arrangements × outlets × features
        differences.append(np.ascontiguousarray(side[:, :, wanted]))
    return Shuffles.of(differences)


def _untested(n: int) -> Shuffled:
    return Shuffled(np.ones(n), np.zeros(n))
