"""The measures: one question, one file. :data:`MEASURES` is the list; a measure knows no other."""

from __future__ import annotations

from framing.annotation import AnnotatedArticle
from framing.measure import Evidence, Measure
from framing.measures import hedging, loaded
from framing.measures._terms import hits
from framing.measures.biased_wording import BIASED_WORDING, BIASED_WORDS
from framing.measures.certainty import BOOSTERS, FACTIVES
from framing.measures.cues import CUES
from framing.measures.emotion import EMOTION
from framing.measures.frames import FRAMES
from framing.measures.headline_body import HEADLINE_NEW_WORDS, HEADLINE_TONE_GAP
from framing.measures.hedge_cues import HEDGE_CUES
from framing.measures.hedging import HEDGES
from framing.measures.length import HEADLINE_LENGTH, LENGTH
from framing.measures.loaded import LOADED_TERMS
from framing.measures.loaded_language import LOADED_LANGUAGE
from framing.measures.moral import MORAL_FOUNDATIONS
from framing.measures.passives import AGENTLESS_PASSIVES, PASSIVES
from framing.measures.quoting import QUOTING
from framing.measures.readability import READABILITY
from framing.measures.sentences import SENTENCE_LENGTH
from framing.measures.sourcing import UNNAMED_SOURCES
from framing.measures.tone import SENTIMENT, SENTIMENT_HEADLINE
from framing.measures.toward import TONE_TOWARD

MEASURES: tuple[Measure, ...] = (
    LOADED_TERMS,
    HEDGES,
    BIASED_WORDING,
    BIASED_WORDS,
    LOADED_LANGUAGE,
    HEDGE_CUES,
    BOOSTERS,
    FACTIVES,
    EMOTION,
    PASSIVES,
    AGENTLESS_PASSIVES,
    *CUES,
    *QUOTING,
    UNNAMED_SOURCES,
    SENTIMENT_HEADLINE,
    SENTIMENT,
    TONE_TOWARD,
    *FRAMES,
    *MORAL_FOUNDATIONS,
    HEADLINE_NEW_WORDS,
    HEADLINE_TONE_GAP,
    *READABILITY,
    SENTENCE_LENGTH,
    LENGTH,
    HEADLINE_LENGTH,
)

# The lists whose every hit is a row of terms.csv.
TERM_LEXICONS: tuple[str, ...] = (loaded.LEXICON, hedging.LEXICON)


def get(name: str) -> Measure:
    """The measure ``name``; LookupError names the known ones."""
    for measure in MEASURES:
        if measure.name == name:
            return measure
    known = ", ".join(measure.name for measure in MEASURES)
    raise LookupError(f"no measure named {name!r}; known: {known}")


def lexicon_terms(annotated: AnnotatedArticle) -> list[Evidence]:
    """Every hit of the term lexicons in an article, in text order, with voice, speaker and category.

    Empty where the article is in another language than a list's.
    """
    language = annotated.article.language
    if language and language != "en":
        return []
    found = [hit for name in TERM_LEXICONS for hit in hits(annotated, name)]
    return sorted(found, key=lambda hit: (hit.span, hit.lexicon))
