"""Which language a text is in, by py3langid (Lui & Baldwin 2012; the model is in the package)."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

MAX_CHARS = 2_000  # a paragraph is enough, more costs 2 ms a thousand
SAMPLE_WORDS = 120
# In English prose two words in five are among these; in any other language that uses the
# Latin script fewer than one in ten is. What passes needs no model, which takes 5 ms a text.
_ENGLISH = frozenset({
    "the", "of", "and", "to", "in", "that", "was", "for", "with", "on", "is", "said", "by", "as", "at",
    "from", "has", "have", "had", "his", "her", "its", "their", "are", "be", "been", "will", "would", "not",
    "this", "which", "who", "were", "they", "he", "she", "it", "an", "but", "after", "about", "than",
    "when", "more",
})  # fmt: skip
_ENGLISH_SHARE = 0.2
MIN_LETTERS = 20  # a shorter text is not enough evidence


def identify(text: str) -> str:
    """ISO 639-1 code of the language of ``text``, empty where there are too few letters.

    >>> identify("The ministry said on Wednesday that talks would go on.")
    'en'
    """
    words = text[:MAX_CHARS].casefold().split(None, SAMPLE_WORDS)[:SAMPLE_WORDS]
    n_english = sum(map(_ENGLISH.__contains__, words))
    if len(words) >= 40 and n_english >= _ENGLISH_SHARE * len(words):
        return "en"
    sample = text[:MAX_CHARS]
    if sum(map(str.isalpha, sample[:200])) < MIN_LETTERS:
        return ""
    return str(_model().classify(sample)[0])


@lru_cache(maxsize=1)
def _model() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # only where a text needs it

    return LanguageIdentifier.from_model_file(MODEL_FILE)


def release() -> None:
    """Give back the 75 MB that the model takes; it is loaded anew where a text needs it."""
    _model.cache_clear()
