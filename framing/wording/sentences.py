"""What the models look at in several sentences: n-grams, style counts and pooled vectors, of all at once."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Sequence

import numpy as np

from framing import lexicon
from framing.wording.groups import Array, Groups
from framing.wording.linear import Hashed, crc, once
from framing.wording.numbers import joined
from framing.wording.vectors import Floats, vectors
from framing.wording.words import Sentence, sentence

_FIRST_PERSON = frozenset({"i", "we", "my", "our", "us", "me"})
_SECOND_PERSON = frozenset({"you", "your"})

# What a pair of neighbours is called before its two words: an n-gram, a word's with the one before, after it.
PAIR, BEFORE, AFTER = "2:", "bw=", "wa="
_PAIRS = (PAIR, BEFORE, AFTER)


@functools.lru_cache(maxsize=50_000)
def _numbers(key: str) -> tuple[int, ...]:
    """A word's number as an n-gram, as first of each kind of pair and as second, and its bytes there."""
    second = f" {key}".encode("utf-8", "surrogatepass")
    return crc(f"1:{key}"), *(crc(kind + key) for kind in _PAIRS), crc(f" {key}"), len(second)


class Keys:
    """The words of several texts by their keys, n words in all; each text as if it stood alone.

    ``at`` (n,) is the place of each word in ``known``, where each key stands once; 0 there is the
    nothing beyond the borders of a text.
    """

    def __init__(self, texts: Sequence[Sequence[str]]) -> None:
        places = {"": 0}
        self.at = np.array(
            [places.setdefault(key, len(places)) for key in itertools.chain.from_iterable(texts)], np.intp
        )
        self.known = tuple(places)
        self.texts = Groups.of_lengths([len(text) for text in texts])

    @functools.cached_property
    def before(self) -> Array:
        """The word before each, (n,), as :attr:`at`."""
        return self.texts.shifted(self.at, 1)

    @functools.cached_property
    def after(self) -> Array:
        """The word after each, (n,), as :attr:`at`."""
        return self.texts.shifted(self.at, -1)

    @functools.cached_property
    def _table(self) -> Array:
        return np.array([_numbers(key) for key in self.known], np.int64)

    @property
    def singles(self) -> Array:
        """The numbers of the words as n-grams, (n,)."""
        found: Array = self._table[self.at, 0]
        return found

    def _pairs(self, kind: str, first: Array, second: Array) -> Array:
        told = self._table[second]
        return joined(self._table[first, 1 + _PAIRS.index(kind)], told[:, -2], told[:, -1])

    @functools.cached_property
    def with_before(self) -> Array:
        """The numbers of each word's pair with the word before it, (n,)."""
        return self._pairs(BEFORE, self.before, self.at)

    @functools.cached_property
    def with_after(self) -> Array:
        """The numbers of each word's pair with the word after it, (n,)."""
        return self._pairs(AFTER, self.at, self.after)

    def pairs(self) -> tuple[Array, Array]:
        """The numbers of the pairs of neighbours as n-grams, and where the first of each is."""
        first = np.flatnonzero(self.after)
        return self._pairs(PAIR, self.at[first], self.after[first]), first

    @functools.cached_property
    def ngrams(self) -> Hashed:
        """Words and pairs of words that occur, at a value that makes the whole of unit length."""
        row, (pairs, first) = self.texts.row, self.pairs()
        found = once(np.concatenate([self.singles, pairs]), np.concatenate([row, row[first]]), self.texts.n)
        found.values[:] = (1 / np.sqrt(np.maximum(1, found.texts.counts)))[found.texts.row]
        return found

    @functools.cached_property
    def vectors(self) -> Floats:
        """Of each word of :attr:`known`; noughts where there is none."""
        return vectors(self.known)

    @functools.cached_property
    def matrix(self) -> Floats:
        """The vectors of the words, (n, 50)."""
        found: Floats = self.vectors[self.at]
        return found

    @functools.cached_property
    def pooled(self) -> Floats:
        """Of each text the mean, maximum and minimum over the vectors of known words: (n texts, 150)."""
        known: Array = np.any(self.vectors, axis=1)
        return pooled(self.matrix, known[self.at], self.texts)


