"""Loaded wording: how often an article uses words that take sides, and in whose mouth."""

from __future__ import annotations

from framing.annotation import AnnotatedArticle
from framing.measure import Accuracy, Citation, Measure, Result, VoiceOrAll
from framing.measures._terms import rate

LEXICON = "loaded"


def _loaded_terms(annotated: AnnotatedArticle, voice: VoiceOrAll) -> Result:
    return rate(annotated, voice, LEXICON, "a rate of loaded terms")


LOADED_TERMS = Measure(
    name="loaded_terms",
    label="Loaded terms",
    unit="loaded terms per 1,000 words",
    bounds=(0, 1000),
    higher_means="more words that judge, belittle, celebrate, exaggerate or speak of talk as of a fight",
    limits=(
        "Counts entries of a list, not unfairness: a word may be loaded and right. Irony, insinuation and "
        "the choice of facts are not seen. The title counts with the text. Most entries are words of blame; "
        "praise is thin. Read the hits before the rate."
    ),
    sources=(
        Citation(
            "recasens2013",
            "Recasens, M., Danescu-Niculescu-Mizil, C., & Jurafsky, D. (2013). Linguistic models for "
            "analyzing and detecting biased language. Proceedings of the 51st Annual Meeting of the "
            "Association for Computational Linguistics (ACL), 1650–1659.",
        ),
        Citation(
            "dasanmartino2019",
            "Da San Martino, G., Yu, S., Barrón-Cedeño, A., Petrov, R., & Nakov, P. (2019). Fine-grained "
            "analysis of propaganda in news articles. Proceedings of EMNLP-IJCNLP 2019, 5636–5646.",
        ),
    ),
    compute=_loaded_terms,
    lexicons=(LEXICON,),
    accuracy=(
        Accuracy(
            "precision 0.59, recall 0.24, F1 0.34 of the words that two of five annotators marked as biased",
            "BABE, 2,782 development sentences; the hits in half of them were read when the list was weeded",
            "python benchmarks/lists_on_gold.py --corpora DIR babe_words",
        ),
        Accuracy(
            "precision 0.40, recall 0.10, F1 0.17 of the words of loaded and name-calling phrases",
            "PTC, 10,076 development lines",
            "python benchmarks/lists_on_gold.py --corpora DIR ptc_words",
        ),
    ),
)
