"""What readers take along: the export as one ZIP file, the rows of a page as CSV. Both made in memory.

The same study and choices give the same bytes.
"""

from __future__ import annotations

import csv
import io
import re
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import pandas as pd

from framing import tables
from framing.export import Format, export, neutralised, without_text
from framing.study import Study
from framing_dashboard.safe import Cell, Column

PREVIEW_ROWS = 20
_DATE = (1980, 1, 1, 0, 0, 0)  # the format's first: an archive must not depend on the clock


def build(study: Study, format: str, text: bool) -> bytes:
    """The bytes of the archive. Raises FramingError where the format cannot hold the study."""
    buffer = io.BytesIO()
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(buffer, "w") as archive:
        for file in export(study, Path(folder), format=cast(Format, format), text=text):
            info = zipfile.ZipInfo(f"framing-export/{file.name}", _DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, (Path(folder) / file.name).read_bytes())
    return buffer.getvalue()


def file_name(study: str, format: str, text: bool) -> str:
    """A name for the download, made of safe characters only.

    >>> file_name("my study/é", "csv", False)
    'my-study-csv-without-text.zip'
    """
    return f"{_stem(study)}-{format}{'' if text else '-without-text'}.zip"


def csv_name(study: str, what: str) -> str:
    """A name for the rows of a page.

    >>> csv_name("my study/é", "names")
    'my-study-names.csv'
    """
    return f"{_stem(study)}-{what}.csv"


def report_name(study: str) -> str:
    """A name for the report.

    >>> report_name("my study/é")
    'my-study-report.html'
    """
    return f"{_stem(study)}-report.html"


def _stem(study: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "-", study).strip("-") or "study"


def page_csv(rows: Sequence[Mapping[str, Any]], columns: Sequence[Column]) -> bytes:
    """The rows of a table as a page shows it: its headings, full numbers, no cell that runs as a formula.

    >>> page_csv([{"a": Cell("=1+1", "/x"), "b": 0.123456}], [Column("a", "Name"), Column("b", "Value")])
    b"Name,Value\\r\\n'=1+1,0.123456\\r\\n"
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([neutralised(c.label) for c in columns])
    for row in rows:
        writer.writerow([_plain(row.get(c.key)) for c in columns])
    return buffer.getvalue().encode("utf-8", "replace")


def _plain(value: Any) -> str:
    if isinstance(value, Cell):
        value = value.text if value.value is None else value.value
    if value is None or value != value:
        return ""
    return neutralised(value) if isinstance(value, str) else str(value)


def preview(frame: pd.DataFrame, name: str, text: bool) -> pd.DataFrame:
    """The first rows of a table as the export will hold them."""
    head = frame.head(PREVIEW_ROWS)
    return head if text else without_text(head, tables.get(name))
