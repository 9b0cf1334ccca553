"""Who gets the words: the shares of the voices, the speakers, the place of the first quotation."""

from __future__ import annotations

from collections.abc import Callable

from framing.annotation import AnnotatedArticle, Quotation, Voice
from framing.measure import CannotMeasure, Citation, Evidence, Measure, Result, VoiceOrAll
from framing.measures._quotations import ATTRIBUTED, FOUND, NAMED
from framing.measures._voices import (
    MIN_QUOTATIONS,
    count,
    speaker,
    spoken_quotations,
    words_by_voice,
    words_of,
)

_SIGAL = Citation(
    "sigal1973",
    "Sigal, L. V. (1973). Reporters and officials: The organization and politics of newsmaking. "
    "Lexington, MA: D. C. Heath.",
)
_BELL = Citation("bell1991", "Bell, A. (1991). The language of news media. Oxford: Blackwell.")
_NEWELL = Citation(
    "newell2018",
    "Newell, E., Margolin, D., & Ruths, D. (2018). An attribution relations corpus for political news. "
    "Proceedings of LREC 2018.",
)


def _evidence(annotated: AnnotatedArticle, quotation: Quotation) -> Evidence:
    spoken = annotated.voice_at(quotation.span.start)
    cue = quotation.cue or "no cue"
    return Evidence(quotation.span, cue, "", quotation.kind, spoken.voice, quotation.speaker)


def _voice_share(wanted: Voice) -> Callable[[AnnotatedArticle, VoiceOrAll], Result]:
    def compute(annotated: AnnotatedArticle, voice: VoiceOrAll) -> Result:
        n = words_of(annotated, "all", f"the share of {wanted} words")
        counted = zip(annotated.voices, words_by_voice(annotated, None), strict=True)
        spoken = [v for v, n_there in counted if n_there and v.voice == wanted]
        evidence = tuple(
            Evidence(v.span, wanted, voice=v.voice, speaker=speaker(annotated, v)) for v in spoken
        )
        # A word that a border of voices cuts counts on both sides; a share stays within 1.
        return Result(min(1.0, count(annotated, wanted) / n), n, evidence)

    return compute


def _top_speaker(annotated: AnnotatedArticle, voice: VoiceOrAll) -> Result:
    count(annotated, "all")
    counted = list(zip(annotated.voices, words_by_voice(annotated, None), strict=True))
    words: dict[str, int] = {}
    for v, n in counted:
        name = speaker(annotated, v)
        if name:
            words[name] = words.get(name, 0) + n
    total = sum(words.values())
    if not total:
        raise CannotMeasure("no words of a speaker whose name was found")
    # The most words; of equals the first by name, so that two runs agree.
    top = min(words, key=lambda name: (-words[name], name))
    evidence = tuple(
        Evidence(v.span, top, voice=v.voice, speaker=top)
        for v, n in counted
        if n and speaker(annotated, v) == top
    )
    return Result(words[top] / total, total, evidence)


def _speakers(annotated: AnnotatedArticle, voice: VoiceOrAll) -> Result:
    count(annotated, "all")
    quotations = spoken_quotations(annotated)
    first: dict[str, Quotation] = {}
    for quotation in quotations:
        if quotation.speaker and not quotation.anonymous:
            first.setdefault(quotation.speaker, quotation)
    voice_at = annotated.voice_finder()
    evidence = []
    for name, quotation in first.items():
        span = quotation.speaker_span or quotation.span
        evidence.append(Evidence(span, name, voice=voice_at(span.start).voice, speaker=name))
    return Result(len(first), len(quotations), tuple(evidence))


def _quotations(annotated: AnnotatedArticle, voice: VoiceOrAll) -> Result:
    n = words_of(annotated, "all", "a rate of quotations")
    found = spoken_quotations(annotated)
    return Result(1000 * len(found) / n, n, tuple(_evidence(annotated, q) for q in found))


def _share_where(
    holds: Callable[[Quotation], bool],
) -> Callable[[AnnotatedArticle, VoiceOrAll], Result]:
    """The share of the quotations for which ``holds``."""

    def compute(annotated: AnnotatedArticle, voice: VoiceOrAll) -> Result:
        count(annotated, "all")
        found = spoken_quotations(annotated)
        if len(found) < MIN_QUOTATIONS:
            raise CannotMeasure(f"{len(found)} quotations; a share of them needs at least {MIN_QUOTATIONS}")
        own = tuple(_evidence(annotated, q) for q in found if holds(q))
        return Result(len(own) / len(found), len(found), own)

    return compute


def _first_quotation(annotated: AnnotatedArticle, voice: VoiceOrAll) -> Result:
    count(annotated, "all")
    found = [q for q in spoken_quotations(annotated) if not q.in_headline]
    if not found:
        raise CannotMeasure("no quotation below the headline")
    first = min(found, key=lambda q: q.span)
    text = annotated.article.text
    return Result(first.span.start / len(text), len(found), (_evidence(annotated, first),))


