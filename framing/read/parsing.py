"""One file to what is in it: archives opened, formats recognised, every fault a reason.

Runs in the worker process (:mod:`framing.read.worker`).
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from framing.read import containers, files, formats
from framing.read.records import Columns, Found, Rejected, Unreadable


@dataclass(frozen=True, slots=True)
class Parsed:
    """Something found in a file. ``member``: its path inside an archive, empty for the file itself."""

    member: str
    source_format: str
    found: Found


def parse(file: files.InputFile, mapping: Mapping[str, str], after: int = -1) -> Iterator[Parsed | int]:
    """What ``file`` holds. For archives the number of each member comes before what is in it.

    ``after``: members up to this number are passed over, because an earlier attempt met
    them or broke down on the last of them. Raises nothing for what a file holds.
    """
    kind = ""
    try:
        container = containers.find(file)
        if container is None:
            yield from _read(file, "", mapping)
            return
        kind = container.kind
        n_members = 0
        for number, member in enumerate(container.members(file)):
            n_members += 1
            if number > after:
                yield number
                yield from _member(member, number, kind, mapping)
        if not n_members:
            yield Parsed("", kind, Rejected("no article in the file", "at least one article", "none"))
    except Exception as error:  # whatever a hostile file brings a library to raise
        yield Parsed("", kind, rejected(error))


def _member(
    member: containers.Member, number: int, kind: str, mapping: Mapping[str, str]
) -> Iterator[Parsed]:
    if isinstance(member, Rejected):
        if kind in ("zip", "tar"):
            yield Parsed(member.found, kind, replace(member, found=""))
        else:
            yield Parsed("", kind, replace(member, index=number))
        return
    inner = containers.find(member)
    if inner is not None and (inner.kind != "mail" or kind == "mail"):
        reason = "an archive inside an archive: only one level is opened"
        yield Parsed(member.name, inner.kind, Rejected(reason, "articles"))
    elif inner is not None:
        for number_inside, part in enumerate(inner.members(member)):
            for one in _member(part, number_inside, inner.kind, mapping):
                yield replace(one, member="/".join(filter(None, (member.name, one.member))))
    elif member.name:
        yield from _read(member, member.name, mapping)
    else:
        for one in _read(member, "", mapping):
            yield _numbered(one, number) if kind == "warc" else one


def _numbered(one: Parsed, number: int) -> Parsed:
    """A page of a web archive: its number is that of its record."""
    found = one.found if isinstance(one.found, Columns) else replace(one.found, index=number)
    return Parsed(one.member, "warc", found)


def _read(file: files.InputFile, member: str, mapping: Mapping[str, str]) -> Iterator[Parsed]:
    source_format = ""
    try:
        reader = formats.recognise(file, mapping)
        source_format = reader.format
        n_found = 0
        for found in reader.read(file, mapping):
            n_found += not isinstance(found, Columns)
            yield Parsed(member, source_format, found)
        if not n_found:
            yield Parsed(
                member, source_format, Rejected("no article in the file", "at least one article", "none")
            )
    except Exception as error:  # whatever a hostile file brings a library to raise
        yield Parsed(member, source_format, rejected(error))


def rejected(error: Exception) -> Rejected:
    """The reason that ``error`` is for the import report."""
    if isinstance(error, Unreadable):
        return Rejected(error.reason, error.expected, error.found)
    if isinstance(error, files.TooLarge):
        return Rejected(str(error), f"at most {files.MAX_FILE_BYTES >> 20} MB")
    if isinstance(error, (zlib.error, gzip.BadGzipFile, EOFError)):
        return Rejected("the compressed file is damaged", "a readable file", str(error)[:120])
    if isinstance(error, OSError):
        return Rejected(f"cannot be opened ({error.strerror or error})")
    if isinstance(error, MemoryError):
        return Rejected("takes more memory than a file of its size should")
    if isinstance(error, RecursionError):
        return Rejected("nested too deep")
    return Rejected(
        "the reader broke down on it", "a readable file", f"{type(error).__name__}: {error}"[:120]
    )
