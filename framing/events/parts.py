"""Whether what looks like one event is several on one subject: a second look, inside the group.

Articles on one subject share its words, and where few others are at hand nothing shows that
these words are the subject's. What all members share is taken away, and the group is parted
only where the rest parts it completely.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from framing.events.chosen import Chosen
from framing.events.linkage import average_linkage

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# Two parts of two articles are the least that shows two events; one odd article shows none.
MIN_MEMBERS = 4
# In large groups complete separation does not come about, and the pairs grow with the square.
_MOST_MEMBERS = 60
# Articles this alike are versions of one text and say nothing on how alike two reports are.
ONE_TEXT = 0.6
# Parts are found at this multiple of the mean likeness inside the group.
_JOINED = 1.1
# Pairs inside a part are to be closer than pairs across by this factor on average.
_CLOSER = 1.7
# The least close pair inside a part is to be closer than any pair across by the rest, and
# nearly as close by all words.
_SEPARATE = 1.1
_NEARLY = 0.9


def parts(members: Sequence[int], words: sparse.csr_matrix) -> list[list[int]]:
    """``members`` as one group or, where they fall apart, as several.

    ``words`` are :attr:`framing.events.vectors.Vectors.words`; members are its rows.
    """
    n = len(members)
    if not MIN_MEMBERS <= n <= _MOST_MEMBERS:
        return [list(members)]
    chosen = Chosen.of(words, members)
    i, j = np.triu_indices(n, 1)
    whole = chosen.products()[i, j]
    one_text = whole >= ONE_TEXT
    rest = chosen.cosines_of_rest()[i, j]
    if one_text.all() or rest[~one_text].mean() <= 0:
        return [list(members)]
    weight = np.where(one_text, n**2, rest / rest[~one_text].mean())
    labels = _linked(n, i, j, weight, _JOINED)
    texts = _linked(n, i, j, one_text.astype(np.float64), 1 / n**2)
    inside = (labels[i] == labels[j]) & ~one_text
    across = labels[i] != labels[j]
    n_supported = sum(len(set(texts[labels == label])) >= 2 for label in set(labels))
    separate = (
        n_supported >= 2
        and rest[inside].min() >= _SEPARATE * rest[across].max()
        and whole[inside].min() >= _NEARLY * whole[across].max()
        and rest[inside].mean() >= _CLOSER * rest[across].mean()
    )
    if not separate:
        return [list(members)]
    return [part for group in _grouped(members, labels) for part in parts(group, words)]


def _linked(n: int, i: Ints, j: Ints, weight: Floats, threshold: float) -> Ints:
    return average_linkage(n, zip(i.tolist(), j.tolist(), weight.tolist(), strict=True), threshold)


def _grouped(members: Sequence[int], labels: Ints) -> Iterator[list[int]]:
    for label in sorted(set(labels.tolist())):
        yield [member for member, of in zip(members, labels, strict=True) if of == label]
