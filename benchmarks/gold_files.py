"""Gold files as this project's articles: what the tasks of ``gold.py`` read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from framing.article import Article, FramingError, Paragraph, Span

Row = dict[str, Any]


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
