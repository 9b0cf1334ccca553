"""How long the article and its headline are, in words."""

from __future__ import annotations

from framing.annotation import AnnotatedArticle
from framing.measure import CannotMeasure, Citation, Evidence, Measure, Result, VoiceOrAll
from framing.measures._checked import by_count
from framing.measures._voices import count, evidence_of, speaker, words_by_voice
from framing.text import word_places

_SOURCES = (
    Citation(
        "krippendorff2018",
        "Krippendorff, K. (2018). Content analysis: An introduction to its methodology (4th ed.). "
        "Thousand Oaks, CA: SAGE.",
    ),
)


def _length(annotated: AnnotatedArticle, voice: VoiceOrAll) -> Result:
    n = count(annotated, voice)
    evidence = [
        evidence_of((v.span, v.voice, "", "", v.voice, speaker(annotated, v)))
        for v, n_there in zip(annotated.voices, words_by_voice(annotated, None), strict=True)
        if n_there and voice in ("all", v.voice)
    ]
    return Result(n, n, tuple(evidence))


def _headline_length(annotated: AnnotatedArticle, voice: VoiceOrAll) -> Result:
    title = annotated.article.title_span
    n = word_places(annotated.article.text).within(title.start, title.end) if title else 0
    if title is None or not n:
        raise CannotMeasure("no headline was found in the text")
    evidence = Evidence(title, "headline", voice=annotated.voice_at(title.start).voice)
    return Result(n, n, (evidence,))


_COUNTED = by_count("a count of words", "tests/test_measures_values.py -k length")

LENGTH = Measure(
    name="length",
    label="Length",
    unit="words",
    bounds=(0, float("inf")),
    higher_means="a longer text",
    limits=("Of the cleaned text, headline included; numbers are not words. A cut-off text counts as it is."),
    sources=_SOURCES,
    compute=_length,
    accuracy=(_COUNTED,),
    languages=(),
)

HEADLINE_LENGTH = Measure(
    name="headline_length",
    label="Length of the headline",
    unit="words",
    bounds=(1, float("inf")),
    higher_means="a longer headline",
    limits="Of the line taken for the headline; numbers are not words.",
    sources=_SOURCES,
    compute=_headline_length,
    accuracy=(_COUNTED,),
    voices=("all",),
    languages=(),
)
