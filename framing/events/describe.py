"""An event's label, keywords, dates and confidence from its members."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from framing.events.chosen import Chosen
from framing.events.naming import keywords, label
from framing.events.records import Event, EventInput
from framing.events.vectors import Vectors

# Of an event with thousands of articles the first hundred say what it is about.
_MOST_READ = 100
# The share of pairs of articles that are the same event in events found in public gold data
# (AllSides, BASIL, ECB+, Giveme5W) is near 0.75 r⁵ / (1 + 0.75 r⁵), r the mean link over the
# threshold: 0.43 at the threshold, 0.96 at twice it.
_ODDS_AT_THRESHOLD = 0.75
_STEEPNESS = 5.0
_CANDIDATES = 30


def describe(
    event_id: str,
    items: Sequence[EventInput],
    rows: Sequence[int],
    vectors: Vectors,
    *,
    confidence: float | None,
    locked: bool,
) -> Event:
    """The event of ``items``, whose vectors are ``rows`` of ``vectors``."""
    read = list(rows[:_MOST_READ])
    words = Chosen.of(vectors.words, read)
    likeness = words.data * words.sums(words.data)[words.column]
    central = items[int(np.argmax(np.bincount(words.row, weights=likeness, minlength=len(read))))]
    named = keywords(_strongest(vectors, words), items[:_MOST_READ])
    dates = sorted(item.published for item in items if item.published)
    return Event(
        id=event_id,
        label=label(central, named),
        keywords=named,
        article_ids=tuple(sorted(item.article_id for item in items)),
        confidence=confidence,
        locked=locked,
        first_published=dates[0] if dates else "",
        last_published=dates[-1] if dates else "",
    )


def _strongest(vectors: Vectors, words: Chosen) -> list[str]:
    """The terms that set these articles apart from the rest and stand in two of them or more.

    Of one article, its heaviest terms: what it alone says is no subject.
    """
    apart = vectors.scarcity[words.columns][words.column] if words.n > 1 else 1.0
    total = words.sums(words.data * apart)
    total *= np.where(words.held_by >= min(2, words.n), words.held_by, 0)
    names = vectors.vocabulary[words.columns]
    order = np.lexsort((names.astype(str), -total))[:_CANDIDATES]
    return [str(names[t]) for t in order if total[t] > 0]


def confidence(n_articles: int, closeness: float) -> float | None:
    """How likely two of the articles report the same event; ``closeness`` is mean link over threshold."""
    if n_articles < 2:
        return None
    odds: float = _ODDS_AT_THRESHOLD * closeness**_STEEPNESS
    return round(odds / (1 + odds), 3)
