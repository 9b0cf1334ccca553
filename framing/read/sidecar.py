"""A table beside the files: metadata.csv or metadata.tsv with a column ``file``, or ``url``.

With ``file`` a row speaks of that file; with ``url`` alone, of the page with that address,
be it a saved page or one in a web archive: so a list of addresses joins the pages fetched.

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
    """Rows by file name, or by address; ``used`` collects those that were met."""

    name: str = ""
    rows: dict[str, dict[str, str]] = field(default_factory=dict)
    by_url: bool = False
    used: set[str] = field(default_factory=set)

    def apply(self, file: str, raw: RawArticle) -> RawArticle:
        """``raw`` with what the table says of ``file``, or of the page's address."""
        key = address_key(raw.url) if self.by_url else file
        row = self.rows.get(key)
        if row is None:
            return raw
        self.used.add(key)
        known = {name: row[name] for name in _FIELDS if row.get(name)}
        own = tuple((name, value) for name, value in row.items() if name not in _FIELDS and value)
        if self.by_url:  # an index's wording of the headline is not the one over the text
            known = {k: v for k, v in known.items() if k != "url" and not (k == "title" and raw.title)}
        if "title" in known:
            known["source"] = columns.with_title(known["title"], raw.source) if not raw.title else raw.source
        inferred = tuple(name for name in raw.inferred if name not in known)
        return replace(raw, **known, inferred=inferred, extra=(*raw.extra, *own))  # type: ignore[arg-type]

    def unused(self) -> list[str]:
        """Files or addresses that the table names and the folder lacks."""
        return [name for name in self.rows if name not in self.used]


def address_key(url: str) -> str:
    """An address for comparing: scheme, "www.", a slash at the end and what follows "#" do not count.

    >>> address_key("https://www.a.example/x/#top") == address_key("http://a.example/x")
    True
    """
    bare = url.strip().partition("#")[0].partition("://")[2].removeprefix("www.").rstrip("/")
    host, slash, path = bare.partition("/")
    return host.casefold() + slash + path


def load(folder: Path) -> Sidecar:
    """The sidecar of ``folder``, empty where there is none.

    Raises FramingError where it has no column that names files or addresses.
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
    by_url = file_column is None and "url" in keys
    if file_column is None and not by_url:
        raise FramingError(
            f"{path} has no column `file`; expected one that names each file below {path.parent}, or a column"
            f" `url` with the addresses of the pages; found: {', '.join(header)}"
        )
    try:
        found = columns.layout([name for name in header if name != file_column], {}, need_text=False)
    except Unreadable as error:
        raise FramingError(f"{path}: {error.reason}; {error.expected}") from error
    sidecar = Sidecar(path.name, by_url=by_url)
    for row in rows:
        if by_url:
            key = address_key(row.get(keys["url"], ""))
        else:
            key = row.get(file_column or "", "").strip().replace("\\", "/").removeprefix("./")
        if key:
            sidecar.rows[key] = _fields(row, found)
    return sidecar


def _fields(row: dict[str, str], found: columns.Layout) -> dict[str, str]:
    fields = {name: row.get(column, "").strip() for name, column in found.columns.items() if name != "text"}
    if fields.get("published"):
        fields["published"] = columns.iso_date(fields["published"], found.day_first)
    if fields.get("language"):
        fields["language"] = columns.language(fields["language"])
    return fields | {name: row.get(name, "").strip() for name in found.others}
