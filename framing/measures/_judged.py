"""What the models are asked: the sentences of a voice, and where their words stand in the article."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

from framing.annotation import AnnotatedArticle
from framing.article import FramingError, Span
from framing.measure import CannotMeasure, Evidence, Result, VoiceOrAll
from framing.measures._once import OncePerArticle
from framing.measures._voices import Part, parts, speaker, where

P = ParamSpec("P")
T = TypeVar("T")

# What is left of a sentence in a voice is often the cue alone ("he said", "she told
# reporters"): nothing that a model of whole sentences has seen.
MIN_PART_WORDS = 4

# The mean of one or two sentences is that of those, not of a voice.
MIN_SENTENCES = 3

# So many of the likeliest sentences are shown beside the words of a list.
SHOWN = 3


@dataclass(frozen=True, slots=True)
class Passage:
    """What one voice has of one sentence, as one text. ``starts``: (there, in the article, length)."""

    part: Part
    text: str
    starts: tuple[tuple[int, int, int], ...]

    def in_article(self, span: Span) -> Span | None:
        """A span of the passage as one of the article; None where it runs over a border of pieces."""
        for here, there, length in self.starts:
            if here <= span.start and span.end <= here + length:
                return Span(there + span.start - here, there + span.end - here)
        return None

    def from_article(self, span: Span) -> Span | None:
        """A span of the article as a span of the passage; None where the passage does not hold it."""
        for here, there, length in self.starts:
            if there <= span.start and span.end <= there + length:
                return Span(here + span.start - there, here + span.end - there)
        return None


@OncePerArticle
def passages(annotated: AnnotatedArticle, voice: VoiceOrAll) -> tuple[Passage, ...]:
    """The sentences of the body in ``voice`` that have at least :data:`MIN_PART_WORDS` words."""
    text = annotated.article.text
    return tuple(_passage(part, text) for part in parts(annotated, voice) if part.n_words >= MIN_PART_WORDS)


def enough(annotated: AnnotatedArticle, voice: VoiceOrAll) -> tuple[Passage, ...]:
    """:func:`passages`; raises CannotMeasure below :data:`MIN_SENTENCES`."""
    found = passages(annotated, voice)
    if len(found) < MIN_SENTENCES:
        raise CannotMeasure(
            f"{len(found)} sentences of {MIN_PART_WORDS} words or more{where(voice)}; "
            f"a mean needs at least {MIN_SENTENCES}"
        )
    return found


def asked(question: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The model's answer; CannotMeasure with the reason where its file is missing or damaged."""
    try:
        return question(*args, **kwargs)
    except CannotMeasure:
        raise
    except FramingError as error:
        raise CannotMeasure(str(error)) from error


def mean_share(
    annotated: AnnotatedArticle, voice: VoiceOrAll, score: Callable[[str], float], words: list[Evidence]
) -> Result:
    """The mean of the sentences' probabilities; ``words`` and the likeliest sentences are the evidence."""
    scored = [(asked(score, passage.text), passage) for passage in enough(annotated, voice)]
    likeliest = sorted(scored, key=lambda one: (-one[0], one[1].part.sentence))[:SHOWN]
    evidence = [*words]
    for p, passage in likeliest:
        evidence += passage_evidence(annotated, passage, f"{p:.2f}", "sentence")
    return Result(sum(p for p, _ in scored) / len(scored), len(scored), tuple(evidence))


def passage_evidence(
    annotated: AnnotatedArticle, passage: Passage, cue: str, category: str
) -> list[Evidence]:
    """The pieces of a passage, each in its voice."""
    return [
        Evidence(piece.span, cue, "", category, piece.voice, speaker(annotated, piece))
        for piece in passage.part.pieces
    ]


def word_evidence(annotated: AnnotatedArticle, span: Span, cue: str, category: str) -> Evidence:
    """A word of the article in its voice."""
    spoken = annotated.voice_at(span.start)
    return Evidence(span, cue, "", category, spoken.voice, speaker(annotated, spoken))


def _passage(part: Part, text: str) -> Passage:
    pieces, starts, at = [], [], 0
    for piece in part.pieces:
        raw = piece.span.of(text)
        own = raw.strip()
        starts.append((at, piece.span.start + len(raw) - len(raw.lstrip()), len(own)))
        pieces.append(own)
        at += len(own) + 1
    return Passage(part, " ".join(pieces), tuple(starts))
