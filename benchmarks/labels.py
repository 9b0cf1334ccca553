"""Labels and portrayals on gold data: the tasks ``labels`` and ``portrayals`` of ``gold.py``.

``articles.jsonl`` of the gold folder holds id, event, outlet and text of each article;
nothing else is read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from gold_files import as_article, read_rows

from framing.annotate import annotate
from framing.annotation import AnnotatedArticle
from framing.referents import Referents, referents

Row = dict[str, Any]


def _events(gold: Path) -> Iterator[Referents]:
    by_event: dict[str, list[AnnotatedArticle]] = defaultdict(list)
    rows = list(read_rows(gold / "articles.jsonl"))
    for row, annotated in zip(rows, annotate(as_article(row) for row in rows), strict=True):
        by_event[str(row["event"])].append(annotated)
    for event, articles in sorted(by_event.items()):
        yield referents(articles, event)


def labels(gold: Path) -> Iterator[Row]:
    """Each mention with its referent, once as the label and once as the phrase around it."""
    for found in _events(gold):
        for row in found.label_rows():
            if row["kind"] == "pronoun":
                continue  # gold marks none
            spans = {(row["start"], row["end"]), (row["phrase_start"], row["phrase_end"])}
            for start, end in sorted(spans):
                yield {
                    "article": row["article_id"],
                    "start": start,
                    "end": end,
                    "group": row["referent"],
                }


def portrayals(gold: Path) -> Iterator[Row]:
    """Each description of a referent with its polarity."""
    for found in _events(gold):
        for row in found.portrayal_rows():
            yield {
                "article": row["article_id"],
                "start": row["start"],
                "end": row["end"],
                "target": row["referent"],
                "property": row["property"],
                "polarity": row["polarity"],
                "mention": [row["mention_start"], row["mention_end"]],
            }


TASKS: dict[str, Callable[[Path], Iterator[Row]]] = {"labels": labels, "portrayals": portrayals}