def pooled(held: Floats, known: Array, texts: Groups) -> Floats:
    """Mean, maximum and minimum over the ``known`` (m,) of vectors (m, d) of n texts: (n, 3 d)."""
    some = np.flatnonzero(known)
    own, groups = held[some], Groups(texts.row[some], texts.n)
    mean = groups.sums(own) / np.maximum(1, groups.counts).astype(np.float32)[:, None]
    return np.concatenate([mean, groups.highest(own), groups.lowest(own)], axis=1)


class Sentences:
    """Several sentences with their features; each as if it stood alone."""

    def __init__(self, seen: Sequence[Sentence]) -> None:
        self.seen = tuple(seen)
        self.keys = Keys([one.keys for one in seen])
        self.texts = self.keys.texts

    def __len__(self) -> int:
        return len(self.seen)

    @functools.cached_property
    def _forms(self) -> tuple[Array, list[tuple[str, str, str, float]]]:
        forms: dict[tuple[str, str, str, float], int] = {}
        each = [
            form
            for one in self.seen
            for form in zip(one.words, one.keys, one.marks, one.valence, strict=True)
        ]
        at = np.array([forms.setdefault(form, len(forms)) for form in each], np.intp)
        return at, list(forms)

    @property
    def at(self) -> Array:
        """Of each word the place of its form in :attr:`forms`, (n words,)."""
        return self._forms[0]

    @property
    def forms(self) -> list[tuple[str, str, str, float]]:
        """Word, key, mark and valence of each form that a word has, once."""
        return self._forms[1]

    @functools.cached_property
    def valence(self) -> Array:
        """Of each word."""
        return np.array([v for one in self.seen for v in one.valence], dtype=float)

    @functools.cached_property
    def quoted(self) -> Array:
        """Whether each word stands inside quotation marks."""
        return np.array([q for one in self.seen for q in one.quoted], dtype=bool)

    @functools.cached_property
    def style(self) -> Floats:
        """Counts of marks, word shapes, lexicon categories and VADER valence of each sentence."""
        return _style(self)


@functools.cache
def _categories() -> tuple[str, ...]:
    return tuple(sorted({f"loaded:{e.category}" for e in lexicon.load("loaded").entries.values()}))


@functools.lru_cache(maxsize=20_000)
def _counted(word: str, key: str, mark: str, valence: float) -> Floats:
    """What :func:`_style` sums of a word."""
    counts = [
        word[0].isdigit(),
        word.isupper() and len(word) > 1,
        word[0].isupper(),
        key.endswith("ly") and len(key) > 4,
        key in _FIRST_PERSON,
        key in _SECOND_PERSON,
        len(key),
        *(mark == category for category in _categories()),
        mark.startswith("loaded:"),
        mark.startswith("hedges:"),
        max(0.0, valence),
        min(0.0, valence),
        abs(valence) >= 2,
    ]
    return np.array(counts, dtype=np.float32)


_MARKS = '"!?-(:;'


def _style(of: Sentences) -> Floats:
    texts, marks = of.texts, [one.text for one in of.seen]
    n = np.maximum(1, texts.counts)
    root = np.sqrt(n)
    each = np.concatenate([_counted(*form) for form in of.forms]).reshape(len(of.forms), -1)[of.at]
    sums = texts.sums(each).astype(float)
    digits, upper, title, ly, first, second, letters, *categories, loaded, hedges, good, bad, strong = sums.T
    quoted = texts.sums(of.quoted.astype(float))
    unquoted = loaded - texts.sums(of.quoted * each[:, 7 + len(categories)])
    seen_marks = np.array([[float(mark in text) for mark in _MARKS] for text in marks])
    doubles, commas = np.array([(text.count('"'), text.count(",")) for text in marks]).T
    shapes = [
        np.log(n + 1), doubles / 2, *seen_marks.T, commas / n, digits / n, upper / n, title / n,
        ly / root, first / root, second / root, letters / n,
    ]  # fmt: skip
    found = [*(c / root for c in categories), loaded > 0, loaded, hedges, (texts.counts - quoted) / n]
    most, least = np.maximum(0, texts.highest(of.valence)), np.minimum(0, texts.lowest(of.valence))
    tone = [good / root, bad / root, most, least, strong / root]
    return np.stack([*shapes, *found, unquoted, *tone], axis=1, dtype=np.float32, casting="unsafe")


@functools.lru_cache(maxsize=4)
def read(texts: tuple[str, ...]) -> Sentences:
    """``texts``, each a sentence; several models ask for the same ones, one after the other."""
    return Sentences([sentence(text) for text in texts])
