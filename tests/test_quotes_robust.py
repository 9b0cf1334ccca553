"""No exception and no broken record, whatever the marks: dropped, doubled, swapped, unclosed.

FRAMING_MUTATIONS=10000 runs more of them:

    FRAMING_MUTATIONS=10000 python -m pytest tests/test_quotes_robust.py
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from framing.annotate import annotate
from framing.annotation import AnnotatedArticle
from framing.article import Article, Paragraph, Span
from tests.marked_quotes import GOLD, passages

N = int(os.environ.get("FRAMING_MUTATIONS", "150"))
MARKS = [
    "“",
    "”",
    '"',
    "'",
    "‘",
    "’",
    "''",
    "«",
    "»",
    "„",
    "`",
    "″",
    "(",
    ")",
    "[",
    "—",
    ":",
    "\u00a0",
    "\u200b",
]
SEEDS = Path(__file__).resolve().parent.parent / "seeds"


def article(name: str, text: str, *, title: bool) -> Article:
    """``text`` as an article whose lines are its paragraphs."""
    paragraphs: list[Paragraph] = []
    at = 0
    for line in text.split("\n"):
        if line.strip():
            role = "title" if title and not paragraphs else "body"
            paragraphs.append(
                Paragraph(len(paragraphs), role, Span(at, at + len(line)), Span(at, at + len(line)), "")
            )
        at += len(line) + 1
    return Article(name, text, text, tuple(paragraphs), ((0, 0, len(text)),))


def sources() -> list[str]:
    """Texts to mutate: the marked passages and stretches of the bundled articles, raw."""
    texts = [p.article.text for path in sorted(GOLD.glob("*.txt")) for p in passages(path)]
    for path in sorted(SEEDS.glob("*.txt")):
        lines = [line.strip() for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
        texts += ["\n".join(lines[i : i + 3]) for i in range(0, len(lines), 3)]
    return texts


def mutate(text: str, rng: random.Random) -> str:
    """``text`` with one to six marks dropped, doubled, swapped, moved, put in, or its end cut off."""
    for _ in range(rng.randint(1, 6)):
        places = [i for i, c in enumerate(text) if c in "“”\"'‘’«»„`"]
        at = rng.choice(places) if places and rng.random() < 0.8 else rng.randrange(len(text) + 1)
        end = min(len(text), at + 1)
        how = rng.randrange(6)
        if how == 0:
            text = text[:at] + text[end:]
        elif how == 1:
            text = text[:end] + text[at:]
        elif how == 2:
            text = text[:at] + rng.choice(MARKS) + text[end:]
        elif how == 3:
            text = text[:at] + rng.choice(MARKS) + text[at:]
        elif how == 4:
            other = rng.randrange(len(text) + 1)
            text = text[:other] + text[at:end] + text[other:]
        else:
            text = text[: max(1, end)]
    return text


def mutated(n: int) -> Iterator[Article]:
    rng = random.Random(2026)
    texts = sources()
    for i in range(n):
        yield article(f"m{i}", mutate(rng.choice(texts), rng), title=rng.random() < 0.5)


def check(annotated: AnnotatedArticle) -> None:
    """What every record must hold."""
    text = annotated.article.text
    tokens = annotated.tokens
    for i, token in enumerate(tokens):
        assert token.text == text[token.start : token.end]
        assert 0 <= token.head < len(tokens)
        assert i == 0 or tokens[i - 1].end <= token.start
        sentence = annotated.sentences[token.sentence]
        assert sentence.start <= token.start
        assert token.end <= sentence.end
    assert all(a.end <= b.start for a, b in zip(annotated.sentences, annotated.sentences[1:], strict=False))
    listed = [p.span for p in annotated.article.paragraphs if p.span]
    assert all(any(p.contains(s) for p in listed) for s in annotated.sentences)
    assert "".join(v.span.of(text) for v in annotated.voices) == text
    assert all(len(v.span) for v in annotated.voices)
    ids = [q.id for q in annotated.quotations]
    assert len(ids) == len(set(ids))
    for q in annotated.quotations:
        assert q.span.of(text).strip()
        assert q.span.end <= len(text)
        assert all(q.span.contains(part) for part in q.quoted)
        assert q.continues == "" or q.continues in ids
        assert q.nested_in == "" or q.nested_in in ids
        assert 0 <= q.speaker_confidence <= 1
        assert q.speaker == "" or q.speaker_confidence > 0
    for v in annotated.voices:
        assert (v.quotation is None) == (v.voice == "outlet")


def test_mutated_marks_never_break_anything() -> None:
    n = 0
    for annotated in annotate(mutated(N)):
        check(annotated)
        n += 1
    assert n == N


PIECES = [*"aB ,.\n'\"“”‘’«»„`-—:;!?()\u00a0\u200b\u2028x1é", "said ", "He ", "Kim ", "that ", " told me"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=80).map("".join))
def test_any_text_is_partitioned(text: str) -> None:
    for annotated in annotate([article("any", text, title=True)]):
        check(annotated)
