"""Whether words speak for or against whom they describe."""

from __future__ import annotations

import functools

from framing.lexicon import load
from framing.referents.records import Polarity

# Valences of VADER run from -4 to 4. Below this the raters hardly agreed on the side; words of
# news that they put there ("demand", "straight") take no side either.
_CLEAR = 1.0

_SIGNS: dict[str, Polarity] = {"+": "positive", "-": "negative", "0": ""}
_FLIP: dict[Polarity, Polarity] = {"positive": "negative", "negative": "positive", "": ""}


@functools.cache
def _valences() -> dict[str, float]:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    valences: dict[str, float] = SentimentIntensityAnalyzer().lexicon
    return valences


# Kinds of verbs whose nouns and participles keep the side: an attack, a threat, a lie. "Face" and
# "visit" do not.
_OF_NOUNS = frozenset({"good", "bad", "aggression", "crime", "criticism"})


@functools.lru_cache(maxsize=16384)
def of_word(lemma: str, form: str = "", *, verb: bool = False, patient: bool = False) -> Polarity:
    """What a word says of who is or does it; with ``patient``, of whom it is done to.

    ``form`` is the word as printed, which goes before the lemma; ``verb`` says that it is one.

    >>> of_word("threaten", verb=True), of_word("praise", verb=True, patient=True), of_word("table")
    ('negative', 'positive', '')
    """
    for text in (form, lemma):
        entry = load("polarity").entries.get(text)
        if entry is not None and (verb or entry.category in _OF_NOUNS):
            return _SIGNS[entry.columns[1 if patient else 0]]
    valence = _valences().get(form or lemma, _valences().get(lemma, 0.0))
    if abs(valence) < _CLEAR:
        return ""
    return "positive" if valence > 0 else "negative"


@functools.lru_cache(maxsize=8192)
def is_listed(lemma: str) -> bool:
    """Whether the list judges the word itself."""
    return lemma in load("polarity").entries


def flipped(polarity: Polarity) -> Polarity:
    """The other side: what a negation makes of it."""
    return _FLIP[polarity]
