"""How common a word is in English at large: a table of the most common words with its card."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from importlib.resources import files
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray


@functools.cache
def table() -> Mapping[str, float]:
    """Share of news-length texts that hold each of the most common words (stems), 0 to 1."""
    text = (files("framing.events") / "background.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return MappingProxyType({word: int(per_mille) / 1000 for word, per_mille in rows})


def shares(words: Sequence[str] | NDArray[np.object_]) -> NDArray[np.float64]:
    """The share for each word; 0 for words that are not among the most common."""
    known = table()
    return np.array([known.get(word, 0.0) for word in words], dtype=np.float64)
