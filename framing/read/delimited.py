"""Tables in CSV or TSV: one article a row, columns by name."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator, Mapping
from itertools import islice

from framing.read import columns
from framing.read.files import InputFile
from framing.read.records import Found, Reader, Rejected, Unreadable

_DELIMITERS = (",", ";", "\t", "|")
_SNIFF_CHARS = 20_000

csv.field_size_limit(min(sys.maxsize, 2**31 - 1))  # articles are longer than the module's 128 kB


def _opened(text: str) -> str:
    """``text`` without the "sep=;" line that Excel writes, and without NULs."""
    text = text.replace("\0", "")
    return text.split("\n", 1)[1] if text[:4].lower() == "sep=" and "\n" in text[:10] else text


def _delimiter(text: str) -> str:
    head = text[:_SNIFF_CHARS].lstrip("\ufeff\r\n ").split("\n", 1)[0]
    return max(_DELIMITERS, key=head.count)


def _header(text: str) -> list[str]:
    sample = text[:_SNIFF_CHARS]
    try:
        return next(
            (row for row in csv.reader(io.StringIO(sample), delimiter=_delimiter(sample)) if any(row)), []
        )
    except csv.Error:
        return []


def _recognises(file: InputFile, mapping: Mapping[str, str]) -> bool:
    sample = _opened(file.decoded.text[: 2 * _SNIFF_CHARS])
    header = _header(sample)
    if len(header) < 2:
        return False
    if columns.knows_text(header, mapping):
        return max(map(len, header)) <= 60  # a first line of prose has longer cells
    return file.path.name.lower().removesuffix(".gz").endswith((".csv", ".tsv"))


def _read(file: InputFile, mapping: Mapping[str, str]) -> Iterator[Found]:
    text = _opened(file.decoded.text)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        header = next(row for row in rows if any(row))
    except (StopIteration, csv.Error) as error:
        raise Unreadable("no header line", "names of columns in the first line", str(error)) from error
    header = [name.strip().lstrip("\ufeff") for name in header]
    found = columns.layout(header, mapping)
    yield columns.told(found, mapping)
    records, bad = _records(rows, header)
    found = columns.settle_dates(found, records.values())
    yield from bad
    for index, row in records.items():
        yield columns.article(row, found, index)


def _records(
    rows: Iterator[list[str]], header: list[str]
) -> tuple[dict[int, dict[str, str]], list[Rejected]]:
    records: dict[int, dict[str, str]] = {}
    bad: list[Rejected] = []
    index = -1
    opened_at = 0
    try:
        for index, row in enumerate(rows):
            opened_at = index + 1
            if not any(cell.strip() for cell in row):
                continue
            missing = len(header) - len(row)
            if (missing < 0 and any(cell.strip() for cell in row[missing:])) or missing > 0:
                bad.append(
                    Rejected("the row has another number of cells than the header", f"{len(header)} cells",
                             f"{len(row)} cells", index)
                )  # fmt: skip
                continue
            records[index] = dict(zip(header, row, strict=False))
    except csv.Error as error:
        reason = (
            f"a quotation mark that opens in row {opened_at + 1} is never closed, or stands alone ({error})"
        )
        if not records:
            raise Unreadable(reason, "closed quotation marks") from error
        bad.append(Rejected(reason, "closed quotation marks", "the rest of the file was not read", opened_at))
    return records, bad


READER = Reader("csv", _recognises, _read)


def read_rows(text: str, *, limit: int) -> tuple[list[str], list[dict[str, str]]]:
    """(header, rows) of a small table such as a sidecar; at most ``limit`` rows."""
    text = _opened(text)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=_delimiter(text), restval="")
    header = [name.strip() for name in reader.fieldnames or []]
    rows = [
        {
            name.strip(): value
            for name, value in row.items()
            if isinstance(name, str) and isinstance(value, str)
        }
        for row in islice(reader, limit)
    ]
    return header, rows
