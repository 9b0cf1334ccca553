"""Annotated articles as Parquet rows and back: nothing of the parse is lost, nothing is parsed twice.

And tables that are larger than memory, written piece by piece.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from framing.annotation import AnnotatedArticle, Entity, Quotation, Token, VoiceSpan
from framing.article import Article, Paragraph, Span
from framing.disk import replacing
from framing.tables import Table, get

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
# How often each article has each word (:func:`framing.distinctive.word_rows`).
WORD_COUNTS = "word_counts"
_WORD_COUNTS = pa.schema(
    [
        ("article_id", pa.string()),
        ("voice", pa.string()),
        ("terms", pa.list_(pa.string())),
        ("counts", pa.list_(pa.int32())),
    ]
)

# Rows of a table that are read together: few enough that some articles of 2,000 are found in a blink.
GROUP_ROWS = 20_000

_PARAGRAPH_FIELDS, _QUOTATION_FIELDS = (tuple(f.name for f in fields(of)) for of in (Paragraph, Quotation))
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
                columns = {name: _lists(batch[name], same) for name in SCHEMA.names}
                for n in range(len(batch)):
                    yield _annotated({name: column[n] for name, column in columns.items()})


def _lists(column: pa.Array, same: dict[str, str]) -> list[Any]:
    """A column's cells; those of a list column in a third of the time that ``to_pylist`` takes."""
    if not pa.types.is_list(column.type):
        cells: list[Any] = column.to_pylist()
        return cells
    values: list[Any]
    if column.type == _STRING_LIST:
        coded = column.values.dictionary_encode()
        names = [same.setdefault(name, name) for name in coded.dictionary.to_pylist()]
        values = [names[n] for n in coded.indices.to_numpy().tolist()]
    else:
        values = column.values.to_numpy().tolist()
    return [values[start:end] for start, end in pairwise(column.offsets.to_numpy().tolist())]


@dataclass(frozen=True, slots=True)
class Outline:
    """An article without its tokens: its text, and where names and the words inside quotation marks stand."""

    article_id: str
    outlet: str
    title: str
    published: str
    text: str
    entities: tuple[Entity, ...]
    quoted: tuple[Span, ...]


def read_outlines(path: Path) -> Iterator[Outline]:
    """The articles of one Parquet file, in a tenth of the time of :func:`read`."""
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(GROUP_ARTICLES, columns=["article_id", "text", "article", "found"]):
            for row in batch.to_pylist():
                article, found = json.loads(row["article"]), json.loads(row["found"])
                yield Outline(
                    row["article_id"],
                    article["outlet"],
                    article["title"],
                    article["published"],
                    row["text"],
                    _entities(found),
                    tuple(Span(**s) for q in found["quotations"] for s in q["quoted"]),
                )


def read_columns(path: Path, columns: Sequence[str]) -> list[dict[str, Any]]:
    """Some columns of one file (``article_id``, ``text``, ``source``), without the annotation."""
    rows: list[dict[str, Any]] = pq.read_table(path, columns=list(columns)).to_pylist()
    return rows


def _row(annotated: AnnotatedArticle) -> dict[str, Any]:
    article = annotated.article
    found = {
        "entities": [[e.span.start, e.span.end, e.label] for e in annotated.entities],
        "quotations": [_plain(q, _QUOTATION_FIELDS) for q in annotated.quotations],
        "voices": [[v.span.start, v.span.end, v.voice, v.quotation] for v in annotated.voices],
    }
    row: dict[str, Any] = {
        "article_id": article.id,
        "text": article.text,
        "source": article.source,
        "article": _dumps({name: getattr(article, name) for name in _JSON_FIELDS} | {"paragraphs": [
            _plain(p, _PARAGRAPH_FIELDS) for p in article.paragraphs
        ]}),
        "sentence_start": [s.start for s in annotated.sentences],
        "sentence_end": [s.end for s in annotated.sentences],
        "found": _dumps(found),
    }  # fmt: skip
    for name, _ in _TOKEN_COLUMNS:
        row[f"token_{name}"] = [getattr(token, name) for token in annotated.tokens]
    return row


def _annotated(row: Mapping[str, Any]) -> AnnotatedArticle:
    text = row["text"]
    found = json.loads(row["found"])
    columns = [row[f"token_{name}"] for name, _ in _TOKEN_COLUMNS]
    return AnnotatedArticle(
        article=_article(row),
        tokens=tuple(
            Token(start, end, text[start:end], *rest) for start, end, *rest in zip(*columns, strict=True)
        ),
        sentences=tuple(Span(s, e) for s, e in zip(row["sentence_start"], row["sentence_end"], strict=True)),
        entities=_entities(found),
        quotations=tuple(_quotation(q) for q in found["quotations"]),
        voices=tuple(VoiceSpan(Span(s, e), voice, q) for s, e, voice, q in found["voices"]),
    )


def _entities(found: Mapping[str, Any]) -> tuple[Entity, ...]:
    return tuple(Entity(Span(start, end), label) for start, end, label in found["entities"])


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


