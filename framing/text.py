"""What counts as a word, and how marks are folded before any lexicon looks at them."""

from __future__ import annotations

import re

from framing.article import Span

# One character for one, so that offsets keep.
_FOLD = str.maketrans(
    {
        "‘": "'", "’": "'", "‚": "'", "‛": "'", "ʼ": "'", "′": "'", "`": "'", "´": "'",
        "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "″": '"',
        "‐": "-", "‑": "-", "‒": "-", "\u00a0": " ", "\u2009": " ", "\u202f": " ",
    }
)  # fmt: skip

_WORD = re.compile(r"[^\W\d_]+(?:['’\-‐‑][^\W\d_]+)*")


def fold(text: str) -> str:
    """Straight quotation marks, apostrophes and hyphens in place of typographic ones; same length.

    Lexicons and VADER know only straight marks: VADER reads "don’t" as no negation.

    >>> fold("“don’t”")
    '"don\\'t"'
    """
    if text.isascii() and "`" not in text:
        return text  # most sentences, and several times faster to find out than to translate
    return text.translate(_FOLD)


def words(text: str) -> list[Span]:
    """Runs of letters; inner hyphens and apostrophes join, numbers do not count.

    >>> [w.of("Don't re-open 3 cases") for w in words("Don't re-open 3 cases")]
    ["Don't", 're-open', 'cases']
    """
    return [Span(m.start(), m.end()) for m in _WORD.finditer(text)]


def n_words(text: str) -> int:
    """How many words ``text`` has.

    >>> n_words("3 more cases")
    2
    """
    return len(_WORD.findall(text))
