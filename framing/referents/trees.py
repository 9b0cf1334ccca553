"""An annotated article as parse trees again, one a paragraph, so that the rules for quotations serve here."""

from __future__ import annotations

import bisect

from framing.annotate import paragraphs
from framing.annotation import AnnotatedArticle
from framing.quotes.frame import Unit
from framing.quotes.tree import Tree


def trees(annotated: AnnotatedArticle) -> list[Tree]:
    """One tree a paragraph of the cleaned text, all tokens real, heads kept inside the paragraph."""
    article = annotated.article
    regions = paragraphs(article)
    starts = [r.start for r in regions]
    rows: list[list[int]] = [[] for _ in regions]
    for n, token in enumerate(annotated.tokens):
        at = bisect.bisect_right(starts, token.start) - 1
        if at >= 0:
            rows[at].append(n)
    names: list[list[tuple[int, int, str]]] = [[] for _ in regions]
    token_starts = [t.start for t in annotated.tokens]
    for entity in annotated.entities:
        at = bisect.bisect_right(starts, entity.span.start) - 1
        first = bisect.bisect_left(token_starts, entity.span.start)
        until = bisect.bisect_left(token_starts, entity.span.end)
        if at >= 0 and rows[at] and first < until:
            base = rows[at][0]
            names[at].append((first - base, min(until - base, len(rows[at])), entity.label))
    out = []
    for n, (region, row) in enumerate(zip(regions, rows, strict=True)):
        tokens = [annotated.tokens[i] for i in row]
        base = row[0] if row else 0
        inside = range(base, base + len(row))
        unit = Unit(region.of(article.text), ((0, region.start, len(region)),), (), region, n)
        out.append(
            Tree(
                unit,
                [t.text for t in tokens],
                [t.lemma for t in tokens],
                [t.pos for t in tokens],
                [t.tag for t in tokens],
                [t.dep for t in tokens],
                [t.head - base if t.head in inside else i for i, t in enumerate(tokens)],
                [t.start for t in tokens],
                [t.end for t in tokens],
                [t.sentence for t in tokens],
                {},
                names[n],
            )
        )
    return out
