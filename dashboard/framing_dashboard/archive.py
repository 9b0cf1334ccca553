"""An export as one ZIP file in memory: the same study and choices give the same bytes."""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from pathlib import Path
from typing import cast

import pandas as pd

from framing import tables
from framing.export import Format, export, without_text
from framing.study import Study

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
    stem = re.sub(r"[^A-Za-z0-9]+", "-", study).strip("-") or "study"
    return f"{stem}-{format}{'' if text else '-without-text'}.zip"


def preview(frame: pd.DataFrame, name: str, text: bool) -> pd.DataFrame:
    """The first rows of a table as the export will hold them."""
    head = frame.head(PREVIEW_ROWS)
    return head if text else without_text(head, tables.get(name))
