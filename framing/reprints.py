"""Which article repeats another outlet's text, or agency copy, and how much of it.

Shared runs of four words, as Broder (1997) takes them. The measure is containment, not
Jaccard's: a copy that was cut short is still a copy. Three things make other texts look
like copies, and are dealt with: what stands inside quotation marks is left out; so are
runs that stand in many texts (page furniture, fixed phrases), unless the two texts begin
alike; and one lone block away from the beginning counts half, since it is mostly a
statement that both print, a biography or a gallery.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framing.article import Span
from framing.clean.agencies import is_agency
from framing.text import fold, words

RUN = 4  # words; with 3, independent reports of one event share runs, with 5 light edits break them
# Half of the text: below it an article has words of its own to be compared.
MIN_SHARE = 0.5
# From here on a text uses another's in part ("with inputs from Reuters"); below it independent
# reports begin to appear.
PARTIAL = 0.3
MIN_RUNS = 20  # a text of under some 25 words is a headline, not a copy
# A run in so many texts is furniture or a phrase, except between texts that begin alike:
# agency copy stands in many texts too.
MANY_TEXTS = 4
_LEAD_RUNS = 30
_LEAD_SHARE = 0.5
# A copy with edits shares many blocks; furniture and statements are one or two.
_BLOCK_RUNS = 6
_MIN_BLOCKS = 3
_ISLAND = 0.5

Hashes = NDArray[np.uint64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class ReprintInput:
    """One article as the search sees it; ``quoted`` are the spans inside quotation marks."""

    article_id: str
    outlet: str
    event_id: str
    text: str
    quoted: tuple[Span, ...] = ()
    published: str = ""


@dataclass(frozen=True, slots=True)
class Reprint:
    """``article_id`` repeats ``origin_id``; ``share`` of its runs stand there too, 0 to 1."""

    article_id: str
    origin_id: str
    share: float


@dataclass(frozen=True, slots=True)
class Runs:
    """The runs of a text outside quotations, in order; ``many`` marks those in :data:`MANY_TEXTS` or more."""

    hashes: Hashes
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    many: Flags


def find(inputs: Sequence[ReprintInput], *, least: float = MIN_SHARE) -> list[Reprint]:
    """The articles of ``inputs`` of which ``least`` or more repeats another outlet's, sorted by id.

    With ``least`` = :data:`PARTIAL` partial reuse is found too. Articles are compared within
    events. Of several versions the agency's own is the origin, else the earliest dated, else the longest.
    Articles whose outlet is not known are taken for different outlets.
    """
    runs = dict(zip((one.article_id for one in inputs), all_runs(inputs), strict=True))
    by_event: dict[str, list[ReprintInput]] = defaultdict(list)
    for one in inputs:
        if one.event_id and len(runs[one.article_id].hashes) >= MIN_RUNS:
            by_event[one.event_id].append(one)
    found = [reprint for members in by_event.values() for reprint in _within(members, runs, least)]
    return sorted(found, key=lambda reprint: reprint.article_id)


def all_runs(inputs: Sequence[ReprintInput]) -> list[Runs]:
    """The runs of every text; which stand in many of the texts is counted over all of them."""
    vocabulary: dict[str, int] = {}
    texts = [_runs(one.text, one.quoted, vocabulary) for one in inputs]
    every = [np.unique(text.hashes) for text in texts]
    values, counts = np.unique(np.concatenate([*every, np.empty(0, np.uint64)]), return_counts=True)
    many = values[counts >= MANY_TEXTS]
    return [Runs(t.hashes, t.starts, t.ends, np.isin(t.hashes, many)) for t in texts]


def share(own: Runs, other: Runs) -> float:
    """How much of ``own`` repeats ``other``, 0 to 1."""
    if not len(own.hashes) or not len(other.hashes):
        return 0.0
    shared = np.isin(own.hashes, other.hashes)
    back = np.isin(other.hashes, own.hashes)
    begin_alike = max(shared[:_LEAD_RUNS].mean(), back[:_LEAD_RUNS].mean()) >= _LEAD_SHARE
    counted = np.ones(len(shared), dtype=bool) if begin_alike else ~own.many
    # What is left of a text that is nearly all furniture is too little for a share of its own.
    found = float((shared & counted).sum()) / max(MIN_RUNS, int(counted.sum()))
    if not begin_alike and min(_n_blocks(shared), _n_blocks(back)) < _MIN_BLOCKS:
        found *= _ISLAND
    return found


def shared_spans(text: str, other: str, quoted: Sequence[Span] = ()) -> tuple[Span, ...]:
    """What of ``text``, quotations left out, stands word for word in ``other``: stretches of 4 words or more.

    >>> text = "The council closed the old library on Monday."
    >>> [span.of(text) for span in shared_spans(text, "The council closed the old hall.")]
    ['The council closed the old']
    """
    vocabulary: dict[str, int] = {}
    own, others = _runs(text, quoted, vocabulary), _runs(other, (), vocabulary)
    spans: list[Span] = []
    for at in np.flatnonzero(np.isin(own.hashes, others.hashes)):
        start, end = int(own.starts[at]), int(own.ends[at])
        if spans and start <= spans[-1].end:
            spans[-1] = Span(spans[-1].start, end)
        else:
            spans.append(Span(start, end))
    return tuple(spans)


def _within(members: Sequence[ReprintInput], runs: dict[str, Runs], least: float) -> Iterator[Reprint]:
    origins: list[ReprintInput] = []
    for one in sorted(members, key=lambda one: _rank(one, runs)):
        shares = [
            (share(runs[one.article_id], runs[origin.article_id]), -n, origin.article_id)
            for n, origin in enumerate(origins)
            if not one.outlet or one.outlet != origin.outlet
        ]
        most, _, origin_id = max(shares, default=(0.0, 0, ""))
        if most >= least:
            yield Reprint(one.article_id, origin_id, round(most, 4))
        if most < MIN_SHARE:
            origins.append(one)


def _rank(one: ReprintInput, runs: dict[str, Runs]) -> tuple[bool, str, int, str]:
    """What makes an origin: an agency's own version, the date, the length; the id breaks ties."""
    # "9": an undated version comes after every dated one.
    length = len(runs[one.article_id].hashes)
    return (not is_agency(one.outlet), one.published or "9", -length, one.article_id)


