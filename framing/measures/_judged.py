"""What the models are asked: the sentences of a voice, and where their words stand in the article."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Mapping
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

# So many of the paragraphs with the greatest share are shown beside the words of a list.
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


@dataclass(frozen=True, slots=True)
class ParagraphShare:
    """What one voice has of one paragraph: the mean probability of its sentences, 0 to 1."""

    paragraph: Span
    share: float
    sentences: tuple[Passage, ...]


@OncePerArticle
def paragraphs(annotated: AnnotatedArticle, voice: VoiceOrAll) -> dict[Span, tuple[Passage, ...]]:
    """The passages of each paragraph that has one in ``voice``, in text order."""
    spans = [p.span for p in annotated.article.paragraphs if p.span]
    starts = [span.start for span in spans]
    held: dict[Span, list[Passage]] = {}
    for passage in passages(annotated, voice):
        at = bisect.bisect_right(starts, passage.part.sentence.start) - 1
        held.setdefault(spans[at] if at >= 0 else passage.part.sentence, []).append(passage)
    return {span: tuple(own) for span, own in held.items()}


# The probability of each label for one text.
Score = Callable[[str], Mapping[str, float]]


class ParagraphShares:
    """The shares of a model's labels by paragraph, each sentence asked for once an article and voice."""

    def __init__(self, score: Score) -> None:
        self._score = score
        self._scores = OncePerArticle(self._of_article)

    def _of_article(
        self, annotated: AnnotatedArticle, voice: VoiceOrAll
    ) -> list[tuple[Span, tuple[Passage, ...], list[Mapping[str, float]]]]:
        return [
            (span, own, [asked(self._score, one.text) for one in own])
            for span, own in paragraphs(annotated, voice).items()
        ]

    def of(self, annotated: AnnotatedArticle, voice: VoiceOrAll, label: str) -> list[ParagraphShare]:
        """The share of ``label`` in each paragraph that has a sentence in ``voice``, in text order."""
        return [
            ParagraphShare(span, sum(score[label] for score in scores) / len(own), own)
            for span, own, scores in self._scores(annotated, voice)
        ]

    def mean(
        self, annotated: AnnotatedArticle, voice: VoiceOrAll, label: str, words: list[Evidence]
    ) -> Result:
        """The mean of the sentences; the evidence is ``words`` and the paragraphs with most."""
        n = len(enough(annotated, voice))
        found = self.of(annotated, voice, label)
        evidence = [*words]
        for one in sorted(found, key=lambda one: (-one.share, one.paragraph))[:SHOWN]:
            for passage in one.sentences:
                evidence += passage_evidence(annotated, passage, f"{one.share:.2f}", "passage")
        return Result(sum(one.share * len(one.sentences) for one in found) / n, n, tuple(evidence))


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