QUOTED_SHARE = Measure(
    name="quoted_share",
    label="Words in quotation marks",
    unit="share of the words, 0 to 1",
    bounds=(0, 1),
    higher_means="more of the story is told in other people's own words",
    limits=(
        "Says nothing about whose words they are. Quotations printed without marks are missed; scare "
        "quotes, which have no speaker, stay with the outlet."
    ),
    sources=(_BELL, _NEWELL),
    compute=_voice_share("quoted"),
    accuracy=(FOUND,),
    voices=("all",),
    lexicons=("cues",),
)

ATTRIBUTED_SHARE = Measure(
    name="attributed_share",
    label="Reported speech",
    unit="share of the words, 0 to 1",
    bounds=(0, 1),
    higher_means="more of the story is what sources are reported to have said, in the outlet's wording",
    limits=(
        "Where reported speech ends is a reading: a second sentence that goes on with it without a cue "
        "counts for the outlet. Depends on the cues that are known."
    ),
    sources=(_BELL, _NEWELL),
    compute=_voice_share("attributed"),
    accuracy=(FOUND,),
    voices=("all",),
    lexicons=("cues",),
)

TOP_SPEAKER_SHARE = Measure(
    name="top_speaker_share",
    label="Share of the most quoted speaker",
    unit="share of the words of named speakers, 0 to 1",
    bounds=(0, 1),
    higher_means="one speaker has more of the quoted and reported words",
    limits=(
        "Rests on who each speaker was found to be; two names of one person that were not joined count as "
        "two. Words without a found speaker are left out of the base. 1 where there is only one speaker."
    ),
    sources=(_SIGAL,),
    compute=_top_speaker,
    accuracy=(ATTRIBUTED, NAMED),
    voices=("all",),
    speakers=True,
)

SPEAKERS = Measure(
    name="speakers",
    label="Named speakers",
    unit="number of speakers",
    bounds=(0, float("inf")),
    higher_means="more people and bodies are heard",
    limits=(
        "Grows with length: compare articles of like length. Two names of one person that were not joined "
        "count as two; unnamed sources are not in it (see unnamed_sources)."
    ),
    sources=(_SIGAL,),
    compute=_speakers,
    accuracy=(ATTRIBUTED, NAMED),
    voices=("all",),
    speakers=True,
)

QUOTATIONS = Measure(
    name="quotations",
    label="Quotations",
    unit="quotations per 1,000 words",
    bounds=(0, 1000),
    higher_means="sources are quoted or reported more often",
    limits=(
        "Direct, mixed and indirect speech together; scare quotes are left out, and a quotation that its cue "
        "breaks in two counts once. One long quotation counts as much as one word (see quoted_share)."
    ),
    sources=(_BELL, _NEWELL),
    compute=_quotations,
    accuracy=(FOUND,),
    voices=("all",),
    lexicons=("cues",),
)

FIRST_QUOTATION = Measure(
    name="first_quotation",
    label="Place of the first quotation",
    unit="share of the text before it, 0 (start) to 1 (end)",
    bounds=(0, 1),
    higher_means="the outlet speaks longer before anybody else is heard",
    limits="Counted in characters of the text, headline included; quotations in the headline do not count.",
    sources=(_BELL,),
    compute=_first_quotation,
    accuracy=(FOUND,),
    voices=("all",),
)

DIRECT_SHARE = Measure(
    name="direct_share",
    label="Quotations with marks",
    unit="share of quotations, 0 to 1",
    bounds=(0, 1),
    higher_means="more of the quotations hold the speaker's own words, fewer are reported in the outlet's",
    limits=(
        "Direct and mixed quotations against indirect ones: the ratio of the two is share / (1 - share). "
        "One quoted word makes a quotation mixed."
    ),
    sources=(_BELL, _NEWELL),
    compute=_share_where(lambda q: q.kind != "indirect"),
    accuracy=(FOUND,),
    voices=("all",),
    lexicons=("cues",),
)

SPEAKER_NOT_FOUND = Measure(
    name="speaker_not_found",
    label="Speaker not found",
    unit="share of quotations, 0 to 1",
    bounds=(0, 1),
    higher_means="more quotations have no speaker that the rules found: a gap of the tool, not the article",
    limits=(
        "Shows where the other figures on speakers rest on less than the article holds; it says nothing "
        "about the outlet. A wrong speaker is not in it."
    ),
    sources=(_NEWELL,),
    compute=_share_where(lambda q: not q.speaker and not q.anonymous),
    accuracy=(ATTRIBUTED,),
    voices=("all",),
    lexicons=("cues",),
    speakers=True,
)

QUOTING: tuple[Measure, ...] = (
    QUOTED_SHARE,
    ATTRIBUTED_SHARE,
    TOP_SPEAKER_SHARE,
    SPEAKERS,
    QUOTATIONS,
    DIRECT_SHARE,
    FIRST_QUOTATION,
    SPEAKER_NOT_FOUND,
)