def _n_blocks(shared: Flags) -> int:
    """Stretches of shared runs that are long enough to be no chance."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], shared, [False]]).astype(np.int8)))
    return int((np.diff(edges)[::2] >= _BLOCK_RUNS).sum())


def _runs(text: str, quoted: Sequence[Span], vocabulary: dict[str, int]) -> Runs:
    """The runs of :data:`RUN` words outside quotations; ``vocabulary`` numbers words across texts."""
    folded = fold(text)
    hashes: list[Hashes] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for span in [*sorted(quoted), Span(len(folded), len(folded))]:
        begin, until = at, max(at, span.start)
        at = max(at, span.end)
        found = words(folded[begin:until])
        if len(found) < RUN:
            continue
        spelt = [w.of(folded[begin:until]).lower() for w in found]
        hashes.append(_hashed([vocabulary.setdefault(w, len(vocabulary) + 1) for w in spelt]))
        starts += [begin + w.start for w in found[: 1 - RUN]]
        ends += [begin + w.end for w in found[RUN - 1 :]]
    joined = np.concatenate(hashes) if hashes else np.empty(0, dtype=np.uint64)
    none = np.zeros(len(joined), dtype=bool)
    return Runs(joined, np.array(starts, dtype=np.int64), np.array(ends, dtype=np.int64), none)


def _hashed(numbers: Sequence[int]) -> Hashes:
    """One number a run: a polynomial in the word numbers, modulo 2**64."""
    ids = np.array(numbers, dtype=np.uint64)
    n = len(ids) - RUN + 1
    total = np.zeros(n, dtype=np.uint64)
    for k in range(RUN):
        total = total * np.uint64(0x9E3779B97F4A7C15) + ids[k : k + n]
    return total
