"""The text of one voice: where its words and sentences lie. Shared by the measures."""

from __future__ import annotations

import bisect
import functools
from collections.abc import Callable
from dataclasses import dataclass

from framing.annotation import AnnotatedArticle, Quotation, Voice, VoiceSpan
from framing.article import Role, Span
from framing.measure import CannotMeasure, Evidence, VoiceOrAll
from framing.measures._once import OncePerArticle
from framing.text import word_places

# Below this, one hit more or less moves a rate per 1,000 words by 20 or more, which
# is as much as the whole rate of most lexicons here.
MIN_WORDS = 50

# Below this, one quotation more or less moves a share of them by a quarter or more.
MIN_QUOTATIONS = 4

# What is written in sentences; titles and subheads are phrases.
_PROSE: frozenset[Role] = frozenset({"standfirst", "body"})


# A piece in its voice and with who speaks.
Spoken = tuple[Span, Voice, str]

# Evidence of all its fields, in half the time: an article has a thousand pieces of it.
evidence_of: Callable[[tuple[Span, str, str, str, Voice, str]], Evidence] = functools.partial(
    tuple.__new__, Evidence
)


@dataclass(frozen=True, slots=True)
class Part:
    """What one voice has of one sentence: in one piece, or in several around a quotation.

    Pieces without a word (a closing mark) are left out.
    """

    sentence: Span
    pieces: tuple[VoiceSpan, ...]
    n_words: int  # in the pieces
    spoken: tuple[Spoken, ...]  # the pieces

    def of(self, text: str) -> str:
        """The pieces, with a blank where another voice comes between."""
        return " ".join(piece.span.of(text).strip() for piece in self.pieces)


def words_of(annotated: AnnotatedArticle, voice: VoiceOrAll, question: str) -> int:
    """Words in ``voice``; raises CannotMeasure below :data:`MIN_WORDS`."""
    n = count(annotated, voice)
    if n < MIN_WORDS:
        raise CannotMeasure(f"{n} words{where(voice)}; {question} needs at least {MIN_WORDS}")
    return n


def count(annotated: AnnotatedArticle, voice: VoiceOrAll) -> int:
    """Words in ``voice``; raises CannotMeasure where the whole text has none."""
    if not _n_words(annotated, "all"):
        raise CannotMeasure("the text has no words")
    return _n_words(annotated, voice)


@OncePerArticle
def _n_words(annotated: AnnotatedArticle, voice: VoiceOrAll) -> int:
    if voice == "all":
        return len(word_places(annotated.article.text))
    counted = zip(annotated.voices, words_by_voice(annotated, None), strict=True)
    return sum(n for v, n in counted if v.voice == voice)


@OncePerArticle
def words_by_voice(annotated: AnnotatedArticle, key: None) -> tuple[int, ...]:
    """How many words each of the article's ``voices`` has."""
    words = word_places(annotated.article.text)
    return tuple([words.within(v.span.start, v.span.end) for v in annotated.voices])


def where(voice: VoiceOrAll) -> str:
    """ "in the quoted voice", for messages; empty for the whole text."""
    return "" if voice == "all" else f" in the {voice} voice"


def speaker(annotated: AnnotatedArticle, spoken: VoiceSpan) -> str:
    """Who speaks in a stretch of voice; empty for the outlet and where nobody was found."""
    return "" if spoken.quotation is None else annotated.quotations[spoken.quotation].speaker


def prose_sentences(annotated: AnnotatedArticle) -> list[Span]:
    """The sentences outside titles and subheads; all of them where the text has no paragraphs."""
    paragraphs = [p for p in annotated.article.paragraphs if p.span]
    if not paragraphs:
        return list(annotated.sentences)
    starts = [p.span.start for p in paragraphs if p.span]
    return [
        s
        for s in annotated.sentences
        if paragraphs[max(0, bisect.bisect_right(starts, s.start) - 1)].role in _PROSE
    ]


@OncePerArticle
def parts(annotated: AnnotatedArticle, voice: VoiceOrAll) -> tuple[Part, ...]:
    """The prose sentences cut at the borders of the voices, only what is in ``voice``."""
    if voice != "all":
        return tuple(p for p in (_only(part, annotated, voice) for part in parts(annotated, "all")) if p)
    voices = annotated.voices
    starts = [v.span.start for v in voices]
    found: list[Part] = []
    for sentence in prose_sentences(annotated):
        pieces: list[VoiceSpan] = []
        at = max(0, bisect.bisect_right(starts, sentence.start) - 1)
        while at < len(voices) and voices[at].span.start < sentence.end:
            one = voices[at]
            start, end = max(one.span.start, sentence.start), min(one.span.end, sentence.end)
            if start < end:
                pieces.append(VoiceSpan(Span(start, end), one.voice, one.quotation))
            at += 1
        part = _part(sentence, pieces, annotated)
        if part:
            found.append(part)
    return tuple(found)


@OncePerArticle
def whole_sentences(annotated: AnnotatedArticle, voice: VoiceOrAll) -> list[Part]:
    """The prose sentences all of whose words are in ``voice``."""
    return [
        part
        for part in parts(annotated, "all")
        if voice == "all" or all(piece.voice == voice for piece in part.pieces)
    ]


def sentence_evidence(annotated: AnnotatedArticle, sentences: list[Part], cue: str) -> tuple[Evidence, ...]:
    """The sentences that a value was counted over, each in the voice of its first word."""
    return tuple(
        [
            evidence_of((part.sentence, cue, "", "sentence", voice, name))
            for part in sentences
            for _, voice, name in part.spoken[:1]
        ]
    )


def spoken_quotations(annotated: AnnotatedArticle) -> list[Quotation]:
    """The quotations, each once: no scare quotes, and a quotation that its cue breaks in two is one."""
    return [q for q in annotated.quotations if q.kind != "scare" and not q.continues]


def _only(part: Part, annotated: AnnotatedArticle, voice: VoiceOrAll) -> Part | None:
    pieces = [piece for piece in part.pieces if piece.voice == voice]
    if len(pieces) == len(part.pieces):
        return part
    return _part(part.sentence, pieces, annotated)


def _part(sentence: Span, pieces: list[VoiceSpan], annotated: AnnotatedArticle) -> Part | None:
    words = word_places(annotated.article.text)
    counted = [(piece, n) for piece in pieces if (n := words.within(piece.span.start, piece.span.end))]
    if not counted:
        return None
    spoken = tuple([(piece.span, piece.voice, speaker(annotated, piece)) for piece, _ in counted])
    return Part(sentence, tuple([piece for piece, _ in counted]), sum([n for _, n in counted]), spoken)
