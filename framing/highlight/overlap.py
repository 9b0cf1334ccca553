"""Cutting a text at every mark boundary, and giving each mark a line of its own.

Marks cross, nest and touch. A renderer needs flat pieces that say which marks cover
them, and for each mark one lane (a line under the text) that no overlapping mark shares.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from framing.article import Span


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text under the same spans: ``covering`` has their indexes, ``starts`` the new ones."""

    span: Span
    covering: tuple[int, ...]
    starts: tuple[int, ...]


def segments(text: str, spans: Sequence[Span], cuts: Iterable[int] = ()) -> list[Segment]:
    """The whole of ``text`` in pieces, cut where a span begins or ends and at ``cuts``.

    Joined, the pieces are the text. Empty spans cover nothing and cut nothing.

    Raises ValueError where a span ends beyond the text: marks of another text must not
    be drawn on this one.

    >>> [(s.span.of("abcd"), s.covering) for s in segments("abcd", [Span(0, 3), Span(2, 4)])]
    [('ab', (0,)), ('c', (0, 1)), ('d', (1,))]
    """
    length = len(text)
    edges = {0, length} | {cut for cut in cuts if 0 < cut < length}
    opening: dict[int, list[int]] = {}
    closing: dict[int, list[int]] = {}
    for i, span in enumerate(spans):
        if span.end > length:
            raise ValueError(f"span {span.start}:{span.end} in a text of {length} characters")
        if len(span):
            edges |= {span.start, span.end}
            opening.setdefault(span.start, []).append(i)
            closing.setdefault(span.end, []).append(i)
    order = sorted(edges)
    current: set[int] = set()
    pieces = []
    for start, end in pairwise(order):
        current.difference_update(closing.get(start, ()))
        current.update(opening.get(start, ()))
        pieces.append(Segment(Span(start, end), tuple(sorted(current)), tuple(opening.get(start, ()))))
    return pieces


def lanes(spans: Sequence[Span]) -> list[int]:
    """A lane for each span, so that overlapping spans never share one; as few lanes as possible.

    Greedy colouring of intervals in order of their start: each takes the lowest lane that
    is free. The number of lanes is the largest number of spans at one place.

    >>> lanes([Span(0, 9), Span(2, 4), Span(4, 6)])
    [0, 1, 1]
    """
    order = sorted(range(len(spans)), key=lambda i: (spans[i].start, -spans[i].end))
    free: list[int] = []
    busy: list[tuple[int, int]] = []  # (end, lane)
    found = [0] * len(spans)
    n_lanes = 0
    for i in order:
        while busy and busy[0][0] <= spans[i].start:
            heapq.heappush(free, heapq.heappop(busy)[1])
        if free:
            lane = heapq.heappop(free)
        else:
            lane, n_lanes = n_lanes, n_lanes + 1
        found[i] = lane
        heapq.heappush(busy, (max(spans[i].end, spans[i].start), lane))
    return found
