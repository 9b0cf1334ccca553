"""VADER's compound score in one pass: the library's own word lists and arithmetic, the same floats.

vaderSentiment lower-cases the whole text again for every word of its lexicon and asks lists where a set
would do. The rules below are its rules in its order (`polarity_scores` of vaderSentiment 3.3.2), so that
sums round alike; the tests compare the two on thousands of sentences.
"""

from __future__ import annotations

import functools
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vaderSentiment.vaderSentiment import (
    BOOSTER_DICT,
    C_INCR,
    N_SCALAR,
    NEGATE,
    SPECIAL_CASES,
    SentimentIntensityAnalyzer,
    normalize,
)

from framing.text import fold

_NEGATIONS = frozenset(NEGATE)
_BOOSTERS: Mapping[str, float] = BOOSTER_DICT
_IDIOMS: Mapping[str, float] = SPECIAL_CASES
_TURNED: float = N_SCALAR
_CAPITALS: float = C_INCR
# How much of a modifier is left one, two and three words before its word.
_FADING = (1.0, 0.95, 0.9)


@dataclass(frozen=True, slots=True)
class _Lists:
    lexicon: Mapping[str, float]
    emojis: Mapping[str, str]  # of one character


@functools.cache
def _lists() -> _Lists:
    own = SentimentIntensityAnalyzer()
    return _Lists(own.lexicon, {sign: words for sign, words in own.emojis.items() if len(sign) == 1})


def compound(text: str) -> float:
    """The compound score of ``text``, -1 to 1, four decimals."""
    lists = _lists()
    text = _spelled_out(text, lists.emojis).strip()
    # Without punctuation around them, unless that leaves so little that it was an emoticon.
    words = [bare if len(bare := word.strip(string.punctuation)) > 2 else word for word in text.split()]
    if not words:
        return 0.0
    lower = list(map(str.lower, words))
    lexicon = lists.lexicon
    if lexicon.keys().isdisjoint(lower):
        return 0.0
    n_capitals = sum(map(str.isupper, words))
    shouted = 0 < n_capitals < len(words)
    valences: list[float] = [
        0
        if word not in lexicon or word in _BOOSTERS or (word == "kind" and lower[i + 1 : i + 2] == ["of"])
        else _valence(words, lower, i, lexicon, shouted)
        for i, word in enumerate(lower)
    ]
    if "but" in lower:
        valences = SentimentIntensityAnalyzer._but_check(words, valences)
    total = float(sum(valences))
    emphasis = _emphasis(text)
    if total > 0:
        total += emphasis
    elif total < 0:
        total -= emphasis
    return float(round(normalize(total), 4))


# Most sentences are in one voice: "all" and that voice ask for the same.
@functools.lru_cache(maxsize=1024)
def of_sentence(text: str) -> float:
    """:func:`compound` of one sentence with its marks folded."""
    return compound(fold(text))


def _spelled_out(text: str, emojis: Mapping[str, str]) -> str:
    """``text`` with its emojis in words."""
    if text.isascii() or emojis.keys().isdisjoint(text):
        return text
    out, after_blank = [], True
    for sign in text:
        name = emojis.get(sign)
        if name is None:
            out.append(sign)
            after_blank = sign == " "
        else:
            out.append(name if after_blank else f" {name}")
            after_blank = False
    return "".join(out)


def _valence(
    words: Sequence[str], lower: Sequence[str], i: int, lexicon: Mapping[str, float], shouted: bool
) -> float:
    """The valence of word ``i``, which the lexicon has, as the words around it leave it."""
    word = lower[i]
    before = lower[i - 1] if i else ""
    valence = lexicon[word]
    if word == "no" and i + 1 < len(lower) and lower[i + 1] in lexicon:
        valence = 0.0
    if (
        before == "no"
        or (i > 1 and lower[i - 2] == "no")
        or (i > 2 and lower[i - 3] == "no" and before in ("or", "nor"))
    ):
        valence = lexicon[word] * _TURNED
    if shouted and words[i].isupper():
        valence += _CAPITALS if valence > 0 else -_CAPITALS
    for back, fading in enumerate(_FADING[:i], start=1):
        if lower[i - back] in lexicon:
            continue
        boost = _boost(words[i - back], lower[i - back], valence, shouted)
        valence = valence + (boost if back == 1 or not boost else boost * fading)
        valence = _negated(valence, lower, i, back)
        if back == len(_FADING):
            valence = _in_idiom(valence, lower, i)
    if before == "least" and before not in lexicon and (i == 1 or lower[i - 2] not in ("at", "very")):
        valence = valence * _TURNED
    return valence


def _boost(word: str, lower: str, valence: float, shouted: bool) -> float:
    """What a word before adds to ``valence`` as an intensifier or dampener."""
    boost = _BOOSTERS.get(lower)
    if boost is None:
        return 0.0
    if valence < 0:
        boost *= -1
    if shouted and word.isupper():
        boost += _CAPITALS if valence > 0 else -_CAPITALS
    return boost


def _negated(valence: float, lower: Sequence[str], i: int, back: int) -> float:
    """``valence`` after the word ``back`` before it, which may negate it."""
    word = lower[i - back]
    if back > 1:
        between = lower[i - back + 1 : i]  # one word or two
        last = between[-1]
        if (word == "never" and ("so" in between or "this" in between)) or (
            back == len(_FADING) and last in ("so", "this")
        ):
            return valence * 1.25
        if word == "without" and "doubt" in between:
            return valence
    return valence * _TURNED if word in _NEGATIONS or "n't" in word else valence


def _in_idiom(valence: float, lower: Sequence[str], i: int) -> float:
    """``valence``, or that of a fixed phrase around word ``i``; and what "kind of" before it adds."""
    three, two, one, own = lower[i - 3 : i + 1]
    phrases = (f"{one} {own}", f"{two} {one} {own}", f"{two} {one}", f"{three} {two} {one}", f"{three} {two}")
    valence = next((_IDIOMS[phrase] for phrase in phrases if phrase in _IDIOMS), valence)
    for until in (i + 2, i + 3):
        phrase = " ".join(lower[i:until])
        if until <= len(lower) and phrase in _IDIOMS:
            valence = _IDIOMS[phrase]
    for phrase in (phrases[3], phrases[4], phrases[2]):
        if phrase in _BOOSTERS:
            valence = valence + _BOOSTERS[phrase]
    return valence


def _emphasis(text: str) -> float:
    """What exclamation and question marks add."""
    n_calls, n_questions = min(4, text.count("!")), text.count("?")
    asked = 0.0 if n_questions < 2 else n_questions * 0.18 if n_questions <= 3 else 0.96
    return n_calls * 0.292 + asked
