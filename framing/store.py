"""Annotated articles as Parquet rows and back: nothing of the parse is lost, nothing is parsed twice."""

from __future__ import annotations

import functools
import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import accumulate, islice, pairwise
from operator import attrgetter
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from framing.annotation import AnnotatedArticle, Entity, Quotation, Token, VoiceSpan
from framing.article import Article, Paragraph, Span
from framing.disk import replacing

Ints = NDArray[np.int64]

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
# As Parquet names what is in the lists; lemmas and tags are read as numbers with what they stand for.
_CODED, _NUMBERS = (
    [f"{name}.list.element" for name, of in zip(SCHEMA.names, SCHEMA.types, strict=True) if of == kind]
    for kind in (_STRING_LIST, _INT_LIST)
)

# Articles that are read together and decoded at once: some 10 MB. Fewer would make the files larger, and
# with more the articles of one event could not be taken out of many parts at the cost of little else.
GROUP_ARTICLES = 32
_HELD_BYTES = 2**26  # of annotation that may be asked for again: some 1,400 articles
_APART = ("id", "text", "source")  # of an article, in columns of their own
_FIELDS = {
    of: tuple(f.name for f in fields(of) if of is not Article or f.name not in _APART)
    for of in (Article, Paragraph, Quotation)
}


def write(
    path: Path, annotated: Sequence[AnnotatedArticle], *, last: Callable[[], None] = lambda: None
) -> None:
    """Write articles to one Parquet file, whole or not at all; ``last`` may raise to keep it out."""
    table = _table(annotated)
    with replacing(path) as temporary:
        pq.write_table(
            table,
            temporary,
            compression="zstd",
            row_group_size=GROUP_ARTICLES,
            use_dictionary=_CODED,
            column_encoding=dict.fromkeys(_NUMBERS, "DELTA_BINARY_PACKED"),
            write_statistics=False,
        )
        last()


def read(path: Path, article_ids: Collection[str] | None = None) -> Iterator[AnnotatedArticle]:
    """The articles of one Parquet file, or those named, in the order in which they were written."""
    same: dict[str, str] = {}  # each lemma and tag once in memory, however many tokens have it
    for table in _whole(path) if article_ids is None else _some(path, frozenset(article_ids)):
        for batch in table.to_batches(GROUP_ARTICLES):
            yield from map(_annotated, *(_lists(batch[name], same) for name in SCHEMA.names))


def _whole(path: Path) -> Iterator[pa.Table]:
    with pq.ParquetFile(path, read_dictionary=_CODED) as file:
        for n in range(file.num_row_groups):
            yield file.read_row_group(n, use_threads=False)


def _some(path: Path, article_ids: frozenset[str]) -> Iterator[pa.Table]:
    written = path.stat().st_mtime_ns
    for n, ids in enumerate(_ids_of_groups(path, written)):
        rows = [row for row, article_id in enumerate(ids) if article_id in article_ids]
        if rows:
            yield _GROUPS.table(path, written, n).take(rows)


@functools.lru_cache(maxsize=1_000)
def _ids_of_groups(path: Path, written: int) -> tuple[tuple[str, ...], ...]:
    """The articles of each group of a file."""
    with pq.ParquetFile(path) as file:
        ids = iter(file.read(columns=["article_id"], use_threads=False)["article_id"].to_pylist())
        sizes = [file.metadata.row_group(n).num_rows for n in range(file.num_row_groups)]
    return tuple(tuple(islice(ids, size)) for size in sizes)


class _Groups:
    """The groups of articles that were read last, as Arrow holds them.

    The articles of an event are spread over many groups, and those of the next event over the same.
    """

    def __init__(self) -> None:
        self._held: OrderedDict[tuple[Path, int, int], pa.Table] = OrderedDict()
        self._lock = threading.Lock()

    def table(self, path: Path, written: int, n: int) -> pa.Table:
        """Group ``n`` of a file that was ``written`` then."""
        key = (path, written, n)
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
            else:
                with pq.ParquetFile(path, read_dictionary=_CODED) as file:
                    self._held[key] = file.read_row_group(n, use_threads=False)
                while len(self._held) > 1 and sum(t.nbytes for t in self._held.values()) > _HELD_BYTES:
                    self._held.popitem(last=False)
            return self._held[key]


_GROUPS = _Groups()


def _lists(column: pa.Array, same: dict[str, str]) -> list[Any]:
    """A column's cells; those of a list column in a third of the time that ``to_pylist`` takes."""
    if not pa.types.is_list(column.type):
        cells: list[Any] = column.to_pylist()
        return cells
    values: list[Any]
    if pa.types.is_dictionary(column.type.value_type):
        names = [same.setdefault(name, name) for name in column.values.dictionary.to_pylist()]
        values = [names[n] for n in column.values.indices.to_numpy().tolist()]
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
    _found: Mapping[str, Any]

    @property
    def entities(self) -> tuple[Entity, ...]:
        """The names."""
        return _entities(self._found)

    @property
    def quoted(self) -> tuple[Span, ...]:
        """The words inside quotation marks."""
        return tuple(Span(**s) for q in self._found["quotations"] for s in q["quoted"])


