"""Outlet against outlet, within events, so that what outlets choose to cover does not pass for style.

For one measure in one voice, an event's difference is the outlet's mean there minus
the reference's: another outlet's mean, or ``others``, the mean of the other outlets'
means. Events weigh the same, and so do the other outlets within an event. Events are
what is resampled: articles on one event are not independent.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from framing.article import FramingError
from framing.compare.cube import Cube, Floats, Ints, cube, values
from framing.compare.one_event import one_event
from framing.compare.resample import estimate
from framing.compare.rows import Row, abstain, row
from framing.compare.separability import Separability, separability

__all__ = ["MIN_EVENTS", "OTHERS", "Separability", "compare", "separability", "swapped"]

OTHERS = "others"
# With 5 events the least two-sided p-value of sign flips is 2/32: no result could reach 0.05.
MIN_EVENTS = 6

RESULT = (
    "event_id", "measure", "voice", "reprints", "outlet", "reference", "n_articles", "n_events",
    "estimate", "low", "high", "effect_size", "p_value", "q_value", "why_none",
)  # fmt: skip


def compare(
    findings: pd.DataFrame,
    *,
    pairs: bool = True,
    events: bool = True,
    n_resamples: int = 1000,
    n_flips: int = 9999,
    seed: int = 20081,
) -> pd.DataFrame:
    """Every outlet against the others and, with ``pairs``, against every other outlet.

    ``findings`` has a row for each article, measure and voice, with the columns
    article_id, outlet, event_id, measure, voice, value and, where reprints are known,
    reprint_of. Any grouping of outlets can be compared: put the group into ``outlet``.
    Empty outlet = not known, empty event_id = unassigned, empty value = not measured.

    Returns the columns of comparisons.csv: rows over all events (event_id empty) and,
    with ``events``, rows for each single event that has enough articles; all of it with
    reprints included and excluded where ``reprint_of`` names any. Where there is too
    little to compare, the numbers are missing and ``why_none`` says why. q_value is
    Benjamini-Hochberg over every p-value in the result.

    The order of the rows, and the outlets' names, change no number.
    Raises FramingError on missing columns or an article with one measure twice in a voice.
    """
    rows: list[Row] = []
    for reprints, part in _with_and_without(findings):
        data = values(part)
        whole = cube(data)
        for outlet, reference in _comparisons(whole.outlets, pairs):
            rows += _over_events(whole, outlet, reference, reprints, n_resamples, n_flips, seed)
        rows += _unknown_outlets(part, data.features, reprints)
        if events:
            rows += one_event(data, reprints, OTHERS, pairs=pairs, n_shuffles=n_resamples, seed=seed)
    result = pd.DataFrame(rows, columns=list(RESULT))
    tested = result["p_value"].notna()
    if tested.any():
        p = result.loc[tested, "p_value"].astype(float)
        result.loc[tested, "q_value"] = stats.false_discovery_control(p, method="bh")
    key = ["event_id", "measure", "voice", "reprints", "outlet", "reference"]
    return result.sort_values(key, kind="stable").reset_index(drop=True)


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


def _with_and_without(findings: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    yield "included", findings
    if "reprint_of" in findings.columns:
        reprint = findings["reprint_of"].notna() & (findings["reprint_of"].astype(object) != "")
        if reprint.any():
            yield "excluded", findings.loc[~reprint]


def _comparisons(outlets: tuple[str, ...], pairs: bool) -> Iterator[tuple[int, int | None]]:
    for outlet in range(len(outlets)):
        yield outlet, None
    if pairs:
        yield from combinations(range(len(outlets)), 2)


def _reference(whole: Cube, outlet: int, reference: int | None) -> tuple[Floats, Ints]:
    """The reference's mean and article count in each event and feature."""
    if reference is not None:
        return whole.means[reference], whole.counts[reference]
    rest = np.delete(whole.means, outlet, axis=0)
    there = ~np.isnan(rest)
    n_outlets = there.sum(axis=0)
    total = np.where(there, rest, 0).sum(axis=0)
    mean = np.divide(total, n_outlets, out=np.full(total.shape, np.nan), where=n_outlets > 0)
    return mean, np.delete(whole.counts, outlet, axis=0).sum(axis=0)


def _over_events(
    whole: Cube, outlet: int, reference: int | None, reprints: str, n_resamples: int, n_flips: int, seed: int
) -> Iterator[Row]:
    """One row a feature: the outlet against the reference over all events."""
    mean, count = _reference(whole, outlet, reference)
    differences = whole.means[outlet] - mean
    there = ~np.isnan(differences)
    n_events = there.sum(axis=0)
    n_articles = (np.where(there, whole.counts[outlet] + count, 0)).sum(axis=0)
    n_own = whole.counts[outlet].sum(axis=0)
    names = whole.outlets[outlet], OTHERS if reference is None else whole.outlets[reference]
    enough = np.flatnonzero(n_events >= MIN_EVENTS)
    if len(enough):
        units = there[:, enough].any(axis=1)
        found = estimate(
            differences[np.ix_(units, enough)], n_resamples=n_resamples, n_flips=n_flips, seed=seed
        )
        for at, f in enumerate(enough.tolist()):
            head = ("", *whole.features[f], reprints, *names, int(n_articles[f]), int(n_events[f]))
            yield row(head, found, at)
    for f in np.flatnonzero(n_events < MIN_EVENTS).tolist():
        head = ("", *whole.features[f], reprints, *names, int(n_articles[f]), int(n_events[f]))
        yield abstain(head, _too_few(names, int(n_own[f]), int(n_events[f])))


def _too_few(names: tuple[str, str], n_own: int, n_events: int) -> str:
    outlet, reference = names
    if n_own < MIN_EVENTS:
        return f"{_n(n_own, 'measured article')} from {outlet}; a difference needs at least {MIN_EVENTS}"
    other = "another outlet" if reference == OTHERS else reference
    return (
        f"{_n(n_events, 'event')} with measured articles of both {outlet} and {other};"
        f" a difference needs at least {MIN_EVENTS}"
    )


def _unknown_outlets(
    part: pd.DataFrame, features: tuple[tuple[str, str], ...], reprints: str
) -> Iterator[Row]:
    outlets = part["outlet"]
    unknown = part.loc[outlets.isna() | (outlets.astype(object) == ""), "article_id"].nunique()
    if unknown:
        why = f"the outlet of {_n(unknown, 'article')} is not known; articles without one are not compared"
        for measure, voice in features:
            yield abstain(("", measure, voice, reprints, "", OTHERS, unknown, 0), why)


def _n(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
