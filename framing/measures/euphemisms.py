"""Names that veil a thing and names that blacken it, each shown with a plainer one."""

from __future__ import annotations

from collections.abc import Callable

from framing.annotation import AnnotatedArticle
from framing.lexicon import load
from framing.measure import Accuracy, Citation, Measure, Result, VoiceOrAll
from framing.measures._checked import read_by_hand
from framing.measures._terms import hits
from framing.measures._voices import words_of

LEXICON = "euphemisms"

_SOURCES = (
    Citation(
        "allan1991",
        "Allan, K., & Burridge, K. (1991). Euphemism and dysphemism: Language used as shield and weapon. "
        "Oxford: Oxford University Press.",
    ),
)

_LIMITS = (
    "Fixed names on a list; the plainer word beside each shows what it stands in for and is no ruling on "
    "which of the two is right. A name may be a term of law, the name that a side gives itself, or true "
    "where it stands. The title counts with the text. What the outlets of one event call the same thing is "
    "compared elsewhere (labels.csv)."
)


def _rate(category: str) -> Callable[[AnnotatedArticle, VoiceOrAll], Result]:
    def compute(annotated: AnnotatedArticle, voice: VoiceOrAll) -> Result:
        n = words_of(annotated, voice, f"a rate of {category}s")
        entries = load(LEXICON).entries
        found = tuple(
            hit._replace(cue=f"{hit.cue} ({entries[hit.cue].columns[0]})")
            for hit in hits(annotated, LEXICON, voice)
            if hit.category == category
        )
        return Result(1000 * len(found) / n, n, found)

    return compute


def _measure(category: str, does: str, accuracy: Accuracy) -> Measure:
    return Measure(
        name=f"{category}s",
        label=f"{category.capitalize()}s",
        unit=f"{category}s per 1,000 words",
        bounds=(0, 1000),
        higher_means=f"more names that {does} what they name",
        limits=_LIMITS,
        sources=_SOURCES,
        compute=_rate(category),
        lexicons=(LEXICON,),
        accuracy=(accuracy,),
    )


EUPHEMISMS: tuple[Measure, ...] = (
    _measure("euphemism", "veil or soften", read_by_hand(10, 12, "hits (all that there were)", "euphemisms")),
    _measure("dysphemism", "blacken or belittle", read_by_hand(48, 50, "hits", "dysphemisms")),
)
