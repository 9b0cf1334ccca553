"""The sheet that a coder fills in: CSV or XLSX, without outlet and without the measure's answer."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from framing.article import FramingError
from framing.disk import replacing
from framing.export import neutralised
from framing.sample.draw import Item

COLUMNS = ("item", "before", "sentence", "after", "label", "note")
YES, NO = frozenset({"1", "yes", "y", "true"}), frozenset({"0", "no", "n", "false"})
CANNOT_TELL = frozenset({"", "?", "na", "n/a"})


def write_sheet(path: Path | str, items: Sequence[Item], texts: Sequence[tuple[str, str, str]]) -> None:
    """Write the sample with an empty column for the labels.

    Raises FramingError where the name ends neither in .csv nor in .xlsx.
    """
    path = Path(path)
    rows = [[i.item, before, sentence, after, "", ""] for i, (before, sentence, after) in
            zip(items, texts, strict=True)]  # fmt: skip
    if path.suffix.lower() == ".csv":
        buffer = io.StringIO()
        writer = csv.writer(buffer, lineterminator="\r\n")
        writer.writerow(COLUMNS)
        writer.writerows([[neutralised(cell) for cell in row] for row in rows])
        data = buffer.getvalue().encode("utf-8-sig", "replace")
    elif path.suffix.lower() == ".xlsx":
        data = _workbook(rows)
    else:
        raise FramingError(f"{path}: a sheet is written as .csv or .xlsx; name it so")
    with replacing(path) as temporary:
        temporary.write_bytes(data)


def _workbook(rows: list[list[str]]) -> bytes:
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("sample")
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        sheet.set_column(1, 3, 50, wrapped)
        sheet.freeze_panes(1, 0)
        for y, row in enumerate([list(COLUMNS), *rows]):
            for x, cell in enumerate(row):
                sheet.write_string(y, x, cell)
    return buffer.getvalue()


def read_sheet(path: Path | str) -> dict[str, float | None]:
    """The label of each item: 1 and 0 for yes and no, a number as it is, None for "cannot tell".

    Raises FramingError where the sheet cannot be read, has no items or labels, an item
    twice, or a label that is neither yes, no nor a number.
    """
    path = Path(path)
    rows = _cells(path)
    header = [str(cell).strip().lower() for cell in rows[0]] if rows else []
    missing = [name for name in ("item", "label") if name not in header]
    if missing:
        raise FramingError(
            f"{path} has no column {', '.join(missing)}; a sheet of `framing sample` has"
            f" {', '.join(COLUMNS)} in its first line"
        )
    item_at, label_at = header.index("item"), header.index("label")
    labels: dict[str, float | None] = {}
    for line, row in enumerate(rows[1:], start=2):
        item, text = (str(row[at]).strip() if at < len(row) else "" for at in (item_at, label_at))
        if not item:
            continue
        if item in labels:
            raise FramingError(f"{path}, line {line}: the item {item} stands twice; keep one of the two")
        labels[item] = _label(text, path, line)
    if not any(value is not None for value in labels.values()):
        raise FramingError(f"{path} holds no label; write 1 (yes) or 0 (no) into the column label")
    return labels


def _label(text: str, path: Path, line: int) -> float | None:
    lower = text.lower()
    if lower in CANNOT_TELL:
        return None
    if lower in YES or lower in NO:
        return float(lower in YES)
    try:
        return float(text.replace(",", "."))
    except ValueError:
        raise FramingError(
            f"{path}, line {line}: the label {text!r}; expected 1 or yes, 0 or no, a number on a scale,"
            " or nothing where it cannot be told"
        ) from None


def _cells(path: Path) -> list[list[str]]:
    if not path.is_file():
        raise FramingError(
            f"{path} is not there; name a sheet that `framing sample` wrote and a coder filled in"
        )
    if path.suffix.lower() == ".xlsx":
        return _workbook_cells(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise FramingError(f"{path} is not UTF-8 ({error}); save it as CSV in UTF-8, or as .xlsx") from error
    # Spreadsheets of many countries write semicolons.
    comma, semicolon = (text.split("\n", 1)[0].count(mark) for mark in ",;")
    return list(csv.reader(io.StringIO(text), delimiter=";" if semicolon > comma else ","))


def _workbook_cells(path: Path) -> list[list[str]]:
    import openpyxl

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (OSError, ValueError, KeyError, openpyxl.utils.exceptions.InvalidFileException) as error:
        raise FramingError(f"{path} cannot be opened as a workbook ({error})") from error
    rows = [
        ["" if c is None else _cell(c) for c in row] for row in book.worksheets[0].iter_rows(values_only=True)
    ]
    book.close()
    return rows


def _cell(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
