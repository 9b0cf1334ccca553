"""Moral foundations: how far the sentences speak of harm, cheating, betrayal, subversion, degradation."""

from __future__ import annotations

import functools
from collections.abc import Callable

from framing.annotation import AnnotatedArticle
from framing.measure import Citation, Measure, Result, VoiceOrAll
from framing.measures._cards import accuracy
from framing.measures._judged import ParagraphShares
from framing.measures._terms import of_category
from framing.wording.topics import labels, probabilities

LEXICON = "moral"
MODEL = "moral_foundations"

_SOURCES = (
    Citation(
        "haidt2007",
        "Haidt, J., & Graham, J. (2007). When morality opposes justice: Conservatives have moral "
        "intuitions that liberals may not recognize. Social Justice Research, 20, 98–116.",
    ),
    Citation(
        "zhang2024",
        "Zhang, X. F., Wu, W., Beauchamp, N., & Wang, L. (2024). MOKA: Moral knowledge augmentation for "
        "moral event extraction. Proceedings of NAACL 2024.",
    ),
)


SHARES = ParagraphShares(functools.partial(probabilities, model=MODEL), functools.partial(labels, MODEL))


def _foundation(label: str) -> Callable[[AnnotatedArticle, VoiceOrAll], Result]:
    def compute(annotated: AnnotatedArticle, voice: VoiceOrAll) -> Result:
        words = of_category(annotated, LEXICON, voice, label)
        return SHARES.mean(annotated, voice, label, words)

    return compute


MORAL_FOUNDATIONS: tuple[Measure, ...] = tuple(
    Measure(
        name=f"moral_{label}",
        label=f"Moral foundation: {label}",
        unit="calibrated share of the sentences, 0 to 1",
        bounds=(0, 1),
        higher_means=f"more of the sentences tell of {subject}",
        limits=(
            "Virtue and vice count alike. Sentence by sentence the model is weak, and for sanctity it is "
            "next to blind: compare means of many sentences. Trained on political news of the United "
            "States. Headlines are left out."
        ),
        sources=_SOURCES,
        compute=_foundation(label),
        lexicons=(LEXICON,),
        accuracy=accuracy(MODEL),
    )
    for label, subject in {
        "care": "harm done or care given",
        "fairness": "cheating, rights and justice",
        "loyalty": "betrayal of a group or standing by it",
        "authority": "subversion, law and leadership",
        "sanctity": "degradation, purity and the sacred",
    }.items()
)
