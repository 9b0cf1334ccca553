"""What speaks for and against two sentences stating the same fact: words, acts, quotations, numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import numpy as np
from numpy.typing import NDArray

from framing.passages.nearness import Nearness
from framing.passages.statement import Statement, Word

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# Sentences up to the first number of words are short, from the sum on long: what a short one
# does not share is its fact, in a long one it may be an aside.
_SHORT, _TO_LONG = 14, 16
_MUCH_SHARED = 40.0  # weight of shared words: some six rare ones
_FEW = 2.0  # weight of words below which what is not shared says little
_ALIKE = 0.6  # relatedness from which two verbs are one act
_PREDICATES = 0.4  # relatedness from which what hangs on two predicates is compared
_YEARS = range(1900, 2101)  # two sentences of one year need not tell one fact
_RUN = 3  # quoted words in a row that are no accident, and twice as many that are proof


@dataclass(frozen=True, slots=True)
class _Act:
    """As in the statement; verb, subjects and objects are places in :attr:`Side.act_words`."""

    word: int | None
    verb: int
    negated: bool
    subjects: tuple[int, ...]
    objects: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """A statement made ready for many comparisons.

    ``words`` are numbers of :class:`Nearness`, ``body`` is None where it is all words, ``runs`` are all
    :data:`_RUN` words in a row.
    """

    statement: Statement
    words: Ints
    weights: Floats
    body: Ints | None
    body_weights: Floats
    body_mass: float
    numbers: frozenset[float]
    acts: tuple[_Act, ...]
    act_words: Ints
    predicates: Ints
    dependents: tuple[Ints, ...]
    runs: frozenset[tuple[str, ...]]

    @classmethod
    def of(cls, statement: Statement, nearness: Nearness) -> Side:
        """``nearness`` knows all words of ``statement``."""
        weights = np.array([w.weight for w in statement.words], dtype=np.float64)
        body = np.array(statement.body, dtype=np.int64)
        return cls(
            statement,
            nearness.places(statement.words),
            weights,
            None if statement.body == tuple(range(len(weights))) else body,
            weights[body],
            float(weights[body].sum()),
            statement.numbers,
            *_acts(statement, nearness),
            np.array([at for at, _ in statement.predicates], dtype=np.int64),
            tuple(np.array(hanging, dtype=np.int64) for _, hanging in statement.predicates),
            _runs(statement.plain),
        )

    def open_words(self, exact: NDArray[np.bool_]) -> list[tuple[int, float]]:
        """The words that are not in the other statement as they stand, with their weights."""
        return list(zip(self.words[~exact].tolist(), self.weights[~exact].tolist(), strict=True))


def _acts(statement: Statement, nearness: Nearness) -> tuple[tuple[_Act, ...], Ints]:
    """The acts, and the words that they are made of."""
    words: list[Word] = []

    def placed(some: Sequence[Word]) -> tuple[int, ...]:
        words.extend(some)
        return tuple(range(len(words) - len(some), len(words)))

    acts = tuple(
        _Act(act.word, placed([act.verb])[0], act.negated, placed(act.subjects), placed(act.objects))
        for act in statement.acts
    )
    return acts, nearness.places(words)


def _runs(words: Sequence[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(zip(*(words[n:] for n in range(_RUN)), strict=False))


class Pair:
    """Two statements. ``rows`` says how near the words of the one and of its acts are to all, 0 to 1."""

    def __init__(self, one: Side, other: Side, words: float, rows: Floats, nearness: Nearness) -> None:
        self.one, self.other, self._words, self._nearness = one, other, words, nearness
        self._table = table = rows[: len(one.words), other.words]
        self._act_table: list[list[float]] = rows[len(one.words) :, other.act_words].tolist()
        longest = max(len(one.statement.plain), len(other.statement.plain))
        self.long = min(1.0, max(0.0, (longest - _SHORT) / _TO_LONG))
        self._nearest = (table.max(axis=1, initial=0.0), table.max(axis=0, initial=0.0))
        self._exact = (self._nearest[0] >= 1, self._nearest[1] >= 1)

    def in_favour(self) -> dict[str, float]:
        """What speaks for it and is soon found: all but the predicates."""
        residual, body = self._residual(), self._body()
        shared = min(1.0, float(self.one.weights[self._exact[0]].sum()) / _MUCH_SHARED)
        numbers = self.one.numbers & self.other.numbers
        found = {
            "rest in rest": max(residual),
            "rest in rest, each": min(residual),
            "body": max(body),
            "body, each": min(body),
            "numbers shared": float(any(n not in _YEARS for n in numbers)),
            "acts": self._acts(),
            "quoted": self._quoted(),
            "words long": self._words * self.long,
            "shared long": shared * self.long,
            "body long": max(body) * self.long,
        }
        return {name: min(1.0, value) for name, value in found.items()}  # sums of floats may pass 1

    def features(self, in_favour: dict[str, float]) -> dict[str, float]:
        """All, each 0 to 1, given what :meth:`in_favour` found."""
        one, other = self.one, self.other
        found = dict(in_favour)
        found |= {
            "predicates long": self._predicates() * self.long,
            "other numbers": float(bool(one.numbers and other.numbers) and not one.numbers & other.numbers),
            # A denial counts as far as the rest is the same: a long sentence denies many things.
            "negated": self._negated() * found.pop("body, each"),
            "opposed": self._opposed(),
            "undone": float(one.statement.undone % 2 != other.statement.undone % 2),
        }
        return {name: min(1.0, value) for name, value in found.items()}

    def _residual(self) -> list[float]:
        """How much of what the two do not share word for word is in the other."""
        open_ = (~self._exact[0], ~self._exact[1])
        left = self._table[open_[0]][:, open_[1]]
        found = []
        for side, of, axis in ((self.one, open_[0], 1), (self.other, open_[1], 0)):
            w = side.weights[of]
            found.append(float((w @ left.max(axis=axis, initial=0.0) + _FEW) / (w.sum() + _FEW)))
        return found

    def _body(self) -> list[float]:
        """How much of the body of each is in the body of the other."""
        one, other = self.one, self.other
        nearest = self._nearest
        if one.body is not None or other.body is not None:
            table = self._table if one.body is None else self._table[one.body]
            table = table if other.body is None else table[:, other.body]
            nearest = (table.max(axis=1, initial=0.0), table.max(axis=0, initial=0.0))
        return [
            float(side.body_weights @ near / side.body_mass) if len(near) else 0.0
            for side, near in ((one, nearest[0]), (other, nearest[1]))
        ]

    def _opposed(self) -> float:
        """The weight of the heaviest two opposites among what the two do not share, of all of that."""
        mine, theirs = (
            side.open_words(exact) for side, exact in zip((self.one, self.other), self._exact, strict=True)
        )
        mass = sum(weight for _, weight in mine) + sum(weight for _, weight in theirs)
        heaviest = 0.0
        for a, weight in mine:
            contrary = self._nearness.opposites(a)
            if contrary:
                heaviest = max(heaviest, max((weight + w for b, w in theirs if b in contrary), default=0.0))
        return heaviest / (mass + 2 * _FEW)

    def _negated(self) -> float:
        """How near a verb of one is to one that the other denies, where neither verb is met as it stands."""
        mine, theirs = self.one.acts, self.other.acts
        if len({act.negated for act in (*mine, *theirs)}) < 2:
            return 0.0
        pairs = [
            (n, m, a.negated == b.negated, self._act_table[a.verb][b.verb])
            for n, a in enumerate(mine)
            for m, b in enumerate(theirs)
        ]
        agreed: dict[tuple[int, int], float] = {}
        for n, m, agree, near in pairs:
            if agree:
                for key in ((0, n), (1, m)):
                    agreed[key] = max(agreed.get(key, 0.0), near)
        return max(
            (
                near
                for n, m, agree, near in pairs
                if near >= _ALIKE
                and not agree
                and near > max(agreed.get((0, n), 0.0), agreed.get((1, m), 0.0))
            ),
            default=0.0,
        )

    def _acts(self) -> float:
        """The best match of a verb with those who act and what is acted on; half where one is not named."""
        best = 0.0
        for a in self.one.acts:
            for b in self.other.acts:
                if a.word is None or b.word is None:
                    continue
                near = self._act_table[a.verb][b.verb]
                if near > best:
                    same = self._same(a.subjects, b.subjects) + self._same(a.objects, b.objects)
                    best = max(best, near * same / 2)
        return best

    def _same(self, mine: Sequence[int], theirs: Sequence[int]) -> float:
        if not mine or not theirs:
            return 0.5
        return max(self._act_table[a][b] for a in mine for b in theirs)

    def _predicates(self) -> float:
        """The best match of a verb or noun with what hangs on it."""
        one, other = self.one, self.other
        near = self._table[one.predicates][:, other.predicates]
        best = 0.0
        for n, m in zip(*(at.tolist() for at in np.nonzero(near >= _PREDICATES)), strict=True):
            mine, theirs = one.dependents[n], other.dependents[m]
            most = float(near[n, m]) * min(1.0, (min(len(mine), len(theirs)) + 1) / 4)
            if most <= best or not len(mine) or not len(theirs):
                continue
            part = self._table[mine[:, None], theirs]
            covered = max(part.max(axis=1).mean(), part.max(axis=0).mean())
            best = max(best, near[n, m] * covered * min(1.0, (min(len(mine), len(theirs)) + 1) / 4))
        return float(best)

    def _quoted(self) -> float:
        """The share of a quotation that the other sentence repeats in one run."""
        best = 0.0
        for side, other in ((self.one, self.other), (self.other, self.one)):
            for words in side.statement.quoted:
                if other.runs.isdisjoint(_runs(words)):
                    continue
                plain = other.statement.plain
                match = SequenceMatcher(None, words, plain, autojunk=False)
                run = match.find_longest_match(0, len(words), 0, len(plain)).size
                best = max(best, run / len(words) * min(1.0, run / (2 * _RUN)))
        return best
