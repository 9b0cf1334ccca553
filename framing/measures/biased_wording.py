"""Biased wording by the trained model: sentences and words. Never mixed with the lexicons' counts."""

from __future__ import annotations

from collections.abc import Sequence

from framing.annotation import AnnotatedArticle
from framing.measure import Citation, Evidence, Measure, Result, VoiceOrAll
from framing.measures._cards import accuracy
from framing.measures._judged import (
    Answers,
    Passage,
    PerPassage,
    enough,
    enough_words,
    passage_evidence,
    texts,
    words_evidence,
)
from framing.wording.biased import MODEL, Carrier, Judgement, carried, judge_all

# From this probability on the words that carried a sentence are shown.
_LIKELY = 0.5


_SOURCES = (
    Citation(
        "spinde2021",
        "Spinde, T., Plank, M., Krieger, J.-D., Ruas, T., Gipp, B., & Aizawa, A. (2021). Neural media bias "
        "detection using distant supervision with BABE. Findings of EMNLP 2021, 1166–1177.",
    ),
    Citation(
        "wang2012",
        "Wang, S., & Manning, C. D. (2012). Baselines and bigrams: Simple, good sentiment and topic "
        "classification. Proceedings of ACL 2012, 90–94.",
    ),
)

_LIMITS = (
    "Says how readers of 2020 United States news on heated topics would judge a sentence; it does not "
    "detect bias in an article. Rank and compare with it. Part of what it knows is the style of ten "
    "outlets: on outlets left out of training it is clearly weaker. Irony and the choice of facts are not "
    "seen; a loud topic in neutral words may be taken for loud words."
)


def _judged(texts: Sequence[str]) -> list[tuple[Judgement, tuple[Carrier, ...]]]:
    """Each sentence as the model judges it, and the words that carried it where it is likely enough."""
    judged = judge_all(texts)
    likely = [one for one in judged if one.probability >= _LIKELY]
    words = iter(carried(likely))
    return [(one, next(words) if one.probability >= _LIKELY else ()) for one in judged]


_JUDGED = Answers(_judged, texts)


@PerPassage
def _of_sentence(annotated: AnnotatedArticle, passage: Passage) -> tuple[float, list[Evidence]]:
    """The probability of a passage with its evidence."""
    told, words = _JUDGED(annotated)[passage.text]
    evidence = passage_evidence(passage, f"{told.probability:.2f}", "sentence")
    for word in words:
        evidence += words_evidence(annotated, passage, word.span, f"{word.contribution:+.2f}", "carried it")
    return told.probability, evidence


@PerPassage
def _of_words(annotated: AnnotatedArticle, passage: Passage) -> list[Evidence]:
    """The marked words of a passage."""
    return [
        one
        for word in _JUDGED(annotated)[passage.text][0].marked
        for one in words_evidence(annotated, passage, word.span, f"{word.probability:.2f}", "word")
    ]


def _biased_wording(annotated: AnnotatedArticle, voice: VoiceOrAll) -> Result:
    told = _of_sentence(annotated, enough(annotated, voice))
    evidence = [piece for _, of_sentence in told for piece in of_sentence]
    return Result(sum([p for p, _ in told]) / len(told), len(told), tuple(evidence))


def _biased_words(annotated: AnnotatedArticle, voice: VoiceOrAll) -> Result:
    found, n = enough_words(annotated, voice, "a rate of biased words")
    evidence = [word for of_sentence in _of_words(annotated, found) for word in of_sentence]
    return Result(1000 * len(evidence) / n, n, tuple(evidence))


BIASED_WORDING = Measure(
    name="biased_wording",
    label="Biased wording (model)",
    unit="mean probability of the sentences, 0 to 1",
    bounds=(0, 1),
    higher_means="more sentences are worded as readers of the training corpus called biased",
    limits=_LIMITS,
    sources=_SOURCES,
    compute=_biased_wording,
    accuracy=accuracy(MODEL, "sentences"),
)

BIASED_WORDS = Measure(
    name="biased_words",
    label="Biased words (model)",
    unit="marked words per 1,000 words",
    bounds=(0, 1000),
    higher_means="more words of the kind that two of five annotators marked as biased",
    limits=_LIMITS + " About half of the words that it marks were marked by two annotators or more.",
    sources=_SOURCES[:1],
    compute=_biased_words,
    accuracy=accuracy(MODEL, "words"),
)
