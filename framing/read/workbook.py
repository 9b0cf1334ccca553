"""Excel workbooks: the first sheet with a header that names a text, one article a row."""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

from framing.read import columns
from framing.read.files import InputFile
from framing.read.records import Found, Reader, Unreadable

MAX_MEMBER_BYTES = 100 * 2**20
MAX_RATIO = 200  # text packs 5 to 20 times; what swells more is made to
_CHUNK = 2**20
_MAX_ROWS = 1_048_576  # a sheet has no more


def is_package(file: InputFile, member: str) -> bool:
    """Whether the file is a zip archive that holds ``member``."""
    if file.head[:4] != b"PK\x03\x04":
        return False
    try:
        with file.opened() as opened, zipfile.ZipFile(opened) as archive:
            return member in archive.NameToInfo
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return False


def check_package(data: bytes) -> None:
    """Raise Unreadable where unpacking would take more than the limits, or a part declares entities.

    Counts what comes out, in chunks: a directory can say anything.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for info in archive.infolist():
                _check_member(archive, info)
    except (
        zipfile.BadZipFile,
        zlib.error,
        RuntimeError,
        NotImplementedError,
        EOFError,
        OSError,
        ValueError,
    ) as error:
        raise Unreadable("the package is damaged", "a readable file", str(error)[:120]) from error


def _check_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    limit = min(MAX_MEMBER_BYTES, max(2**20, MAX_RATIO * info.compress_size))
    size = 0
    with archive.open(info) as member:
        while chunk := member.read(_CHUNK):
            if size == 0 and b"<!DOCTYPE" in chunk[:4_096].upper():
                raise Unreadable(
                    "a part of the package declares a document type", "a file as Office writes it"
                )
            size += len(chunk)
            if size > limit:
                raise Unreadable(
                    "a part of the package unpacks to far more than its size",
                    f"at most {limit >> 20} MB",
                    info.filename[:60],
                )


def _recognises(file: InputFile, mapping: Mapping[str, str]) -> bool:
    return is_package(file, "xl/workbook.xml")


def _read(file: InputFile, mapping: Mapping[str, str]) -> Iterator[Found]:
    import openpyxl

    check_package(file.data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and extensions, none of them text
            book: Any = openpyxl.load_workbook(
                io.BytesIO(file.data), read_only=True, data_only=True, keep_links=False
            )
            sheets = [_rows(sheet) for sheet in book.worksheets]
    except Exception as error:  # openpyxl raises whatever its parts raise on a damaged file
        raise Unreadable(
            "the workbook cannot be read", "an .xlsx file", f"{type(error).__name__}: {error}"[:120]
        ) from error
    tables = [(header, rows) for header, rows in sheets if header]
    if not tables:
        raise Unreadable("the workbook is empty", "names of columns in the first row", "no cells")
    header, rows = next(((h, r) for h, r in tables if columns.knows_text(h, mapping)), tables[0])
    found = columns.settle_dates(columns.layout(header, mapping), rows.values())
    yield columns.told(found, mapping)
    for index, row in rows.items():
        yield columns.article(row, found, index)


def _rows(sheet: Any) -> tuple[list[str], dict[int, dict[str, str]]]:
    """The header, and the rows below it that hold anything by their number."""
    sheet.reset_dimensions()  # the file's own word on its size is not to be relied on
    header: list[str] = []
    rows: dict[int, dict[str, str]] = {}
    index = 0
    for cells in sheet.iter_rows(max_row=_MAX_ROWS, values_only=True):
        is_empty = cells.count(None) == len(cells)
        values = [] if is_empty else [_cell(cell) for cell in cells[: columns.MAX_COLUMNS + 1]]
        if header:
            if any(values):
                rows[index] = {name: value for name, value in zip(header, values, strict=False) if name}
            index += 1
        elif any(values):
            header = [value.strip() for value in values]
    return header, rows


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return str(value.isoformat()) if hasattr(value, "isoformat") else str(value)


READER = Reader("xlsx", _recognises, _read)
