"""Studies made by hand for the dashboard's tests: no language model, every figure known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from framing.annotation import AnnotatedArticle, VoiceSpan
from framing.article import Article, Paragraph, Span
from framing.study import PER_ARTICLE, Study
from framing.text import n_words

# What other people's strings can try. The first fires where it is parsed as a page's own markup.
HOSTILE = (
    "<script>window.__pwn=1</script>",
    '<img src=x onerror="window.__pwn=2">',
    '<svg onload="window.__pwn=3"></svg>',
    "</span></div></p>\"'><b>out</b>",
    "<style>body{display:none}</style>",
    "[a](javascript:window.__pwn=4)",
    '<iframe srcdoc="<script>parent.__pwn=5</script>"></iframe>',
    "<form action=//h.example><input name=password></form>",
    "![x](https://h.example/t.png) https://h.example/u",
    "$\\frac{a}{b}$ :red[c] :material/home: `d` ~~e~~",
    "a \u202etxet\u202c b \u2066c\u2069",
    "=1+1 @SUM(A1) +2 -3",
    "w" * 400,
)


@dataclass(frozen=True)
class Quote:
    """A quotation in a sample: ``text`` must stand in its article, so must ``cue`` where it is given."""

    text: str
    speaker: str = ""
    kind: str = "direct"
    cue: str = ""
    stance: str = ""
    anonymous: bool = False


@dataclass(frozen=True)
class Term:
    """A lexicon hit in a sample."""

    text: str
    lexicon: str = "loaded"
    voice: str = "outlet"


@dataclass(frozen=True)
class Sample:
    """An article with what is found in it. The text is title and body with a blank line between."""

    id: str
    outlet: str = ""
    title: str = ""
    body: str = "Nothing happened."
    event: str = ""
    published: str = ""
    quotes: Sequence[Quote] = ()
    terms: Sequence[Term] = ()
    values: dict[tuple[str, str], tuple[float | None, str]] = field(default_factory=dict)
    source_file: str = "made.txt"
    warnings: str = ""
    byline: str = ""

    @property
    def text(self) -> str:
        """The cleaned text."""
        return f"{self.title}\n\n{self.body}" if self.title else self.body


PAIR = (
    Sample(
        "a1",
        "The Post",
        "Minister vows cuts",
        'The regime may fall. "We will cut," said Ada Lovelace. She claimed that it was late.',
        "e1",
        "2024-05-09",
        (
            Quote("We will cut,", "Ada Lovelace", cue="said", stance="neutral"),
            Quote("it was late", "Ada Lovelace", "indirect", "claimed", "doubting"),
        ),
        (Term("regime"), Term("may", "hedges")),
        {("length", "all"): (18.0, ""), ("loaded_terms", "all"): (None, "18 words; at least 50 are needed")},
    ),
    Sample(
        "a2",
        "",
        "Cuts are late",
        "The minister waited. 😀 One aide called it a “disaster” in a note.",
        "e1",
        "",
        (Quote("disaster", "", "mixed", anonymous=True),),
        (Term("disaster", voice="quoted"),),
        {("length", "all"): (14.0, "")},
    ),
    Sample("a3", "The Post", "Rain", "It rained.", "e2", "2024-06-01"),
)


def make(
    path: Path,
    samples: Sequence[Sample],
    *,
    rejected: Sequence[str] = (),
    label: str = "",
    tables: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
) -> Path:
    """Write a study of the samples into ``path`` and return it; ``tables``: rows of further tables."""
    study = Study.create(path, {"model": "made by hand"})
    if samples:
        rows = {name: [r for s in samples for r in _rows(s, name)] for name in PER_ARTICLE}
        study.write_part([_annotated(s) for s in samples], rows)
    study.assign([{"article_id": s.id, "event_id": s.event or None} for s in samples])
    events = dict.fromkeys(s.event for s in samples if s.event)
    study.write_table("events", [_event(e, samples, label) for e in events])
    reasons = {"reason": "no text was found", "expected": "running text", "found": "0 words"}
    study.write_table(
        "import_report",
        [
            {"source_file": s.source_file, "article_index": n, "status": "parsed", "article_id": s.id}
            for n, s in enumerate(samples)
        ]
        + [{"source_file": name, "article_index": 0, "status": "rejected", **reasons} for name in rejected],
    )
    for table, rows in (tables or {}).items():
        study.write_table(table, rows)
    return path


def named(sample: Sample, text: str, referent: str = "war", **more: Any) -> dict[str, Any]:
    """A row of labels: ``text`` stands in the sample and names the referent."""
    span = _place(sample, text)
    row = {
        "referent": referent,
        "voice": "outlet",
        "kind": "description",
        "label": text,
        "sentence": sample.body,
    }
    place = {"event_id": sample.event, "article_id": sample.id, "outlet": sample.outlet, "text": text}
    return row | place | {"start": span.start, "end": span.end} | more


def passage(name: str, sample: Sample, text: str = "", similarity: float = 1.0) -> dict[str, Any]:
    """A row of passages: the sample carries ``text``, or ("") has nothing like it."""
    span = _place(sample, text) if text else None
    row = {"event_id": sample.event, "passage_id": name, "article_id": sample.id, "outlet": sample.outlet}
    row |= {"text": text or name, "covered": bool(text), "similarity": similarity}
    return row | ({"start": span.start, "end": span.end} if span else {})


def _event(event: str, samples: Sequence[Sample], label: str) -> dict[str, Any]:
    own = [s for s in samples if s.event == event]
    outlets = {s.outlet or s.id for s in own}
    return {
        "event_id": event,
        "label": label or f"Event {event}",
        "keywords": "cuts;minister",
        "n_articles": len(own),
        "n_outlets": len(outlets),
        "locked": False,
    }


def _annotated(sample: Sample) -> AnnotatedArticle:
    text = sample.text
    article = Article(
        sample.id, text, text, tuple(_paragraphs(sample)), ((0, 0, len(text)),), sample.outlet, sample.title
    )
    return AnnotatedArticle(article, (), (), (), (), (VoiceSpan(Span(0, len(text)), "outlet"),))


def _paragraphs(sample: Sample) -> list[Paragraph]:
    title = Span(0, len(sample.title))
    body = Span(len(sample.text) - len(sample.body), len(sample.text))
    found = [Paragraph(0, "title", title, title, "made")] if sample.title else []
    return [*found, Paragraph(len(found), "body", body, body, "made")]


def _place(sample: Sample, words: str) -> Span:
    start = sample.text.index(words)
    return Span(start, start + len(words))


def _rows(sample: Sample, table: str) -> list[dict[str, Any]]:
    head = {"article_id": sample.id, "outlet": sample.outlet}
    if table == "articles":
        return [
            head
            | {
                "title": sample.title,
                "published": sample.published,
                "byline": sample.byline,
                "language": "en",
                "n_words": n_words(sample.text),
                "truncated": False,
                "source_file": sample.source_file,
                "warnings": sample.warnings,
            }
        ]
    if table == "frames":
        return []
    if table == "paragraphs":
        return [
            {
                "article_id": sample.id,
                "n": p.n,
                "role": p.role,
                "start": p.source.start,
                "end": p.source.end,
                "text": p.source.of(sample.text),
                "reason": p.reason,
            }
            for p in _paragraphs(sample)
        ]
    if table == "quotes":
        return [_quote_row(sample, n, quote) | head for n, quote in enumerate(sample.quotes)]
    if table == "terms":
        return [
            head
            | {
                "start": span.start,
                "end": span.end,
                "text": term.text,
                "lexicon": term.lexicon,
                "category": "made",
                "voice": term.voice,
                "entry": term.text,
                "sentence": sample.body,
            }
            for term in sample.terms
            for span in [_place(sample, term.text)]
        ]
    if table == "measures":
        return [
            head | {"measure": m, "voice": v, "value": value, "unit": "words", "n": 1, "why_none": why}
            for (m, v), (value, why) in sample.values.items()
        ]
    return [
        {
            "article_id": sample.id,
            "measure": "length",
            "voice": "quoted",
            "start": span.start,
            "end": span.end,
            "cue": "quoted",
        }
        for quote in sample.quotes
        if quote.kind != "indirect"
        for span in [_place(sample, quote.text)]
    ]


def _quote_row(sample: Sample, n: int, quote: Quote) -> dict[str, Any]:
    span = _place(sample, quote.text)
    row: dict[str, Any] = {
        "quote_id": f"{sample.id}-q{n}",
        "start": span.start,
        "end": span.end,
        "text": quote.text,
        "kind": quote.kind,
        "speaker": quote.speaker,
        "anonymous": quote.anonymous,
        "cue": quote.cue,
        "cue_stance": quote.stance,
        "n_words": n_words(quote.text),
        "in_headline": False,
        "rule": "made",
        "position": round(span.start / len(sample.text), 4),
    }
    if quote.cue:
        cue = _place(sample, quote.cue)
        row |= {"cue_start": cue.start, "cue_end": cue.end}
    return row


def hostile_samples() -> list[Sample]:
    """Two articles whose every string is one of :data:`HOSTILE` or all of them."""
    body = "\n".join(HOSTILE) + '\n"quoted words" said somebody'
    return [
        Sample(
            f"h{n}",
            HOSTILE[n],
            HOSTILE[(n + 3) % len(HOSTILE)],
            body,
            "e1",
            "2024-05-09",
            tuple(Quote("quoted words", name, cue="said", stance="doubting") for name in HOSTILE[n : n + 1]),
            (Term(HOSTILE[2]), Term("<b>out</b>", "hedges")),
            {("length", "all"): (5.0, ""), ("loaded_terms", "all"): (None, HOSTILE[8])},
            source_file=HOSTILE[n],
            warnings=HOSTILE[(n + 1) % len(HOSTILE)].replace(";", ""),
        )
        for n in range(len(HOSTILE))
    ]
