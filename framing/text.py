"""What counts as a word, and how marks are folded before any lexicon looks at them."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from framing.article import Span

# One character for one, so that offsets keep.
_FOLD = {
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "ʼ": "'", "′": "'", "`": "'", "´": "'",
    "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "″": '"',
    "‐": "-", "‑": "-", "‒": "-", "\u00a0": " ", "\u2009": " ", "\u202f": " ",
}  # fmt: skip
_FOLDED = frozenset(_FOLD)

# A word of :func:`tokens`.
TOKEN = re.compile(r"[^\W_]+(?:['\-][^\W_]+)*")
_WORD = re.compile(r"[^\W\d_]+(?:['’\-‐‑][^\W\d_]+)*")


def fold(text: str) -> str:
    """Straight quotation marks, apostrophes and hyphens in place of typographic ones; same length.

    Lexicons and VADER know only straight marks: VADER reads "don’t" as no negation.

    >>> fold("“don’t”")
    '"don\\'t"'
    """
    if text.isascii() and "`" not in text:
        return text  # most sentences, and several times faster to find out than to translate
    for sign in _FOLDED.intersection(text):
        text = text.replace(sign, _FOLD[sign])
    return text


def lowered(text: str) -> str:
    """Folded and lower-cased at the same length: "İ" is the one letter that lower() makes two."""
    return fold(text).replace("İ", "I").lower()


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text as lists are matched on it: its words, lower-cased, and where they start."""

    folded: str  # and lower-cased; as long as the text
    words: tuple[str, ...]
    starts: tuple[int, ...]


# One text is asked by one list after another: an article by the measures, a sentence by the models.
@functools.lru_cache(maxsize=1024)
def tokens(text: str) -> Tokens:
    """The words of ``text`` as in :func:`words`, digits included ("1st"), on :func:`lowered` text.

    >>> tokens("The 1st Don’t").words
    ('the', '1st', "don't")
    """
    folded = lowered(text)
    found = list(TOKEN.finditer(folded))
    return Tokens(folded, tuple([t.group() for t in found]), tuple([t.start() for t in found]))


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
