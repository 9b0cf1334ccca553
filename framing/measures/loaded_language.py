"""Loaded language by the trained model: lines that hold loaded phrases or call names."""

from __future__ import annotations

from framing.annotation import AnnotatedArticle
from framing.measure import Citation, Evidence, Measure, Result, VoiceOrAll
from framing.measures._cards import accuracy
from framing.measures._judged import (
    Answers,
    Passage,
    PerPassage,
    enough,
    passage_evidence,
    texts,
    words_evidence,
)
from framing.wording.loaded_language import MODEL, judge_all

_JUDGED = Answers(judge_all, texts)


@PerPassage
def _of_sentence(annotated: AnnotatedArticle, passage: Passage) -> tuple[float, list[Evidence]]:
    """The probability of a passage, with the passage and its marked words."""
    told = _JUDGED(annotated)[passage.text]
    evidence = passage_evidence(passage, f"{told.probability:.2f}", "sentence")
    for word in told.marked:
        evidence += words_evidence(annotated, passage, word.span, f"{word.probability:.2f}", "word")
    return told.probability, evidence


def _loaded_language(annotated: AnnotatedArticle, voice: VoiceOrAll) -> Result:
    told = _of_sentence(annotated, enough(annotated, voice))
    evidence = [piece for _, of_sentence in told for piece in of_sentence]
    return Result(sum([p for p, _ in told]) / len(told), len(told), tuple(evidence))


LOADED_LANGUAGE = Measure(
    name="loaded_language",
    label="Loaded language (model)",
    unit="mean probability of the sentences, 0 to 1",
    bounds=(0, 1),
    higher_means="more sentences hold loaded phrases or call names",
    limits=(
        "Learned from whole articles, half of them of outlets picked for propaganda; borders of phrases "
        "are fuzzy even for annotators, and two of three words that it marks were not marked by them. Rank "
        "and compare."
    ),
    sources=(
        Citation(
            "dasanmartino2019",
            "Da San Martino, G., Yu, S., Barrón-Cedeño, A., Petrov, R., & Nakov, P. (2019). Fine-grained "
            "analysis of propaganda in news articles. Proceedings of EMNLP-IJCNLP 2019, 5636–5646.",
        ),
    ),
    compute=_loaded_language,
    accuracy=accuracy(MODEL, "sentences"),
)
