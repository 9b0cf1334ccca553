"""What the models are asked: the sentences of a voice, and where their words stand in the article."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from operator import mul
from typing import Any, Generic, ParamSpec, TypeVar

from numpy.typing import NDArray

from framing.annotation import AnnotatedArticle
from framing.article import FramingError, Span
from framing.measure import BY_VOICE, CannotMeasure, Evidence, Result, VoiceOrAll
from framing.measures._once import OncePerArticle, beside
from framing.measures._voices import MIN_WORDS, Part, evidence_of, parts, speaker, where

P = ParamSpec("P")
T = TypeVar("T")
Q = TypeVar("Q", bound=Hashable)

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
    """The sentences of the body in ``voice`` that have at least :data:`MIN_PART_WORDS` words.

    A sentence that one voice has whole is the same object for it and for "all".
    """
    held = {} if voice == "all" else {id(one.part): one for one in passages(annotated, "all")}
    return tuple(
        [
            held.get(id(part)) or _passage(annotated, part)
            for part in parts(annotated, voice)
            if part.n_words >= MIN_PART_WORDS
        ]
    )


def enough(annotated: AnnotatedArticle, voice: VoiceOrAll) -> tuple[Passage, ...]:
    """:func:`passages`; raises CannotMeasure below :data:`MIN_SENTENCES`."""
    found = passages(annotated, voice)
    if len(found) < MIN_SENTENCES:
        raise CannotMeasure(
            f"{len(found)} sentences of {MIN_PART_WORDS} words or more{where(voice)}; "
            f"a mean needs at least {MIN_SENTENCES}"
        )
    return found


def enough_words(
    annotated: AnnotatedArticle, voice: VoiceOrAll, question: str
) -> tuple[tuple[Passage, ...], int]:
    """:func:`passages` and their words; raises CannotMeasure below :data:`MIN_WORDS`."""
    found = passages(annotated, voice)
    n = sum([passage.part.n_words for passage in found])
    if n < MIN_WORDS:
        raise CannotMeasure(f"{n} words{where(voice)}; {question} needs at least {MIN_WORDS}")
    return found, n


def asked(question: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The model's answer; CannotMeasure with the reason where its file is missing or damaged."""
    try:
        return question(*args, **kwargs)
    except CannotMeasure:
        raise
    except FramingError as error:
        raise CannotMeasure(str(error)) from error


@OncePerArticle
def texts(annotated: AnnotatedArticle, key: None) -> tuple[str, ...]:
    """The passages of all voices, each text once: what a model is asked about an article, at one time."""
    return tuple(dict.fromkeys(one.text for voice in BY_VOICE for one in passages(annotated, voice)))


class Answers(Generic[Q, T]):
    """What a model says to the questions about an article, by question; asked once for all voices.

    Raises CannotMeasure as :func:`asked`.
    """

    def __init__(
        self,
        model: Callable[[Sequence[Q]], Sequence[T]],
        questions: Callable[[AnnotatedArticle, None], Sequence[Q]],
    ) -> None:
        self._model = model
        self._questions = questions
        self._of = OncePerArticle(self._ask)

    def __call__(self, annotated: AnnotatedArticle) -> Mapping[Q, T]:
        return self._of(annotated, None)

    def _ask(self, annotated: AnnotatedArticle, key: None) -> Mapping[Q, T]:
        questions: Sequence[Q] = _together(annotated, self._questions)
        answers = dict(zip(questions, asked(self._model, questions), strict=True))
        for other in beside(annotated):
            self._of.remember(other, None, answers)
        return answers


@OncePerArticle
def _together(
    annotated: AnnotatedArticle, questions: Callable[[AnnotatedArticle, None], Sequence[Any]]
) -> tuple[Any, ...]:
    """The questions about an article and those beside it, each once; several models are asked the same."""
    group = beside(annotated)
    found = tuple(dict.fromkeys([one for of in group for one in questions(of, None)]))
    for other in group:
        _together.remember(other, questions, found)
    return found


