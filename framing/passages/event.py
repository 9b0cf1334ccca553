"""The statements of an event as arrays, to be compared many pairs at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from framing.passages.lists import Lists
from framing.passages.nearness import Nearness, Table
from framing.passages.quoted import Quoted
from framing.passages.statement import Statement, Word

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


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
        self.word = _ints(self.nearness.places(words))
        self.weight = np.array([word.weight for word in words], dtype=np.float64)
        self.words = Lists(_ints(starts), _ints([len(s.words) for s in statements]))
        self._all = Lists(self.words.starts, np.diff(self.words.starts, append=len(words)))
        self.verb = _ints(verb)
        self.subjects, self.objects = (Lists(*_ints(who).reshape(-1, 2).T) for who in (subjects, objects))
        self._read_bodies()
        self._read_acts()
        self._read_predicates()
        self._read_numbers()
        self.quoted = Quoted(statements)

    def near(self, i: Ints, j: Ints) -> Table:
        """How near the words of statements ``i`` are to those of statements ``j``."""
        return self.nearness.table(*(self.word[self._all.items(np.unique(chosen))] for chosen in (i, j)))

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
