"""Annotated articles made by hand from a small markup, so that tests know every voice and hit.

``«Name|words»``       a quotation: marks are printed around it, the words are in the quoted voice
``‹Name|words›``       reported speech: the attributed voice
``<lemma:stance|word>``  a cue; it belongs to the quotation that comes next, or else to the last one
``[[word]]``           a hit that a reader would mark
``word^TAG``           a word with its part of speech (others are "X")
``# line``             the title; blank lines part paragraphs

An empty name before the bar is a speaker who is not found, ``?`` one who is withheld.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from framing.annotation import AnnotatedArticle, Quotation, Token, Voice, VoiceSpan
from framing.article import Article, Paragraph, Span
from framing.text import words

_MARKUP = re.compile(r"«([^|»]*)\||»|‹([^|›]*)\||›|<([^:>]*):([^|>]*)\||>|\[\[|\]\]|\^([A-Z]+)")
_SENTENCE = re.compile(r"\S.*?(?:[.!?][”’\"']?(?=\s|$)|$)", re.DOTALL)


@dataclass
class _Maker:
    """The text so far, with what the markup said about it."""

    text: str = ""
    quotations: list[Quotation] = field(default_factory=list)
    voices: list[tuple[int, Voice, int | None]] = field(default_factory=lambda: [(0, "outlet", None)])
    cues: list[tuple[Span, str, str]] = field(default_factory=list)
    hits: list[Span] = field(default_factory=list)
    tags: dict[int, str] = field(default_factory=dict)  # by the end of the word
    open_at: list[int] = field(default_factory=list)

    def begin(self, voice: Voice, name: str) -> None:
        self.text += "“" if voice == "quoted" else ""
        start, n = len(self.text), len(self.quotations)
        unnamed = name == "?"
        self.quotations.append(
            Quotation(
                f"q{n}",
                Span(start, start),
                "direct" if voice == "quoted" else "indirect",
                speaker="" if unnamed else name,
                anonymous=unnamed,
            )
        )
        self.voices.append((start, voice, n))

    def end(self, voice: Voice) -> None:
        last = self.quotations[-1]
        span = Span(last.span.start, len(self.text))
        self.quotations[-1] = replace(last, span=span, quoted=(span,) if voice == "quoted" else ())
        self.voices.append((len(self.text), "outlet", None))
        self.text += "”" if voice == "quoted" else ""

    def take(self, markup: str) -> None:
        at = 0
        for mark in _MARKUP.finditer(markup):
            self.text += markup[at : mark.start()]
            at = mark.end()
            self._mark(mark)
        self.text += markup[at:]

    def _mark(self, mark: re.Match[str]) -> None:
        sign, here = mark.group()[0], len(self.text)
        if sign in "«‹":
            self.begin("quoted" if sign == "«" else "attributed", mark.group(1) or mark.group(2) or "")
        elif sign in "»›":
            self.end("quoted" if sign == "»" else "attributed")
        elif sign == "<":
            self.cues.append((Span(here, here), mark.group(3), mark.group(4)))
        elif sign == ">":
            start, lemma, stance = self.cues[-1]
            self.cues[-1] = (Span(start.start, here), lemma, stance)
        elif sign == "[":
            self.open_at.append(here)
        elif sign == "]":
            self.hits.append(Span(self.open_at.pop(), here))
        else:
            self.tags[here] = mark.group(5)


def made(markup: str, language: str = "en") -> tuple[AnnotatedArticle, list[Span]]:
    """The article that ``markup`` describes, and the spans that it marks as hits."""
    maker, paragraphs = _Maker(), []
    for n, block in enumerate(b for b in markup.split("\n\n") if b.strip()):
        maker.text += "\n\n" if n else ""
        start, title = len(maker.text), block.startswith("# ")
        maker.take(block.removeprefix("# "))
        span = Span(start, len(maker.text))
        paragraphs.append(Paragraph(n, "title" if title else "body", span, span, "made"))
    text = maker.text
    article = Article(
        "made", text, text, tuple(paragraphs), ((0, 0, len(text)),), language=language, title=""
    )
    sentences = tuple(
        Span(p.source.start + m.start(), p.source.start + m.end())
        for p in paragraphs
        for m in _SENTENCE.finditer(p.source.of(text))
    )
    tokens = tuple(
        Token(w.start, w.end, w.of(text), w.of(text).lower(), maker.tags.get(w.end, "X"), "", "", i, 0)
        for i, w in enumerate(words(text))
    )
    annotated = AnnotatedArticle(
        article, tokens, sentences, (), tuple(_with_cues(maker)), tuple(_voice_spans(maker))
    )
    return annotated, sorted(maker.hits)


def _with_cues(maker: _Maker) -> list[Quotation]:
    quotations = list(maker.quotations)
    for span, lemma, stance in maker.cues:
        after = [i for i, q in enumerate(quotations) if q.span.start >= span.end and q.cue_span is None]
        at = after[0] if after else len(quotations) - 1
        quotations[at] = replace(quotations[at], cue_span=span, cue=lemma, cue_stance=stance)
    return quotations


def _voice_spans(maker: _Maker) -> list[VoiceSpan]:
    ends = [start for start, _, _ in maker.voices[1:]] + [len(maker.text)]
    return [
        VoiceSpan(Span(start, end), voice, quotation)
        for (start, voice, quotation), end in zip(maker.voices, ends, strict=True)
        if start < end
    ]
