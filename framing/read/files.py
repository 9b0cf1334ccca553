"""Files and folders of the input: which are read, under which names, and which are left alone."""

from __future__ import annotations

import gzip
import io
import os
import stat
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from framing.read.decode import Decoded, decode

MAX_FILE_BYTES = 200 * 2**20  # a table of 50,000 articles; one more zero does not fit a laptop's memory
MAX_PAGE_BYTES = 20 * 2**20  # one page or one article: trafilatura's own limit
HEAD_BYTES = 8_192
_FREE_BYTES = 2**24  # up to this size any ratio is harmless
_MAX_RATIO = 60  # text packs 5 to 20 times; what swells more is made to

SIDECARS = ("metadata.csv", "metadata.tsv")
# Notes about a collection, not part of it. Named one by one as an input they are read.
_NOTES = ("readme", "license", "licence", "citation", "changelog", "notice", "codebook", "fetch_report")
_NOTE_SUFFIXES = (".toml", ".md", ".cff", ".yaml", ".yml", ".ini", ".cfg", ".py", ".r", ".log", ".css", ".js")


@dataclass(frozen=True)
class InputFile:
    """A regular file of the input. ``name`` is its path below the input, with "/" on every system."""

    path: Path
    name: str
    root: str  # name of the input folder, for files that lie directly in it
    size: int
    head: bytes = field(repr=False)
    content: bytes | None = field(default=None, repr=False)  # of a member of an archive
    url: str = ""  # where a web archive found the page
    charset: str = ""  # what its server said about the encoding

    @property
    def is_packed(self) -> bool:
        """Whether the file is a gzip file."""
        return self.head[:2] == b"\x1f\x8b"

    @cached_property
    def data(self) -> bytes:
        """The content; a gzip file's content is unpacked, one level, up to :data:`MAX_FILE_BYTES`."""
        if self.size > MAX_FILE_BYTES:
            raise TooLarge(f"{self.size >> 20} MB; the limit is {MAX_FILE_BYTES >> 20} MB: split the file")
        raw = self.path.read_bytes() if self.content is None else self.content
        return _unpacked(raw) if raw[:2] == b"\x1f\x8b" else raw

    def opened(self) -> BinaryIO:
        """The file as it is stored, open for reading in parts."""
        return self.path.open("rb") if self.content is None else io.BytesIO(self.content)

    @cached_property
    def start(self) -> bytes:
        """The first bytes of the content."""
        if not self.is_packed:
            return self.head
        return zlib.decompressobj(wbits=31).decompress(self.head, HEAD_BYTES)

    @cached_property
    def decoded(self) -> Decoded:
        """The content as text."""
        return decode(self.data, self.charset)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file or link that is not opened, and why."""

    name: str
    reason: str


class TooLarge(Exception):
    """Content that unpacks to more than the limit."""


def _unpacked(raw: bytes) -> bytes:
    parts: list[bytes] = []
    size = 0
    unpacker = zlib.decompressobj(wbits=31)
    data = raw
    while data:
        part = unpacker.decompress(data, 2**20)
        size += len(part)
        if size > MAX_FILE_BYTES or (size > _FREE_BYTES and size > _MAX_RATIO * len(raw)):
            raise TooLarge("unpacks to far more than its size")
        parts.append(part)
        if unpacker.eof:
            data = unpacker.unused_data
            if data[:2] != b"\x1f\x8b":
                break
            unpacker = zlib.decompressobj(wbits=31)
        else:
            data = unpacker.unconsumed_tail
            if not data and not part:
                break
    if not unpacker.eof:  # half a collection that looks whole would be worse than none
        raise gzip.BadGzipFile("cut off: copy or download it again")
    return b"".join(parts)


def shown(name: str) -> str:
    """``name`` without characters that a terminal or a reader's eye would trip over."""
    return "".join(c if c.isprintable() else "\ufffd" for c in name)


def is_note(name: str) -> bool:
    """Whether a file in a folder is about the collection and not part of it.

    Hidden files, README, LICENSE and the like, .toml cards, .md, the sidecar tables.
    """
    lowered = name.casefold()
    stem = lowered.split(".")[0]
    return (
        lowered.startswith(".")
        or lowered in SIDECARS
        or stem in _NOTES
        or lowered.endswith(_NOTE_SUFFIXES)
        or lowered in ("thumbs.db", "desktop.ini")
    )


def member(name: str, root: str, content: bytes, *, url: str = "", charset: str = "") -> InputFile:
    """A member of an archive as a file of its own; ``name`` is a label, never a place on the disk."""
    return InputFile(
        Path(name or "member"), name, root, len(content), content[:HEAD_BYTES], content, url, charset
    )


def walk(root: Path) -> Iterator[InputFile | Skipped]:
    """The files below ``root`` in the order of their names; ``root`` itself where it is a file.

    Links are not followed and special files not opened: both are named in the report.
    """
    if not root.is_dir():
        real = root.resolve()  # a link that the user names is meant
        yield open_file(real, shown(root.name), real.parent.name)
        return
    root_name = root.resolve().name
    closed: list[OSError] = []
    for folder, folders, names in os.walk(root, onerror=closed.append, followlinks=False):
        folders.sort()
        here = Path(folder)
        linked = [name for name in folders if (here / name).is_symlink()]
        for name in linked:
            yield Skipped(_below(root, here / name), "symbolic link: links are not followed")
        folders[:] = [name for name in folders if name not in linked and not name.startswith(".")]
        for name in sorted(names):
            if is_note(name):
                continue
            path = here / name
            yield open_file(path, _below(root, path), root_name)
    for error in closed:
        yield Skipped(_below(root, Path(error.filename)), f"folder cannot be opened ({error.strerror})")


def _below(root: Path, path: Path) -> str:
    return shown(path.relative_to(root).as_posix())


def open_file(path: Path, name: str, root_name: str) -> InputFile | Skipped:
    """The file at ``path`` under the ``name`` it has in the report, unless it is none to be opened."""
    try:
        status = path.lstat()
        if stat.S_ISLNK(status.st_mode):
            return Skipped(name, "symbolic link: links are not followed")
        if not stat.S_ISREG(status.st_mode):
            return Skipped(name, "not a regular file")
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
    except OSError as error:
        return Skipped(name, f"cannot be opened ({error.strerror or error})")
    return InputFile(path, name, root_name, status.st_size, head)
