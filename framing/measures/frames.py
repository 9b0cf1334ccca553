"""Policy frames: which sides of the matter the sentences turn to, for the article and for each paragraph."""

from __future__ import annotations

import functools
from collections.abc import Callable

from framing.annotation import AnnotatedArticle
from framing.measure import Citation, Measure, Result, VoiceOrAll
from framing.measures._cards import accuracy
from framing.measures._judged import ParagraphShares
from framing.measures._terms import of_category
from framing.wording.policy_frames import CATEGORY
from framing.wording.topics import labels, probabilities

LEXICON = "frames"
MODEL = "policy_frames"

_POLICY = Citation(
    "boydstun2014",
    "Boydstun, A. E., Card, D., Gross, J. H., Resnik, P., & Smith, N. A. (2014). Tracking the development of "
    "media frames within and across policy issues. APSA 2014 Annual Meeting Paper.",
)


SHARES = ParagraphShares(functools.partial(probabilities, model=MODEL), functools.partial(labels, MODEL))


def _policy(label: str) -> Callable[[AnnotatedArticle, VoiceOrAll], Result]:
    def compute(annotated: AnnotatedArticle, voice: VoiceOrAll) -> Result:
        words = of_category(annotated, LEXICON, voice, CATEGORY[label])
        return SHARES.mean(annotated, voice, label, words)

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
        accuracy=accuracy(MODEL),
    )
    for label, (heading, subject) in _POLICY_FRAMES.items()
)
