"""The words of many articles as one sparse table a voice, out of their rows on the disk."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping

import numpy as np
import pyarrow as pa
from scipy import sparse

from framing.distinctive.sides import Table


def word_tables(
    rows: Iterable[pa.Table], outlet_of: Mapping[str, str], event_of: Mapping[str, str]
) -> dict[str, Table]:
    """The words of the articles that have an outlet and an event, by voice.

    ``rows`` have the columns article_id, voice, terms, counts (see :func:`framing.distinctive.word_rows`).
    """
    by_voice: dict[str, _Counts] = {}
    for some in rows:
        parts = (some[name].combine_chunks() for name in ("terms", "counts"))
        terms, counts = (part.chunk(0) if isinstance(part, pa.ChunkedArray) else part for part in parts)
        ends = terms.offsets.to_numpy()
        spelled = terms.values.dictionary_encode()
        numbers, spellings = spelled.indices.to_numpy(), spelled.dictionary.to_pylist()
        n_each = counts.values.to_numpy()
        heads = zip(some["article_id"].to_pylist(), some["voice"].to_pylist(), strict=True)
        for at, (article_id, voice) in enumerate(heads):
            if outlet_of.get(article_id) and event_of.get(article_id):
                own = slice(ends[at], ends[at + 1])
                by_voice.setdefault(voice, _Counts()).add(article_id, numbers[own], n_each[own])
        for found in by_voice.values():
            found.number(spellings)
    return {voice: by_voice.pop(voice).table(outlet_of, event_of) for voice in sorted(by_voice)}


class _Counts:
    """Articles × terms on its way: 8 bytes a word of an article, since there are some hundred."""

    def __init__(self) -> None:
        self._articles: list[str] = []
        self._lengths = array("i")
        self._terms, self._counts = array("i"), array("i")
        self._numbered = 0  # how many of the terms have their number over all rows
        self._place: dict[str, int] = {}

    def add(
        self, article_id: str, terms: np.typing.NDArray[np.int32], counts: np.typing.NDArray[np.int32]
    ) -> None:
        """The words of an article, numbered as in its rows on the disk."""
        self._articles.append(article_id)
        self._lengths.append(len(terms))
        self._terms.frombytes(terms.astype(np.int32).tobytes())
        self._counts.frombytes(counts.astype(np.int32).tobytes())

    def number(self, spellings: list[str]) -> None:
        """Number the words added since the last call as over all rows."""
        new = np.frombuffer(self._terms, dtype=np.int32)[self._numbered :]
        used = np.unique(new)
        numbers = np.zeros(len(spellings), dtype=np.int32)
        numbers[used] = [self._place.setdefault(spellings[n], len(self._place)) for n in used.tolist()]
        new[:] = numbers[new]
        self._numbered += len(new)

    def table(self, outlet_of: Mapping[str, str], event_of: Mapping[str, str]) -> Table:
        """Articles in the order of their ids, terms in alphabetical order."""
        terms = sorted(self._place)
        rank = np.empty(len(terms), dtype=np.int32)
        rank[[self._place[term] for term in terms]] = np.arange(len(terms))
        starts = np.concatenate([[0], np.cumsum(np.frombuffer(self._lengths, dtype=np.int32))])
        columns = rank[np.frombuffer(self._terms, dtype=np.int32)]
        values = np.frombuffer(self._counts, dtype=np.int32).astype(np.float64)
        matrix = sparse.csr_matrix((values, columns, starts), shape=(len(self._articles), len(terms)))
        order = np.argsort(np.array(self._articles, dtype=object))
        ids = [self._articles[at] for at in order.tolist()]
        return Table(
            np.array([outlet_of[a] for a in ids], dtype=object),
            np.array([event_of[a] for a in ids], dtype=object),
            terms,
            matrix[order],
        )
