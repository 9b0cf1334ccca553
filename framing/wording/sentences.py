"""What the models look at in several sentences: n-grams, style counts and pooled vectors, of all at once."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Sequence

import numpy as np

from framing import lexicon
from framing.wording.groups import Array, Groups
from framing.wording.linear import Hashed, crc, once
from framing.wording.numbers import joined
from framing.wording.vectors import Floats, vectors
from framing.wording.vocabulary import Form, Vocabulary, asked, known
from framing.wording.words import MARKING, Sentence, looked_up, sentence, valences

_FIRST_PERSON = frozenset({"i", "we", "my", "our", "us", "me"})
_SECOND_PERSON = frozenset({"you", "your"})

# What a pair of neighbours is called before its two words: an n-gram, a word's with the one before, after it.
PAIR, BEFORE, AFTER = "2:", "bw=", "wa="
_PAIRS = (PAIR, BEFORE, AFTER)


def _numbers(keys: Sequence[str]) -> Array:
    """Of each word its number as an n-gram, as first of each kind of pair, as second, and its bytes there."""
    told = [
        (
            crc(f"1:{key}"),
            *(crc(kind + key) for kind in _PAIRS),
            crc(f" {key}"),
            len(f" {key}".encode("utf-8", "surrogatepass")),
        )
        for key in keys
    ]
    return np.array(told, np.int64)


class Keys:
    """The words of several texts by their keys, n words in all; each text as if it stood alone.

    ``at`` (n,) is the number of each key in ``known``; 0 is the nothing beyond the borders of a text.
    """

    def __init__(self, known: Vocabulary[str], at: Array, texts: Groups) -> None:
        self.known = known
        self.at = at
        self.texts = texts

    @classmethod
    def of(cls, texts: Sequence[Sequence[str]]) -> Keys:
        """The keys of texts."""
        vocabulary = known().keys
        at = vocabulary.places(itertools.chain.from_iterable(texts))
        return cls(vocabulary, at, Groups.of_lengths([len(text) for text in texts]))

    def told(self, of: Callable[[Sequence[str]], Array]) -> Array:
        """What ``of`` says of the key of each word, (n, ...)."""
        return self.known.told(of, self.at)

    @functools.cached_property
    def before(self) -> Array:
        """The word before each, (n,), as :attr:`at`."""
        return self.texts.shifted(self.at, 1)

    @functools.cached_property
    def after(self) -> Array:
        """The word after each, (n,), as :attr:`at`."""
        return self.texts.shifted(self.at, -1)

    @functools.cached_property
    def singles(self) -> Array:
        """The numbers of the words as n-grams, (n,)."""
        found: Array = self.known.table(_numbers)[self.at, 0]
        return found

    def _pairs(self, kind: str, first: Array, second: Array) -> Array:
        table = self.known.table(_numbers)
        told = table[second]
        return joined(table[first, 1 + _PAIRS.index(kind)], told[:, -2], told[:, -1])

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
    def matrix(self) -> Floats:
        """The vectors of the words, (n, 50); noughts where there is none."""
        return self.told(vectors)

    @functools.cached_property
    def pooled(self) -> Floats:
        """Of each text the mean, maximum and minimum over the vectors of known words: (n texts, 150)."""
        return pooled(self.matrix, self.told(has_vector), self.texts)


def has_vector(keys: Sequence[str]) -> Array:
    """Whether each word has a vector, (n,)."""
    found: Array = np.any(vectors(keys), axis=1)
    return found


def pooled(held: Floats, known: Array, texts: Groups) -> Floats:
    """Mean, maximum and minimum over the ``known`` (m,) of vectors (m, d) of n texts: (n, 3 d)."""
    some = np.flatnonzero(known)
    own, groups = held[some], Groups(texts.row[some], texts.n)
    mean = groups.sums(own) / np.maximum(1, groups.counts).astype(np.float32)[:, None]
    return np.concatenate([mean, *groups.extremes(own)], axis=1)


class Sentences:
    """Several sentences with their features; each as if it stood alone."""

    def __init__(self, seen: Sequence[Sentence]) -> None:
        self.seen = tuple(seen)
        self.known = known()
        self.words = self.known.words.places(itertools.chain.from_iterable([one.words for one in seen]))
        self.texts = Groups.of_lengths([len(one.words) for one in seen])
        keys = self.known.words.told(self.known.keys_of, self.words)
        self.keys = Keys(self.known.keys, keys, self.texts)

    def __len__(self) -> int:
        return len(self.seen)

    @functools.cached_property
    def forms(self) -> Array:
        """The number of each word's form, (n words,)."""
        found = self.known.words.told(self.known.unmarked, self.words)
        marks = self.marks
        marked = np.flatnonzero(np.fromiter(map(bool, marks), bool, len(marks)))
        known_words = self.known.words
        told = [(known_words[self.words[i]], marks[i]) for i in marked.tolist()]
        found[marked] = self.known.forms.places(told)
        return found

    def matches(self, name: str) -> list[tuple[int, lexicon.Found]]:
        """The entries of the list ``name``, in order, each with the number of its sentence."""
        begins = np.flatnonzero(self.known.words.told(_beginning(name), self.words))
        listed, rows, inside = lexicon.load(name), self.texts.row[begins], self.texts.inside[begins].tolist()
        found: list[tuple[int, lexicon.Found]] = []
        borders = [*np.flatnonzero(np.diff(rows, prepend=-1)).tolist(), len(rows)]
        for start, end in itertools.pairwise(borders):
            row = int(rows[start])
            found += [(row, one) for one in listed.found(self.seen[row].read, inside[start:end])]
        return found

    @functools.cached_property
    def marks(self) -> list[str]:
        """Of each word, as :attr:`Sentence.marks`."""
        marks = [""] * len(self.words)
        starts = self.texts.starts.tolist()
        for name in MARKING:
            for row, (first, n, _, _, entry) in self.matches(name):
                at = starts[row] + first
                marks[at : at + n] = [f"{name}:{entry.category}"] * n
        return marks

    @functools.cached_property
    def valence(self) -> Array:
        """Of each word."""
        return self.known.words.told(valences, self.words)

    @functools.cached_property
    def quoted(self) -> Array:
        """Whether each word stands inside quotation marks."""
        found = np.zeros(len(self.words), dtype=bool)
        for one, start in zip(self.seen, self.texts.starts.tolist(), strict=True):
            if '"' in one.text:
                found[start : start + len(one)] = one.quoted
        return found

    @functools.cached_property
    def style(self) -> Floats:
        """Counts of marks, word shapes, lexicon categories and VADER valence of each sentence."""
        return _style(self)


@functools.cache
def _beginning(name: str) -> Callable[[Sequence[str]], Array]:
    return asked(lexicon.load(name).begins)


@functools.cache
def _categories() -> tuple[str, ...]:
    return tuple(sorted({f"loaded:{e.category}" for e in lexicon.load("loaded").entries.values()}))


def _counted(forms: Sequence[Form]) -> Floats:
    """What :func:`_style` sums of each form of a word."""
    return np.array([_counts(word, mark) for word, mark in forms], dtype=np.float32)


def _counts(word: str, mark: str) -> list[float]:
    key, valence = looked_up(word)
    return [
        word[:1].isdigit(),
        word.isupper() and len(word) > 1,
        word[:1].isupper(),
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


_MARKS = '"!?-(:;'


def _style(of: Sentences) -> Floats:
    texts, marks = of.texts, [one.text for one in of.seen]
    n = np.maximum(1, texts.counts)
    root = np.sqrt(n)
    each = of.known.forms.told(_counted, of.forms)
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
