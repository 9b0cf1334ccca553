"""The user's own word lists: one measure each, counted like the bundled lists and never mixed with them."""

from __future__ import annotations

from framing import lexicon
from framing.annotation import AnnotatedArticle
from framing.measure import Accuracy, Citation, Measure, Result, VoiceOrAll
from framing.measures._terms import rate

PREFIX = "own_"


def measures() -> tuple[Measure, ...]:
    """A rate for each list in the folder that ``FRAMING_LEXICONS`` names; none where it names none.

    Raises FramingError where a list has a problem: a run must not go on without it.
    """
    return tuple(_measure(name) for name in lexicon.own())


def _measure(name: str) -> Measure:
    card = lexicon.load(name).card
    version = f"{card.source}, version {card.version}, sha256 {card.sha256}"

    def compute(annotated: AnnotatedArticle, voice: VoiceOrAll) -> Result:
        return rate(annotated, voice, name, f"a rate of the entries of {name}")

    return Measure(
        name=f"{PREFIX}{name}",
        label=f"{card.title} (own list)",
        unit="entries per 1,000 words",
        bounds=(0, 1000),
        higher_means=f"more entries of the list {name}",
        limits=f"A list of the user's own, version {card.version}. Its stated limits: {card.limits}.",
        sources=(Citation(f"{PREFIX}{name}", f"{card.title}: {version}."),),
        compute=compute,
        languages=(card.language,),
        lexicons=(name,),
        accuracy=(
            Accuracy(
                "not measured",
                "the list is the user's own; `framing lexicons check` says whether it can be read",
                "framing lexicons check",
            ),
        ),
    )
