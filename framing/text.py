"""What counts as a word, and how marks are folded before any lexicon looks at them."""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate

from framing.article import Span

# One character for one, so that offsets keep.
_FOLD = {
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "ʼ": "'", "′": "'", "`": "'", "´": "'",
    "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "″": '"',
    "‐": "-", "‑": "-", "‒": "-", "\u00a0": " ", "\u2009": " ", "\u202f": " ",
}  # fmt: skip

# A word of :func:`tokens`.
TOKEN = re.compile(r"[^\W_]+(?:['\-][^\W_]+)*")
_WORD = re.compile(r"[^\W\d_]+(?:['’\-‐‑][^\W\d_]+)*")
# Split by these, a text is what stands between words and, at odd places, the words.
_TOKENS, _WORDS = (re.compile(f"({one.pattern})") for one in (TOKEN, _WORD))


def fold(text: str) -> str:
    """Straight quotation marks, apostrophes and hyphens in place of typographic ones; same length.

    Lexicons and VADER know only straight marks: VADER reads "don’t" as no negation.

    >>> fold("“don’t”")
    '"don\\'t"'
    """
    if text.isascii() and "`" not in text:
        return text  # most sentences, and several times faster to find out than to translate
    for sign, straight in _FOLD.items():
        if sign in text:
            text = text.replace(sign, straight)
    return text


def lowered(text: str) -> str:
    """Folded and lower-cased at the same length: "İ" is the one letter that lower() makes two."""
    return fold(text).replace("İ", "I").lower()


@dataclass(frozen=True)
class Tokens:
    """A text as lists are matched on it: its words, lower-cased, and where they start."""

    folded: str  # as long as the text
    words: tuple[str, ...]
    starts: tuple[int, ...]

    @functools.cached_property
    def places(self) -> Mapping[str, list[int]]:
        """Which of the words each is, in order."""
        found: dict[str, list[int]] = {}
        for at, word in enumerate(self.words):
            found.setdefault(word, []).append(at)
        return found


# One text is asked by one list after another: an article by the measures, a sentence by the models.
@functools.lru_cache(maxsize=1024)
def tokens(text: str) -> Tokens:
    """The words of ``text`` as in :func:`words`, digits included ("1st"), on :func:`lowered` text.

    >>> tokens("The 1st Don’t").words
    ('the', '1st', "don't")
    """
    folded = lowered(text)
    found, starts = parted(folded)
    return Tokens(folded, tuple(found), tuple(starts))


def parted(text: str) -> tuple[list[str], list[int]]:
    """The words by :data:`TOKEN` of a folded text as they are written, and where they start."""
    pieces = _TOKENS.split(text)
    return pieces[1::2], list(accumulate(map(len, pieces)))[:-1:2]


def words(text: str) -> list[Span]:
    """Runs of letters; inner hyphens and apostrophes join, numbers do not count.

    >>> [w.of("Don't re-open 3 cases") for w in words("Don't re-open 3 cases")]
    ["Don't", 're-open', 'cases']
    """
    return [Span(m.start(), m.end()) for m in _WORD.finditer(text)]


def word_texts(text: str) -> list[str]:
    """:func:`words` as they are written.

    >>> word_texts("3 more cases")
    ['more', 'cases']
    """
    return _WORD.findall(text)


def n_words(text: str) -> int:
    """How many words ``text`` has.

    >>> n_words("3 more cases")
    2
    """
    return len(_WORD.findall(text))


class WordPlaces:
    """Where the words of a text stand, to count those of many of its parts."""

    def __init__(self, text: str) -> None:
        self._text = text
        borders = list(accumulate(map(len, _WORDS.split(text))))
        self._starts, self._ends = borders[:-1:2], borders[1::2]

    def __len__(self) -> int:
        return len(self._starts)

    def within(self, start: int, end: int) -> int:
        """:func:`n_words` of ``text[start:end]``.

        >>> WordPlaces("Don't re-open 3 cases").within(3, 13)
        2
        """
        first, last = bisect.bisect_left(self._starts, start), bisect.bisect_left(self._starts, end)
        ends = self._ends
        if (first and ends[first - 1] > start) or (last and ends[last - 1] > end):
            return n_words(self._text[start:end])  # a border cuts a word: what is left may be one, or two
        return last - first


# The articles that are measured together: the passages of all of them are counted before the measures ask.
@functools.lru_cache(maxsize=256)
def word_places(text: str) -> WordPlaces:
    """The words of a text of which many parts are counted."""
    return WordPlaces(text)
