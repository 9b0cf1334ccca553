"""What files hold, before anything is analysed: format, number of articles, which column is which field."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from framing.clean import RawArticle
from framing.read import columns, delimited, files, formats, isolation, workbook
from framing.read.records import Rejected, Unreadable
from framing.read.sidecar import load

SHOWN = 3  # articles of a file that are shown, enough to see that columns are what they were taken for
_START = 200  # characters of the text
_SAMPLE = 200_000  # characters of a table that its header is looked for in


def look_into(paths: Sequence[Path], mapping: Mapping[str, str]) -> list[dict[str, Any]]:
    """One row a file: name, format, articles, rejected (a reason each), columns, fields, first articles.

    ``columns`` is empty where the file is no table; ``fields`` says which column is taken
    for which field under ``mapping``.
    """
    rows = []
    for path in paths:
        beside = load(path.parent).rows.get(path.name, {})
        row: dict[str, Any] = {"name": path.name, "format": "", "articles": 0, "rejected": [], "first": []}
        for _, parsed in isolation.parsed(files.walk(path), mapping):
            if parsed is None:
                continue
            row["format"] = row["format"] or parsed.source_format
            found = parsed.found
            if isinstance(found, RawArticle):
                row["articles"] += 1
                if len(row["first"]) < SHOWN:
                    row["first"].append(_shown(found, beside))
            elif isinstance(found, Rejected) and len(row["rejected"]) < SHOWN:
                row["rejected"].append(" · ".join(filter(None, (found.reason, found.expected, found.found))))
        header = _header(path)
        rows.append(row | {"columns": header, "fields": _fields(header, mapping)})
    return rows


def _shown(raw: RawArticle, beside: Mapping[str, str]) -> dict[str, str]:
    return {
        "outlet": beside.get("outlet") or raw.outlet,
        "title": beside.get("title") or raw.title,
        "published": beside.get("published") or raw.published,
        "text": " ".join(raw.source[:_START].split()),
    }


def _fields(header: list[str], mapping: Mapping[str, str]) -> dict[str, str]:
    try:
        return dict(columns.layout(header, mapping, need_text=False).columns)
    except Unreadable:
        return {}


def _header(path: Path) -> list[str]:
    """The columns of a table; empty where the file is none, or none that can be read."""
    file = files.open_file(path, path.name, "")
    if isinstance(file, files.Skipped):
        return []
    try:
        kind = formats.recognise(file, {}).format
        names = _HEADERS[kind](file) if kind in _HEADERS else []
    except Exception:  # whatever a hostile file brings a library to raise; reading it says what is wrong
        return []
    return [name for name in names if name][: columns.MAX_COLUMNS]


def _of_csv(file: files.InputFile) -> list[str]:
    return delimited.read_rows(file.decoded.text[:_SAMPLE], limit=1)[0]


def _of_json(file: files.InputFile) -> list[str]:
    first = json.loads(file.decoded.text.lstrip("\ufeff \r\n").partition("\n")[0])
    return [str(name) for name in first] if isinstance(first, dict) else []


def _of_xlsx(file: files.InputFile) -> list[str]:
    import openpyxl

    workbook.check_package(file.data)
    book = openpyxl.load_workbook(io.BytesIO(file.data), read_only=True, data_only=True, keep_links=False)
    headers = []
    for sheet in book.worksheets:
        sheet.reset_dimensions()
        cells = next((row for row in islice(sheet.iter_rows(values_only=True), 20) if any(row)), ())
        headers.append(["" if cell is None else str(cell).strip() for cell in cells])
    known = (header for header in headers if columns.knows_text(header, {}))
    return next(known, headers[0] if headers else [])


def _of_parquet(file: files.InputFile) -> list[str]:
    import pyarrow.parquet

    return [str(name) for name in pyarrow.parquet.read_schema(io.BytesIO(file.data)).names]


_HEADERS: Mapping[str, Callable[[files.InputFile], list[str]]] = {
    "csv": _of_csv, "json": _of_json, "xlsx": _of_xlsx, "parquet": _of_parquet,
}  # fmt: skip
