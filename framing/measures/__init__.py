"""The measures: one question, one file. :data:`MEASURES` is the list; a measure knows no other."""

from __future__ import annotations

from framing import lexicon
from framing.annotation import AnnotatedArticle
from framing.measure import Evidence, Measure
from framing.measures import euphemisms, frames, generic_frames, hedging, loaded, moral, own
from framing.measures._once import together as together
from framing.measures._terms import hits
from framing.measures.biased_wording import BIASED_WORDING, BIASED_WORDS
from framing.measures.certainty import BOOSTERS, FACTIVES
from framing.measures.cues import CUES
from framing.measures.emotion import EMOTION
from framing.measures.euphemisms import EUPHEMISMS
from framing.measures.frames import POLICY_FRAMES
from framing.measures.generic_frames import GENERIC_FRAMES, GENERIC_WORDS
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
from framing.measures.roles import VOICE_OF
from framing.measures.sentences import SENTENCE_LENGTH
from framing.measures.sourcing import UNNAMED_SOURCES
from framing.measures.tone import SENTIMENT, SENTIMENT_HEADLINE
from framing.measures.toward import TONE_TOWARD
from framing.wording import biased, loaded_language, net, toward, vectors
from framing.wording import hedging as wording_hedging

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
    *EUPHEMISMS,
    PASSIVES,
    AGENTLESS_PASSIVES,
    *CUES,
    *QUOTING,
    UNNAMED_SOURCES,
    *VOICE_OF,
    SENTIMENT_HEADLINE,
    SENTIMENT,
    TONE_TOWARD,
    *POLICY_FRAMES,
    *GENERIC_FRAMES,
    *GENERIC_WORDS,
    *MORAL_FOUNDATIONS,
    HEADLINE_NEW_WORDS,
    HEADLINE_TONE_GAP,
    *READABILITY,
    SENTENCE_LENGTH,
    LENGTH,
    HEADLINE_LENGTH,
    *own.measures(),
)

# The lists whose every hit is a row of terms.csv.
TERM_LEXICONS: tuple[str, ...] = (loaded.LEXICON, hedging.LEXICON, euphemisms.LEXICON, *lexicon.own())


# The trained models that a measure asks; the others need none.
_MODELS: dict[str, tuple[str, ...]] = {
    BIASED_WORDING.name: (biased.MODEL, net.MODEL, vectors.MODEL, vectors.WIDE),
    BIASED_WORDS.name: (biased.MODEL, net.MODEL, vectors.MODEL, vectors.WIDE),
    LOADED_LANGUAGE.name: (loaded_language.MODEL, biased.MODEL, net.MODEL, vectors.MODEL, vectors.WIDE),
    HEDGE_CUES.name: (wording_hedging.MODEL,),
    TONE_TOWARD.name: (toward.MODEL, vectors.WIDE),
    **{m.name: (frames.MODEL, vectors.MODEL) for m in POLICY_FRAMES},
    **{m.name: (generic_frames.MODEL, vectors.MODEL) for m in GENERIC_FRAMES},
    **{m.name: (moral.MODEL, vectors.MODEL, vectors.WIDE) for m in MORAL_FOUNDATIONS},
}


def models_of(name: str) -> tuple[str, ...]:
    """The trained models that the measure ``name`` asks; empty where it asks none."""
    return _MODELS.get(name, ())


def get(name: str) -> Measure:
    """The measure ``name``; LookupError names the known ones."""
    for measure in MEASURES:
        if measure.name == name:
            return measure
    known = ", ".join(measure.name for measure in MEASURES)
    raise LookupError(f"no measure named {name!r}; known: {known}")


def lexicon_terms(annotated: AnnotatedArticle) -> list[Evidence]:
    """Every hit of the term lexicons in an article, in text order, with voice, speaker and category.

    A list is left out where the article is in another language than the list.
    """
    language = annotated.article.language
    lists = [name for name in TERM_LEXICONS if language in ("", lexicon.load(name).card.language)]
    found = [hit for name in lists for hit in hits(annotated, name)]
    return sorted(found, key=lambda hit: (hit.span, hit.lexicon))
