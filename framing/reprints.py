"""Which article repeats another outlet's text, or agency copy, and how much of it.

Shared runs of four words, as Broder (1997) takes them. The measure is containment, not
Jaccard's: a copy that was cut short is still a copy. Three things make other texts look
like copies, and are dealt with: what stands inside quotation marks is left out; so are
runs that stand in many texts (page furniture, fixed phrases), unless the two texts begin
alike; and one lone block away from the beginning counts half, since it is mostly a
statement that both print, a biography or a gallery.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from framing.article import Span
from framing.clean.agencies import is_agency
from framing.text import fold, word_texts, words

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
# Runs sorted at a time where those of many texts are counted: a quarter of a gigabyte.
_AT_ONCE = 2**25
_BLOCK = 256  # texts of one event that are compared with its others at a time

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
    many: Flags


def find(inputs: Iterable[ReprintInput], *, least: float = MIN_SHARE) -> list[Reprint]:
    """The articles of ``inputs`` of which ``least`` or more repeats another outlet's, sorted by id.

    With ``least`` = :data:`PARTIAL` partial reuse is found too. Articles are compared within
    events. Of several versions the agency's own is the origin, else the earliest dated, else the longest.
    Articles whose outlet is not known are taken for different outlets. Of ``inputs`` that come one by
    one no more than the runs is kept, 8 bytes a word.
    """
    return find_printed([printed(one) for one in inputs], least=least)


@dataclass(frozen=True, slots=True)
class Printed:
    """An article as its runs outside quotations; ``head`` is the article without its text."""

    head: ReprintInput
    hashes: Hashes


def printed(one: ReprintInput) -> Printed:
    """The runs of an article, whatever the others are."""
    return Printed(replace(one, text="", quoted=()), _hashed(_pieces(one.text, one.quoted)))


def find_printed(articles: Sequence[Printed], *, least: float = MIN_SHARE) -> list[Reprint]:
    """As :func:`find`, of articles whose runs are known."""
    many = _in_many_texts([one.hashes for one in articles])
    by_event: dict[str, list[Printed]] = defaultdict(list)
    for one in articles:
        if one.head.event_id and len(one.hashes) >= MIN_RUNS:
            by_event[one.head.event_id].append(one)
    found: list[Reprint] = []
    for members in by_event.values():
        if len(members) > 1:
            runs = [Runs(one.hashes, _among(one.hashes, many)) for one in members]
            found += _within([one.head for one in members], runs, least)
    return sorted(found, key=lambda reprint: reprint.article_id)


def all_runs(inputs: Sequence[ReprintInput]) -> list[Runs]:
    """The runs of every text; which stand in many of the texts is counted over all of them."""
    hashes = [printed(one).hashes for one in inputs]
    many = _in_many_texts(hashes)
    return [Runs(own, _among(own, many)) for own in hashes]


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
    own = list(_pieces(text, quoted))
    hashes, others = _hashed(own), _hashed(_pieces(other))
    runs: list[tuple[int, int]] = []
    for begin, piece in own:
        found = words(piece)
        runs += [(begin + a.start, begin + b.end) for a, b in zip(found, found[RUN - 1 :], strict=False)]
    spans: list[Span] = []
    for at in np.flatnonzero(np.isin(hashes, others)):
        start, end = runs[at]
        if spans and start <= spans[-1].end:
            spans[-1] = Span(spans[-1].start, end)
        else:
            spans.append(Span(start, end))
    return tuple(spans)


def _within(members: Sequence[ReprintInput], runs: Sequence[Runs], least: float) -> Iterator[Reprint]:
    origins: list[int] = []
    likely = _likely(runs, min(least, MIN_SHARE))
    for n in sorted(range(len(members)), key=lambda n: _rank(members[n], len(runs[n].hashes))):
        one = members[n]
        shares = [
            (share(runs[n], runs[origin]), -place, members[origin].article_id)
            for place, origin in enumerate(origins)
            if origin in likely[n] and (not one.outlet or one.outlet != members[origin].outlet)
        ]
        most, _, origin_id = max(shares, default=(0.0, 0, ""))
        if most >= least:
            yield Reprint(one.article_id, origin_id, round(most, 4))
        if most < MIN_SHARE:
            origins.append(n)


def _likely(runs: Sequence[Runs], least: float) -> list[set[int]]:
    """For each text those of which enough runs stand in it for a share of ``least``; others have less.

    Counted for all pairs of a block of texts at once; what :func:`share` takes off comes after it.
    """
    n = len(runs)
    lengths = [len(own.hashes) for own in runs]
    _, run = np.unique(np.concatenate([own.hashes for own in runs]), return_inverse=True)
    owner = np.repeat(np.arange(n), lengths)
    common = np.concatenate([own.many for own in runs])
    shape = (n, int(run.max(initial=0)) + 1)
    whole = sparse.csr_matrix((np.ones(len(run), np.int32), (owner, run)), shape=shape)
    rare = sparse.csr_matrix((np.where(common, 0, 1).astype(np.int32), (owner, run)), shape=shape)
    held = whole.astype(bool).astype(np.int32).T.tocsr()
    found: list[set[int]] = []
    for start in range(0, n, _BLOCK):
        enough = np.zeros((min(_BLOCK, n - start), n), dtype=bool)
        for counted in (whole, rare):
            block = counted[start : start + _BLOCK]
            wanted = least * np.maximum(MIN_RUNS, np.asarray(block.sum(axis=1)))
            enough |= (block @ held).toarray() >= wanted
        found += [set(np.flatnonzero(row).tolist()) for row in enough]
    return found


def _rank(one: ReprintInput, n_runs: int) -> tuple[bool, str, int, str]:
    """What makes an origin: an agency's own version, the date, the length; the id breaks ties."""
    # "9": an undated version comes after every dated one.
    return (not is_agency(one.outlet), one.published or "9", -n_runs, one.article_id)