class PerPassage(Generic[T]):
    """What is worked out of a passage, once where several voices share it."""

    def __init__(self, of_passage: Callable[[AnnotatedArticle, Passage], T]) -> None:
        self._of_passage = of_passage
        self._done: OncePerArticle[None, dict[int, T]] = OncePerArticle(lambda annotated, key: {})

    def __call__(self, annotated: AnnotatedArticle, found: Sequence[Passage]) -> list[T]:
        done = self._done(annotated, None)
        for passage in found:
            if id(passage) not in done:
                done[id(passage)] = self._of_passage(annotated, passage)
        return [done[id(passage)] for passage in found]


# The paragraphs' passages, in text order, and the shares of each label in them, 0 to 1.
Shares = tuple[list[tuple[Passage, ...]], dict[str, tuple[float, ...]]]


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


# The probabilities (n texts, k labels) of texts, and the labels.
Score = Callable[[Sequence[str]], NDArray[Any]]
Labels = Callable[[], Sequence[str]]


class ParagraphShares:
    """The shares of a model's labels by paragraph, each passage asked for once an article."""

    def __init__(self, score: Score, labels: Labels) -> None:
        self._labels = labels
        self._scores = Answers(lambda asked_for: score(asked_for).tolist(), texts)
        self._shares = OncePerArticle(self._of_voice)

    def of(self, annotated: AnnotatedArticle, voice: VoiceOrAll) -> Shares:
        """The paragraphs that have a sentence in ``voice``; a share is the mean of their sentences."""
        return self._shares(annotated, voice)

    def _of_voice(self, annotated: AnnotatedArticle, voice: VoiceOrAll) -> Shares:
        scores, found = self._scores(annotated), paragraphs(annotated, voice)
        means = [_mean([scores[one.text] for one in own]) for own in found.values()]
        labels = asked(self._labels)
        return list(found.values()), dict(
            zip(labels, zip(*means, strict=True) if means else [()] * len(labels), strict=True)
        )

    def mean(
        self, annotated: AnnotatedArticle, voice: VoiceOrAll, label: str, words: list[Evidence]
    ) -> Result:
        """The mean of the sentences; the evidence is ``words`` and the paragraphs with most."""
        n = len(enough(annotated, voice))
        found, by_label = self._shares(annotated, voice)
        shares = by_label[label]
        evidence = [*words]
        # They are in text order: of equal ones the first goes first.
        for i in sorted(range(len(shares)), key=shares.__getitem__, reverse=True)[:SHOWN]:
            cue = f"{shares[i]:.2f}"
            for passage in found[i]:
                evidence += passage_evidence(passage, cue, "passage")
        total = sum(map(mul, shares, map(len, found)))
        return Result(total / n, n, tuple(evidence))


def _mean(scores: list[list[float]]) -> list[float]:
    """The mean of each column; most paragraphs have one sentence."""
    n = len(scores)
    return scores[0] if n == 1 else [sum(of_label) / n for of_label in zip(*scores, strict=True)]


def passage_evidence(passage: Passage, cue: str, category: str) -> list[Evidence]:
    """The pieces of a passage, each in its voice."""
    return [evidence_of((span, cue, "", category, voice, name)) for span, voice, name in passage.part.spoken]


def words_evidence(
    annotated: AnnotatedArticle, passage: Passage, span: Span, cue: str, category: str
) -> list[Evidence]:
    """A span of the passage, in its voice; none where it runs over a border of pieces."""
    there = passage.in_article(span)
    return [] if there is None else [word_evidence(annotated, there, cue, category)]


def word_evidence(annotated: AnnotatedArticle, span: Span, cue: str, category: str) -> Evidence:
    """A word of the article in its voice."""
    spoken = annotated.voice_at(span.start)
    return evidence_of((span, cue, "", category, spoken.voice, speaker(annotated, spoken)))


def _passage(annotated: AnnotatedArticle, part: Part) -> Passage:
    text = annotated.article.text
    pieces, starts, at = [], [], 0
    for piece in part.pieces:
        raw = piece.span.of(text)
        own = raw.strip()
        starts.append((at, piece.span.start + len(raw) - len(raw.lstrip()), len(own)))
        pieces.append(own)
        at += len(own) + 1
    return Passage(part, " ".join(pieces), tuple(starts))
