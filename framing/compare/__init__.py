"""Outlet against outlet, within events, so that what outlets choose to cover does not pass for style.

For one measure in one voice, an event's difference is the outlet's mean there minus
the reference's: another outlet's mean, or ``others``, the mean of the other outlets'
means. Weights: events weigh the same, in an event the other outlets weigh the same, in an
outlet its articles. Events are what is resampled: articles on one event are not
independent. p-values come from shuffling the outlets within events.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from framing.article import FramingError
from framing.compare.contributions import OTHERS, contributions
from framing.compare.cube import values
from framing.compare.draws import Draws
from framing.compare.measured import Findings, Floats, Measured, measured, without_reprints
from framing.compare.one_event import one_event
from framing.compare.outlet_map import OutletMap, outlet_map
from framing.compare.over_events import MIN_EVENTS, over_events
from framing.compare.rows import ROW, Row, abstain, n_of
from framing.compare.separability import Separability, separability

__all__ = ["MIN_EVENTS", "OTHERS", "Measured", "OutletMap", "Separability", "compare", "contributions",
           "outlet_map", "separability", "swapped"]  # fmt: skip

N_RESAMPLES = 1000
N_SHUFFLES = 9999

RESULT = (*ROW[:-1], "q_value", ROW[-1])


def compare(
    findings: Findings,
    *,
    pairs: bool = True,
    events: bool = True,
    n_resamples: int = N_RESAMPLES,
    n_shuffles: int = N_SHUFFLES,
    seed: int = 20081,
) -> pd.DataFrame:
    """Every outlet against the others and, with ``pairs``, against every other outlet.

    ``findings`` has a row for each article, measure and voice, with the columns
    article_id, outlet, event_id, measure, voice, value and, where reprints are known,
    reprint_of (the article whose text this one repeats); or it is what a study holds of them
    (:class:`Measured`). Any grouping of outlets can be
    compared: put the group into ``outlet``. Empty outlet = not known, empty event_id =
    unassigned, empty value = not measured. Copies of one text in one outlet count once.

    Returns the columns of comparisons.csv: rows over all events (event_id empty) and,
    with ``events``, rows for each single event that has enough articles; all of it with
    reprints included and excluded where ``reprint_of`` names any. Where there is too
    little to compare, the numbers are missing and ``why_none`` says why. q_value is
    Benjamini-Hochberg over every p-value in the result.

    The order of the rows, and the outlets' names, change no number.
    Raises FramingError on missing columns or an article with one measure twice in a voice.
    """
    rows: list[Row] = []
    draws = Draws(n_resamples, n_shuffles, seed)
    for reprints, part in _with_and_without(findings):
        data = values(part)
        rows += over_events(data, reprints, OTHERS, pairs=pairs, draws=draws)
        rows += _unknown_outlets(part, reprints)
        if events:
            rows += one_event(data, reprints, OTHERS, pairs=pairs, draws=draws)
    result = pd.DataFrame(rows, columns=list(ROW)).reindex(columns=list(RESULT))
    result["q_value"] = _benjamini_hochberg(np.asarray(result["p_value"], dtype=np.float64))
    key = ["event_id", "measure", "voice", "reprints", "outlet", "reference"]
    return result.sort_values(key, kind="stable").reset_index(drop=True)


def _benjamini_hochberg(p: Floats) -> Floats:
    """p-values (NaN: none) as false discovery rates (Benjamini & Hochberg 1995), as scipy.stats has them.

    Its import would take half a second of every analysis.
    """
    tested = np.flatnonzero(~np.isnan(p))
    order = tested[np.argsort(p[tested])]
    rates = p[order] * (len(order) / np.arange(1, len(order) + 1))
    found = np.full_like(p, np.nan)
    found[order] = np.minimum(np.minimum.accumulate(rates[::-1])[::-1], 1)
    return found


def swapped(comparison: dict[str, Any]) -> dict[str, Any]:
    """A row of :func:`compare` seen from the reference; ``others`` has no such view (FramingError)."""
    if comparison["reference"] == OTHERS:
        raise FramingError("a row against the others has no reverse; name an outlet as the reference")

    def minus(value: Any) -> Any:
        return None if value is None or value != value else -value

    return comparison | {
        "outlet": comparison["reference"],
        "reference": comparison["outlet"],
        "estimate": minus(comparison["estimate"]),
        "low": minus(comparison["high"]),
        "high": minus(comparison["low"]),
        "effect_size": minus(comparison["effect_size"]),
    }


def _with_and_without(findings: Findings) -> Iterator[tuple[str, Measured]]:
    whole = measured(findings)
    yield "included", whole
    if (whole.reprint_of != "").any():
        yield "excluded", measured(without_reprints(findings))


def _unknown_outlets(part: Measured, reprints: str) -> Iterator[Row]:
    unknown = int((part.outlets == "").sum())
    if unknown:
        why = f"the outlet of {n_of(unknown, 'article')} is not known; articles without one are not compared"
        for measure, voice in part.features:
            yield abstain(("", measure, voice, reprints, "", OTHERS, unknown, 0), why)
