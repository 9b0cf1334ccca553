"""A table beside the files: metadata.csv or metadata.tsv with a column ``file``.

What a curator wrote there wins over what a file says of itself. Columns that are no
field of ours go along as the user's own.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from framing.article import FramingError
from framing.clean import RawArticle
from framing.read import columns, delimited
from framing.read.decode import decode
from framing.read.files import SIDECARS
from framing.read.records import Unreadable

MAX_ROWS = 1_000_000
_FILE_NAMES = ("file", "filename", "file_name", "path", "source_file")
_FIELDS = ("outlet", "title", "published", "url", "byline", "dateline", "wire_agency", "language")


@dataclass(slots=True)
class Sidecar:
    """Rows by file name; ``used`` collects the files that were met."""

    name: str = ""
    rows: dict[str, dict[str, str]] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)

    def apply(self, file: str, raw: RawArticle) -> RawArticle:
        """``raw`` with what the table says of ``file``."""
        row = self.rows.get(file)
        if row is None:
            return raw
        self.used.add(file)
        known = {name: row[name] for name in _FIELDS if row.get(name)}
        own = tuple((name, value) for name, value in row.items() if name not in _FIELDS and value)
        if "title" in known:
            known["source"] = columns.with_title(known["title"], raw.source) if not raw.title else raw.source
        inferred = tuple(name for name in raw.inferred if name not in known)
        return replace(raw, **known, inferred=inferred, extra=(*raw.extra, *own))  # type: ignore[arg-type]

    def unused(self) -> list[str]:
        """Files that the table names and the folder lacks."""
        return [name for name in self.rows if name not in self.used]


def load(folder: Path) -> Sidecar:
    """The sidecar of ``folder``, empty where there is none.

    Raises FramingError where it has no column that names the files.
    """
    for name in SIDECARS:
        path = folder / name
        if path.is_file():
            return _load(path)
    return Sidecar()


def _load(path: Path) -> Sidecar:
    header, rows = delimited.read_rows(decode(path.read_bytes()).text, limit=MAX_ROWS)
    keys = {columns.column_key(name): name for name in header}
    file_column = next((keys[name] for name in _FILE_NAMES if name in keys), None)
    if file_column is None:
        raise FramingError(
            f"{path} has no column `file`; expected one that names each file below {path.parent};"
            f" found: {', '.join(header)}"
        )
    try:
        found = columns.layout([name for name in header if name != file_column], {}, need_text=False)
    except Unreadable as error:
        raise FramingError(f"{path}: {error.reason}; {error.expected}") from error
    sidecar = Sidecar(path.name)
    for row in rows:
        file = row.get(file_column, "").strip().replace("\\", "/").removeprefix("./")
        if file:
            sidecar.rows[file] = _fields(row, found)
    return sidecar


def _fields(row: dict[str, str], found: columns.Layout) -> dict[str, str]:
    fields = {name: row.get(column, "").strip() for name, column in found.columns.items() if name != "text"}
    if fields.get("published"):
        fields["published"] = columns.iso_date(fields["published"], found.day_first)
    if fields.get("language"):
        fields["language"] = columns.language(fields["language"])
    return fields | {name: row.get(name, "").strip() for name in found.others}
