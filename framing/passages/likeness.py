"""How probable it is that two sentences of one event state the same fact.

Two ways lead to it. A sentence repeats another: it shares words, acts and quoted words, and in a
short sentence nearly all of them. Or it says the same in other words: what the two do not share is
near in meaning, word for word. Against both stand other numbers, a negation, and opposites. The
weights are those of two logistic regressions joined by "or" (:func:`probability`); their signs were
fixed before they were fitted (``benchmarks/train_passages.py``).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from framing.passages.relatedness import opposite, relatedness
from framing.passages.statement import Statement, Word

Floats = NDArray[np.float64]

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

# Sentences up to the first number of words are short, from the sum on long: what a short one
# does not share is its fact, in a long one it may be an aside.
_SHORT, _TO_LONG = 14, 16
_MUCH_SHARED = 40.0  # weight of shared words: some six rare ones
_FEW = 2.0  # weight of words below which what is not shared says little
_ALIKE = 0.6  # relatedness from which two verbs are one act
_PREDICATES = 0.4  # relatedness from which what hangs on two predicates is compared
_YEARS = range(1900, 2101)  # two sentences of one year need not tell one fact
_RUN = 3  # quoted words in a row that are no accident, and twice as many that are proof


def probability(one: Statement, other: Statement, words: float) -> float:
    """0 to 1. ``words`` is the cosine of the two sentences' words (``alignment.Sentences``)."""
    found = features(one, other, words)
    against = sum(weight * found[name] for name, weight in AGAINST.items())
    repeated = REPEATED_BASE + against + sum(weight * found[name] for name, weight in REPEATED.items())
    reworded = REWORDED_BASE + against + sum(weight * found[name] for name, weight in REWORDED.items())
    return 1 - _sigmoid(-repeated) * _sigmoid(-reworded)


def _sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x))


def features(one: Statement, other: Statement, words: float) -> dict[str, float]:
    """What speaks for and against it, each 0 to 1; symmetric in the two."""
    table = np.array([[_near(a, b) for b in other.words] for a in one.words], dtype=np.float64)
    table = table.reshape(len(one.words), len(other.words))
    long = min(1.0, max(0.0, (max(len(one.plain), len(other.plain)) - _SHORT) / _TO_LONG))
    found = _coverage(one, other, table) | _contradiction(one, other, table)
    # A denial counts as far as the rest is the same: a long sentence denies many things.
    found["negated"] *= found.pop("body, each")
    found |= {"acts": _acts(one, other, table), "quoted": _quoted(one, other), "words long": words * long}
    for name, value in (("shared", found.pop("shared")), ("predicates", _predicates(one, other, table))):
        found[f"{name} long"] = value * long
    found["body long"] = found["body"] * long
    return {name: min(1.0, value) for name, value in found.items()}  # sums of floats may pass 1


def _near(a: Word, b: Word) -> float:
    if a.number is not None or b.number is not None:
        return float(a.number is not None and b.number is not None and math.isclose(a.number, b.number))
    if a.stem == b.stem:
        return 1.0
    return relatedness(a.text, a.lemma, b.text, b.lemma)


def _coverage(one: Statement, other: Statement, table: Floats) -> dict[str, float]:
    """How much of each is in the other: of the body, and of what the two do not share word for word."""
    weights = [np.array([w.weight for w in s.words]) for s in (one, other)]
    tables = (table, table.T)
    exact = [t.max(axis=1, initial=0.0) >= 1 for t in tables]
    left = table[np.ix_(~exact[0], ~exact[1])]
    residual, body = [], []
    for side, (statement, t, rest) in enumerate(zip((one, other), tables, (left, left.T), strict=True)):
        w, open_ = weights[side], ~exact[side]
        mass = w[open_].sum() + _FEW
        residual.append((w[open_] @ rest.max(axis=1, initial=0.0) + _FEW) / mass)
        inside, across = list(statement.body), list((other, one)[side].body)
        near = t[np.ix_(inside, across)].max(axis=1, initial=0.0)
        body.append(float(w[inside] @ near / w[inside].sum()) if inside else 0.0)
    return {
        "rest in rest": float(max(residual)),
        "rest in rest, each": float(min(residual)),
        "body": max(body),
        "body, each": min(body),
        "shared": min(1.0, float(weights[0][exact[0]].sum()) / _MUCH_SHARED),
        "numbers shared": float(any(n not in _YEARS for n in one.numbers & other.numbers)),
    }


