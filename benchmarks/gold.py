"""Runs framing on gold data and writes its answers in the format of each task's scorer.

    python benchmarks/gold.py quotes --gold DIR --out PRED.jsonl

``DIR`` holds gold files that are not part of this project; every task names the file it
reads. Nothing of the gold answers is looked at: only texts and metadata are read.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import labels
import same_event
import wording
from gold_files import as_article, read_rows

from framing.annotate import annotate
from framing.annotation import AnnotatedArticle
from framing.article import FramingError

Row = dict[str, Any]


def quotes_row(annotated: AnnotatedArticle) -> Row:
    """One line of the quotation scorer's file. Parts that continue each other are one quotation."""
    quotes: dict[str, Row] = {}
    for q in annotated.quotations:
        if q.kind == "scare":
            continue  # a candidate, no speech
        if q.continues in quotes:
            quotes[q.continues]["content"].append([q.span.start, q.span.end])
            quotes[q.id] = quotes[q.continues]
            continue
        quotes[q.id] = {
            "content": [[q.span.start, q.span.end]],
            "speaker": [[q.speaker_span.start, q.speaker_span.end]] if q.speaker_span else [],
            "speaker_text": q.speaker_span.of(annotated.article.text) if q.speaker_span else "",
            "speaker_name": q.speaker,
            "cue": [[q.cue_span.start, q.cue_span.end]] if q.cue_span else [],
            "kind": q.kind,
            "rule": q.rule,
        }
    unique = {id(row): row for row in quotes.values()}
    return {"id": annotated.article.id, "quotes": list(unique.values())}


def quotes(gold: Path) -> Iterator[Row]:
    """``polnear.jsonl``: id, text, outlet, date, title of each article."""
    for annotated in annotate(as_article(row) for row in read_rows(gold / "polnear.jsonl")):
        yield quotes_row(annotated)


TASKS: dict[str, Callable[[Path], Iterator[Row]]] = {
    "quotes": quotes,
    **labels.TASKS,
    **same_event.TASKS,
    **wording.TASKS,
}


def main() -> int:
    """Run one task; 0 when done, 2 where the input cannot be read."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("task", choices=sorted(TASKS))
    parser.add_argument("--gold", type=Path, required=True, help="folder with the gold files")
    parser.add_argument("--out", type=Path, required=True, help="file to write, JSON Lines")
    given = parser.parse_args()
    try:
        rows = TASKS[given.task](given.gold)
        n = 0
        with given.out.open("w", encoding="utf-8") as out:
            for row in rows:
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
                n += 1
    except FramingError as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{given.task}: {n} rows written to {given.out}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
