"""An annotated article as parse trees again, one a paragraph, so that the rules for quotations serve here."""

from __future__ import annotations

import bisect
from itertools import pairwise

from framing.annotate import paragraphs
from framing.annotation import AnnotatedArticle
from framing.quotes.frame import Unit
from framing.quotes.tree import Tree


def trees(annotated: AnnotatedArticle) -> list[Tree]:
    """One tree a paragraph of the cleaned text, all tokens real, heads kept inside the paragraph."""
    article = annotated.article
    regions = paragraphs(article)
    starts = [r.start for r in regions]
    names: list[list[tuple[int, int, str]]] = [[] for _ in regions]
    token_starts = [t.start for t in annotated.tokens]
    bounds = [*(bisect.bisect_left(token_starts, start) for start in starts), len(token_starts)]
    rows = [range(first, until) for first, until in pairwise(bounds)]
    for entity in annotated.entities:
        at = bisect.bisect_right(starts, entity.span.start) - 1
        first = bisect.bisect_left(token_starts, entity.span.start)
        until = bisect.bisect_left(token_starts, entity.span.end)
        if at >= 0 and rows[at] and first < until:
            base = rows[at][0]
            names[at].append((first - base, min(until - base, len(rows[at])), entity.label))
    out = []
    for n, (region, row) in enumerate(zip(regions, rows, strict=True)):
        tokens = annotated.tokens[row.start : row.stop]
        base = row.start
        unit = Unit(region.of(article.text), ((0, region.start, len(region)),), (), region, n)
        out.append(
            Tree(
                unit,
                [t.text for t in tokens],
                [t.lemma for t in tokens],
                [t.pos for t in tokens],
                [t.tag for t in tokens],
                [t.dep for t in tokens],
                [t.head - base if t.head in row else i for i, t in enumerate(tokens)],
                [t.start for t in tokens],
                [t.end for t in tokens],
                [t.sentence for t in tokens],
                {},
                names[n],
            )
        )
    return out
