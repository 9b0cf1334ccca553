"""Tables as Parquet files, larger than memory, and the pieces that they are put together from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from framing import tables
from framing.disk import replacing
from framing.tables import Table, get

Ints = NDArray[np.int64]

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


def _coded(column: pa.ChunkedArray) -> tuple[Ints, list[str]]:
    """Each row's number and what the numbers stand for."""
    coded = column.unify_dictionaries().combine_chunks()
    return coded.indices.to_numpy().astype(np.int64), coded.dictionary.to_pylist()


def write_rows(path: Path, table: Table, rows: tables.Rows | pd.DataFrame) -> None:
    """Replace the table at ``path``."""
    with replacing(path) as temporary:
        made = table.arrow(rows)
        pq.write_table(made, temporary, row_group_size=GROUP_ROWS, **_written(made.schema))


def _written(schema: pa.Schema) -> dict[str, Any]:
    """How a table is written: with the bounds of what its rows are looked up by, group by group."""
    looked_up = [name for name in ("event_id", "article_id") if name in schema.names]
    return {"compression": "zstd", "write_statistics": looked_up}


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


def typed(name: str, rows: list[Any]) -> pa.Table:
    """Rows of a table over all articles, of one that holds corrected rows, or of :data:`WORD_COUNTS`."""
    if name == WORD_COUNTS:
        return pa.Table.from_pylist(rows, _WORD_COUNTS)
    return get(name.rpartition(".")[2]).arrow(rows)


@contextmanager
def writing(path: Path, name: str) -> Iterator[Rows]:
    """Replace the table at ``path`` (see :func:`typed`); it is in place when the block is done."""
    schema = typed(name, []).schema
    with replacing(path) as temporary, pq.ParquetWriter(temporary, schema, **_written(schema)) as out:
        rows = Rows(out)
        yield rows
        rows.flush()


def write_piece(path: Path, made: Sequence[pa.Table], note: Any) -> None:
    """Rows of several tables and a note (JSON) in one file, whole or not at all."""
    options = pa.ipc.IpcWriteOptions(compression="lz4")  # a piece is soon read again and then goes
    noted = json.dumps(note, ensure_ascii=False).encode("utf-8", "surrogatepass")
    with replacing(path) as temporary, pa.OSFile(str(temporary), "wb") as out:
        out.write(len(noted).to_bytes(8, "little") + noted)
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
