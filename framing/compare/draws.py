"""How often everything is resampled and shuffled, and from which seed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Draws:
    """``n_resamples`` of events (or articles) and ``n_shuffles`` of outlets for each comparison."""

    n_resamples: int
    n_shuffles: int
    seed: int
