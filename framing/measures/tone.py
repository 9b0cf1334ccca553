"""Tone: vaderSentiment of the headline and of each voice, the plain reference measure.

Scored sentence by sentence and averaged: VADER's compound score was made for short
texts and saturates near 1 or -1 on long ones.
"""

from __future__ import annotations

from framing.annotation import AnnotatedArticle
from framing.measure import Accuracy, CannotMeasure, Citation, Evidence, Measure, Result, VoiceOrAll
from framing.measures._checked import by_count
from framing.measures._vader import of_sentence
from framing.measures._voices import evidence_of, parts, where
from framing.text import word_places

# What is left of a sentence in a voice is often the cue alone ("he said", "she told
# reporters"): no tone of its own, but a nought that would draw the mean to nought.
MIN_PART_WORDS = 4

# The mean of one or two sentences is the tone of those, not of a voice.
MIN_SENTENCES = 3

_LEXICON = "VADER"

_SOURCES = (
    Citation(
        "hutto2014",
        "Hutto, C. J., & Gilbert, E. (2014). VADER: A parsimonious rule-based model for sentiment analysis "
        "of social media text. Proceedings of the Eighth International AAAI Conference on Weblogs and "
        "Social Media (ICWSM), 216–225.",
    ),
)

_LIMITS = (
    "A list made for social media: in news it follows the subject (war, death, victory) more than the "
    "attitude, and does not say toward whom the tone is. Irony is not seen."
)


def _sentiment_headline(annotated: AnnotatedArticle, voice: VoiceOrAll) -> Result:
    title = annotated.article.title_span
    if title is None or not word_places(annotated.article.text).within(title.start, title.end):
        raise CannotMeasure("no headline was found in the text")
    score = of_sentence(title.of(annotated.article.text))
    spoken = annotated.voice_at(title.start)
    evidence = Evidence(title, f"{score:+.3f}", _LEXICON, "headline", spoken.voice)
    return Result(score, 1, (evidence,))


def _sentiment(annotated: AnnotatedArticle, voice: VoiceOrAll) -> Result:
    text = annotated.article.text
    scored = [
        (part, of_sentence(part.of(text)))
        for part in parts(annotated, voice)
        if part.n_words >= MIN_PART_WORDS
    ]
    if len(scored) < MIN_SENTENCES:
        raise CannotMeasure(
            f"{len(scored)} sentences of {MIN_PART_WORDS} words or more{where(voice)}; "
            f"a mean needs at least {MIN_SENTENCES}"
        )
    evidence = [
        evidence_of((span, cue, _LEXICON, "sentence", voice, name))
        for part, score in scored
        for cue in (f"{score:+.3f}",)
        for span, voice, name in part.spoken
    ]
    return Result(sum([score for _, score in scored]) / len(scored), len(scored), tuple(evidence))


SENTIMENT_HEADLINE = Measure(
    name="sentiment_headline",
    label="Sentiment of the headline",
    unit="VADER compound, -1 to 1",
    bounds=(-1, 1),
    higher_means="the headline's words are more positive",
    limits=_LIMITS + " One short line decides.",
    sources=_SOURCES,
    compute=_sentiment_headline,
    accuracy=(by_count("VADER's own score", "tests/test_measures_values.py -k vaders"),),
    voices=("all",),
)

SENTIMENT = Measure(
    name="sentiment",
    label="Sentiment",
    unit="mean VADER compound of the sentences, -1 to 1",
    bounds=(-1, 1),
    higher_means="the words of the sentences are more positive",
    limits=_LIMITS
    + " Headline and subheads are left out. A sentence that two voices share is cut between them.",
    sources=_SOURCES,
    compute=_sentiment,
    accuracy=(
        Accuracy(
            "macro-F1 0.524 of negative, neutral and positive",
            "NewsMTSC, 9,524 training and development mentions: tone of the sentence against tone toward its "
            "target, thresholds of VADER's authors",
            "python benchmarks/lists_on_gold.py --corpora DIR newsmtsc",
        ),
    ),
)
