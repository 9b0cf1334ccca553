"""Gold files as this project's articles: what the tasks of ``gold.py`` read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from framing.article import Article, FramingError, Paragraph, Span

Row = dict[str, Any]

PARAPHRASES = Path(__file__).resolve().parent.parent / "tests" / "gold" / "paraphrases.txt"


@dataclass(frozen=True, slots=True)
class SentencePair:
    """Two sentences, whether they state the same fact, and what differs where they do not."""

    block: int
    one: str
    other: str
    same: bool
    differs: str = ""


def paraphrases(path: Path = PARAPHRASES) -> Iterator[SentencePair]:
    """The pairs of the project's own file of paraphrases and near misses; its head says how it is written."""
    block, one = -1, ""
    for line in path.read_text(encoding="utf-8").splitlines():
        mark, _, text = line.partition(" ")
        if mark.startswith("["):
            block += 1
        elif mark == "-":
            one = text
        elif mark == "=":
            yield SentencePair(block, one, text, True)
        elif mark == "!":
            differs, _, other = text.partition(": ")
            yield SentencePair(block, one, other, False, differs)


def read_rows(path: Path) -> Iterator[Row]:
    """The rows of a JSON Lines file."""
    if not path.is_file():
        raise FramingError(f"{path} is missing; --gold names the folder that holds it")
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def as_article(row: Row) -> Article:
    """A gold row as an article: its lines are the paragraphs, the first one the title; nothing is cleaned.

    Offsets of gold and answers must point into the same text, so the text stays as it is.
    """
    text: str = row["text"]
    paragraphs: list[Paragraph] = []
    at = 0
    for line in text.split("\n"):
        span = Span(at, at + len(line))
        at += len(line) + 1
        if line.strip():
            role = "body" if paragraphs else "title"
            paragraphs.append(Paragraph(len(paragraphs), role, span, span, "a line of the gold text"))  # type: ignore[arg-type]
    return Article(
        id=row["id"],
        text=text,
        source=text,
        paragraphs=tuple(paragraphs),
        pieces=((0, 0, len(text)),),
        outlet=row.get("outlet", ""),
        title=row.get("title", ""),
        published=row.get("date", ""),
        language="en",
    )
