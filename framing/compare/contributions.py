"""Which articles a row of the comparison rests on, and with what weight."""

from __future__ import annotations

import numpy as np
import pandas as pd

from framing.article import FramingError
from framing.compare.cube import Values, values
from framing.compare.measured import Bools, Floats

OTHERS = "others"
COLUMNS = ("article_id", "outlet", "event_id", "value", "weight")


def contributions(
    findings: pd.DataFrame,
    *,
    measure: str,
    voice: str,
    outlet: str,
    reference: str = OTHERS,
    event_id: str = "",
    reprints: str = "included",
) -> pd.DataFrame:
    """The articles behind one row of :func:`framing.compare.compare` on the same ``findings``.

    The sum of ``weight`` times ``value`` is the row's estimate: in an event the outlet's
    articles share a weight of plus one, the reference's of minus one, and the events share
    the whole. Articles that repeat each other share one weight. Ordered by weight.

    Raises FramingError where the findings hold no such measure, voice, outlet or reference.
    """
    part = findings
    if reprints == "excluded":
        part = findings.loc[findings["reprint_of"].isna() | (findings["reprint_of"].astype(object) == "")]
    data = values(part)
    if (measure, voice) not in data.features:
        known = sorted({m for m, _ in data.features})
        raise FramingError(f"no measure {measure!r} in voice {voice!r}; measures: {', '.join(known)}")
    unknown = [o for o in (outlet, reference) if o != OTHERS and o not in set(data.outlets.tolist())]
    if unknown:
        named = ", ".join(sorted(set(data.outlets.tolist())))
        raise FramingError(f"no article of {', '.join(unknown)} in an event; there are {named or 'none'}")
    column = data.table[:, data.features.index((measure, voice))]
    own = data.outlets == outlet
    rest = data.outlets == reference if reference != OTHERS else ~own
    if event_id:
        weights = _one_event(data, column, own, rest, event_id)
    else:
        weights = _over_events(data, column, own, rest)
    return _articles(part, data, weights, measure, voice)


def _over_events(data: Values, column: Floats, own: Bools, rest: Bools) -> Floats:
    measured = ~np.isnan(column)
    frame = pd.DataFrame({"event": data.events, "outlet": data.outlets})[measured & (own | rest)]
    frame["own"] = own[frame.index]
    both = frame.groupby("event")["own"].transform("nunique") == 2
    frame = frame[both]
    n_articles = frame.groupby(["event", "outlet"])["own"].transform("size")
    n_outlets = frame.groupby(["event", "own"])["outlet"].transform("nunique")
    weights = np.zeros(len(column))
    sign = np.where(frame["own"], 1.0, -1.0)
    weights[frame.index] = sign / (n_articles * n_outlets) / max(1, frame["event"].nunique())
    return weights


def _one_event(data: Values, column: Floats, own: Bools, rest: Bools, event_id: str) -> Floats:
    weights = np.zeros(len(column))
    for side, sign in ((own, 1.0), (rest, -1.0)):
        rows = np.flatnonzero(side & (data.events == event_id) & ~np.isnan(column))
        _, codes, counts = np.unique(data.origins[rows].astype(str), return_inverse=True, return_counts=True)
        if len(rows):
            weights[rows] = sign / (counts[codes] * len(counts))
    return weights


def _articles(part: pd.DataFrame, data: Values, weights: Floats, measure: str, voice: str) -> pd.DataFrame:
    chosen = part[(part["measure"] == measure) & (part["voice"] == voice)].set_index("article_id")
    value = pd.to_numeric(chosen["value"]).astype("Float64")
    rows = []
    for r in np.flatnonzero(weights).tolist():
        members = [a for a in data.articles[r] if a in value.index and pd.notna(value[a])]
        for article in members:
            event = str(data.events[r])
            rows.append(
                (article, str(data.outlets[r]), event, float(value[article]), weights[r] / len(members))
            )
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.sort_values(["weight", "article_id"], ascending=[False, True]).reset_index(drop=True)
