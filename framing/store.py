"""Annotated articles as Parquet rows and back: nothing of the parse is lost, nothing is parsed twice.

And tables that are larger than memory, written piece by piece.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from framing.annotation import AnnotatedArticle, Entity, Quotation, Token, VoiceSpan
from framing.article import Article, Paragraph, Span
from framing.disk import replacing
from framing.tables import Table

_INT_LIST = pa.list_(pa.int32())
# Few distinct values a column: dictionary pages make a token cost a few bits.
_STRING_LIST = pa.list_(pa.string())

_TOKEN_COLUMNS: tuple[tuple[str, pa.DataType], ...] = (
    ("start", _INT_LIST),
    ("end", _INT_LIST),
    ("lemma", _STRING_LIST),
    ("pos", _STRING_LIST),
    ("tag", _STRING_LIST),
    ("dep", _STRING_LIST),
    ("head", _INT_LIST),
    ("sentence", _INT_LIST),
)

SCHEMA = pa.schema(
    [("article_id", pa.string()), ("text", pa.string()), ("source", pa.string()), ("article", pa.string())]
    + [(f"token_{name}", kind) for name, kind in _TOKEN_COLUMNS]
    + [("sentence_start", _INT_LIST), ("sentence_end", _INT_LIST), ("found", pa.string())]
)

# Articles that are read together and decoded at once: some 10 MB. Fewer would make the files larger, and
# with more the articles of one event could not be taken out of many parts at the cost of little else.
GROUP_ARTICLES = 32
# Rows of a table that are read together: few enough that some articles of 2,000 are found in a blink.
GROUP_ROWS = 20_000

_JSON_FIELDS = tuple(f.name for f in fields(Article) if f.name not in ("id", "text", "source"))


def write(
    path: Path, annotated: Sequence[AnnotatedArticle], *, last: Callable[[], None] = lambda: None
) -> None:
    """Write articles to one Parquet file, whole or not at all; ``last`` may raise to keep it out."""
    table = pa.Table.from_pylist([_row(a) for a in annotated], schema=SCHEMA)
    with replacing(path) as temporary:
        pq.write_table(table, temporary, compression="zstd", row_group_size=GROUP_ARTICLES)
        last()


def read(path: Path, article_ids: Collection[str] | None = None) -> Iterator[AnnotatedArticle]:
    """The articles of one Parquet file, or those named, in the order in which they were written."""
    wanted = None if article_ids is None else pa.array(sorted(article_ids), pa.string())
    same: dict[str, str] = {}  # each lemma and tag once in memory, however many tokens have it
    with pq.ParquetFile(path) as file:
        for group in range(file.num_row_groups):
            held = None
            if wanted is not None:
                held = pc.is_in(file.read_row_group(group, columns=["article_id"])["article_id"], wanted)
                if not pc.any(held).as_py():
                    continue
            read = file.read_row_group(group)
            for batch in (read if held is None else read.filter(held)).to_batches(GROUP_ARTICLES):
                for row in batch.to_pylist():
                    yield _annotated(row, same)


def read_columns(path: Path, columns: Sequence[str]) -> list[dict[str, Any]]:
    """Some columns of one file (``article_id``, ``text``, ``source``), without the annotation."""
    rows: list[dict[str, Any]] = pq.read_table(path, columns=list(columns)).to_pylist()
    return rows


def _row(annotated: AnnotatedArticle) -> dict[str, Any]:
    article = annotated.article
    found = {
        "entities": [[e.span.start, e.span.end, e.label] for e in annotated.entities],
        "quotations": [asdict(q) for q in annotated.quotations],
        "voices": [[v.span.start, v.span.end, v.voice, v.quotation] for v in annotated.voices],
    }
    row: dict[str, Any] = {
        "article_id": article.id,
        "text": article.text,
        "source": article.source,
        "article": _dumps({name: getattr(article, name) for name in _JSON_FIELDS} | {"paragraphs": [
            asdict(p) for p in article.paragraphs
        ]}),
        "sentence_start": [s.start for s in annotated.sentences],
        "sentence_end": [s.end for s in annotated.sentences],
        "found": _dumps(found),
    }  # fmt: skip
    for name, _ in _TOKEN_COLUMNS:
        row[f"token_{name}"] = [getattr(token, name) for token in annotated.tokens]
    return row


def _annotated(row: Mapping[str, Any], same: dict[str, str]) -> AnnotatedArticle:
    text = row["text"]
    found = json.loads(row["found"])
    columns = [
        [same.setdefault(value, value) for value in row[f"token_{name}"]]
        if kind == _STRING_LIST
        else row[f"token_{name}"]
        for name, kind in _TOKEN_COLUMNS
    ]
    return AnnotatedArticle(
        article=_article(row),
        tokens=tuple(
            Token(start, end, text[start:end], *rest) for start, end, *rest in zip(*columns, strict=True)
        ),
        sentences=tuple(Span(s, e) for s, e in zip(row["sentence_start"], row["sentence_end"], strict=True)),
        entities=tuple(Entity(Span(s, e), label) for s, e, label in found["entities"]),
        quotations=tuple(_quotation(q) for q in found["quotations"]),
        voices=tuple(VoiceSpan(Span(s, e), voice, q) for s, e, voice, q in found["voices"]),
    )


def _article(row: Mapping[str, Any]) -> Article:
    values = json.loads(row["article"])
    values["paragraphs"] = tuple(
        Paragraph(p["n"], p["role"], Span(**p["source"]), _span(p["span"]), p["reason"])
        for p in values["paragraphs"]
    )
    for name in ("pieces", "extra"):
        values[name] = tuple(tuple(item) for item in values[name])
    for name in ("inferred", "warnings"):
        values[name] = tuple(values[name])
    return Article(id=row["article_id"], text=row["text"], source=row["source"], **values)


def _quotation(values: dict[str, Any]) -> Quotation:
    values["span"] = Span(**values["span"])
    values["quoted"] = tuple(Span(**s) for s in values["quoted"])
    for name in ("speaker_span", "cue_span"):
        values[name] = _span(values[name])
    return Quotation(**values)


def _span(values: Mapping[str, int] | None) -> Span | None:
    return None if values is None else Span(**values)


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


class Rows:
    """A table on its way to the disk: its rows come some at a time and are not kept."""

    def __init__(self, out: pq.ParquetWriter, table: Table) -> None:
        self._out, self._table = out, table
        self._waiting: list[Mapping[str, Any]] = []

    def add(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Rows that come after those before; all of one value of the key's first column at once."""
        if len(self._waiting) >= GROUP_ROWS:
            self.flush()
        self._waiting += rows

    def flush(self) -> None:
        """Write what waits."""
        frame = self._table.sort(self._table.frame(self._waiting))
        self._waiting = []
        if len(frame):
            self._out.write_table(pa.Table.from_pandas(frame, schema=self._out.schema, preserve_index=False))


@contextmanager
def writing(path: Path, table: Table) -> Iterator[Rows]:
    """Replace the table at ``path``; it is in place when the block is done."""
    schema = pa.Schema.from_pandas(table.frame([]), preserve_index=False)
    with replacing(path) as temporary, pq.ParquetWriter(temporary, schema, compression="zstd") as out:
        rows = Rows(out, table)
        yield rows
        rows.flush()
