"""An annotated article cut down to its headline, or to what comes after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from framing.annotation import AnnotatedArticle, Token
from framing.article import Span


def headline(annotated: AnnotatedArticle) -> AnnotatedArticle | None:
    """The headline alone; None where the article has none in its text."""
    span = annotated.article.title_span
    return None if span is None else only(annotated, [span])


def without_headline(annotated: AnnotatedArticle) -> AnnotatedArticle:
    """All but the headline."""
    span = annotated.article.title_span
    return annotated if span is None else only(annotated, annotated.article.body_spans())


def only(annotated: AnnotatedArticle, spans: Sequence[Span]) -> AnnotatedArticle:
    """What of the article lies in ``spans``, whole paragraphs; offsets stay, the rest is blank."""
    text, kept = annotated.article.text, sorted(spans)

    def inside(span: Span) -> bool:
        return any(k.contains(span) for k in kept)

    sentences = [n for n, s in enumerate(annotated.sentences) if inside(s)]
    tokens = [n for n, t in enumerate(annotated.tokens) if inside(Span(t.start, t.end))]
    quotations = [n for n, q in enumerate(annotated.quotations) if inside(q.span)]
    quotation_at = {old: new for new, old in enumerate(quotations)}
    article = replace(
        annotated.article,
        text=_blanked(text, kept),
        paragraphs=tuple(p for p in annotated.article.paragraphs if p.span is None or inside(p.span)),
    )
    return AnnotatedArticle(
        article=article,
        tokens=_renumbered(annotated.tokens, tokens, sentences),
        sentences=tuple(annotated.sentences[n] for n in sentences),
        entities=tuple(e for e in annotated.entities if inside(e.span)),
        quotations=tuple(annotated.quotations[n] for n in quotations),
        voices=tuple(
            replace(v, quotation=None if v.quotation is None else quotation_at.get(v.quotation))
            for v in annotated.voices
        ),
    )


def _blanked(text: str, kept: Sequence[Span]) -> str:
    parts, at = [], 0
    for span in kept:
        parts += ["".join(c if c == "\n" else " " for c in text[at : span.start]), span.of(text)]
        at = span.end
    return "".join([*parts, "".join(c if c == "\n" else " " for c in text[at:])])


def _renumbered(tokens: Sequence[Token], kept: Sequence[int], sentences: Sequence[int]) -> tuple[Token, ...]:
    at = {old: new for new, old in enumerate(kept)}
    sentence_at = {old: new for new, old in enumerate(sentences)}
    return tuple(
        replace(
            tokens[n], head=at.get(tokens[n].head, at[n]), sentence=sentence_at.get(tokens[n].sentence, 0)
        )
        for n in kept
    )
