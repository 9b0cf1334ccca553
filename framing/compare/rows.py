"""Rows of comparisons.csv."""

from __future__ import annotations

from typing import Any

import numpy as np

from framing.compare.measured import Floats
from framing.compare.resample import Estimates

Row = dict[str, Any]
# event_id, measure, voice, reprints, outlet, reference, n_articles, n_events
Head = tuple[str, str, str, str, str, str, int, int]
_HEAD = ("event_id", "measure", "voice", "reprints", "outlet", "reference", "n_articles", "n_events")
_NUMBERS = ("estimate", "low", "high", "effect_size", "p_value")


def row(head: Head, found: Estimates, at: int) -> Row:
    """A row with the numbers of column ``at``."""
    columns: tuple[Floats, ...] = (found.mean, found.low, found.high, found.g, found.p)
    numbers = [None if np.isnan(c[at]) else float(c[at]) for c in columns]
    return dict(zip(_HEAD, head, strict=True)) | dict(zip(_NUMBERS, numbers, strict=True)) | {"why_none": ""}


def abstain(head: Head, why_none: str) -> Row:
    """A row that says why it has no numbers."""
    return dict(zip(_HEAD, head, strict=True)) | dict.fromkeys(_NUMBERS) | {"why_none": why_none}


def n_of(count: int, noun: str) -> str:
    """A count with its noun."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
