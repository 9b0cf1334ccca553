"""Who has the word by role: the share of the sources' words that officials, experts, citizens … get."""

from __future__ import annotations

from collections.abc import Callable

from framing.annotation import AnnotatedArticle, Quotation, VoiceSpan
from framing.measure import CannotMeasure, Citation, Evidence, Measure, Result, VoiceOrAll
from framing.measures._once import OncePerArticle
from framing.measures._quotations import ATTRIBUTED
from framing.measures._voices import count, words_by_voice

# Below this, one more sentence of a source moves the share by a third or more.
MIN_WORDS = 50

# In the order in which the roles of lexicons/roles.txt are shown; documents are no speakers.
ROLES: dict[str, str] = {
    "government": "Government",
    "military": "Military",
    "party": "Parties",
    "police_court": "Police and courts",
    "international": "International bodies",
    "business": "Business",
    "expert": "Experts",
    "ngo": "Organisations",
    "media": "Media",
    "religious": "Religious bodies",
    "celebrity": "Celebrities",
    "person": "Ordinary people",
}

_SOURCES = (
    Citation(
        "gans1979",
        "Gans, H. J. (1979). Deciding what's news. New York: Pantheon.",
    ),
    Citation(
        "bennett1990",
        "Bennett, W. L. (1990). Toward a theory of press-state relations in the United States. "
        "Journal of Communication, 40(2), 103–127.",
    ),
)


@OncePerArticle
def _spoken(annotated: AnnotatedArticle, voice: VoiceOrAll) -> tuple[tuple[VoiceSpan, Quotation, int], ...]:
    """What is said in ``voice``, each piece with its quotation and its words."""
    counted = zip(annotated.voices, words_by_voice(annotated, None), strict=True)
    return tuple(
        (v, annotated.quotations[v.quotation], n)
        for v, n in counted
        if v.quotation is not None and voice in ("all", v.voice)
    )


def _share(role: str) -> Callable[[AnnotatedArticle, VoiceOrAll], Result]:
    def compute(annotated: AnnotatedArticle, voice: VoiceOrAll) -> Result:
        count(annotated, "all")
        spoken = _spoken(annotated, voice)
        total = sum(n for _, _, n in spoken)
        if total < MIN_WORDS:
            raise CannotMeasure(f"{total} words of sources; a share of them needs at least {MIN_WORDS}")
        own = [(v, q, n) for v, q, n in spoken if q.speaker_role == role and n]
        evidence = tuple(Evidence(v.span, role, "roles", q.kind, v.voice, q.speaker) for v, q, _ in own)
        return Result(sum(n for _, _, n in own) / total, total, evidence)

    return compute


VOICE_OF: tuple[Measure, ...] = tuple(
    Measure(
        name=f"voice_{role}",
        label=f"Voice of {label[0].lower()}{label[1:]}",
        unit="share of the sources' words, 0 to 1",
        bounds=(0, 1),
        higher_means="more of the quoted and reported words are theirs",
        limits=(
            "The role is that of the words said of the speaker in the article or, for a person, elsewhere in "
            "the event. Speakers without a role that was found count in the base, so the shares of the roles "
            "add up to less than 1. A minister who speaks for the party counts for the government. "
            "Whether the role is right was not measured on gold data."
        ),
        sources=_SOURCES,
        compute=_share(role),
        accuracy=(ATTRIBUTED,),
        voices=("all", "quoted", "attributed"),
        lexicons=("roles", "cues"),
        speakers=True,
    )
    for role, label in ROLES.items()
)
