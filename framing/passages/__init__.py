"""The sentences of an event's articles aligned: which article carries a fact, which does not.

Two sentences that say one thing in wholly other words are not found: "not covered" means
not found in this text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.annotation import AnnotatedArticle
from framing.article import Span
from framing.events.linkage import average_linkage
from framing.passages.alignment import align
from framing.passages.sentences import Sentences, has_terms, vectors, words
from framing.passages.statement import Reader, Statement

MIN_TERMS = 4  # a sentence of fewer content words ("He declined.") has nothing to align
# In an event of more articles only passages that two or more carry are listed: the rows
# of the others would grow with the square of the articles.
MAX_ARTICLES_WITH_SINGLES = 20
# Two groups of sentences are one passage where half of their pairs are linked: a chain of
# sentences, each like the next, is none.
_LINKED = 0.5
# Of a passage that hundreds carry, the most typical sentence is chosen among so many.
_MOST_COMPARED = 50
_BLOCK = 256  # passages that are compared with all sentences at once


class _Sentence(NamedTuple):
    article: int
    span: Span
    text: str
    words: list[str]
    statement: Statement


@dataclass(frozen=True, slots=True)
class Passages:
    """Rows of ``passages.csv`` of one event, one a passage and article.

    ``similarity`` is that of the article's nearest sentence to the passage's text, 0 to 1.
    ``pairs_not_compared`` pairs of sentences were too many to be looked at (:mod:`.candidates`).
    """

    rows: list[dict[str, Any]]
    pairs_not_compared: int


def passages(articles: Sequence[AnnotatedArticle], event_id: str) -> Passages:
    """The passages of the articles of one event; of one article none: there is nothing to compare it with."""
    if len(articles) < 2:
        return Passages([], 0)
    articles = sorted(articles, key=lambda annotated: annotated.article.id)
    found = [s for n, annotated in enumerate(articles) for s in _sentences(n, annotated)]
    if not found:
        return Passages([], 0)
    held = vectors([s.words for s in found])
    links = align(held, [s.statement for s in found], [s.article for s in found])
    edges = [(i, j, 1.0) for i, j in zip(links.i.tolist(), links.j.tolist(), strict=True)]
    groups: dict[int, list[int]] = {}
    for at, label in enumerate(average_linkage(len(found), edges, _LINKED).tolist()):
        groups.setdefault(label, []).append(at)
    least = 1 if len(articles) <= MAX_ARTICLES_WITH_SINGLES else 2
    carried = [m for m in groups.values() if len({found[s].article for s in m}) >= least]
    rows: list[dict[str, Any]] = []
    central = _central(carried, held)
    for start in range(0, len(carried), _BLOCK):
        block = slice(start, start + _BLOCK)
        likeness = held.to_all(central[block])
        parts = zip(
            carried[block], central[block], likeness, _nearest(likeness, found, articles), strict=True
        )
        for n, (members, centre, alike, nearest) in enumerate(parts, start=start + 1):
            head = {"event_id": event_id, "passage_id": f"{event_id}-p{n}", "text": found[centre].text}
            rows += _passage_rows(head, articles, found, members, alike, nearest)
    return Passages(rows, links.n_not_compared)


def _nearest(
    likeness: NDArray[np.float64], found: Sequence[_Sentence], articles: Sequence[AnnotatedArticle]
) -> list[list[float]]:
    """How similar the nearest sentence of each article is to each of some sentences; 0 where it has none."""
    nearest = np.zeros((len(likeness), len(articles)))
    owner = np.array([s.article for s in found])
    starts = np.flatnonzero(np.diff(owner, prepend=-1))
    nearest[:, owner[starts]] = np.maximum.reduceat(likeness, starts, axis=1)
    every: list[list[float]] = nearest.tolist()
    return every


def _central(carried: Sequence[Sequence[int]], vectors: Sentences) -> list[int]:
    """The most typical sentence of each passage: the one most similar to all; of equals the first."""
    looked = [members[:_MOST_COMPARED] for members in carried]
    i = [m for some, members in zip(looked, carried, strict=True) for m in some for _ in members]
    j = [other for some, members in zip(looked, carried, strict=True) for _ in some for other in members]
    similarity = vectors.similarity(np.array(i, dtype=np.int64), np.array(j, dtype=np.int64))
    found, at = [], 0
    for some, members in zip(looked, carried, strict=True):
        n = len(members)
        typical = [
            (round(float(similarity[at + k * n : at + (k + 1) * n].sum()), 9), -m) for k, m in enumerate(some)
        ]
        found.append(-max(typical)[1])
        at += n * len(some)
    return found


def _sentences(n: int, annotated: AnnotatedArticle) -> list[_Sentence]:
    """The sentences of an article outside its title that hold enough to be aligned."""
    text, title = annotated.article.text, annotated.article.title_span
    found, reader = [], Reader(annotated)
    for span in annotated.sentences:
        if title is not None and title.contains(span):
            continue
        printed = span.of(text)
        said = words(printed)
        if has_terms(said, MIN_TERMS):
            found.append(_Sentence(n, span, printed, said, reader.read(span, said)))
    return found


def _passage_rows(
    head: Mapping[str, str],
    articles: Sequence[AnnotatedArticle],
    found: Sequence[_Sentence],
    members: Sequence[int],
    likeness: NDArray[np.float64],
    nearest: Sequence[float],
) -> Iterator[dict[str, Any]]:
    """A row an article; ``likeness`` is that of each sentence to the passage's text."""
    best: dict[int, int] = {}  # the sentence of each article that carries it
    for m in members:
        other = best.setdefault(found[m].article, m)
        if likeness[m] > likeness[other]:
            best[found[m].article] = m
    for n, annotated in enumerate(articles):
        at = best.get(n)
        similarity = nearest[n] if at is None else float(likeness[at])
        yield {
            **head,
            "article_id": annotated.article.id,
            "outlet": annotated.article.outlet,
            "covered": at is not None,
            "similarity": round(min(1.0, similarity), 4),
            "start": None if at is None else found[at].span.start,
            "end": None if at is None else found[at].span.end,
        }