def _n_blocks(shared: Flags) -> int:
    """Stretches of shared runs that are long enough to be no chance."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], shared, [False]]).astype(np.int8)))
    return int((np.diff(edges)[::2] >= _BLOCK_RUNS).sum())


def _in_many_texts(hashes: Sequence[Hashes]) -> Hashes:
    """The runs that stand in :data:`MANY_TEXTS` of the texts or more, sorted.

    Counted part by part, by the leading bits of the runs, so that at most :data:`_AT_ONCE` or so
    are sorted at a time.
    """
    bits = max(0, (sum(map(len, hashes)) // _AT_ONCE).bit_length())
    found = [np.empty(0, dtype=np.uint64)]
    for part in range(2**bits):
        every = [np.unique(own[own >> np.uint64(64 - bits) == part] if bits else own) for own in hashes]
        runs = np.concatenate([*every, np.empty(0, dtype=np.uint64)])
        runs.sort()
        often = runs[MANY_TEXTS - 1 :]
        found.append(np.unique(often[often == runs[: len(often)]]))
    return np.concatenate(found)


def _among(hashes: Hashes, ordered: Hashes) -> Flags:
    """Which of ``hashes`` are in ``ordered``, however long that is."""
    if not len(ordered):
        return np.zeros(len(hashes), dtype=bool)
    at = np.minimum(np.searchsorted(ordered, hashes), len(ordered) - 1)
    among: Flags = ordered[at] == hashes
    return among


def _pieces(text: str, quoted: Sequence[Span] = ()) -> Iterator[tuple[int, str]]:
    """What stands before, between and after quotations, folded, and where it begins."""
    folded = fold(text)
    at = 0
    for span in [*sorted(quoted), Span(len(folded), len(folded))]:
        begin, until = at, max(at, span.start)
        at = max(at, span.end)
        yield begin, folded[begin:until]


def _hashed(pieces: Iterable[tuple[int, str]]) -> Hashes:
    """The runs of :data:`RUN` words of each piece, in order.

    One number a run: a polynomial in numbers of the words, modulo 2**64.
    """
    hashes = [np.empty(0, dtype=np.uint64)]
    for _, piece in pieces:
        ids = np.array([_number(word.lower()) for word in word_texts(piece)], dtype=np.uint64)
        n = max(0, len(ids) - RUN + 1)
        total = np.zeros(n, dtype=np.uint64)
        for k in range(RUN):
            total = total * np.uint64(0x9E3779B97F4A7C15) + ids[k : k + n]
        hashes.append(total)
    return np.concatenate(hashes)


@functools.lru_cache(maxsize=200_000)
def _number(word: str) -> int:
    """The same number in every process; two words have one number never, as far as texts can show."""
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
