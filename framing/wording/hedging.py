"""Hedge cues in context: which "may", "could" or "expected" leaves a claim open."""

from __future__ import annotations

import functools
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from string import Formatter

import numpy as np

from framing.article import Span
from framing.wording import sentences
from framing.wording.features import shape
from framing.wording.files import arrays
from framing.wording.groups import Array, Groups
from framing.wording.linear import crcs, load, once
from framing.wording.numbers import joined
from framing.wording.sentences import Sentences
from framing.wording.vocabulary import Form, asked
from framing.wording.words import Sentence

MODEL = "hedge_cues"

# How far the words on each side are looked at.
_WINDOW = 6
# Words that tell a kind of text (company news, encyclopedia, film) or a frame for the claim.
_SETTING = frozenset(
    {
        *("said", "says", "percent", "company", "u", "s", "would", "if", "will", "not", "mr", "president"),
        *(
            "government",
            "officials",
            "i",
            "he",
            "is",
            "was",
            "are",
            "were",
            "film",
            "album",
            "game",
            "series",
        ),
    }
)

# The names of the features that are made of the word w and its neighbours, b before it and a after it:
# {a1:-2} is the last two letters of the next word, {w:4} the first four of the word.
_NAMES = (
    *(
        "w={w}",
        "b={b1}",
        "a={a1}",
        "bb={b2}",
        "aa={a2}",
        "bw={b1} {w}",
        "wa={w} {a1}",
        "s3={w:-3}",
        "p4={w:4}",
    ),
    *("bbw={b2} {b1} {w}", "waa={w} {a1} {a2}", "bwa={b1} {w} {a1}", "w_bb={w}|{b2}", "w_aa={w}|{a2}"),
    *("w_bbb={w}|{b3}", "w_aaa={w}|{a3}", "w_as={w}|{a1:-2}", "w_bs={w}|{b1:-2}", "w_aas={w}|{a2:-3}"),
)
# What stands for a word beyond the borders of the sentence.
_BEYOND = "#"

