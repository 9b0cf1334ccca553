"""Events, reprints and passages on gold data: tasks of ``gold.py``.

``events`` groups each file of ``SETS`` that the folder holds by itself, as if it were a
study; ``events-among-noise`` groups ``allsides_full`` together with the first 2,500
articles of ``background``. Files are named ``SET.PART.jsonl.gz``. Of a row, id, title, text,
date and outlet are read, nothing else.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from framing.annotate import annotate
from framing.article import Article, FramingError, Span
from framing.events import EventInput, group
from framing.passages.alignment import align
from framing.passages.likeness import probability
from framing.passages.sentences import sentences
from framing.passages.statement import Reader, Statement
from framing.reprints import ReprintInput, all_runs, share

Row = dict[str, Any]

SETS = ("g5w", "basil", "ecbplus", "allsides_2021", "allsides_full", "allsides_short", "newswcl50")
NOISE = 2500
# The texts come without annotation: what stands between double quotation marks is a quotation.
_QUOTED = re.compile(r"“[^”]{1,3000}”|\"[^\"\n]{1,2000}\"")


def _rows(gold: Path, name: str) -> list[Row]:
    files = sorted(gold.glob(f"{name}.*jsonl.gz"))
    if not files:
        raise FramingError(f"{gold} holds no {name}.PART.jsonl.gz; --gold names the folder that does")
    rows = []
    for file in files:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            rows += [json.loads(line) for line in lines if line.strip()]
    return rows


def _grouped(rows: list[Row]) -> Iterator[Row]:
    inputs = [EventInput(r["id"], r["text"], r["title"] or "", (), r["date"] or "") for r in rows]
    event_of = group(inputs).event_of()
    for row in rows:
        yield {"id": row["id"], "cluster": event_of.get(row["id"], f"alone-{row['id']}")}


def events(gold: Path) -> Iterator[Row]:
    """The event of each article, every set by itself."""
    for name in SETS:
        if list(gold.glob(f"{name}.*jsonl.gz")):
            yield from _grouped(_rows(gold, name))


def events_among_noise(gold: Path) -> Iterator[Row]:
    """The events of ``allsides_full`` among articles on other events."""
    yield from _grouped([*_rows(gold, "allsides_full"), *_rows(gold, "background")[:NOISE]])


def reprints(gold: Path) -> Iterator[Row]:
    """How much of the one text of a pair the other repeats, whichever is more."""
    rows = _rows(gold, "neardup_texts")
    inputs = [
        ReprintInput(
            row["id"],
            row["outlet"] or "",
            "",
            row["text"],
            tuple(Span(m.start(), m.end()) for m in _QUOTED.finditer(row["text"])),
        )
        for row in rows
    ]
    runs = dict(zip((row["id"] for row in rows), all_runs(inputs), strict=True))
    for pair in _rows(gold, "neardup_pairs"):
        a, b = runs[pair["a"]], runs[pair["b"]]
        yield {"a": pair["a"], "b": pair["b"], "score": max(share(a, b), share(b, a))}


def _statements(texts: Sequence[str]) -> list[Statement]:
    """Each text read as the one sentence of an article's body."""
    articles = (Article(str(n), t, t, (), ((0, 0, len(t)),)) for n, t in enumerate(texts))
    return [Reader(a).read(Span(0, len(a.article.text))) for a in annotate(articles)]


def pair_statements(pairs: Sequence[tuple[str, str]]) -> Iterator[tuple[Statement, Statement, float]]:
    """The two sentences of each pair as they are compared, with the cosine of their words."""
    texts = list(dict.fromkeys(text for pair in pairs for text in pair))
    read = dict(zip(texts, _statements(texts), strict=True))
    for one, other in pairs:
        vectors = sentences([one, other])
        yield read[one], read[other], float(vectors.cosine(np.array([0]), np.array([1]))[0])


def passages(gold: Path) -> Iterator[Row]:
    """How probable it is that the two sentences of a pair state the same fact."""
    rows = _rows(gold, "sentpairs")
    pairs = [(row["sent_a"], row["sent_b"]) for row in rows]
    for row, pair in zip(rows, pair_statements(pairs), strict=True):
        yield {"a": row["a"], "b": row["b"], "score": probability(*pair)}


def passages_synthetic(gold: Path) -> Iterator[Row]:
    """The linked sentences of an article and its edited copy."""
    for row in _rows(gold, "align_synthetic"):
        n = len(row["sents_a"])
        texts = [*row["sents_a"], *row["sents_b"]]
        links = align(sentences(texts), _statements(texts), [0] * n + [1] * len(row["sents_b"]))
        yield {
            "pair": row["pair"],
            "links": [[int(i), int(j) - n] for i, j in zip(links.i, links.j, strict=True)],
        }


TASKS: dict[str, Callable[[Path], Iterator[Row]]] = {
    "events": events,
    "events-among-noise": events_among_noise,
    "reprints": reprints,
    "passages": passages,
    "passages-synthetic": passages_synthetic,
}
