"""How probable it is that two sentences of one event state the same fact.

Two ways lead to it. A sentence repeats another: it shares words, acts and quoted words, and in a
short sentence nearly all of them. Or it says the same in other words: what the two do not share is
near in meaning, word for word. Against both stand other numbers, a negation, and opposites. The
weights are those of two logistic regressions joined by "or" (:func:`probability`); their signs were
fixed before they were fitted (``benchmarks/train_passages.py``).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

import numpy as np

from framing.passages.nearness import Nearness
from framing.passages.pair import Pair, Side
from framing.passages.statement import Statement, Word

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


def probability(one: Statement, other: Statement, words: float) -> float:
    """0 to 1. ``words`` is the cosine of the two sentences' words (``alignment.Sentences``)."""
    return Likeness((one, other)).probability(0, 1, words)


def features(one: Statement, other: Statement, words: float) -> dict[str, float]:
    """What speaks for and against it, each 0 to 1; symmetric in the two."""
    return Likeness((one, other)).features(0, 1, words)


class Likeness:
    """The statements of an event, ready to be compared two by two."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self._nearness = Nearness(word for statement in statements for word in _all_words(statement))
        self._sides = [Side.of(statement, self._nearness) for statement in statements]
        self._row, self._rows = -1, np.empty((0, 0))

    def probability(self, i: int, j: int, words: float, least: float = 0.0) -> float:
        """Of statements ``i`` and ``j``; ``words`` is the cosine of their words.

        0 where it is less than ``least``, which is mostly seen early.
        """
        pair = self._pair(i, j, words)
        found = pair.in_favour()
        if _joined(found | dict.fromkeys(AGAINST, 0.0) | {"predicates long": pair.long}) < least - _ROUNDING:
            return 0.0
        said = _joined(pair.features(found))
        return said if said >= least else 0.0

    def features(self, i: int, j: int, words: float) -> dict[str, float]:
        """What speaks for and against statements ``i`` and ``j`` stating one fact, each 0 to 1."""
        pair = self._pair(i, j, words)
        return pair.features(pair.in_favour())

    def _pair(self, i: int, j: int, words: float) -> Pair:
        one, other = self._sides[i], self._sides[j]
        if self._row != i:  # pairs come in the order of ``i``
            self._row, self._rows = i, self._nearness.rows(np.r_[one.words, one.act_words])
        return Pair(one, other, words, self._rows, self._nearness)


def _joined(found: Mapping[str, float]) -> float:
    """The probability by the two ways that lead to it."""
    against = sum(weight * found[name] for name, weight in AGAINST.items())
    repeated = REPEATED_BASE + against + sum(weight * found[name] for name, weight in REPEATED.items())
    reworded = REWORDED_BASE + against + sum(weight * found[name] for name, weight in REWORDED.items())
    return 1 - _sigmoid(-repeated) * _sigmoid(-reworded)


def _sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x))


def _all_words(statement: Statement) -> Iterator[Word]:
    yield from statement.words
    for act in statement.acts:
        yield act.verb
        yield from act.subjects
        yield from act.objects
