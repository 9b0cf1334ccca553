"""Boosters and factive verbs: claims stated with force, and claims taken for true."""

from __future__ import annotations

from collections.abc import Callable

from framing.annotation import AnnotatedArticle
from framing.measure import Citation, Measure, Result, VoiceOrAll
from framing.measures._checked import read_by_hand
from framing.measures._terms import of_category
from framing.measures._voices import words_of

LEXICON = "certainty"

_LIMITS = (
    "Markers of certainty, no signs of bias: sentences that readers call biased have hardly more of them "
    "than others. The title counts with the text."
)


def _rate(category: str) -> Callable[[AnnotatedArticle, VoiceOrAll], Result]:
    def compute(annotated: AnnotatedArticle, voice: VoiceOrAll) -> Result:
        n = words_of(annotated, voice, f"a rate of {category}s")
        found = tuple(of_category(annotated, LEXICON, voice, category))
        return Result(1000 * len(found) / n, n, found)

    return compute


BOOSTERS = Measure(
    name="boosters",
    label="Boosters",
    unit="boosters per 1,000 words",
    bounds=(0, 1000),
    higher_means="claims are stated with more force",
    limits=_LIMITS,
    sources=(
        Citation(
            "hyland2005",
            "Hyland, K. (2005). Metadiscourse: Exploring interaction in writing. London: Continuum.",
        ),
    ),
    compute=_rate("booster"),
    lexicons=(LEXICON,),
    accuracy=(read_by_hand(43, 50, "hits", "boosters", seed=3, corrected=True),),
)

FACTIVES = Measure(
    name="factives",
    label="Factive verbs",
    unit="factive verbs per 1,000 words",
    bounds=(0, 1000),
    higher_means="more claims are worded as known to be true",
    limits=_LIMITS + " Some entries also have a plain use (remember, show).",
    sources=(
        Citation(
            "kiparsky1970",
            "Kiparsky, P., & Kiparsky, C. (1970). Fact. In M. Bierwisch & K. E. Heidolph (Eds.), Progress in "
            "linguistics (pp. 143–173). The Hague: Mouton.",
        ),
    ),
    compute=_rate("factive"),
    lexicons=(LEXICON,),
    accuracy=(read_by_hand(43, 50, "hits", "factives", seed=3, corrected=True),),
)
