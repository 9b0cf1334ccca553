"""Which articles report the same event, from text, title and, where there is one, the date.

Articles are compared as weighted words and pairs of words, each with its nearest
neighbours only; average linkage on that sparse graph makes the events, a second look
joins the pieces of large ones, and a third parts those that are several on one subject. One
setting serves from five articles to half a million.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from framing.article import FramingError
from framing.events.content import Content, content, together
from framing.events.corrections import Corrections, lock, merge, split, unlock
from framing.events.describe import confidence, describe
from framing.events.linkage import average_linkage, may_matter
from framing.events.links import links, mean_links
from framing.events.naming import ids
from framing.events.neighbours import Links
from framing.events.parts import parts
from framing.events.pieces import joined
from framing.events.records import Event, EventInput, Grouping
from framing.events.vectors import Vectors, terms, vectors

__all__ = [
    "Content", "Corrections", "Event", "EventInput", "Grouping", "group", "lock", "merge", "said", "split",
    "together", "unlock",
]  # fmt: skip

# Fewer distinct content words say too little of what happened: a headline has about five.
MIN_TERMS = 4
# Least mean link inside an event; higher: fewer articles together.
THRESHOLD = 0.1


def said(inputs: Sequence[EventInput]) -> Content:
    """The content words of articles, which :func:`group` takes: made of some articles at a time."""
    return content((terms(f"{item.title}. {item.text}"), len(terms(item.title))) for item in inputs)


def group(
    inputs: Sequence[EventInput],
    *,
    words: Content | None = None,
    corrections: Corrections | None = None,
    previous: Mapping[str, str] | None = None,
    threshold: float = THRESHOLD,
) -> Grouping:
    """Group articles into events.

    ``previous`` maps article ids to the event ids of an earlier run, so that events keep
    their ids when articles are added. ``corrections`` are applied as the user gave them:
    a locked event holds exactly its articles. Every article is in one event or in
    ``unassigned`` with a reason. The order of ``inputs`` does not matter. ``words`` are what
    :func:`said` makes of them, where that is known (None: it is made here).

    Raises FramingError where an article id is given twice or a date is not ISO 8601.
    """
    corrections, previous = corrections or Corrections(), previous or {}
    items = _sorted(inputs)
    row_of = {item.article_id: row for row, item in enumerate(items)}
    found_words = said(inputs) if words is None else words
    order = np.argsort(np.array([row_of[item.article_id] for item in inputs], dtype=np.int64))
    ordered = found_words.taken(order)
    n_words = ordered.n_different.tolist()
    described = vectors(ordered)
    del found_words, ordered
    fixed = {
        event: [row_of[a] for a in members if a in row_of] for event, members in corrections.locked.items()
    }
    fixed = {event: rows for event, rows in sorted(fixed.items()) if rows}
    locked_rows = {row for rows in fixed.values() for row in rows}
    named = {row_of[a] for g in corrections.together for a in g if a in row_of} | locked_rows
    placed = np.array(
        [row for row in range(len(items)) if n_words[row] >= MIN_TERMS or row in named],
        dtype=np.int64,
    )
    days = np.array([_day(item) for item in items], dtype=np.float64)
    # Locked articles have links too, so that a lock moves no other article.
    found = links(described, placed, days[placed])
    free = set(placed.tolist()) - locked_rows
    groups = _groups(row_of, free, found, described, days, corrections, previous, threshold)
    events = _described(items, groups, fixed, found, described, previous, threshold)
    unassigned = {
        item.article_id: _why_unassigned(n_words[row])
        for row, item in enumerate(items)
        if row not in free and row not in locked_rows
    }
    return Grouping(tuple(sorted(events, key=lambda event: event.id)), unassigned)


def _groups(
    row_of: Mapping[str, int],
    free: Collection[int],
    found: Links,
    described: Vectors,
    days: NDArray[np.float64],
    corrections: Corrections,
    previous: Mapping[str, str],
    threshold: float,
) -> list[list[int]]:
    """The rows of each event among the ``free`` ones."""
    corrected = corrections.articles()
    by_user = {row_of[a] for a in corrected if a in row_of}

    def rows(articles: Sequence[str]) -> list[int]:
        """Those that are not gone and not locked."""
        return [row_of[a] for a in articles if a in row_of and row_of[a] in free]

    together = [rows(g) for g in corrections.together]
    near = may_matter(len(row_of), found, threshold, together)
    edges = zip(found.i[near].tolist(), found.j[near].tolist(), found.weight[near].tolist(), strict=True)
    labels = average_linkage(
        len(row_of),
        ((i, j, weight) for i, j, weight in edges if i in free and j in free),
        threshold,
        together=together,
        apart=[(rows(a), rows(b)) for a, b in corrections.apart],
        known={row_of[a]: event for a, event in previous.items() if a in row_of},
        closed={previous[a] for a in corrected if a in previous},
    )
    groups = [members for members in _members(labels) if members[0] in free]
    decided = [members for members in groups if by_user.intersection(members)]
    others = [members for members in groups if not by_user.intersection(members)]
    whole = joined(others, found, described, days, threshold)
    return decided + [part for members in whole for part in parts(members, described.words)]


def _described(
    items: Sequence[EventInput],
    groups: list[list[int]],
    fixed: Mapping[str, list[int]],
    found: Links,
    described: Vectors,
    previous: Mapping[str, str],
    threshold: float,
) -> list[Event]:
    """The events that the rows of ``groups`` and of the locked events ``fixed`` make."""
    names = ids([[items[r] for r in rows] for rows in groups], previous, set(fixed))
    named_groups = [*zip(names, groups, strict=True), *fixed.items()]
    closeness = mean_links(found, [rows for _, rows in named_groups], len(items))
    return [
        describe(
            name,
            [items[r] for r in rows],
            rows,
            described,
            confidence=None if name in fixed else confidence(len(rows), mean / threshold),
            locked=name in fixed,
        )
        for (name, rows), mean in zip(named_groups, closeness.tolist(), strict=True)
    ]


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


def _members(labels: NDArray[np.int64]) -> list[list[int]]:
    order = np.argsort(labels, kind="stable")
    _, starts = np.unique(labels[order], return_index=True)
    return [rows.tolist() for rows in np.split(order, starts[1:])] if len(labels) else []


def _why_unassigned(n_words: int) -> str:
    """``n_words``: different content words."""
    if not n_words:
        return "no text to compare"
    return f"{n_words} different content words; grouping needs at least {MIN_TERMS}"
