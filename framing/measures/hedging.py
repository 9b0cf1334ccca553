"""Hedges: how often claims are stated with reserve, by the outlet or by its sources."""

from __future__ import annotations

from framing.annotation import AnnotatedArticle
from framing.measure import Citation, Measure, Result, VoiceOrAll
from framing.measures._terms import rate

LEXICON = "hedges"


def _hedges(annotated: AnnotatedArticle, voice: VoiceOrAll) -> Result:
    return rate(annotated, voice, LEXICON, "a rate of hedges")


HEDGES = Measure(
    name="hedges",
    label="Hedges",
    unit="hedges per 1,000 words",
    bounds=(0, 1000),
    higher_means="claims are stated with less commitment",
    limits=(
        "Does not say which claim is hedged, nor whether the reserve is honest. Words of frequency and "
        "rough number, and conditions (if, would), are not counted. Month and auxiliary 'may' are told "
        "apart by the tagger, which errs at times."
    ),
    sources=(
        Citation(
            "hyland2005",
            "Hyland, K. (2005). Metadiscourse: Exploring interaction in writing. London: Continuum.",
        ),
    ),
    compute=_hedges,
    lexicons=(LEXICON,),
)
