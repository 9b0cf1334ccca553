"""Emotion words: how much feeling the text names, and in whose voice."""

from __future__ import annotations

from framing.annotation import AnnotatedArticle
from framing.measure import Citation, Measure, Result, VoiceOrAll
from framing.measures._checked import read_by_hand
from framing.measures._terms import rate

LEXICON = "emotion"


def _emotion(annotated: AnnotatedArticle, voice: VoiceOrAll) -> Result:
    return rate(annotated, voice, LEXICON, "a rate of emotion words")


EMOTION = Measure(
    name="emotion_words",
    label="Emotion words",
    unit="emotion words per 1,000 words",
    bounds=(0, 1000),
    higher_means="more words that name a feeling or call one up",
    limits=(
        "Whose feeling it is, the sentence says. The evidence gives the emotion of each word. A sad event "
        "needs sad words: compare articles on the same event."
    ),
    sources=(
        Citation(
            "ekman1992",
            "Ekman, P. (1992). An argument for basic emotions. Cognition and Emotion, 6(3–4), 169–200.",
        ),
    ),
    compute=_emotion,
    lexicons=(LEXICON,),
    accuracy=(read_by_hand(48, 50, "hits", "emotion_words", seed=3, corrected=True),),
)
