"""A map of the outlets by all measures at once, and a tree of which are alike.

An outlet's place is its mean difference from its events' means, measure by measure, in
units of the measure's spread within events. The map shows the two directions in which
outlets differ most (principal components); the ellipses come from resampling whole events.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from framing.compare.cube import Cube, Values, cube, values
from framing.compare.measured import Findings, Floats, Ints, without_reprints
from framing.compare.over_events import MIN_EVENTS
from framing.compare.shuffle import LEVEL

# Two outlets lie on a line whatever they do.
MIN_OUTLETS = 3
MIN_FEATURES = 2

_POINTS = ["outlet", "x", "y", "ellipse_width", "ellipse_height", "ellipse_angle", "n_articles", "n_events"]
_LOADINGS = ["measure", "voice", "x", "y"]
_TREE = ["step", "left", "right", "height", "outlets", "support"]


@dataclass(frozen=True, slots=True)
class OutletMap:
    """Frames to draw; empty where ``why_none`` says why.

    ``points``: one row an outlet: x, y, the 95 % ellipse around it (width and height are
    full axes, the angle in degrees against the x axis), what it rests on. ``loadings``:
    what the axes mean, one row a measure and voice. ``tree``: average linkage, one row a
    merger: ``left`` and ``right`` name outlets or, as ``#step``, earlier mergers; height in
    standard deviations; support = share of resampled events in which the same outlets come
    together. ``shares``: of the differences between outlets, what x and y show, 0 to 1.
    """

    points: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=_POINTS))
    loadings: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=_LOADINGS))
    tree: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=_TREE))
    shares: tuple[float, float] = (0.0, 0.0)
    why_none: str = ""


def outlet_map(findings: Findings, *, n_resamples: int = 1000, seed: int = 20081) -> OutletMap:
    """Where the outlets of ``findings`` (columns as in :func:`framing.compare.compare`) lie.

    Takes part: outlets with :data:`MIN_EVENTS` events or more that another outlet reports
    too, and the measures that each of those outlets has in as many. Reprints are left out.

    Raises FramingError as :func:`framing.compare.compare` does.
    """
    data = values(without_reprints(findings))
    whole = cube(data)
    n_outlets = len(whole.outlets)
    measured = np.array([(~np.isnan(_differences(whole, o))).sum(axis=0) for o in range(n_outlets)])
    measured = measured.reshape(n_outlets, len(whole.features))
    outlets = np.flatnonzero((measured >= MIN_EVENTS).any(axis=1))
    spread = _spread(data)
    features = np.flatnonzero((measured[outlets] >= MIN_EVENTS).all(axis=0) & (spread > 0))
    if len(outlets) < MIN_OUTLETS or len(features) < MIN_FEATURES:
        return OutletMap(
            why_none=f"{len(outlets)} outlets with {MIN_EVENTS} events or more that others report too, and"
            f" {len(features)} measures that all of them have; a map needs {MIN_OUTLETS} and {MIN_FEATURES}"
        )
    scaled = [_differences(whole, o)[:, features] / spread[features] for o in outlets.tolist()]
    places = np.asfortranarray([np.nanmean(own, axis=0) for own in scaled])
    centre = places.mean(axis=0)
    _, sizes, axes = np.linalg.svd(places - centre, full_matrices=False)
    axes = axes[:2] * _directions(axes[:2])[:, None]
    resampled = _resampled(scaled, n_resamples, seed)
    points = (places - centre) @ axes.T
    clouds = (resampled - centre) @ axes.T
    names = [whole.outlets[o] for o in outlets.tolist()]
    return OutletMap(
        points=_points(names, points, clouds, whole, outlets, measured),
        loadings=pd.DataFrame(
            [(*whole.features[f], *axes[:, at].tolist()) for at, f in enumerate(features.tolist())],
            columns=_LOADINGS,
        ),
        tree=_tree(names, places, resampled),
        shares=(float(sizes[0] ** 2 / (sizes**2).sum()), float(sizes[1] ** 2 / (sizes**2).sum())),
    )


def _differences(whole: Cube, outlet: int) -> Floats:
    """The outlet's means minus those of the others: events × features."""
    found: Floats = whole.of(outlet)[0] - whole.others(outlet)[0]
    return found


