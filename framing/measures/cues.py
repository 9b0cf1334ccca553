"""Attribution cues by stance: does the outlet let speakers say, claim, admit or rage?"""

from __future__ import annotations

from collections.abc import Callable

from framing.annotation import STANCES, AnnotatedArticle, Quotation, Stance, VoiceSpan
from framing.article import Span
from framing.measure import CannotMeasure, Citation, Evidence, Measure, Result, VoiceOrAll
from framing.measures._once import OncePerArticle
from framing.measures._quotations import CUED
from framing.measures._voices import count, speaker, where

# Below this, one cue more or less moves the share by a quarter or more.
MIN_CUES = 4

_HIGHER: dict[Stance, str] = {
    "neutral": "more speech is introduced by words that leave its truth open (said, according to)",
    "doubting": "more speech is introduced by words that put its truth in question (claimed, alleged)",
    "endorsing": "more speech is introduced by words that lend it truth (pointed out, revealed)",
    "conceding": "more speech is introduced by words that make it a concession (admitted, acknowledged)",
    "asserting": "more speech is introduced by words of force or authority (declared, insisted)",
    "arguing": "more speech is introduced by words that make it one side of a dispute (argued, countered)",
    "emotive": "more speech is introduced by words that give it a feeling (raged, gushed)",
}

_SOURCES = (
    Citation(
        "thompson1991",
        "Thompson, G., & Ye, Y. (1991). Evaluation in the reporting verbs used in academic papers. "
        "Applied Linguistics, 12(4), 365–382.",
    ),
    Citation(
        "caldas1994",
        "Caldas-Coulthard, C. R. (1994). On reporting reporting: The representation of speech in factual and "
        "factional narratives. In M. Coulthard (Ed.), Advances in written text analysis (pp. 295–308). "
        "London: Routledge.",
    ),
)

_LIMITS = (
    "The stance is the cue's usual one, from a list; where it stands it may mean less. Only cues that were "
    "found count, each once, whatever number of quotations it introduces. The voice is that of the cue: a "
    "claim that a source reports of another is the source's word."
)


@OncePerArticle
def _cues(annotated: AnnotatedArticle, voice: VoiceOrAll) -> list[tuple[Span, Quotation, VoiceSpan]]:
    """Each cue in ``voice`` once, in text order, with the first quotation that it introduces."""
    found: dict[tuple[int, int], tuple[Span, Quotation]] = {}
    for quotation in annotated.quotations:
        if quotation.cue_span is not None and quotation.cue_stance:
            span = quotation.cue_span
            found.setdefault((span.start, span.end), (span, quotation))
    voice_at = annotated.voice_finder()
    told = [(*found[place], voice_at(place[0])) for place in sorted(found)]
    return [one for one in told if voice in ("all", one[2].voice)]


def _share(stance: Stance) -> Callable[[AnnotatedArticle, VoiceOrAll], Result]:
    def compute(annotated: AnnotatedArticle, voice: VoiceOrAll) -> Result:
        count(annotated, "all")
        cues = _cues(annotated, voice)
        if len(cues) < MIN_CUES:
            raise CannotMeasure(
                f"{len(cues)} attribution cues{where(voice)}; a share needs at least {MIN_CUES}"
            )
        evidence = tuple(
            Evidence(span, quotation.cue, "cues", stance, spoken.voice, speaker(annotated, spoken))
            for span, quotation, spoken in cues
            if quotation.cue_stance == stance
        )
        return Result(len(evidence) / len(cues), len(cues), evidence)

    return compute


CUES: tuple[Measure, ...] = tuple(
    Measure(
        name=f"cues_{stance}",
        label=f"{stance.capitalize()} cues",
        unit="share of attribution cues, 0 to 1",
        bounds=(0, 1),
        higher_means=_HIGHER[stance],
        limits=_LIMITS,
        sources=_SOURCES,
        compute=_share(stance),
        accuracy=(CUED,),
        voices=("all", "outlet"),
        lexicons=("cues",),
    )
    for stance in STANCES
)
