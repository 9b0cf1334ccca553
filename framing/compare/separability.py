"""Can the measures alone tell the outlets apart? A classifier two-sample test (Lopez-Paz & Oquab 2017).

Whole events are left out in turn: with articles drawn at random into folds a classifier
recognises events, not outlets. Values are differences from their event's mean. The
p-value comes from shuffling the outlets among the articles of each event and fitting anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.compare.cube import Values, values
from framing.compare.measured import Findings, Floats, without_reprints

if TYPE_CHECKING:
    from sklearn.pipeline import Pipeline

_FOLDS = 5
# Each of the five folds then holds two events or more, and four articles of an outlet.
MIN_EVENTS = 10
MIN_ARTICLES = 20
_RESAMPLES = 100


@dataclass(frozen=True, slots=True)
class Separability:
    """How well outlets are told apart in events that the classifier has not seen.

    ``balanced_accuracy``: mean share of each outlet's articles that are recognised, 0 to 1;
    ``chance`` is one over the number of outlets. ``coefficients``: one row an outlet,
    measure and voice, per standard deviation of the measure, the largest first, with the
    95 % interval from resampling whole events; only worth reading where the p-value is
    low. All are None or empty where ``why_none`` says why.
    """

    outlets: tuple[str, ...] = ()
    n_articles: int = 0
    n_events: int = 0
    balanced_accuracy: float | None = None
    chance: float | None = None
    p_value: float | None = None
    coefficients: pd.DataFrame | None = None
    why_none: str = ""


def separability(findings: Findings, *, n_shuffles: int = 199, seed: int = 20081) -> Separability:
    """Tell the outlets of ``findings`` (columns as in :func:`framing.compare.compare`) apart.

    Takes part: every named outlet with :data:`MIN_ARTICLES` articles in events of two such
    outlets or more. Articles with ``reprint_of`` are left out: their words are another's.
    Names, datelines and the like are no measures, so the classifier never sees them.

    Raises FramingError as :func:`framing.compare.compare` does.
    """
    data = values(without_reprints(findings))
    keep = _taking_part(data)
    outlets, events = data.outlets[keep].astype(str), data.events[keep].astype(str)
    names, n_events = np.unique(outlets), len(np.unique(events))
    if len(names) < 2 or n_events < MIN_EVENTS:
        return Separability(
            why_none=f"{len(names)} outlets with {MIN_ARTICLES} articles or more on {n_events} shared events;"
            f" telling outlets apart needs at least 2 on {MIN_EVENTS}"
        )
    table = _within_events(data.table[keep], events)
    varies = table.std(axis=0) > 0
    table = table[:, varies]
    features = [data.features[f] for f in np.flatnonzero(varies)]
    observed = _accuracy(table, outlets, events)
    rng = np.random.default_rng(seed)
    shuffled = [_accuracy(table, _shuffled(outlets, events, rng), events) for _ in range(n_shuffles)]
    return Separability(
        outlets=tuple(names.tolist()),
        n_articles=len(outlets),
        n_events=n_events,
        balanced_accuracy=observed,
        chance=1 / len(names),
        p_value=(1 + sum(s >= observed for s in shuffled)) / (1 + n_shuffles),
        coefficients=_coefficients(table, outlets, events, features, np.random.default_rng([seed, 1])),
    )


def _taking_part(data: Values) -> NDArray[np.bool_]:
    """Articles of outlets that have enough of them on events that they share with such outlets."""
    keep: NDArray[np.bool_] = (data.outlets != "") & (data.events != "")
    while True:
        pairs = pd.DataFrame({"outlet": data.outlets[keep], "event": data.events[keep]})
        n_outlets = pairs.groupby("event")["outlet"].transform("nunique").to_numpy()
        n_articles = pairs.groupby("outlet")["event"].transform("size").to_numpy()
        good = (n_outlets >= 2) & (n_articles >= MIN_ARTICLES)
        if good.all():
            return keep
        keep[np.flatnonzero(keep)[~good]] = False


def _within_events(table: Floats, events: NDArray[np.str_]) -> Floats:
    """Differences from the event's mean; 0, which is the mean, where nothing was measured."""
    frame = pd.DataFrame(table)
    centred = frame - frame.groupby(events).transform("mean")
    found: Floats = centred.fillna(0.0).to_numpy(dtype=np.float64)
    return found


def _model() -> Pipeline:
    from sklearn.linear_model import LogisticRegression  # a second, which other comparisons need not wait for
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    return make_pipeline(StandardScaler(), LogisticRegression(class_weight="balanced", max_iter=1000))


def _accuracy(table: Floats, outlets: NDArray[np.str_], events: NDArray[np.str_]) -> float:
    from sklearn.metrics import balanced_accuracy_score
    from sklearn.model_selection import GroupKFold, cross_val_predict

    predicted = cross_val_predict(_model(), table, outlets, groups=events, cv=GroupKFold(_FOLDS))
    return float(balanced_accuracy_score(outlets, predicted))


def _shuffled(
    outlets: NDArray[np.str_], events: NDArray[np.str_], rng: np.random.Generator
) -> NDArray[np.str_]:
    """The outlets dealt out anew among the articles of each event."""
    order = np.lexsort((rng.random(len(events)), events))
    shuffled = np.empty_like(outlets)
    shuffled[np.argsort(events, kind="stable")] = outlets[order]
    return shuffled


def _coefficients(
    table: Floats,
    outlets: NDArray[np.str_],
    events: NDArray[np.str_],
    features: list[tuple[str, str]],
    rng: np.random.Generator,
) -> pd.DataFrame:
    names = np.unique(outlets)
    weights = _weights(table, outlets)
    _, codes = np.unique(events, return_inverse=True)
    members = [np.flatnonzero(codes == code) for code in range(codes.max() + 1)]
    resampled = []
    for _ in range(_RESAMPLES):
        drawn = np.concatenate([members[code] for code in rng.integers(0, len(members), len(members))])
        if len(np.unique(outlets[drawn])) == len(names):
            resampled.append(_weights(table[drawn], outlets[drawn]))
    low, high = np.quantile(resampled, [0.025, 0.975], axis=0)
    rows = [
        (str(outlet), *features[f], float(weights[o, f]), float(low[o, f]), float(high[o, f]))
        for o, outlet in enumerate(names)
        for f in range(table.shape[1])
    ]
    frame = pd.DataFrame(rows, columns=["outlet", "measure", "voice", "coefficient", "low", "high"])
    return frame.sort_values("coefficient", key=lambda c: -c.abs(), kind="stable").reset_index(drop=True)


def _weights(table: Floats, outlets: NDArray[np.str_]) -> Floats:
    """Coefficients of a classifier of all articles: outlets × features."""
    fitted = _model().fit(table, outlets)[-1]
    # Two outlets share one row of coefficients: those of the second.
    weights: Floats = fitted.coef_ if len(fitted.classes_) > 2 else np.vstack([-fitted.coef_, fitted.coef_])
    return weights
