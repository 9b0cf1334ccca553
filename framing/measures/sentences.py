"""Words per sentence, and the sentences as evidence."""

from __future__ import annotations

from framing.annotation import AnnotatedArticle
from framing.measure import CannotMeasure, Citation, Measure, Result, VoiceOrAll
from framing.measures._checked import by_count
from framing.measures._voices import count, sentence_evidence, where, whole_sentences

# The mean of a few sentences moves with each of them.
MIN_SENTENCES = 5


def _sentence_length(annotated: AnnotatedArticle, voice: VoiceOrAll) -> Result:
    count(annotated, "all")
    sentences = whole_sentences(annotated, voice)
    if len(sentences) < MIN_SENTENCES:
        raise CannotMeasure(
            f"{len(sentences)} whole sentences{where(voice)}; their mean length needs at least "
            f"{MIN_SENTENCES}"
        )
    total = sum(part.n_words for part in sentences)
    return Result(total / len(sentences), len(sentences), sentence_evidence(annotated, sentences, "sentence"))


SENTENCE_LENGTH = Measure(
    name="sentence_length",
    label="Sentence length",
    unit="words per sentence",
    bounds=(1, float("inf")),
    higher_means="longer sentences",
    limits=(
        "Sentence ends are found by the parser, which errs on lists and on quotations of several sentences. "
        "Only sentences of which one voice has every word; headline and subheads are left out."
    ),
    sources=(
        Citation(
            "flesch1948",
            "Flesch, R. (1948). A new readability yardstick. Journal of Applied Psychology, 32(3), 221–233.",
        ),
    ),
    compute=_sentence_length,
    accuracy=(
        by_count(
            "a count of words and of the parser's sentences", "tests/test_measures_values.py -k sentence"
        ),
    ),
    voices=("all", "outlet"),
)