def _plain(record: Paragraph | Quotation, names: Sequence[str]) -> dict[str, Any]:
    """A record as data for JSON; a tenth of the time that ``dataclasses.asdict`` takes."""
    return {name: _as_data(getattr(record, name)) for name in names}


def _as_data(value: Any) -> Any:
    if isinstance(value, Span):
        return {"start": value.start, "end": value.end}
    return [_as_data(one) for one in value] if isinstance(value, tuple) else value


def _span(values: Mapping[str, int] | None) -> Span | None:
    return None if values is None else Span(**values)


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def read_values(paths: Iterable[Path]) -> pd.DataFrame:
    """Rows of measures as one table: articles × (measure, voice), sorted, NaN where there is no value."""
    place: dict[tuple[str, str], int] = {}
    articles: list[str] = []
    blocks = []
    names = ["article_id", "measure", "voice"]
    for path in paths:
        read = pq.read_table(path, columns=[*names, "value"], read_dictionary=names)
        (rows, ids), (measures, measured), (voices, spoken) = (_coded(read[name]) for name in names)
        used, at = np.unique(measures * max(1, len(spoken)) + voices, return_inverse=True)
        pairs = ((measured[pair // len(spoken)], spoken[pair % len(spoken)]) for pair in used.tolist())
        columns = np.array([place.setdefault(pair, len(place)) for pair in pairs], dtype=np.int64)
        block = np.full((len(ids), len(place)), np.nan)
        block[rows, columns[at]] = read["value"].to_numpy()
        blocks.append(block)
        articles += ids
    index = pd.Index(articles, dtype=object)
    whole = np.full((len(articles), len(place)), np.nan)
    end = len(articles)
    while blocks:  # each goes as it is taken over
        block = blocks.pop()
        whole[end - len(block) : end, : block.shape[1]] = block
        end -= len(block)
    features = sorted(place)
    order = np.argsort(index.to_numpy(), kind="stable")
    chosen = np.array([place[pair] for pair in features], dtype=np.int64)
    return pd.DataFrame(
        whole[np.ix_(order, chosen)],
        index=index[order],
        columns=pd.MultiIndex.from_tuples(features, names=["measure", "voice"]) if features else None,
    )


def _coded(column: pa.ChunkedArray) -> tuple[NDArray[np.int64], list[str]]:
    """Each row's number and what the numbers stand for."""
    coded = column.unify_dictionaries().combine_chunks()
    return coded.indices.to_numpy().astype(np.int64), coded.dictionary.to_pylist()


def write_rows(path: Path, table: Table, rows: Iterable[Mapping[str, Any]] | pd.DataFrame) -> None:
    """Replace the table at ``path``."""
    with replacing(path) as temporary:
        pq.write_table(table.arrow(rows), temporary, compression="zstd", row_group_size=GROUP_ROWS)


class Rows:
    """A table on its way to the disk: its rows come some at a time and are not kept."""

    def __init__(self, out: pq.ParquetWriter) -> None:
        self._out = out
        self._waiting: list[pa.Table] = []

    def add(self, rows: pa.Table) -> None:
        """Rows that come after those before in the table's order."""
        self._waiting.append(rows)
        if sum(map(len, self._waiting)) >= GROUP_ROWS:
            self.flush()

    def flush(self) -> None:
        """Write what waits."""
        waiting = pa.concat_tables(self._waiting) if self._waiting else ()
        self._waiting = []
        if len(waiting):
            self._out.write_table(waiting)


def typed(name: str, rows: list[dict[str, Any]]) -> pa.Table:
    """Rows of a table over all articles, of one that holds corrected rows, or of :data:`WORD_COUNTS`."""
    if name == WORD_COUNTS:
        return pa.Table.from_pylist(rows, _WORD_COUNTS)
    return get(name.rpartition(".")[2]).arrow(rows)


@contextmanager
def writing(path: Path, name: str) -> Iterator[Rows]:
    """Replace the table at ``path`` (see :func:`typed`); it is in place when the block is done."""
    schema = typed(name, []).schema
    with replacing(path) as temporary, pq.ParquetWriter(temporary, schema, compression="zstd") as out:
        rows = Rows(out)
        yield rows
        rows.flush()


def write_piece(path: Path, made: Sequence[pa.Table], note: Any) -> None:
    """Rows of several tables and a note (JSON) in one file, whole or not at all."""
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    with replacing(path) as temporary, pa.OSFile(str(temporary), "wb") as out:
        out.write(len(noted := _dumps(note).encode("utf-8", "surrogatepass")).to_bytes(8, "little") + noted)
        for table in made:
            with pa.ipc.new_stream(out, table.schema, options=options) as stream:
                stream.write_table(table)


def read_note(path: Path) -> Any:
    """The note of a piece."""
    with path.open("rb") as file:
        return json.loads(file.read(int.from_bytes(file.read(8), "little")))


def read_piece(path: Path) -> Iterator[pa.Table]:
    """The rows of each table of a piece, in the order in which they were given."""
    with path.open("rb") as file:
        file.seek(int.from_bytes(file.read(8), "little"), 1)
        end = path.stat().st_size
        while file.tell() < end:
            yield pa.ipc.open_stream(file).read_all()
