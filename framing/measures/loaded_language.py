"""Loaded language by the trained model: lines that hold loaded phrases or call names."""

from __future__ import annotations

import functools

from framing.annotation import AnnotatedArticle
from framing.measure import Citation, Evidence, Measure, Result, VoiceOrAll
from framing.measures._cards import accuracy
from framing.measures._judged import asked, enough, passage_evidence, word_evidence
from framing.wording.loaded_language import MODEL, Judgement, judge


# Most sentences are in one voice: "all" and that voice ask for the same.
@functools.lru_cache(maxsize=2048)
def _judged(text: str) -> Judgement:
    return judge(text)


def _loaded_language(annotated: AnnotatedArticle, voice: VoiceOrAll) -> Result:
    found = enough(annotated, voice)
    judged = [(passage, asked(_judged, passage.text)) for passage in found]
    evidence: list[Evidence] = []
    for passage, judgement in judged:
        evidence += passage_evidence(annotated, passage, f"{judgement.probability:.2f}", "sentence")
        for word in judgement.marked:
            span = passage.in_article(word.span)
            if span is not None:
                evidence.append(word_evidence(annotated, span, f"{word.probability:.2f}", "word"))
    return Result(sum(j.probability for _, j in judged) / len(judged), len(judged), tuple(evidence))


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