def _spread(data: Values) -> Floats:
    """Standard deviation of each measure within events."""
    frame = pd.DataFrame(data.table)
    within = frame - frame.groupby(data.event_codes).transform("mean")
    found: Floats = within.std().fillna(0.0).to_numpy(dtype=np.float64)
    return found


def _directions(axes: Floats) -> Floats:
    """Signs that make the largest loading of each axis positive: an axis has no sense of its own."""
    largest = np.abs(axes).argmax(axis=1)
    signs: Floats = np.sign(axes[np.arange(len(axes)), largest])
    return signs


def _resampled(scaled: Sequence[Floats], n_resamples: int, seed: int) -> Floats:
    """Places in each resample of the events: resamples × outlets × features."""
    n_events, n_features = scaled[0].shape
    rng = np.random.default_rng([seed, n_events, 6])
    weights = np.empty((n_resamples, n_events))
    for at in range(n_resamples):  # all draws as whole numbers beside them would be as much memory again
        weights[at] = rng.multinomial(n_events, np.full(n_events, 1 / n_events))
    found = np.empty((n_resamples, len(scaled), n_features))
    for outlet, own in enumerate(scaled):
        there = ~np.isnan(own)
        sums = weights @ np.where(there, own, 0.0)
        counts = weights @ there.astype(np.float64)
        place = np.nanmean(own, axis=0)  # for the rare resample without a measured event
        found[:, outlet] = np.divide(sums, counts, out=np.tile(place, (n_resamples, 1)), where=counts > 0)
    return found


def _points(
    names: list[str], points: Floats, clouds: Floats, whole: Cube, outlets: Ints, measured: Ints
) -> pd.DataFrame:
    radius = np.sqrt(-2 * np.log(1 - LEVEL))  # of a chi-square with two degrees of freedom
    rows = []
    for at, name in enumerate(names):
        variances, directions = np.linalg.eigh(np.cov(clouds[:, at].T))
        width, height = 2 * radius * np.sqrt(np.maximum(variances[::-1], 0))
        angle = np.degrees(np.arctan2(directions[1, 1], directions[0, 1])) % 180
        n_articles = int(whole.counts[outlets[at]].max(axis=1).sum())
        n_events = int(measured[outlets[at]].max())
        rows.append((name, *points[at].tolist(), width, height, angle, n_articles, n_events))
    return pd.DataFrame(rows, columns=_POINTS)


def _tree(names: list[str], places: Floats, resampled: Floats) -> pd.DataFrame:
    from scipy.cluster.hierarchy import linkage

    groups = _groups(linkage(places, "average"), len(names))
    counts = dict.fromkeys(groups, 0)
    for place in resampled:
        for group in set(_groups(linkage(place, "average"), len(names))) & counts.keys():
            counts[group] += 1
    rows = []
    for step, (left, right, height, _) in enumerate(linkage(places, "average")):
        ends = [names[int(e)] if e < len(names) else f"#{int(e) - len(names)}" for e in (left, right)]
        members = ";".join(sorted(names[m] for m in groups[step]))
        rows.append((step, *ends, float(height), members, counts[groups[step]] / len(resampled)))
    return pd.DataFrame(rows, columns=_TREE)


def _groups(merges: Floats, n: int) -> list[frozenset[int]]:
    """The outlets that each merger brings together."""
    groups = [frozenset([leaf]) for leaf in range(n)]
    for left, right, *_ in merges.tolist():
        groups.append(groups[int(left)] | groups[int(right)])
    return groups[n:]
