"""What one pass over an article found: tokens, sentences, entities, quotations, voices.

Records only: :mod:`framing.language` makes tokens, :mod:`framing.quotes` makes
quotations and voices, measures read all of it.
"""

from __future__ import annotations

import bisect
from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import Literal, get_args

from framing.article import Article, Span
from framing.text import n_words

Voice = Literal["outlet", "quoted", "attributed"]
VOICES: tuple[Voice, ...] = get_args(Voice)

QuotationKind = Literal["direct", "mixed", "indirect", "scare"]
Stance = Literal["neutral", "doubting", "endorsing", "conceding", "asserting", "arguing", "emotive"]
STANCES: tuple[Stance, ...] = get_args(Stance)


@dataclass(slots=True)  # a frozen one takes three times as long to make, and an article has hundreds
class Token:
    """A token of the cleaned text. ``head`` is an index into the article's tokens (its own at a root)."""

    start: int
    end: int
    text: str
    lemma: str
    pos: str  # Universal Dependencies part of speech
    tag: str  # Penn Treebank tag
    dep: str
    head: int
    sentence: int


@dataclass(frozen=True, slots=True)
class Entity:
    """A named entity with its OntoNotes label (PERSON, ORG, GPE …)."""

    span: Span
    label: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """One contiguous span of quoted or attributed content, its speaker and its cue.

    A quotation that its cue breaks in two ("A," he said. "B.") is two records; the
    second names the first in ``continues``. ``quoted`` holds the parts of ``span``
    that stand inside quotation marks (marks excluded); the rest of ``span`` is
    reported speech. Empty strings and None mean "not found".
    """

    id: str
    span: Span
    kind: QuotationKind
    quoted: tuple[Span, ...] = ()
    speaker: str = ""  # the name behind the mention, one name for one speaker
    speaker_span: Span | None = None
    speaker_role: str = ""
    speaker_confidence: float = 0.0  # 0 to 1: how sure the name behind the mention is
    anonymous: bool = False
    anonymity_reason: str = ""
    cue_span: Span | None = None
    cue: str = ""  # lexicon form of the cue, e.g. "say"
    cue_stance: str = ""
    medium: str = ""  # through which the speaker spoke: a letter, KCNA, a post
    in_headline: bool = False
    nested_in: str = ""
    continues: str = ""
    rule: str = ""  # the rule that decided, for the note on the mark


@dataclass(frozen=True, slots=True)
class VoiceSpan:
    """A stretch of text in one voice; ``quotation`` is the index of the quotation that makes it so."""

    span: Span
    voice: Voice
    quotation: int | None = None


_START = attrgetter("start")
_VOICE_START = attrgetter("span.start")


@dataclass(frozen=True, slots=True)
class AnnotatedArticle:
    """An article with everything one pass found in it.

    ``sentences`` are in text order and never cross a paragraph; ``voices`` partition
    the text (every character is in exactly one voice).
    """

    article: Article
    tokens: tuple[Token, ...]
    sentences: tuple[Span, ...]
    entities: tuple[Entity, ...]
    quotations: tuple[Quotation, ...]
    voices: tuple[VoiceSpan, ...]

    def voice_at(self, offset: int) -> VoiceSpan:
        """The voice of the character at ``offset``."""
        at = bisect.bisect_right(self.voices, offset, key=_VOICE_START) - 1
        return self.voices[max(0, at)]

    def voice_finder(self) -> Callable[[int], VoiceSpan]:
        """:meth:`voice_at` for many look-ups."""
        voices, starts = self.voices, [v.span.start for v in self.voices]
        return lambda offset: voices[max(0, bisect.bisect_right(starts, offset) - 1)]

    def sentence_at(self, offset: int) -> Span | None:
        """The sentence around ``offset``, None between paragraphs."""
        at = bisect.bisect_right(self.sentences, offset, key=_START) - 1
        if at >= 0 and offset < self.sentences[at].end:
            return self.sentences[at]
        return None

    def speaker_at(self, offset: int) -> str:
        """Who speaks at ``offset``; empty in the outlet's own voice."""
        quotation = self.voice_at(offset).quotation
        return "" if quotation is None else self.quotations[quotation].speaker

    def n_words(self, voice: Voice | None = None) -> int:
        """Words in ``voice``, in the whole text where it is None."""
        if voice is None:
            return n_words(self.article.text)
        return sum(n_words(v.span.of(self.article.text)) for v in self.voices if v.voice == voice)
