"""Reads the reports that were marked by hand for this project (tests/gold/referents) and scores on them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from framing.annotate import annotate
from framing.annotation import AnnotatedArticle
from framing.article import Article, Paragraph, Span
from framing.referents import referents

GOLD = Path(__file__).parent / "gold" / "referents"
MARK = re.compile(r"⟦([^|⟧]*)\|([^⟧]*)⟧")


@dataclass(frozen=True, slots=True)
class Marked:
    """What a reader marked: where, and what it names."""

    span: Span
    referent: str


def _unmarked(marked: str) -> tuple[str, list[Marked]]:
    text, marks, at = "", [], 0
    for found in MARK.finditer(marked):
        text += marked[at : found.start()]
        marks.append(Marked(Span(len(text), len(text) + len(found[1])), found[2]))
        text += found[1]
        at = found.end()
    return text + marked[at:], marks


def event(path: Path) -> list[tuple[AnnotatedArticle, list[Marked]]]:
    """The articles of one gold file, annotated, with their marks."""
    articles, marks = [], []
    for block in re.split(r"^=== ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        outlet, _, marked = block.partition("\n")
        text, found = _unmarked(marked.rstrip("\n"))
        paragraphs, at = [], 0
        for n, line in enumerate(text.split("\n")):
            span = Span(at, at + len(line))
            paragraphs.append(Paragraph(n, "body" if n else "title", span, span, "a line of the gold file"))
            at += len(line) + 1
        articles.append(
            Article(outlet, text, text, tuple(paragraphs), ((0, 0, len(text)),), outlet=outlet, language="en")
        )
        marks.append(found)
    return list(zip(annotate(articles), marks, strict=True))


def named(rows: list[dict[str, Any]], article: str, span: Span) -> str:
    """The referent of the row that covers a mark best, by half of both at least; else empty."""
    best, name = 0.5, ""
    for row in rows:
        if row["article_id"] != article:
            continue
        for start, end in ((row["start"], row["end"]), (row["phrase_start"], row["phrase_end"])):
            inside = min(end, span.end) - max(start, span.start)
            whole = max(end, span.end) - min(start, span.start)
            if inside > 0 and inside / whole >= best:
                best, name = inside / whole + 1e-9, row["referent"]
    return name


def scores(marked: list[tuple[AnnotatedArticle, list[Marked]]]) -> dict[str, float]:
    """Share of the marks found, and F1 of the pairs of marks of different outlets."""
    rows = referents([a for a, _ in marked], "e").label_rows()
    found = [
        (a.article.id, m.referent, named(rows, a.article.id, m.span)) for a, marks in marked for m in marks
    ]
    right = wrong = missed = 0
    for (outlet, gold, name), (other_outlet, other_gold, other_name) in combinations(found, 2):
        if outlet == other_outlet:
            continue
        linked = bool(name) and name == other_name
        right += linked and gold == other_gold
        wrong += linked and gold != other_gold
        missed += not linked and gold == other_gold
    return {
        "found": sum(bool(name) for _, _, name in found) / len(found),
        "pair_f1": 2 * right / (2 * right + wrong + missed),
    }