def _contradiction(one: Statement, other: Statement, table: Floats) -> dict[str, float]:
    mine = [w for w, row in zip(one.words, table, strict=True) if row.max(initial=0.0) < 1]
    theirs = [w for w, row in zip(other.words, table.T, strict=True) if row.max(initial=0.0) < 1]
    mass = sum(w.weight for w in mine) + sum(w.weight for w in theirs)
    opposed = max(
        (a.weight + b.weight for a in mine for b in theirs if opposite(a.text, a.lemma, b.text, b.lemma)),
        default=0.0,
    )
    return {
        "other numbers": float(bool(one.numbers and other.numbers) and not one.numbers & other.numbers),
        "negated": _negated(one, other),
        "opposed": opposed / (mass + 2 * _FEW),
        "undone": float(one.undone % 2 != other.undone % 2),
    }


def _negated(one: Statement, other: Statement) -> float:
    """How near a verb of one is to a verb that the other denies, where neither verb is met as it stands."""
    pairs = [(n, m, _near(a.verb, b.verb)) for n, a in enumerate(one.acts) for m, b in enumerate(other.acts)]
    agreed: dict[tuple[int, int], float] = {}
    for n, m, near in pairs:
        if one.acts[n].negated == other.acts[m].negated:
            for key in ((0, n), (1, m)):
                agreed[key] = max(agreed.get(key, 0.0), near)
    return max(
        (
            near
            for n, m, near in pairs
            if near >= _ALIKE
            and one.acts[n].negated != other.acts[m].negated
            and near > max(agreed.get((0, n), 0.0), agreed.get((1, m), 0.0))
        ),
        default=0.0,
    )


def _acts(one: Statement, other: Statement, table: Floats) -> float:
    """The best match of a verb with those who act and what is acted on; half where one is not named."""
    best = 0.0
    for a in one.acts:
        for b in other.acts:
            if a.word is None or b.word is None:
                continue
            near = table[a.word, b.word]
            if near > best:
                best = max(best, near * (_same(a.subjects, b.subjects) + _same(a.objects, b.objects)) / 2)
    return float(best)


def _same(mine: Sequence[Word], theirs: Sequence[Word]) -> float:
    if not mine or not theirs:
        return 0.5
    return max(_near(a, b) for a in mine for b in theirs)


def _predicates(one: Statement, other: Statement, table: Floats) -> float:
    """The best match of a verb or noun with what hangs on it."""
    best = 0.0
    for at, mine in one.predicates:
        for to, theirs in other.predicates:
            near = table[at, to]
            if near < _PREDICATES or near <= best or not mine or not theirs:
                continue
            part = table[np.ix_(mine, theirs)]
            covered = max(part.max(axis=1).mean(), part.max(axis=0).mean())
            best = max(best, near * covered * min(1.0, (min(len(mine), len(theirs)) + 1) / 4))
    return float(best)


def _quoted(one: Statement, other: Statement) -> float:
    """The share of a quotation that the other sentence repeats in one run."""
    best = 0.0
    for quotations, plain in ((one.quoted, other.plain), (other.quoted, one.plain)):
        for words in quotations:
            match = SequenceMatcher(None, words, plain, autojunk=False)
            run = match.find_longest_match(0, len(words), 0, len(plain)).size
            if run >= _RUN:
                best = max(best, run / len(words) * min(1.0, run / (2 * _RUN)))
    return best
