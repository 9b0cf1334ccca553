"""The numbers that a sentence gives: figures, numerals, fractions, shares."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")
_UNITS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_NUMERALS = {word: float(n) for n, word in enumerate(_UNITS)} | {
    word: 20.0 + 10 * n for n, word in enumerate(_TENS)
}
_SCALES = {"hundred": 100.0, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_FRACTIONS = {"half": 0.5, "third": 1 / 3, "quarter": 0.25, "fifth": 0.2, "tenth": 0.1}
# "A third of the ice" is a share, "the third time" is none.
_BEFORE_A_FRACTION = frozenset(("a", "one", "than", "by", "nearly", "almost", "about", "over"))
_SHARE_SIGNS = frozenset(("percent", "per", "%"))
MOST_IN = 20  # "one in five" is a share, "1,200 in 2024" is none

# Words that belong to a number and say nothing without it.
PARTS = frozenset(_SCALES) | _SHARE_SIGNS | {"cent"}


@functools.lru_cache(maxsize=50_000)
def value(word: str) -> float | None:
    """What a lower-case word is worth as a number. "One" is mostly no number.

    >>> value("1,200"), value("sixty-four"), value("one")
    (1200.0, 64.0, None)
    """
    if _FIGURE.fullmatch(word):
        return float(word.replace(",", ""))
    if word in _NUMERALS:
        return None if word == "one" else _NUMERALS[word]
    tens, _, unit = word.partition("-")
    if tens in _TENS and unit in _UNITS:
        return _NUMERALS[tens] + _NUMERALS[unit]
    return None


def may_count(word: str) -> bool:
    """Whether :func:`numbers` may find a number at a lower-case word."""
    return value(word) is not None or word in _FRACTIONS


def numbers(words: Sequence[str]) -> dict[int, float]:
    """The numbers among lower-case ``words`` by position; percentages and shares as 0 to 1.

    >>> numbers("some 4.5 percent , or one in five of 3 million".split())
    {1: 0.045, 7: 0.2, 9: 3000000.0}
    """
    found: dict[int, float] = {}
    for at, word in enumerate(words):
        n = value(word)
        if n is not None:
            after = words[at + 1] if at + 1 < len(words) else ""
            found[at] = n / 100 if after in _SHARE_SIGNS else n * _SCALES.get(after, 1.0)
        elif word in _FRACTIONS and at and words[at - 1] in _BEFORE_A_FRACTION:
            found[at] = _FRACTIONS[word]
    return _with_shares(words, found) if found else found


def _with_shares(words: Sequence[str], found: dict[int, float]) -> dict[int, float]:
    """``found`` with "m in n" as one share at the place of n."""
    for at in range(1, len(words) - 1):
        if words[at] != "in":
            continue
        part = 1.0 if words[at - 1] == "one" else value(words[at - 1])
        whole = value(words[at + 1])
        if part and whole and part < whole <= MOST_IN and whole == int(whole):
            found.pop(at - 1, None)
            found[at + 1] = part / whole
    return dict(sorted(found.items()))
