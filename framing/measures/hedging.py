"""Hedges: how often claims are stated with reserve, by the outlet or by its sources."""

from __future__ import annotations

from framing.annotation import AnnotatedArticle
from framing.measure import Accuracy, Citation, Measure, Result, VoiceOrAll
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
    accuracy=(
        Accuracy(
            "precision 0.67, recall 0.63, F1 0.65 of the words of uncertainty cues",
            "Szeged Uncertainty Corpus, 12,471 development sentences; the hits in half of the documents were "
            "read when the list was weeded",
            "python benchmarks/lists_on_gold.py --corpora DIR hedges_words",
        ),
    ),
)
