"""Rows of comparisons.csv."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from framing.compare.measured import Floats
from framing.compare.resample import Estimates

Row = tuple[Any, ...]  # the columns of ROW
# event_id, measure, voice, reprints, outlet, reference, n_articles, n_events
Head = tuple[str, str, str, str, str, str, int, int]
_NUMBERS = ("estimate", "low", "high", "effect_size", "p_value")
ROW = (
    "event_id", "measure", "voice", "reprints", "outlet", "reference", "n_articles", "n_events",
    *_NUMBERS, "why_none",
)  # fmt: skip


def rows(heads: Sequence[Head], found: Estimates) -> Iterator[Row]:
    """A row for each column of ``found``, with its numbers."""
    columns: tuple[Floats, ...] = (found.mean, found.low, found.high, found.g, found.p)
    numbers = [[None if n != n else n for n in column.tolist()] for column in columns]
    for head, own in zip(heads, zip(*numbers, strict=True), strict=True):
        yield (*head, *own, "")


def abstain(head: Head, why_none: str) -> Row:
    """A row that says why it has no numbers."""
    return (*head, *[None] * len(_NUMBERS), why_none)


def n_of(count: int, noun: str) -> str:
    """A count with its noun."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
