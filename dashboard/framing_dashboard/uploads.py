"""Files that a reader brings: where they lie until they are analysed, under which names, and how many."""

from __future__ import annotations

import csv
import io
import re
import shutil
import tempfile
import weakref
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from framing.article import FramingError

# Held in memory until they are saved; a larger collection is for the command line, which reads from disk.
MAX_FILE_MB = 50
MAX_TOTAL_MB = 200
MAX_FILES = 500
MAX_NAME = 120
METADATA = ("metadata.csv", "metadata.tsv")  # tables beside the files, see framing.read

_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"|?*\u202a-\u202e\u2066-\u2069]+')
_STUDY_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 _-]{0,59}")


class Given(Protocol):
    """A file as the browser sent it."""

    name: str
    size: int

    def getvalue(self) -> bytes:
        """Its content."""


class Upload:
    """A folder of files that goes when nobody holds this object any more."""

    def __init__(self, given: Sequence[Given]) -> None:
        """Save ``given``. Raises FramingError where they are too many or too large."""
        check(given)
        self.folder = Path(tempfile.mkdtemp(prefix="framing-upload-"))
        weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)
        self.names = unique(file.name for file in given)
        for name, file in zip(self.names, given, strict=True):
            (self.folder / name).write_bytes(file.getvalue())

    @property
    def inputs(self) -> list[str]:
        """The files with articles: all but a table that speaks of the others."""
        return [str(self.folder / name) for name in self.names if name not in METADATA]

    @property
    def has_metadata(self) -> bool:
        """Whether a table that speaks of the other files came along."""
        return any(name in METADATA for name in self.names)

    def describe(self, rows: Sequence[Mapping[str, str]]) -> None:
        """Write what the reader says of the files: rows with file, outlet, published, title."""
        buffer = io.StringIO(newline="")
        writer = csv.DictWriter(buffer, ("file", "outlet", "published", "title"), extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
        (self.folder / METADATA[0]).write_text(buffer.getvalue(), encoding="utf-8", newline="")


def check(given: Sequence[Given]) -> None:
    """Raise FramingError where files are too many or too large together."""
    total = sum(file.size for file in given)
    largest = max((file.size for file in given), default=0)
    if len(given) > MAX_FILES or total > MAX_TOTAL_MB * 2**20 or largest > MAX_FILE_MB * 2**20:
        raise FramingError(
            f"{len(given):,} files of {total / 2**20:,.0f} MB; at most {MAX_FILES} files of {MAX_FILE_MB} MB"
            f" each and {MAX_TOTAL_MB} MB together are taken here. Pack small files into a ZIP archive, or"
            " use `framing analyze FOLDER --study STUDY` in a terminal, which has no such limits"
        )


def unique(names: Iterable[str]) -> list[str]:
    """Names for files on disk: no folders, nothing hidden, no character that a system refuses, none twice.

    >>> unique(["../../etc/passwd", "a.txt", "A.txt", ".hidden", "b?.txt", ""])
    ['passwd', 'a.txt', 'A (2).txt', 'hidden', 'b_.txt', 'file']
    """
    found: list[str] = []
    taken: set[str] = set()
    for name in names:
        base = name.replace("\\", "/").rpartition("/")[2]
        base = _NOT_IN_NAMES.sub("_", base).strip(". ") or "file"
        stem, dot, suffix = base[-MAX_NAME:].partition(".")
        n, new = 1, f"{stem}{dot}{suffix}"
        while new.casefold() in taken:
            n += 1
            new = f"{stem} ({n}){dot}{suffix}"
        taken.add(new.casefold())
        found.append(new)
    return found


def new_study(home: Path, name: str) -> Path:
    """Where a study called ``name`` goes. Raises FramingError where the name is none, or taken."""
    name = name.strip()
    if not _STUDY_NAME.fullmatch(name):
        raise FramingError(
            f"{name[:60]!r} cannot name a study; use up to 60 letters from A to Z, digits, spaces, - and _"
        )
    if (home / name).exists():
        raise FramingError(f"there is a {name!r} already; choose another name, or add to that study")
    return home / name
