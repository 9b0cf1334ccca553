"""Which articles report the same event, from text, title and, where there is one, the date.

Articles are compared as weighted words and pairs of words, each with its nearest
neighbours only; average linkage on that sparse graph makes the events. One setting
serves from five articles to half a million.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from framing.article import FramingError
from framing.events.corrections import Corrections, lock, merge, split, unlock
from framing.events.describe import describe
from framing.events.linkage import average_linkage
from framing.events.links import links
from framing.events.naming import ids
from framing.events.records import Event, EventInput, Grouping
from framing.events.vectors import terms, vectors

__all__ = [
    "Corrections", "Event", "EventInput", "Grouping", "group", "lock", "merge", "split", "unlock",
]  # fmt: skip

# Fewer distinct content words say too little of what happened: a headline has about five.
MIN_TERMS = 4
# Least mean link inside an event; higher: fewer articles together.
THRESHOLD = 0.12


def group(
    inputs: Sequence[EventInput],
    *,
    corrections: Corrections | None = None,
    previous: Mapping[str, str] | None = None,
    threshold: float = THRESHOLD,
) -> Grouping:
    """Group articles into events.

    ``previous`` maps article ids to the event ids of an earlier run, so that events keep
    their ids when articles are added. ``corrections`` are applied as the user gave them:
    a locked event holds exactly its articles. Every article is in one event or in
    ``unassigned`` with a reason. The order of ``inputs`` does not matter.

    Raises FramingError where an article id is given twice or a date is not ISO 8601.
    """
    corrections = corrections or Corrections()
    items = _sorted(inputs)
    row_of = {item.article_id: row for row, item in enumerate(items)}
    content = [terms(f"{item.title}. {item.text}") for item in items]
    described = vectors(content)
    fixed = {
        event: [row_of[a] for a in members if a in row_of] for event, members in corrections.locked.items()
    }
    fixed = {event: rows for event, rows in sorted(fixed.items()) if rows}
    locked_rows = {row for rows in fixed.values() for row in rows}
    named = {row_of[a] for g in corrections.together for a in g if a in row_of}
    free = np.array(
        [
            row
            for row in range(len(items))
            if row not in locked_rows and (len(set(content[row])) >= MIN_TERMS or row in named)
        ],
        dtype=np.int64,
    )
    days = np.array([_day(item) for item in items], dtype=np.float64)
    found = links(described.rows(free), days[free])
    position = {int(row): at for at, row in enumerate(free)}
    labels = average_linkage(
        len(free),
        zip(found.i.tolist(), found.j.tolist(), found.weight.tolist(), strict=True),
        threshold,
        together=[_positions(g, row_of, position) for g in corrections.together],
        apart=[
            (_positions(a, row_of, position), _positions(b, row_of, position)) for a, b in corrections.apart
        ],
    )
    groups = [free[members].tolist() for members in _members(labels)]
    names = ids([[items[r] for r in rows] for rows in groups], previous or {}, set(fixed))
    strength = {
        (int(free[a]), int(free[b])): w for a, b, w in zip(found.i, found.j, found.weight, strict=True)
    }
    events = [
        describe(name, [items[r] for r in rows], rows, described, strength, threshold, locked=locked)
        for name, rows, locked in [
            *((n, r, False) for n, r in zip(names, groups, strict=True)),
            *((n, r, True) for n, r in fixed.items()),
        ]
    ]
    assigned = locked_rows | set(free.tolist())
    unassigned = {
        item.article_id: _why_unassigned(content[row])
        for row, item in enumerate(items)
        if row not in assigned
    }
    return Grouping(tuple(sorted(events, key=lambda event: event.id)), unassigned)


def _sorted(inputs: Sequence[EventInput]) -> list[EventInput]:
    items = sorted(inputs, key=lambda item: item.article_id)
    for a, b in pairwise(items):
        if a.article_id == b.article_id:
            raise FramingError(f"article {a.article_id!r} was given twice; pass each article once")
    return items


def _day(item: EventInput) -> float:
    """Days since year 1; NaN where no full date is known (a year or a month alone is none)."""
    if not item.published:
        return float("nan")
    try:
        return float(date.fromisoformat(item.published[:10]).toordinal())
    except ValueError:
        if len(item.published) in (4, 7) and item.published[:4].isdigit():
            return float("nan")
        raise FramingError(
            f"article {item.article_id!r} has the date {item.published!r}; expected ISO 8601 as 2024-05-09"
        ) from None


def _positions(articles: Sequence[str], row_of: Mapping[str, int], position: Mapping[int, int]) -> list[int]:
    """Where articles stand among the free ones; those that are gone or locked are left out."""
    return [position[row_of[a]] for a in articles if a in row_of and row_of[a] in position]


def _members(labels: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    order = np.argsort(labels, kind="stable")
    _, starts = np.unique(labels[order], return_index=True)
    return np.split(order, starts[1:]) if len(labels) else []


def _why_unassigned(content: Sequence[str]) -> str:
    if not content:
        return "no text to compare"
    return f"{len(set(content))} different content words; grouping needs at least {MIN_TERMS}"
