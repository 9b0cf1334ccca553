"""The words that tell of a label: a small network looks at each word with its neighbours.

What it says of the words of a sentence is pooled (log of the sum of exponentials: one clear word is enough,
several weak ones add up) and joins what the linear model says of the sentence as a whole.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from framing.wording.files import arrays
from framing.wording.linear import by_row
from framing.wording.sentences import Keys
from framing.wording.vectors import WIDE, Floats, vectors

PART = "word_"

# What the pooled score cannot fall below: that of a text without a word.
LITTLE = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """One hidden layer over the vectors of three neighbours, beside a weight of each word by itself."""

    inner: Floats  # (100, 3 hidden): of a word for the word after it, for itself, for the word before it
    bias: Floats  # (hidden,)
    outer: Floats  # (hidden, k)
    last: Floats  # (k,)
    named: Floats  # (2**bits, k)
    weight: Floats  # (k,), of the pooled score beside that of the linear model

    def odds(self, keys: Keys) -> Floats:
        """Uncalibrated log odds that a word tells of each label, (n words, k)."""
        before, own, after = np.split(keys.told(self._each), 3, axis=1)
        raw = keys.texts.shifted(before, 1) + own + keys.texts.shifted(after, -1) + self.bias
        named = self.named[keys.singles & (len(self.named) - 1)]
        out: Floats = by_row(np.maximum(raw, 0), self.outer) + self.last + named
        return out

    def _each(self, keys: Sequence[str]) -> Floats:
        """What each word adds to the hidden units of the word after it, of itself, of the word before it."""
        out: Floats = by_row(vectors(keys, WIDE), self.inner)
        return out

    def scores(self, keys: Keys) -> Floats:
        """What is added to the scores of the texts, (n texts, k)."""
        out: Floats = self.weight * np.log(keys.texts.sums(np.exp(self.odds(keys))) + LITTLE)
        return out


@functools.cache
def network(model: str) -> Network | None:
    """The network in the file of ``model``; None where it has none."""
    held = arrays(model)
    if f"{PART}inner" not in held:
        return None
    return Network(**{name: held[PART + name].astype(np.float32) for name in Network.__dataclass_fields__})
