"""Parquet tables: one article a row, columns by name."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

from framing.read import columns
from framing.read.files import InputFile
from framing.read.records import Found, Reader, Unreadable

_BATCH_ROWS = 1_000


def _recognises(file: InputFile, mapping: Mapping[str, str]) -> bool:
    return file.head[:4] == b"PAR1"


def _read(file: InputFile, mapping: Mapping[str, str]) -> Iterator[Found]:
    import pyarrow
    import pyarrow.parquet

    try:
        table: Any = pyarrow.parquet.ParquetFile(io.BytesIO(file.data))
        header = [str(name) for name in table.schema_arrow.names]
        found = columns.layout(header, mapping)
        yield columns.told(found, mapping)
        wanted = [name for name in header if name in {*found.columns.values(), *found.others}]
        if date_column := found.columns.get("published"):
            dates = (
                {date_column: _cell(value)}
                for batch in table.iter_batches(_BATCH_ROWS, columns=[date_column])
                for value in batch.column(0).to_pylist()
            )
            found = columns.settle_dates(found, dates)
        index = 0
        for batch in table.iter_batches(_BATCH_ROWS, columns=wanted):
            for record in batch.to_pylist():
                yield columns.article({name: _cell(value) for name, value in record.items()}, found, index)
                index += 1
    except (pyarrow.ArrowException, OSError, ValueError, MemoryError) as error:
        raise Unreadable("the Parquet file cannot be read", "a Parquet table", str(error)[:120]) from error


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(str(v) for v in value)
    return str(value.isoformat()) if hasattr(value, "isoformat") else str(value)


READER = Reader("parquet", _recognises, _read)