def read_outlines(path: Path) -> Iterator[Outline]:
    """The articles of one Parquet file, in a tenth of the time of :func:`read`."""
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(GROUP_ARTICLES, columns=["article_id", "text", "article", "found"]):
            for row in batch.to_pylist():
                article = json.loads(row["article"])
                yield Outline(
                    row["article_id"],
                    article["outlet"],
                    article["title"],
                    article["published"],
                    row["text"],
                    json.loads(row["found"]),
                )


def read_columns(path: Path, columns: Sequence[str]) -> list[dict[str, Any]]:
    """Some columns of one file (``article_id``, ``text``, ``source``), without the annotation."""
    rows: list[dict[str, Any]] = pq.read_table(path, columns=list(columns)).to_pylist()
    return rows


def _table(annotated: Sequence[AnnotatedArticle]) -> pa.Table:
    tokens = [token for a in annotated for token in a.tokens]
    sentences = [span for a in annotated for span in a.sentences]
    ends = _ends(len(a.tokens) for a in annotated)
    ends_of_sentences = _ends(len(a.sentences) for a in annotated)
    columns: list[pa.Array] = [
        pa.array([getattr(a.article, name) for a in annotated], pa.string()) for name in _APART
    ]
    columns.append(pa.array([_dumps(a.article) for a in annotated], pa.string()))
    for name, kind in _TOKEN_COLUMNS:
        values = pa.array(list(map(attrgetter(name), tokens)), kind.value_type)
        columns.append(pa.ListArray.from_arrays(ends, values))
    for name in ("start", "end"):
        values = pa.array(list(map(attrgetter(name), sentences)), pa.int32())
        columns.append(pa.ListArray.from_arrays(ends_of_sentences, values))
    columns.append(pa.array(map(_found, annotated), pa.string()))
    return pa.Table.from_arrays(columns, schema=SCHEMA)


def _ends(lengths: Iterable[int]) -> pa.Array:
    """Where lists of these lengths, one after another, begin and end."""
    return pa.array(accumulate(lengths, initial=0), pa.int32())


def _found(annotated: AnnotatedArticle) -> str:
    return _dumps(
        {
            "entities": [[e.span.start, e.span.end, e.label] for e in annotated.entities],
            "quotations": annotated.quotations,
            "voices": [[v.span.start, v.span.end, v.voice, v.quotation] for v in annotated.voices],
        }
    )


def _annotated(
    article_id: str,
    text: str,
    source: str,
    article: str,
    starts: Sequence[int],
    ends: Sequence[int],
    *read: Any,
) -> AnnotatedArticle:
    """An article from its cells, in the order of :data:`SCHEMA`."""
    *of_tokens, sentence_starts, sentence_ends, noted = read
    found = json.loads(noted)
    words = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    return AnnotatedArticle(
        article=_article(article_id, text, source, json.loads(article)),
        tokens=tuple(map(Token, starts, ends, words, *of_tokens)),
        sentences=tuple(map(Span, sentence_starts, sentence_ends)),
        entities=_entities(found),
        quotations=tuple(map(_quotation, found["quotations"])),
        voices=tuple(VoiceSpan(Span(s, e), voice, q) for s, e, voice, q in found["voices"]),
    )


def _entities(found: Mapping[str, Any]) -> tuple[Entity, ...]:
    return tuple(Entity(Span(start, end), label) for start, end, label in found["entities"])


def _article(article_id: str, text: str, source: str, values: dict[str, Any]) -> Article:
    values["paragraphs"] = tuple(
        Paragraph(p["n"], p["role"], Span(**p["source"]), _span(p["span"]), p["reason"])
        for p in values["paragraphs"]
    )
    for name in ("pieces", "extra"):
        values[name] = tuple(map(tuple, values[name]))
    for name in ("inferred", "warnings"):
        values[name] = tuple(values[name])
    return Article(id=article_id, text=text, source=source, **values)


def _quotation(values: dict[str, Any]) -> Quotation:
    values["span"] = Span(**values["span"])
    values["quoted"] = tuple(Span(**s) for s in values["quoted"])
    for name in ("speaker_span", "cue_span"):
        values[name] = _span(values[name])
    return Quotation(**values)


def _as_data(record: Article | Paragraph | Quotation | Span) -> dict[str, Any]:
    """A record as data for JSON; a tenth of the time that ``dataclasses.asdict`` takes."""
    if isinstance(record, Span):  # most of them
        return {"start": record.start, "end": record.end}
    return {name: getattr(record, name) for name in _FIELDS[type(record)]}


def _span(values: Mapping[str, int] | None) -> Span | None:
    return None if values is None else Span(**values)


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_as_data)
