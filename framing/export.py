"""Every table of a study as files that a reviewer can open, with codebook and provenance.

Two exports of one study give the same bytes: nothing in them depends on the clock,
the machine or the path of the study.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

import pandas as pd

from framing import tables
from framing.article import FramingError
from framing.disk import replacing
from framing.methods import methods_text
from framing.provenance import provenance
from framing.study import Study

Format = Literal["csv", "parquet", "xlsx"]
FORMATS: tuple[Format, ...] = get_args(Format)

# A cell that begins so is run as a formula by spreadsheets (OWASP, "CSV Injection");
# full-width forms are folded to these by some of them.
_FORMULA_START = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

XLSX_MAX_ROWS = 1_048_576  # limits of the format, the header included
XLSX_MAX_CELL = 32_767


@dataclass(frozen=True, slots=True)
class Exported:
    """One file of an export."""

    name: str
    rows: int | None
    size: int


def export(
    study: Study,
    out: Path | str,
    *,
    format: Format = "csv",
    text: bool = True,
    verbatim: bool = False,
) -> list[Exported]:
    """Write every table of ``study`` into the folder ``out`` with its codebook.

    ``text=False`` empties all columns that hold article text, so that the files may
    be shared. ``verbatim`` leaves text cells that a spreadsheet would run as a formula
    (CSV only; Parquet is always verbatim, XLSX cells are always strings).

    Raises FramingError for an unknown format, and where ``out`` is the study itself or a file.
    """
    out = Path(out)
    if format not in FORMATS:
        raise FramingError(f"unknown format {format!r}; choose one of {', '.join(FORMATS)}")
    if out.exists() and not out.is_dir():
        raise FramingError(f"{out} is a file; name a folder to write the tables into")
    if out.resolve() == study.path.resolve():
        raise FramingError(f"{out} is the study itself; name another folder")
    written, resources = [], []
    for table in tables.TABLES:
        frame = without_text(study.table(table.name), table) if not text else study.table(table.name)
        data = encode(frame, table, format, verbatim=verbatim)
        name = f"{table.name}.{format}"
        _write(out / name, data)
        written.append(Exported(name, len(frame), len(data)))
        resources.append(_resource(table, name, format, data))
    codebook = _csv_bytes(codebook_frame(), verbatim=True)
    about = provenance(study, {"format": format, "text": text, "verbatim": verbatim})
    others = {
        "codebook.csv": codebook,
        "datapackage.json": _json_bytes(_datapackage(resources, about["framing"])),
        "provenance.json": _json_bytes(about),
        "methods.md": methods_text(study).encode("utf-8"),
    }
    for name, data in others.items():
        _write(out / name, data)
        written.append(Exported(name, None, len(data)))
    return written


def encode(frame: pd.DataFrame, table: tables.Table, format: Format, *, verbatim: bool = False) -> bytes:
    """One table as the bytes of a file in ``format``."""
    if format == "parquet":
        buffer = io.BytesIO()
        frame.to_parquet(buffer, compression="zstd", index=False)
        return buffer.getvalue()
    if format == "xlsx":
        return _xlsx_bytes(frame, table)
    return _csv_bytes(frame, verbatim=verbatim)


def without_text(frame: pd.DataFrame, table: tables.Table) -> pd.DataFrame:
    """The frame with every column of article text emptied; ids, offsets and numbers stay."""
    emptied = {c.name: pd.Series(pd.NA, index=frame.index, dtype="string") for c in table.columns if c.text}
    return frame.assign(**emptied)


def codebook_frame(of: Iterable[tables.Table] = tables.TABLES) -> pd.DataFrame:
    """One row a column of every table: table, column, type, unit, description, source."""
    return pd.DataFrame(
        [
            {
                "table": table.name,
                "column": column.name,
                "type": column.type,
                "unit": column.unit,
                "description": column.description,
                "source": column.source,
            }
            for table in of
            for column in table.columns
        ]
    )


def neutralised(text: str) -> str:
    """``text`` with an apostrophe before it where a spreadsheet would run it as a formula.

    >>> neutralised("=1+1"), neutralised("Kim said")
    ("'=1+1", 'Kim said')
    """
    return "'" + text if text.startswith(_FORMULA_START) else text


def _cells(frame: pd.DataFrame) -> Iterator[list[Any]]:
    """Rows with None for missing and Python numbers; the decimals that survive a round trip."""
    columns = [frame[name].astype(object).where(frame[name].notna(), None) for name in frame.columns]
    for row in zip(*columns, strict=True):
        yield list(row)


def _csv_bytes(frame: pd.DataFrame, *, verbatim: bool) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")  # RFC 4180
    writer.writerow(frame.columns)
    for row in _cells(frame):
        writer.writerow([_csv_cell(value, verbatim) for value in row])
    return buffer.getvalue().encode("utf-8", "replace")


def _csv_cell(value: Any, verbatim: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value if verbatim else neutralised(value)
    return repr(value) if isinstance(value, float) else str(value)


def _xlsx_bytes(frame: pd.DataFrame, table: tables.Table) -> bytes:
    import datetime

    import xlsxwriter

    if len(frame) >= XLSX_MAX_ROWS:
        raise FramingError(
            f"{table.name} has {len(frame)} rows, an XLSX sheet holds {XLSX_MAX_ROWS - 1};"
            " export CSV or Parquet"
        )
    buffer = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, {"in_memory": True, **options}) as book:
        # The format demands a date of creation; a fixed one keeps two exports alike.
        book.set_properties({"created": datetime.datetime(2000, 1, 1)})
        sheet = book.add_worksheet(table.name[:31])
        sheet.freeze_panes(1, 0)
        for x, name in enumerate(frame.columns):
            sheet.write_string(0, x, name)
        for y, row in enumerate(_cells(frame), start=1):
            for x, value in enumerate(row):
                _xlsx_cell(sheet, y, x, value, table)
    return buffer.getvalue()


def _xlsx_cell(sheet: Any, y: int, x: int, value: Any, table: tables.Table) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(y, x, value)
    elif isinstance(value, str):
        if len(value) > XLSX_MAX_CELL:
            raise FramingError(
                f"{table.name}, row {y}: {len(value)} characters, an XLSX cell holds {XLSX_MAX_CELL};"
                " export CSV or Parquet, or use --no-text"
            )
        sheet.write_string(y, x, value)
    else:
        sheet.write_number(y, x, value)


def _resource(table: tables.Table, name: str, format: Format, data: bytes) -> dict[str, Any]:
    media = {
        "csv": "text/csv",
        "parquet": "application/vnd.apache.parquet",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }
    resource: dict[str, Any] = {
        "name": table.name,
        "path": name,
        "type": "table",
        "description": table.description,
        "format": format,
        "mediatype": media[format],
        "bytes": len(data),
        "hash": "sha256:" + hashlib.sha256(data).hexdigest(),
        "schema": {
            "fields": [
                {
                    "name": c.name,
                    # A published date may lack the day or carry a time, so it travels as text.
                    "type": "string" if c.type == "date" else c.type,
                    "description": f"{c.description} [{c.unit}]" if c.unit else c.description,
                }
                for c in table.columns
            ],
            "missingValues": [""],
        },
    }
    if format == "csv":
        resource["encoding"] = "utf-8"
        resource["dialect"] = {"lineTerminator": "\r\n"}
    return resource


def _datapackage(resources: list[dict[str, Any]], version: str) -> dict[str, Any]:
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "framing-export",
        "title": "Framing comparison of news articles",
        "version": version,
        "resources": resources,
    }


def _json_bytes(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8")


def _write(path: Path, data: bytes) -> None:
    with replacing(path) as temporary:
        temporary.write_bytes(data)
