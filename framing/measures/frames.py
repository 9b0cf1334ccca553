"""Frames: which sides of the matter the sentences turn to, by nine policy frames and three generic ones."""

from __future__ import annotations

import functools
from collections.abc import Callable

from framing.annotation import AnnotatedArticle
from framing.measure import Accuracy, Citation, Measure, Result, VoiceOrAll
from framing.measures._judged import mean_share
from framing.measures._terms import hits
from framing.measures._voices import words_of
from framing.wording.topics import CATEGORY, topics

LEXICON = "frames"
MODEL = "policy_frames"

_POLICY = Citation(
    "boydstun2014",
    "Boydstun, A. E., Card, D., Gross, J. H., Resnik, P., & Smith, N. A. (2014). Tracking the development of "
    "media frames within and across policy issues. APSA 2014 Annual Meeting Paper.",
)
_GENERIC = Citation(
    "semetko2000",
    "Semetko, H. A., & Valkenburg, P. M. (2000). Framing European politics: A content analysis of press and "
    "television news. Journal of Communication, 50(2), 93–109.",
)
_ACCURACY = (
    Accuracy(
        "macro-F1 0.731 (the list alone 0.723), calibration error 0.029",
        "FrAC, 195 development sentences, ten classes (five-fold for the model; the list knows none of them)",
        "python benchmarks/train_wording.py policy_frames --corpora DIR --out models",
    ),
)


@functools.lru_cache(maxsize=2048)
def _probabilities(text: str) -> dict[str, float]:
    return {topic.label: topic.probability for topic in topics(text, MODEL)}


def _policy(label: str) -> Callable[[AnnotatedArticle, VoiceOrAll], Result]:
    def compute(annotated: AnnotatedArticle, voice: VoiceOrAll) -> Result:
        words = [hit for hit in hits(annotated, LEXICON, voice) if hit.category == CATEGORY[label]]
        return mean_share(annotated, voice, lambda text: _probabilities(text)[label], words)

    return compute


def _generic(category: str) -> Callable[[AnnotatedArticle, VoiceOrAll], Result]:
    def compute(annotated: AnnotatedArticle, voice: VoiceOrAll) -> Result:
        n = words_of(annotated, voice, f"a rate of words of {category}")
        found = tuple(hit for hit in hits(annotated, LEXICON, voice) if hit.category == category)
        return Result(1000 * len(found) / n, n, found)

    return compute


_POLICY_FRAMES = {
    "economic": ("Economic frame", "costs, money, jobs and markets"),
    "morality": ("Morality frame", "religion, duty, right and wrong"),
    "fairness": ("Fairness frame", "equality, discrimination and how burdens are shared"),
    "legality_crime": ("Legality and crime frame", "law, courts, crime and its punishment"),
    "political_policy": ("Political and policy frame", "parties, elections and decisions of government"),
    "security_defense": ("Security and defense frame", "threats and protection from them"),
    "health_safety": ("Health and safety frame", "illness, disasters and people's safety"),
    "cultural_identity": ("Cultural identity frame", "traditions and the place of a group"),
    "public_opinion": ("Public opinion frame", "what people think, say and demand in public"),
}

POLICY_FRAMES: tuple[Measure, ...] = tuple(
    Measure(
        name=f"frame_{label}",
        label=heading,
        unit="calibrated share of the sentences, 0 to 1",
        bounds=(0, 1),
        higher_means=f"more of the sentences turn to {subject}",
        limits=(
            "A frame of a sentence, by its words; the frame of an article is a reader's judgement. Each "
            "sentence has shares of ten classes, one of them none of the nine frames. The corpus is small "
            "and Canadian and United States comment. Headlines are left out."
        ),
        sources=(_POLICY,),
        compute=_policy(label),
        lexicons=(LEXICON,),
        accuracy=_ACCURACY,
    )
    for label, (heading, subject) in _POLICY_FRAMES.items()
)

GENERIC_FRAMES: tuple[Measure, ...] = tuple(
    Measure(
        name=f"words_of_{category.replace(' ', '_')}",
        label=f"Words of {category}",
        unit="words of the frame per 1,000 words",
        bounds=(0, 1000),
        higher_means=f"more words that speak of {subject}",
        limits=(
            "Counts words of a list, which stand for the frame only in the mean of many articles: there is "
            "no open corpus on which this count could be checked word by word."
        ),
        sources=(_GENERIC,),
        compute=_generic(category),
        lexicons=(LEXICON,),
    )
    for category, subject in {
        "conflict": "disagreement between persons, groups or countries",
        "human interest": "persons, their feelings and their lives",
        "responsibility": "who caused a problem and who is to solve it",
    }.items()
)

FRAMES = (*POLICY_FRAMES, *GENERIC_FRAMES)
