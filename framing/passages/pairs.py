"""What speaks for and against two sentences stating the same fact: words, acts, quotations, numbers.

Worked out for many pairs of sentences at a time.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from framing.passages.event import Statements
from framing.passages.lists import Cells, Lists
from framing.passages.nearness import Table

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

# Sentences up to the first number of words are short, from the sum on long: what a short one
# does not share is its fact, in a long one it may be an aside.
_SHORT, _TO_LONG = 14, 16
_MUCH_SHARED = 40.0  # weight of shared words: some six rare ones
_FEW = 2.0  # weight of words below which what is not shared says little
_ALIKE = 0.6  # relatedness from which two verbs are one act
_PREDICATES = 0.4  # relatedness from which what hangs on two predicates is compared
_YEARS = (1900, 2100)  # two sentences of one year need not tell one fact


class Pairs:
    """Statements ``i`` beside statements ``j``; ``words`` is the cosine of the words of each pair."""

    def __init__(self, held: Statements, i: Ints, j: Ints, words: Floats) -> None:
        self._held, self._i, self._j, self._words = held, i, j, words
        self._beside = beside = held.beside(i, j)
        self._near = beside.words
        self._left = _Side(held, i, j, beside.to_right, beside.to_right_body)
        self._right = _Side(held, j, i, beside.to_left, beside.to_left_body)
        longest = np.maximum(held.n_plain[i], held.n_plain[j])
        self.long: Floats = np.clip((longest - _SHORT) / _TO_LONG, 0.0, 1.0)

    def at_most(self) -> dict[str, Floats]:
        """What speaks for it, each 0 to 1, as far as it is soon found; of the rest more than there may be."""
        left, right = self._left, self._right
        rest, body = [side.rest(side.nearest) for side in (left, right)], [left.body(), right.body()]
        shared = left.sums(left.weight * ~left.open) / _MUCH_SHARED
        found = {
            "rest in rest": np.maximum(*rest),
            "rest in rest, each": np.minimum(*rest),
            "body": np.maximum(*body),
            "body, each": np.minimum(*body),
            "numbers shared": self._numbers(years=False),
            "acts": self._acts(),
            "quoted": self._held.quoted.repeated(self._i, self._j),
            "words long": self._words * self.long,
            "shared long": np.minimum(1.0, shared) * self.long,
            "body long": np.maximum(*body) * self.long,
            "predicates long": self.long,
        }
        return {name: np.minimum(1.0, value) for name, value in found.items()}  # sums of floats may pass 1

    def features(self, at_most: Mapping[str, Floats]) -> dict[str, Floats]:
        """All, each 0 to 1, given what :meth:`at_most` found."""
        held, i, j = self._held, self._i, self._j
        left, right, found = self._left, self._right, dict(at_most)
        cells = Cells.of(left.open_words, left.pairs, right.open_words, right.pairs)
        rest = self._rest(cells)
        both = (held.numbers.lengths[i] > 0) & (held.numbers.lengths[j] > 0)
        found |= {
            "rest in rest": np.maximum(*rest),
            "rest in rest, each": np.minimum(*rest),
            "predicates long": self._predicates() * self.long,
            "other numbers": np.where(both & (self._numbers(years=True) == 0), 1.0, 0.0),
            # A denial counts as far as the rest is the same: a long sentence denies many things.
            "negated": self._negated() * found.pop("body, each"),
            "opposed": self._opposed(cells),
            "undone": np.where(held.undone[i] % 2 != held.undone[j] % 2, 1.0, 0.0),
        }
        return {name: np.minimum(1.0, value) for name, value in found.items()}

    def _rest(self, cells: Cells) -> tuple[Floats, Floats]:
        """How much of what the two do not share word for word is in the other; ``cells`` of those words."""
        left, right = self._left, self._right
        near = self._near(left.open_word[cells.left], right.open_word[cells.right])
        cells, near = cells.where(near > 0), near[near > 0]
        nearest = np.zeros(len(left.open)), np.zeros(len(right.open))
        nearest[0][left.open], nearest[1][right.open] = cells.most_of_rows(near), cells.most_of_columns(near)
        return left.rest(nearest[0]), right.rest(nearest[1])

    def _numbers(self, *, years: bool) -> Floats:
        """1 where the two share a number, or one that is no year; 0 elsewhere."""
        held = self._held
        cells = Cells.of(held.numbers, self._i, held.numbers, self._j)
        number = held.number[cells.left]
        equal = number == held.number[cells.right]
        if not years:
            equal &= (number < _YEARS[0]) | (number > _YEARS[1]) | (number % 1 > 0)
        return cells.most_of_pairs(equal.astype(np.float64))

    def _opposed(self, cells: Cells) -> Floats:
        """The weight of the heaviest two opposites among what the two do not share, of all of that."""
        left, right = self._left, self._right
        row, column = left.weight[left.open], right.weight[right.open]
        mass = left.sums(left.weight * left.open) + right.sums(right.weight * right.open)
        rest = cells.where(
            self._held.nearness.opposed(left.open_word[cells.left], right.open_word[cells.right])
        )
        return rest.most_of_pairs(row[rest.row] + column[rest.column]) / (mass + 2 * _FEW)

    def _negated(self) -> Floats:
        """How near a verb of one is to one that the other denies, where neither verb is met as it stands."""
        held = self._held
        cells = Cells.of(held.acts, self._i, held.acts, self._j)
        near = self._near(held.word[held.verb[cells.left]], held.word[held.verb[cells.right]])
        agree = held.denied[cells.left] == held.denied[cells.right]
        agreed = np.where(agree, near, 0.0)
        met = np.maximum(cells.most_of_rows(agreed)[cells.row], cells.most_of_columns(agreed)[cells.column])
        return cells.most_of_pairs(np.where(~agree & (near >= _ALIKE) & (near > met), near, 0.0))

    def _acts(self) -> Floats:
        """The best match of a verb with those who act and what is acted on; half where one is not named."""
        held = self._held
        cells = Cells.of(held.acts, self._i, held.acts, self._j)
        near = self._near(held.word[held.verb[cells.left]], held.word[held.verb[cells.right]])
        near *= held.is_content[cells.left] & held.is_content[cells.right]
        cells, near = cells.where(near > 0), near[near > 0]
        same = sum(self._same(who, cells.left, cells.right) for who in (held.subjects, held.objects))
        return cells.most_of_pairs(near * same / 2)

    def _same(self, who: Lists, a: Ints, b: Ints) -> Floats:
        """How near those named in acts ``a`` are to those in the acts ``b``, the nearest two; else a half."""
        held = self._held
        cells = Cells.of(who, a, who, b)
        near = cells.most_of_pairs(self._near(held.word[cells.left], held.word[cells.right]))
        return np.where((who.lengths[a] > 0) & (who.lengths[b] > 0), near, 0.5)

    def _predicates(self) -> Floats:
        """The best match of a verb or noun with what hangs on it."""
        held = self._held
        cells = Cells.of(held.predicates, self._i, held.predicates, self._j)
        near = self._near(held.word[held.predicate[cells.left]], held.word[held.predicate[cells.right]])
        n = np.minimum(held.dependents.lengths[cells.left], held.dependents.lengths[cells.right])
        compared = (near >= _PREDICATES) & (n > 0)
        cells, near, n = cells.where(compared), near[compared], n[compared]
        hanging = Cells.of(held.dependents, cells.left, held.dependents, cells.right)
        table = self._near(held.word[held.dependent[hanging.left]], held.word[held.dependent[hanging.right]])
        covered = np.maximum(
            hanging.sum_rows(hanging.most_of_rows(table)) / held.dependents.lengths[cells.left],
            hanging.sum_columns(hanging.most_of_columns(table)) / held.dependents.lengths[cells.right],
        )
        return cells.most_of_pairs(near * covered * np.minimum(1.0, (n + 1) / 4))


class _Side:
    """The words of one statement of each pair, pair by pair.

    ``nearest`` is how near each is to the nearest word of the other statement, ``open`` whether it does
    not stand there.
    """

    def __init__(self, held: Statements, own: Ints, other: Ints, to: Table, to_body: Table) -> None:
        self.pairs = np.arange(len(own))
        lengths = held.words.lengths[own]
        words = held.words.items(own)
        self._pair = np.repeat(self.pairs, lengths)
        self._body_weight = held.body_weight[own]
        self._in_body = held.in_body[words]
        word, beside = held.word[words], other[self._pair]
        self.weight = held.weight[words]
        self.nearest = to(beside, word)
        self._nearest_in_body = to_body(beside, word)
        self.open: Bools = self.nearest < 1
        self.open_word = word[self.open]
        self.open_words = Lists.of(np.bincount(self._pair[self.open], minlength=len(own)))

    def sums(self, values: Floats) -> Floats:
        """For each pair the sum of ``values``, one for each word."""
        found: Floats = np.bincount(self._pair, values, len(self.pairs)).astype(np.float64)
        return found

    def rest(self, nearest: Floats) -> Floats:
        """How much of the open words is in the other statement where each is as near to it as ``nearest``."""
        weight = self.weight * self.open
        return (self.sums(weight * nearest) + _FEW) / (self.sums(weight) + _FEW)

    def body(self) -> Floats:
        """How much of the body is in the body of the other."""
        return self.sums(self.weight * self._in_body * self._nearest_in_body) / self._body_weight
