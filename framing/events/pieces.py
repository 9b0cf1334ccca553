"""Whether what looks like several events is one in pieces: a second look, between the groups.

An article is linked to its nearest, and how near that is rises with the number of reports to
choose from. So a large event comes out of the first linkage in pieces: families of reports
that follow one agency, one angle, one day. Two pieces are one event where their articles are
nearly as alike between them as inside them, by all words and by what not all of them say.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from framing.events.chosen import Chosen
from framing.events.neighbours import Links, time_factor
from framing.events.parts import ONE_TEXT
from framing.events.vectors import Vectors

Floats = NDArray[np.float64]

_LEAST_MEMBERS = 3  # a mean over fewer pairs than those of two such groups says nothing
# So many members, spread over the group, stand for all of it.
_MOST_READ = 40
# Pairs between two pieces of one event are this close on average, of pairs inside the closer piece;
# those of events on one subject, even earthquakes in one region, mostly less. Of few articles, which
# the first linkage chose for being close, more is asked: by two over their number.
_NEARLY = 0.4
_FEW = 2
# A piece is compared with the pieces to which it has the strongest links, so that the work grows with
# the pieces and not with their square.
_MOST_NEAR = 6
_LEAST_LINK = 0.5  # of the threshold: weaker ones are of other events on the subject


def joined(
    groups: Sequence[Sequence[int]], found: Links, vectors: Vectors, days: Floats, threshold: float
) -> list[list[int]]:
    """``groups`` of rows of ``vectors``, the pieces of one event joined; groups of one or two stay.

    ``found`` are the links of the articles, ``days`` their dates in days, NaN = not known; ``threshold`` is
    the mean link at which the groups were made. The two pieces that are most alike are joined first, and
    then looked at as one.
    """
    pieces = {min(g): sorted(g) for g in groups if len(g) >= _LEAST_MEMBERS}
    near = _near(pieces, found, threshold)
    heap: list[tuple[float, int, int, int, int]] = []

    def compare(one: int, other: int) -> None:
        i, j = sorted((one, other))
        sizes = len(pieces[i]), len(pieces[j])
        wanted = _NEARLY * (1 + _FEW / min(sizes))
        closeness = _closeness(pieces[i], pieces[j], vectors, days) / wanted
        if closeness >= 1:
            heapq.heappush(heap, (-closeness, i, j, *sizes))

    for one in sorted(near):
        for other in sorted(near[one]):
            if one < other:
                compare(one, other)
    while heap:
        _, i, j, *sizes = heapq.heappop(heap)
        # Entries of pieces that have been joined since are stale.
        if [len(pieces.get(i, ())), len(pieces.get(j, ()))] != sizes:
            continue
        pieces[i] = sorted(pieces[i] + pieces.pop(j))
        for other in near.pop(j):
            near[other].discard(j)
            if other != i:
                near[other].add(i)
                near[i].add(other)
        for other in sorted(near[i]):
            compare(i, other)
    return [*pieces.values(), *(list(g) for g in groups if len(g) < _LEAST_MEMBERS)]


def _near(pieces: Mapping[int, Sequence[int]], found: Links, threshold: float) -> dict[int, set[int]]:
    """For each piece, by its least member, those that are linked to it as pieces of one event may be."""
    piece_of = np.full(1 + max((m for members in pieces.values() for m in members), default=0), -1)
    for name, members in pieces.items():
        piece_of[members] = name
    inside = (found.i < len(piece_of)) & (found.j < len(piece_of))
    i, j, weight = piece_of[found.i[inside]], piece_of[found.j[inside]], found.weight[inside]
    between = (i != j) & (i >= 0) & (j >= 0)
    i, j, weight = np.minimum(i, j)[between], np.maximum(i, j)[between], weight[between]
    pairs, place, counts = np.unique(i * len(piece_of) + j, return_inverse=True, return_counts=True)
    total = np.bincount(place, weights=weight, minlength=len(counts))
    linked: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for pair, n, sum_ in zip(pairs.tolist(), counts.tolist(), total.tolist(), strict=True):
        one, other = divmod(pair, len(piece_of))
        one_size, other_size = len(pieces[one]), len(pieces[other])
        if n >= min(one_size, other_size) and sum_ / n >= _LEAST_LINK * threshold:
            mean = sum_ / (one_size * other_size)
            linked[one].append((-mean, other))
            linked[other].append((-mean, one))
    near: dict[int, set[int]] = defaultdict(set)
    for one, others in linked.items():
        for _, other in sorted(others)[:_MOST_NEAR]:
            near[one].add(other)
            near[other].add(one)
    return near


def _closeness(one: Sequence[int], other: Sequence[int], vectors: Vectors, days: Floats) -> float:
    """How alike two articles of different pieces are over how alike two of one piece are, at least 0.

    The lesser of all words' and of what not all members say; versions of one text are not counted.
    Reports of days apart are less alike, without a floor: over so many, a wrong date does not matter.
    """
    read = [*_spread(one), *_spread(other)]
    first = np.arange(len(read)) < min(len(one), _MOST_READ)
    words = Chosen.of(vectors.words, read)
    one_text = words.products() >= ONE_TEXT
    np.fill_diagonal(one_text, True)
    at = days[read]
    fades = time_factor(at[:, np.newaxis], at, floor=0.0)
    whole = sum((Chosen.of(part, read).products() for part in vectors.parts), np.zeros(one_text.shape))
    pairs = (np.outer(first, first), np.outer(~first, ~first), np.outer(first, ~first))
    counted = [of & ~one_text for of in pairs]
    if not counted[2].any():
        return 1.0  # each article of the one is a version of each of the other
    found = []
    for alike in (whole * fades, words.cosines_of_rest() * fades):
        inside = max((float(alike[of].mean()) for of in counted[:2] if of.any()), default=0.0)
        found.append(float(alike[counted[2]].mean()) / inside if inside else 0.0)
    return min(found)


def _spread(members: Sequence[int]) -> list[int]:
    places = np.linspace(0, len(members) - 1, min(len(members), _MOST_READ)).round().astype(np.int64)
    return [members[place] for place in places.tolist()]