# How many words after the one that is looked at they stand.
_PLACES = {"w": 0, "b1": -1, "b2": -2, "b3": -3, "a1": 1, "a2": 2, "a3": 3}


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a name: what stands before a word, and so many of its first letters (< 0: last; 0: all)."""

    before: str
    part: int

    def of(self, key: str) -> str:
        """The piece as it is written with a word."""
        n = self.part
        return self.before + (key[n:] if n < 0 else key[:n] if n else key)


def _parsed(name: str) -> list[tuple[_Piece, int]]:
    """The pieces of a name, and where the word of each stands."""
    return [
        (_Piece(text, int(part or 0)), _PLACES[field or ""])
        for text, field, part, _ in Formatter().parse(name)
    ]


# What is said of the sentence beside the word w, each with how many answers it has, from 0 on.
_TOLD = {"quoted": 2, "early": 2, "long": 5, "number": 2}

_PARSED = [_parsed(name) for name in _NAMES]
_LEFT, _RIGHT, _HERE, _THERE = (_Piece(mark, 0) for mark in ("<", ">", "", "~"))
_MARKED, _SHAPED = _Piece("punct=", 0), _Piece("w_shape=", 0)
_PIECES = tuple(
    dict.fromkeys(
        [
            *(piece for name in _PARSED for piece, _ in name),
            *(_LEFT, _RIGHT, _HERE, _THERE, _MARKED, _SHAPED),
        ]
    )
)
_COLUMN = {piece: column for column, piece in enumerate(_PIECES)}


def _steps() -> Iterator[tuple[list[int], list[int], list[list[int]]]]:
    """For the first, second, third pieces: of which names, where their words stand, their columns."""
    for step in range(max(map(len, _PARSED))):
        having = [i for i, name in enumerate(_PARSED) if len(name) > step]
        pieces = [_PARSED[i][step] for i in having]
        yield having, [by + _WINDOW for _, by in pieces], [[_COLUMN[piece]] for piece, _ in pieces]


_STEPS = tuple(_steps())
# The columns of the answers 0.
_FIRST_ANSWERS = len(_PIECES) + np.cumsum([0, *_TOLD.values()])[:-1]


@dataclass(frozen=True, slots=True)
class HedgeCue:
    """A word that may be a hedge cue, with its calibrated probability, 0 to 1."""

    span: Span
    probability: float
    marked: bool  # at or above the threshold of the card


@functools.cache
def candidates() -> frozenset[str]:
    """The words that are looked at: those that were a cue in the training corpora."""
    return frozenset(arrays(MODEL)["candidates"].tobytes().decode("utf-8").split("\n"))


def cues(text: str) -> tuple[HedgeCue, ...]:
    """The candidates in a sentence, in order. Raises FramingError where the model is not installed."""
    return cues_all([text])[0]


def cues_all(texts: Sequence[str], marked_only: bool = False) -> list[tuple[HedgeCue, ...]]:
    """The candidates in each sentence, or those that are marked, in order. Raises as :func:`cues`."""
    model, of = load(MODEL), sentences.read(tuple(texts))
    places = np.flatnonzero(of.keys.told(_is_candidate))
    found: list[list[HedgeCue]] = [[] for _ in texts]
    if len(places):
        p = model.probability(model.of_words(*features(of, places), len(places)))
        marked = p >= model.threshold[0]
        shown = np.flatnonzero(marked) if marked_only else np.arange(len(places))
        told = zip(of.texts.places(places[shown]), p[shown].tolist(), marked[shown].tolist(), strict=True)
        for (row, i), q, is_cue in told:
            found[row].append(HedgeCue(of.seen[row].span(i), q, is_cue))
    return [tuple(one) for one in found]


def features(of: Sentences, places: Array) -> tuple[Array, Array]:
    """The features of the words at ``places`` as numbers, (m,), and which of those words has each, (m,).

    A word is looked at with its neighbours, near and far.
    """
    numbers, lengths = np.moveaxis(of.keys.known.table(_numbers), 1, 0)
    # (13, n places): the words before, the word itself, the words after.
    around = np.stack([of.texts.shifted(of.keys.at, -by)[places] for by in range(-_WINDOW, _WINDOW + 1)])
    (_, words, columns), *further = _STEPS
    near = numbers[around[words], columns]
    for having, words, columns in further:
        right = around[words], columns
        near[having] = joined(near[having], numbers[right], lengths[right])
    here = numbers[around[_WINDOW], _COLUMN[_HERE]]
    every = np.arange(len(places))
    names, rows = [near.ravel()], [np.tile(every, len(near))]
    for piece, side in ((_LEFT, around[_WINDOW - 1 :: -1]), (_RIGHT, around[_WINDOW + 1 :])):
        distance, word = np.nonzero(_once(side))
        far, column = side[distance, word], _COLUMN[piece]
        told = numbers[far, column]
        names += [told, joined(here[word], told, lengths[far, column])]
        rows += [word, word]
    answers = _answers(of, places)
    names.append(numbers[around[_WINDOW][:, None], answers].ravel())
    rows.append(np.repeat(every, answers.shape[1]))
    word, key = _setting(of, places)
    names.append(joined(here[word], numbers[key, _COLUMN[_THERE]], lengths[key, _COLUMN[_THERE]]))
    rows.append(word)
    plain, plain_rows = _spelled(of, places)
    return np.concatenate([*names, plain]), np.concatenate([*rows, plain_rows])


def _answers(of: Sentences, places: Array) -> Array:
    """The columns of what :data:`_TOLD` says of the words, (n places, 4)."""
    row = of.texts.row[places]
    size = of.texts.counts[row]
    number = of.texts.sums(of.keys.told(_is_number).astype(int)) > 0
    told = [of.quoted[places], of.texts.inside[places] < 2, np.minimum(4, size // 10), number[row]]
    out: Array = np.stack(told, axis=1).astype(np.intp) + _FIRST_ANSWERS
    return out


def _once(side: Array) -> Array:
    """Where a word stands on one side for the first time, of (window, n) from the nearest on; 0 is none."""
    new = side > 0
    for far in range(1, len(side)):
        new[far] &= (side[:far] != side[far]).all(axis=0)
    return new


def _numbers(keys: Sequence[str]) -> Array:
    """The numbers of the pieces that are made of each word, and how many bytes each has: (n, 2, pieces)."""
    answers = [f"{name}=%s|{answer}" for name, n in _TOLD.items() for answer in range(n)]
    told = []
    for key in (key or _BEYOND for key in keys):
        pieces = "\n".join([*(one.of(key) for one in _PIECES), *(answer % key for answer in answers)])
        each = pieces.encode("utf-8", "surrogatepass").split(b"\n")
        told.append((list(map(zlib.crc32, each)), list(map(len, each))))
    return np.array(told, np.int64)


@asked
def _is_candidate(key: str) -> bool:
    return key in candidates()


@asked
def _is_setting(key: str) -> bool:
    return key in _SETTING


@asked
def _is_number(key: str) -> bool:
    return key == "0"


def _setting(of: Sentences, places: Array) -> tuple[Array, Array]:
    """The words of :data:`_SETTING` in the sentences of the words: which word has each, and its key."""
    keys, texts = of.keys, of.texts
    there = np.flatnonzero(keys.told(_is_setting))
    held = once(keys.at[there], texts.row[there], texts.n)
    row = texts.row[places]
    having = Groups.of_lengths(held.texts.counts[row].tolist())
    return having.row, held.at[held.texts.starts[row][having.row] + having.inside]


def _spelled(of: Sentences, places: Array) -> tuple[Array, Array]:
    """The features that are made of marks and shapes, as :func:`features`."""
    numbers, here = of.keys.known.table(_numbers)[:, 0], of.keys.at[places]
    own = of.known.forms.told(_shaped, of.forms[places])
    shapes = of.known.words.told(_shapes, of.words)
    around = [of.texts.shifted(shapes, by)[places] for by in (1, -1)]
    punctuation = [_punctuation(*_beside(of.seen[row], i)) for row, i in of.texts.places(places)]
    said = np.array(punctuation, np.int64).reshape(-1, 2)
    told = _shape_pairs()[around[0], around[1]]
    names = [
        *own.T,
        joined(numbers[here, _COLUMN[_MARKED]], said[:, 0], said[:, 1]),
        joined(numbers[here, _COLUMN[_SHAPED]], told[:, 0], told[:, 1]),
    ]
    return np.concatenate(names), np.tile(np.arange(len(places)), len(names))


def _beside(seen: Sentence, i: int) -> tuple[str, str]:
    """The sign after word ``i`` and the two before it."""
    begin, end = seen.starts[i], seen.starts[i] + len(seen.words[i])
    return seen.text[end : end + 1], seen.text[max(0, begin - 2) : begin].strip()


@functools.lru_cache(maxsize=5_000)
def _punctuation(after: str, before: str) -> tuple[int, int]:
    """The number of the signs beside a word behind its own name, and their bytes."""
    return _end(f"|{after}|{before}")


def _end(text: str) -> tuple[int, int]:
    piece = text.encode("utf-8", "surrogatepass")
    return zlib.crc32(piece), len(piece)


# Those of :func:`shape`; the first is that of the nothing beyond a sentence.
_SHAPES = ("-", "A", "a", "Aa", "x")


@functools.cache
def _shape_pairs() -> Array:
    """As :func:`_punctuation` of the shapes before and after a word, (5, 5, 2)."""
    return np.array([[_end(f"|{before}|{after}") for after in _SHAPES] for before in _SHAPES], np.int64)


def _shapes(words: Sequence[str]) -> Array:
    """Which of :data:`_SHAPES` each word has."""
    return np.array([_SHAPES.index(shape(word)) if word else 0 for word in words], np.intp)


def _shaped(forms: Sequence[Form]) -> Array:
    """The numbers of the mark and the shape of each form, (n, 2)."""
    return np.array(
        [crcs((f"mark={mark}", f"shape={shape(word) if word else ''}")) for word, mark in forms], np.int64
    )
