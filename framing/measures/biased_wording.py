"""Biased wording by the trained model: sentences and words. Never mixed with the lexicons' counts."""

from __future__ import annotations

import functools

from framing.annotation import AnnotatedArticle
from framing.measure import CannotMeasure, Citation, Evidence, Measure, Result, VoiceOrAll
from framing.measures._cards import accuracy
from framing.measures._judged import asked, enough, passage_evidence, passages, word_evidence
from framing.measures._voices import MIN_WORDS, where
from framing.wording.biased import MODEL, Judgement, judge

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


# Most sentences are in one voice: "all" and that voice ask for the same.
@functools.lru_cache(maxsize=2048)
def _judged(text: str) -> Judgement:
    return judge(text)


def _biased_wording(annotated: AnnotatedArticle, voice: VoiceOrAll) -> Result:
    found = enough(annotated, voice)
    judged = [(passage, asked(_judged, passage.text)) for passage in found]
    evidence: list[Evidence] = []
    for passage, judgement in judged:
        evidence += passage_evidence(annotated, passage, f"{judgement.probability:.2f}", "sentence")
        if judgement.probability >= _LIKELY:
            for word in judgement.carried:
                span = passage.in_article(word.span)
                if span is not None:
                    evidence.append(word_evidence(annotated, span, f"{word.contribution:+.2f}", "carried it"))
    return Result(sum(j.probability for _, j in judged) / len(judged), len(judged), tuple(evidence))


def _biased_words(annotated: AnnotatedArticle, voice: VoiceOrAll) -> Result:
    found = passages(annotated, voice)
    n = sum(passage.part.n_words for passage in found)
    if n < MIN_WORDS:
        raise CannotMeasure(f"{n} words{where(voice)}; a rate of biased words needs at least {MIN_WORDS}")
    evidence = []
    for passage in found:
        for word in asked(_judged, passage.text).marked:
            span = passage.in_article(word.span)
            if span is not None:
                evidence.append(word_evidence(annotated, span, f"{word.probability:.2f}", "word"))
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
