"""Unnamed sources: how much of what is quoted nobody answers for by name."""

from __future__ import annotations

from framing.annotation import AnnotatedArticle
from framing.measure import CannotMeasure, Citation, Evidence, Measure, Result, VoiceOrAll
from framing.measures._quotations import ATTRIBUTED
from framing.measures._voices import MIN_QUOTATIONS, count, spoken_quotations, where


def _unnamed_sources(annotated: AnnotatedArticle, voice: VoiceOrAll) -> Result:
    count(annotated, "all")
    voice_at = annotated.voice_finder()
    quotations = [
        (q, spoken)
        for q in spoken_quotations(annotated)
        if q.anonymous or q.speaker
        for spoken in (voice_at(q.span.start).voice,)
        if voice in ("all", spoken)
    ]
    if len(quotations) < MIN_QUOTATIONS:
        raise CannotMeasure(
            f"{len(quotations)} quotations with a known or a withheld speaker{where(voice)}; "
            f"a share needs at least {MIN_QUOTATIONS}"
        )
    evidence = tuple(
        Evidence(q.span, q.anonymity_reason or "speaker not named", "", q.kind, spoken, q.speaker)
        for q, spoken in quotations
        if q.anonymous
    )
    return Result(len(evidence) / len(quotations), len(quotations), evidence)


UNNAMED_SOURCES = Measure(
    name="unnamed_sources",
    label="Unnamed sources",
    unit="share of quotations, 0 to 1",
    bounds=(0, 1),
    higher_means="more quotations have a speaker whose name the article withholds",
    limits=(
        "A withheld name may protect a source or hide that there is none; the share does not tell. "
        "Quotations whose speaker was not found are left out of the base. The voice is that in which the "
        "quotation begins."
    ),
    sources=(
        Citation(
            "duffy2011",
            "Duffy, M. J., & Williams, A. E. (2011). Use of unnamed sources drops from peak in 1960s and "
            "1970s. Newspaper Research Journal, 32(4), 6–21.",
        ),
    ),
    compute=_unnamed_sources,
    accuracy=(ATTRIBUTED,),
    voices=("all", "quoted", "attributed"),
    speakers=True,
)
