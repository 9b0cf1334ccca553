"""Reads the passages that were marked by hand for this project (tests/gold/quotes) and scores on them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from framing.annotation import AnnotatedArticle, Quotation
from framing.article import Article, Paragraph, Span
from framing.quotes.speakers.names import same_person

GOLD = Path(__file__).parent / "gold" / "quotes"
MARK = re.compile(r"⟦([^|⟧]*)\|([^|⟧]*)\|([^|⟧]*)\|([^⟧]*)⟧")
EDGE = " \t\n“”\"‘’'`„«».,;:!?–—-"


@dataclass(frozen=True, slots=True)
class Marked:
    """What a reader marked: kind, speaker, cue and where."""

    kind: str
    speaker: str
    cue: str
    span: Span


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage without its marks, and the marks."""

    article: Article
    marked: tuple[Marked, ...]


def passages(path: Path) -> list[Passage]:
    """The passages of a gold file."""
    text = "\n".join(
        line for line in path.read_text(encoding="utf-8").split("\n") if not line.startswith("## ")
    )
    return [_passage(f"{path.stem}-{n}", block) for n, block in enumerate(text.strip().split("\n\n"), 1)]


def _passage(name: str, block: str) -> Passage:
    parts: list[str] = []
    marked: list[Marked] = []
    length = at = 0
    for found in MARK.finditer(block):
        parts += [block[at : found.start()], found[4]]
        start = length + found.start() - at
        length = start + len(found[4])
        marked.append(Marked(found[1], found[2], found[3], Span(start, length)))
        at = found.end()
    text = "".join(parts) + block[at:]
    title = text.startswith("# ")
    if title:
        text = text[2:]
        marked = [Marked(m.kind, m.speaker, m.cue, Span(m.span.start - 2, m.span.end - 2)) for m in marked]
    paragraphs: list[Paragraph] = []
    at = 0
    for n, line in enumerate(text.split("\n")):
        span = Span(at, at + len(line))
        at += len(line) + 1
        paragraphs.append(Paragraph(n, "title" if title and n == 0 else "body", span, span, "gold"))
    return Passage(Article(name, text, text, tuple(paragraphs), ((0, 0, len(text)),)), tuple(marked))


def trimmed(text: str, span: Span) -> tuple[int, int]:
    """``span`` without marks and punctuation at its edges and without a leading "that"."""
    start, end = span.start, span.end
    while start < end and text[start] in EDGE:
        start += 1
    if text[start : start + 5].lower() == "that ":
        start += 5
    while start < end and text[start] in EDGE:
        start += 1
    while end > start and text[end - 1] in EDGE:
        end -= 1
    return start, end


def same_speaker(marked: str, found: Quotation) -> bool:
    """Whether the found name is the marked one; an empty mark asks for nothing."""
    if not marked:
        return True
    name = found.speaker.removeprefix("the ").removeprefix("The ")
    return marked.lower() in name.lower() or same_person(marked.split(), name.split() or ["?"])


@dataclass(slots=True)
class Score:
    """Shares of the marked quotations and of the found ones, with what went wrong."""

    n: int = 0
    n_found: int = 0
    n_true: int = 0
    kind: int = 0
    speaker: int = 0
    cue: int = 0
    wrong: list[str] | None = None

    def as_shares(self) -> dict[str, float]:
        found = self.n_true or 1
        return {
            "recall": self.n_true / (self.n or 1),
            "precision": self.n_true / (self.n_found or 1),
            "kind": self.kind / found,
            "speaker": self.speaker / found,
            "cue": self.cue / found,
        }


def score(pairs: list[tuple[Passage, AnnotatedArticle]]) -> Score:
    """Found against marked, by exact words."""
    total = Score(wrong=[])
    assert total.wrong is not None
    for passage, annotated in pairs:
        text = passage.article.text
        found = {trimmed(text, q.span): q for q in annotated.quotations if not q.nested_in}
        total.n += len(passage.marked)
        total.n_found += len(found)
        wanted = {trimmed(text, m.span) for m in passage.marked}
        total.wrong += [
            f"not marked: {q.kind} {q.span.of(text)!r} ({q.rule})"
            for s, q in found.items()
            if s not in wanted
        ]
        for mark in passage.marked:
            q = found.get(trimmed(text, mark.span))
            if q is None:
                total.wrong.append(f"not found: {mark.span.of(text)!r}")
                continue
            total.n_true += 1
            right = (q.kind == mark.kind, same_speaker(mark.speaker, q), not mark.cue or q.cue == mark.cue)
            total.kind += right[0]
            total.speaker += right[1]
            total.cue += right[2]
            if not all(right):
                total.wrong.append(
                    f"{mark.span.of(text)!r}: {q.kind}, {q.speaker!r}, {q.cue!r}, marked {mark}"
                )
    return total
