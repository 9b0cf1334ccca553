"""A study's outlets told apart by all measures at once: as a classifier's score, and on a map."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from framing import compare
from framing.comparing import measured
from framing.study import Study


def separation(
    study: Study, *, n_shuffles: int = 199, by: str | None = None, groups: Mapping[str, str] | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows of separability.csv and coefficients.csv.

    Raises FramingError for an unknown column or outlet.
    """
    found = compare.separability(measured(study, by=by, groups=groups), n_shuffles=n_shuffles)
    row = {
        "outlets": ";".join(found.outlets),
        "n_articles": found.n_articles,
        "n_events": found.n_events,
        "balanced_accuracy": found.balanced_accuracy,
        "chance": found.chance,
        "p_value": found.p_value,
        "why_none": found.why_none,
    }
    columns = ["outlet", "measure", "voice", "coefficient", "low", "high"]
    empty = pd.DataFrame(columns=columns)
    return pd.DataFrame([row]), empty if found.coefficients is None else found.coefficients


def placed(
    study: Study, *, by: str | None = None, groups: Mapping[str, str] | None = None
) -> compare.OutletMap:
    """The map of the study's outlets.

    Raises FramingError for an unknown column or outlet.
    """
    return compare.outlet_map(measured(study, by=by, groups=groups))
