"""Words by number, and what is known of each worked out once a word: arrays in place of look-ups.

A model sees the words of many sentences at one time, and most of them again in the next sentences. What it
asks of a word (its hash, its vector, its weights) stands in a row of a table, under the word's number.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Generic, TypeVar

import numpy as np

from framing.wording.groups import Array
from framing.wording.words import key

T = TypeVar("T", bound=Hashable)

# Words, or keys, that are kept, about a kilobyte each with all models: names and numbers never end, and
# what is common is soon learned again.
_MOST = 40_000


class _Places(dict[T, int]):
    """The number of each word; a new one gets the next."""

    def __init__(self, nothing: T) -> None:
        super().__init__({nothing: 0})
        self.known = [nothing]

    def __missing__(self, word: T) -> int:
        self[word] = place = len(self.known)
        self.known.append(word)
        return place


class Vocabulary(Generic[T]):
    """Words (or whatever is told apart) by number; 0 is ``nothing``, beyond the borders of a text."""

    def __init__(self, nothing: T) -> None:
        self._places = _Places(nothing)
        self._tables: dict[Callable[[Sequence[T]], Array], tuple[Array, int]] = {}
        self._lock = threading.RLock()

    def __len__(self) -> int:
        return len(self._places.known)

    def __getitem__(self, place: int) -> T:
        return self._places.known[place]

    def places(self, words: Iterable[T]) -> Array:
        """The number of each word, (n,)."""
        with self._lock:
            return np.fromiter(map(self._places.__getitem__, words), np.intp)

    def table(self, of: Callable[[Sequence[T]], Array]) -> Array:
        """What ``of`` says of each word that has a number by now, a row for each: asked once a word."""
        with self._lock:
            held, done = self._tables.get(of, (None, 0))
            new = self._places.known[done:]
            if held is None or new:
                rows = of(new)
                if held is None or len(held) < done + len(new):
                    grown = np.zeros((2 * (done + len(new)), *rows.shape[1:]), rows.dtype)
                    if held is not None:
                        grown[:done] = held[:done]
                    held = grown
                held[done : done + len(new)] = rows
                self._tables[of] = held, done + len(new)
            return held

    def told(self, of: Callable[[Sequence[T]], Array], places: Array) -> Array:
        """What ``of`` says of the words with these numbers, (n, ...)."""
        found: Array = self.table(of)[places]
        return found


# A word as it is written and what the lists say of it there ("loaded:emotive"; empty: nothing).
Form = tuple[str, str]


class Known:
    """The words that were met, their keys, and their forms."""

    def __init__(self) -> None:
        self.words: Vocabulary[str] = Vocabulary("")
        self.keys: Vocabulary[str] = Vocabulary("")
        self.forms: Vocabulary[Form] = Vocabulary(("", ""))

    def keys_of(self, words: Sequence[str]) -> Array:
        """The number of the key of each word, (n,)."""
        return self.keys.places(map(key, words))

    def unmarked(self, words: Sequence[str]) -> Array:
        """The number of the form of each word where no list has it, (n,)."""
        return self.forms.places([(word, "") for word in words])


_known = Known()


def known() -> Known:
    """The words known now; from :data:`_MOST` on it begins anew, and who holds the old ones keeps them."""
    global _known
    if max(len(_known.words), len(_known.keys), len(_known.forms)) > _MOST:
        _known = Known()
    return _known


def asked(holds: Callable[[str], bool]) -> Callable[[Sequence[str]], Array]:
    """A question with yes and no of each word, for :meth:`Vocabulary.table`."""

    @functools.wraps(holds)
    def table(words: Sequence[str]) -> Array:
        return np.fromiter(map(holds, words), bool, len(words))

    return table
