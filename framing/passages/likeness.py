"""How probable it is that two sentences of one event state the same fact.

Two ways lead to it. A sentence repeats another: it shares words, acts and quoted words, and in a
short sentence nearly all of them. Or it says the same in other words: what the two do not share is
near in meaning, word for word. Against both stand other numbers, a negation, and opposites. The
weights are those of two logistic regressions joined by "or" (:func:`probability`); their signs were
fixed before they were fitted (``benchmarks/train_passages.py``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from framing.passages.event import Statements
from framing.passages.pairs import Pairs
from framing.passages.statement import Statement

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# Fitted on 91 + 142 pairs of real sentences and 311 pairs of tests/gold/paraphrases.txt.
REPEATED: Mapping[str, float] = MappingProxyType(
    {
        "quoted": 3.30,
        "acts": 1.62,
        "body": 4.50,
        "words long": 3.29,
        "shared long": 2.21,
        "predicates long": 1.84,
        "body long": 0.44,
    }
)
REWORDED: Mapping[str, float] = MappingProxyType(
    {
        "rest in rest": 4.11,
        "rest in rest, each": 6.73,
        "numbers shared": 1.96,
    }
)
AGAINST: Mapping[str, float] = MappingProxyType(
    {"other numbers": -1.17, "negated": -4.34, "opposed": -9.38, "undone": -0.37}
)
REPEATED_BASE, REWORDED_BASE = -7.00, -4.99

_ROUNDING = 1e-9  # of what is summed in another order
_ONE, _OTHER = np.array([0]), np.array([1])

_AT_ONCE = 2**18  # pairs of words that are looked at together: some 30 MB


def probability(one: Statement, other: Statement, words: float) -> float:
    """0 to 1. ``words`` is the cosine of the two sentences' words (``alignment.Sentences``)."""
    return float(Likeness((one, other)).probability(_ONE, _OTHER, np.array([words]))[0])


def features(one: Statement, other: Statement, words: float) -> dict[str, float]:
    """What speaks for and against it, each 0 to 1; symmetric in the two."""
    found = Likeness((one, other)).features(_ONE, _OTHER, np.array([words]))
    return {name: float(values[0]) for name, values in found.items()}


class Likeness:
    """The statements of an event, ready to be compared two by two."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self._held = Statements(statements)

    def probability(self, i: Ints, j: Ints, words: Floats, least: float = 0.0) -> Floats:
        """Of statements ``i`` and ``j``, pair by pair; ``words`` are the cosines of their words.

        0 where it is less than ``least``, which is mostly seen early.
        """
        found, n_words = np.zeros(len(i)), self._held.words.lengths
        for part in _parts(4 * (n_words[i] + n_words[j])):
            at_most = Pairs(self._held, i[part], j[part], words[part]).at_most()
            most = _joined(at_most | dict.fromkeys(AGAINST, np.zeros(len(at_most["body"]))))
            near = np.flatnonzero(most >= least - _ROUNDING)
            for some in _parts((n_words[i] * n_words[j])[part][near]):
                seen = near[some]
                at = seen + part.start
                pairs = Pairs(self._held, i[at], j[at], words[at])
                said = _joined(pairs.features({name: values[seen] for name, values in at_most.items()}))
                found[at] = np.where(said >= least, said, 0.0)
        return found

    def features(self, i: Ints, j: Ints, words: Floats) -> dict[str, Floats]:
        """What speaks for and against statements ``i`` and ``j`` stating one fact, each 0 to 1."""
        pairs = Pairs(self._held, i, j, words)
        return pairs.features(pairs.at_most())


def _parts(sizes: Ints) -> Iterator[slice]:
    """Pairs of these sizes in their order, as many at a time as bound the memory."""
    bounds = np.cumsum(sizes) // _AT_ONCE
    ends = np.flatnonzero(np.diff(bounds, append=-1)) + 1
    for start, end in pairwise((0, *ends.tolist())):
        yield slice(start, end)


def _joined(found: Mapping[str, Floats]) -> Floats:
    """The probability by the two ways that lead to it."""
    against = _weighted(AGAINST, found)
    repeated = REPEATED_BASE + against + _weighted(REPEATED, found)
    reworded = REWORDED_BASE + against + _weighted(REWORDED, found)
    said: Floats = 1 - _sigmoid(-repeated) * _sigmoid(-reworded)
    return said


def _weighted(weights: Mapping[str, float], found: Mapping[str, Floats]) -> Floats:
    total: Floats = np.sum([weight * found[name] for name, weight in weights.items()], axis=0)
    return total


def _sigmoid(x: Floats) -> Floats:
    share: Floats = 1 / (1 + np.exp(-x))
    return share
