"""The rows of the per-article tables, from what one pass found in an article."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from importlib import metadata
from typing import Any

from framing import lexicon
from framing.annotation import AnnotatedArticle
from framing.article import Article
from framing.measure import Finding
from framing.measures import MEASURES, lexicon_terms, together
from framing.measures.paragraph_frames import paragraph_frames
from framing.study import PER_ARTICLE
from framing.tables import Columns
from framing.text import word_places
from framing.wording import files as model_files

Row = dict[str, Any]
# Of each table its rows, or :class:`Columns` of some of them.
TableRows = dict[str, list[Any]]
# Thirty articles of the usual length: asked about more at one time, the models are no faster.
_GROUP_CHARS = 100_000
MEASURED = (
    "terms",
    "measures",
    "evidence",
    "frames",
)  # of the per-article tables, what rests on lists and models


def article_rows(part: Sequence[AnnotatedArticle]) -> TableRows:
    """The rows of every per-article table."""
    rows: TableRows = {name: [] for name in PER_ARTICLE}
    for group in _groups(part):
        with together(group):
            for annotated in group:
                article = annotated.article
                head = {"article_id": article.id, "outlet": article.outlet}
                rows["articles"].append(_article_row(article))
                rows["paragraphs"] += _paragraph_rows(article)
                rows["quotes"] += quote_rows(annotated, head)
                for name, measured in measured_rows(annotated).items():
                    rows[name] += measured
    return rows


def _groups(part: Sequence[AnnotatedArticle]) -> Iterator[list[AnnotatedArticle]]:
    """Neighbours of some :data:`_GROUP_CHARS` together at most, or a longer article alone."""
    group: list[AnnotatedArticle] = []
    n_chars = 0
    for annotated in part:
        size = len(annotated.article.text)
        if group and n_chars + size > _GROUP_CHARS:
            yield group
            group, n_chars = [], 0
        group.append(annotated)
        n_chars += size
    if group:
        yield group


def measured_with() -> dict[str, Any]:
    """What findings rest on beside the articles: the version of framing, the hashes of lists and models."""
    return {
        "framing": metadata.version("framing"),
        "lexicons": {
            name: {"version": card.version, "sha256": card.sha256}
            for name in lexicon.names()
            for card in [lexicon.load(name).card]
        },
        "models": {
            name: {"version": card.version, "sha256": card.sha256}
            for name in model_files.names()
            for card in [model_files.card(name)]
        },
    }


def measured_rows(annotated: AnnotatedArticle) -> TableRows:
    """The rows of one article that rest on word lists and models: terms, measures and their evidence."""
    head = {"article_id": annotated.article.id, "outlet": annotated.article.outlet}
    findings = [(f, measure.unit) for measure in MEASURES for f in measure.findings(annotated)]
    return {
        "terms": _term_rows(annotated, head),
        **_of_findings(findings, annotated.article.outlet),
        "frames": [head | row for row in paragraph_frames(annotated)],
    }


def speaker_rows(annotated: AnnotatedArticle) -> TableRows:
    """The rows of one article that rest on who speaks (the tables of ``BY_SPEAKER``)."""
    head = {"article_id": annotated.article.id, "outlet": annotated.article.outlet}
    findings = [(f, m.unit) for m in MEASURES if m.speakers for f in m.findings(annotated)]
    return {
        "quotes": quote_rows(annotated, head),
        "terms": _term_rows(annotated, head),
        **_of_findings(findings, annotated.article.outlet),
    }


def _of_findings(findings: Sequence[tuple[Finding, str]], outlet: str) -> TableRows:
    """The rows of findings of an article with their units."""
    found = [finding for finding, _ in findings]
    measures: dict[str, list[Any]] = {
        "article_id": [f.article_id for f in found],
        "outlet": [outlet] * len(found),
        "measure": [f.measure for f in found],
        "voice": [f.voice for f in found],
        "value": [f.value for f in found],
        "unit": [unit for _, unit in findings],
        "n": [f.n for f in found],
        "why_none": [f.why_none for f in found],
    }
    return {"measures": [Columns(measures)], "evidence": [_evidence(found)]}


def _evidence(found: Sequence[Finding]) -> Columns:
    """The rows of evidence of findings."""
    evidence = [one for f in found for one in f.evidence]
    cells: dict[str, list[Any]] = {
        "article_id": [f.article_id for f in found for _ in f.evidence],
        "measure": [f.measure for f in found for _ in f.evidence],
        "voice": [f.voice for f in found for _ in f.evidence],
        "start": [one.span.start for one in evidence],
        "end": [one.span.end for one in evidence],
        "cue": [one.cue for one in evidence],
        "lexicon": [one.lexicon for one in evidence],
        "category": [one.category for one in evidence],
    }
    return Columns(cells)


def _article_row(article: Article) -> Row:
    return {
        "article_id": article.id,
        "outlet": article.outlet,
        "title": article.title,
        "published": article.published,
        "url": article.url,
        "byline": article.byline,
        "dateline": article.dateline,
        "wire_agency": article.wire_agency,
        "language": article.language,
        "n_words": len(word_places(article.text)),
        "truncated": article.truncated,
        "source_file": article.source_file,
        "source_format": article.source_format,
        "inferred": ";".join(article.inferred),
        "warnings": ";".join(article.warnings),
        "extra": json.dumps(dict(article.extra), ensure_ascii=False) if article.extra else "",
        "source_sha256": hashlib.sha256(article.source.encode("utf-8", "surrogatepass")).hexdigest(),
    }


def _paragraph_rows(article: Article) -> list[Row]:
    return [
        {
            "article_id": article.id,
            "n": p.n,
            "role": p.role,
            "start": p.span.start if p.span else None,
            "end": p.span.end if p.span else None,
            "text": p.source.of(article.source),
            "reason": p.reason,
        }
        for p in article.paragraphs
    ]


def quote_rows(annotated: AnnotatedArticle, head: Row) -> list[Row]:
    text = annotated.article.text
    words = word_places(text)
    rows = []
    for q in annotated.quotations:
        speaker, cue = q.speaker_span, q.cue_span
        rows.append(
            head
            | {
                "quote_id": q.id,
                "start": q.span.start,
                "end": q.span.end,
                "text": q.span.of(text),
                "kind": q.kind,
                "speaker": q.speaker,
                "speaker_mention": speaker.of(text) if speaker else "",
                "speaker_role": q.speaker_role,
                "anonymous": q.anonymous,
                "cue": q.cue,
                "cue_stance": q.cue_stance,
                "medium": q.medium,
                "n_words": words.within(q.span.start, q.span.end),
                "position": round(q.span.start / max(1, len(text)), 4),
                "in_headline": q.in_headline,
                "n_words_quoted": sum([words.within(s.start, s.end) for s in q.quoted]),
                "speaker_confidence": q.speaker_confidence if speaker else None,
                "speaker_start": speaker.start if speaker else None,
                "speaker_end": speaker.end if speaker else None,
                "cue_start": cue.start if cue else None,
                "cue_end": cue.end if cue else None,
                "anonymity_reason": q.anonymity_reason,
                "continues": q.continues,
                "nested_in": q.nested_in,
                "rule": q.rule,
            }
        )
    return rows


def _term_rows(annotated: AnnotatedArticle, head: Row) -> list[Row]:
    text = annotated.article.text
    rows = []
    for e in lexicon_terms(annotated):
        sentence = annotated.sentence_at(e.span.start)
        rows.append(
            head
            | {
                "start": e.span.start,
                "end": e.span.end,
                "text": e.span.of(text),
                "lexicon": e.lexicon,
                "category": e.category,
                "voice": e.voice,
                "speaker": e.speaker,
                "sentence": sentence.of(text) if sentence else "",
                "entry": e.cue,
            }
        )
    return rows
