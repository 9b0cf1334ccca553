"""The statements of an event as arrays, to be compared many pairs at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from framing.passages.lists import Lists
from framing.passages.nearness import Nearness, Table
from framing.passages.quoted import Quoted
from framing.passages.statement import Statement, Word

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Beside:
    """The words of some statements (left) beside those of others (right).

    ``words`` are left words × right words. ``to_right`` are right statements × left words: how near each
    word is to the nearest of the statement; ``to_right_body`` to the nearest of its body. So for the left.
    """

    words: Table
    to_right: Table
    to_right_body: Table
    to_left: Table
    to_left_body: Table


class Statements:
    """What the statements of an event hold, statement after statement.

    ``word`` are numbers of ``nearness``: of each statement its content words (``words``), then those that
    its acts are made of. All else points into it: ``verb`` of the acts (``acts``), ``subjects`` and
    ``objects`` of each act, ``predicate`` of the predicates (``predicates``) and ``dependent`` of those
    that hang on each (``dependents``).
    """

    def __init__(self, statements: Sequence[Statement]) -> None:
        self.statements = statements
        words: list[Word] = []
        starts, verb, subjects, objects = [], [], [], []
        for statement in statements:
            starts.append(len(words))
            words += statement.words
            for act in statement.acts:
                verb.append(len(words))
                subjects.append((len(words) + 1, len(act.subjects)))
                objects.append((len(words) + 1 + len(act.subjects), len(act.objects)))
                words += (act.verb, *act.subjects, *act.objects)
        self.nearness = Nearness(words)
        self.word = self.nearness.places
        self.weight = self.nearness.weights[self.word]
        self.words = Lists(_ints(starts), _ints([len(s.words) for s in statements]))
        self._all = Lists(self.words.starts, np.diff(self.words.starts, append=len(words)))
        self.verb = _ints(verb)
        self.subjects, self.objects = (Lists(*_ints(who).reshape(-1, 2).T) for who in (subjects, objects))
        self._read_bodies()
        self._read_acts()
        self._read_predicates()
        self._read_numbers()
        self.quoted = Quoted(statements)

    def beside(self, i: Ints, j: Ints) -> Beside:
        """The words of statements ``i`` beside those of statements ``j``."""
        return self._every if self.nearness.is_small else self._beside(np.unique(i), np.unique(j))

    @cached_property
    def _every(self) -> Beside:
        every = np.arange(len(self.statements))
        return self._beside(every, every)

    def _beside(self, left: Ints, right: Ints) -> Beside:
        words = self.nearness.table(*(self.word[self._all.items(some)] for some in (left, right)))
        to_left = self._nearest(words, left)
        if left is right:
            return Beside(words, *to_left, *to_left)
        turned = Table(words.column, words.row, words.values.T)
        return Beside(words, *self._nearest(turned, right), *to_left)

    def _nearest(self, words: Table, statements: Ints) -> tuple[Table, Table]:
        """How near the words with columns are to the nearest of each statement and of its body.

        The words of the ``statements`` have rows in ``words``.
        """
        n_columns = words.values.shape[1]
        place = np.zeros(len(self.statements), dtype=np.int64)
        place[statements] = np.arange(len(statements))
        values = words.values.ravel()
        near = np.flatnonzero(values > 0)
        (row, column), value = np.divmod(near, n_columns), values[near]
        held = self.words.items(statements)
        of = np.repeat(np.arange(len(statements)), self.words.lengths[statements])
        in_body = self.in_body[held]
        found = []
        for chosen in (in_body, ~in_body):
            own = words.row[self.word[held[chosen]]]
            holding = Lists.of(np.bincount(own, minlength=len(words.values)))
            holder = of[chosen][np.argsort(own, kind="stable")][holding.items(row)]
            times = holding.lengths[row]
            nearest = np.zeros(len(statements) * n_columns, dtype=np.float32)
            np.maximum.at(nearest, holder * n_columns + np.repeat(column, times), np.repeat(value, times))
            found.append(nearest.reshape(-1, n_columns))
        body, rest = found
        return Table(place, words.column, np.maximum(body, rest)), Table(place, words.column, body)

    def _started(self) -> Iterator[tuple[Statement, int]]:
        """Each statement and where its words start."""
        return zip(self.statements, self.words.starts.tolist(), strict=True)

    def _read_bodies(self) -> None:
        self.in_body = np.zeros(len(self.word), dtype=bool)
        self.in_body[_ints([at + start for s, start in self._started() for at in s.body])] = True
        of = np.repeat(np.arange(len(self.statements)), self._all.lengths)
        weight = np.bincount(of, self.weight * self.in_body, len(self.statements))
        self.body_weight: Floats = np.where(weight > 0, weight, 1.0)  # of no words none are found

    def _read_acts(self) -> None:
        acts = [act for s in self.statements for act in s.acts]
        self.acts = Lists.of([len(s.acts) for s in self.statements])
        self.denied = np.array([act.negated for act in acts], dtype=bool)
        self.is_content = np.array([act.word is not None for act in acts], dtype=bool)

    def _read_predicates(self) -> None:
        self.predicates = Lists.of([len(s.predicates) for s in self.statements])
        self.predicate = _ints([at + start for s, start in self._started() for at, _ in s.predicates])
        self.dependents = Lists.of([len(hanging) for s in self.statements for _, hanging in s.predicates])
        self.dependent = _ints(
            [at + start for s, start in self._started() for _, hanging in s.predicates for at in hanging]
        )

    def _read_numbers(self) -> None:
        self.n_plain = _ints([len(s.plain) for s in self.statements])
        self.undone = _ints([s.undone for s in self.statements])
        numbers = [sorted(s.numbers) for s in self.statements]
        self.numbers = Lists.of([len(row) for row in numbers])
        self.number = np.array(list(chain.from_iterable(numbers)), dtype=np.float64)


def _ints(values: Sequence[int] | Sequence[tuple[int, int]]) -> Ints:
    return np.array(values, dtype=np.int64)
