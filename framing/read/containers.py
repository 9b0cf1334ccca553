"""Files that hold other files: zip, tar (also packed), mails, web archives.

Members are read as streams in counted chunks and never written to disk; their names are
labels for the report. Only one level of archives is opened. The limits follow what
archives of articles look like: text packs 5 to 20 times.
"""

from __future__ import annotations

import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import PurePosixPath
from typing import IO

from framing.read import mail, warc
from framing.read.files import InputFile, is_note, member, shown
from framing.read.records import Rejected, Unreadable
from framing.read.workbook import is_package

MAX_MEMBERS = 20_000
MAX_MEMBER_BYTES = 50 * 2**20
MAX_TOTAL_BYTES = 2 * 2**30
MAX_RATIO = 200
FREE_BYTES = 2**20  # up to this size any ratio is harmless
_CHUNK = 2**20
_LOCAL_HEADER_BYTES = 30  # the least that stands before a member's data
_OFFICE = ("word/document.xml", "xl/workbook.xml", "mimetype", "ppt/presentation.xml")
_TAR_MAGIC = slice(257, 262)
_PACKED = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ")

Member = InputFile | Rejected


@dataclass(frozen=True, slots=True)
class Container:
    """One kind of file that holds files. ``members`` raises Unreadable where the whole is no good.

    A member without a name speaks for the container itself. ``Rejected.found`` of a member
    that is left out holds its name.
    """

    kind: str
    recognises: Callable[[InputFile], bool]
    members: Callable[[InputFile], Iterator[Member]]


def _is_zip(file: InputFile) -> bool:
    if file.head[:4] not in (b"PK\x03\x04", b"PK\x05\x06"):
        return False
    if b"<html" in file.head[:1_024].lower():
        return False  # a page behind an archive's mark
    return not any(is_package(file, name) for name in _OFFICE)


def _zip_members(file: InputFile) -> Iterator[Member]:
    try:
        with file.opened() as opened, zipfile.ZipFile(opened) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            _check_directory(infos)
            for info in infos:
                if not _is_left_alone(info.filename):
                    yield _zip_member(archive, info, file)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, IndexError, zlib.error) as error:
        raise Unreadable("the archive is damaged", "a zip archive", str(error)[:120]) from error


def _check_directory(infos: list[zipfile.ZipInfo]) -> None:
    if len(infos) > MAX_MEMBERS:
        raise Unreadable("too many files in the archive", f"at most {MAX_MEMBERS}", f"{len(infos)} files")
    if infos and all(info.flag_bits & 1 for info in infos):
        raise Unreadable("protected by a password", "an archive without a password")
    total = sum(info.file_size for info in infos)
    if total > MAX_TOTAL_BYTES:
        raise Unreadable(
            "unpacks to too much", f"at most {MAX_TOTAL_BYTES >> 20} MB", f"{total >> 20} MB in all"
        )
    placed = sorted((info.header_offset, info.compress_size) for info in infos)
    for (start, size), (following, _) in pairwise(placed):
        if start + _LOCAL_HEADER_BYTES + size > following:
            raise Unreadable("files of the archive overlap: it is made to harm", "a zip archive")


def _zip_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, file: InputFile) -> Member:
    name = shown(info.filename)
    mode = info.external_attr >> 16
    if mode and stat.S_IFMT(mode) and not stat.S_ISREG(mode):
        return Rejected("a link or device inside an archive: not followed", found=name)
    if info.flag_bits & 1:
        return Rejected("protected by a password", found=name)
    limit = _limit(info.compress_size)
    if info.file_size > limit:
        return Rejected(_TOO_MUCH, f"at most {limit >> 20} MB", name)
    with archive.open(info) as stream:
        content = _counted(stream, limit)
    if content is None:
        return Rejected(_TOO_MUCH, f"at most {limit >> 20} MB", name)
    return member(name, file.root, content)


_TOO_MUCH = "a file of the archive unpacks to too much"


def _limit(packed: int) -> int:
    return min(MAX_MEMBER_BYTES, max(FREE_BYTES, MAX_RATIO * packed))


def _counted(stream: IO[bytes], limit: int) -> bytes | None:
    """What ``stream`` holds, None where it is more than ``limit`` bytes. Reads no further than that."""
    parts: list[bytes] = []
    size = 0
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        if size > limit:
            return None
        parts.append(chunk)
    return b"".join(parts)


def _is_left_alone(name: str) -> bool:
    path = PurePosixPath(name)
    return is_note(path.name) or "__MACOSX" in path.parts


def _is_tar(file: InputFile) -> bool:
    if file.head[_TAR_MAGIC] == b"ustar":
        return True
    if not file.head.startswith(_PACKED):
        return False
    try:
        with file.opened() as opened, tarfile.open(fileobj=opened, mode="r|*") as archive:
            return archive.next() is not None
    except (tarfile.TarError, EOFError, OSError, ValueError, TypeError, zlib.error):
        return False


def _tar_members(file: InputFile) -> Iterator[Member]:
    n_members = total = 0
    try:
        with file.opened() as opened, tarfile.open(fileobj=opened, mode="r|*") as archive:
            for info in archive:
                n_members, total = n_members + 1, total + info.size
                if n_members > MAX_MEMBERS or total > MAX_TOTAL_BYTES:
                    raise Unreadable(
                        "too many or too large files in the archive",
                        f"at most {MAX_MEMBERS} files and {MAX_TOTAL_BYTES >> 20} MB",
                    )
                if info.isdir() or _is_left_alone(info.name):
                    continue
                yield _tar_member(archive, info, file)
    except (tarfile.TarError, EOFError, OSError, ValueError, TypeError, zlib.error) as error:
        raise Unreadable("the archive is damaged", "a tar archive", str(error)[:120]) from error


def _tar_member(archive: tarfile.TarFile, info: tarfile.TarInfo, file: InputFile) -> Member:
    name = shown(info.name)
    if not info.isreg() or info.sparse:
        return Rejected("a link or device inside an archive: not followed", found=name)
    stream = archive.extractfile(info) if info.size <= MAX_MEMBER_BYTES else None
    content = _counted(stream, MAX_MEMBER_BYTES) if stream else None
    if content is None:
        return Rejected(_TOO_MUCH, f"at most {MAX_MEMBER_BYTES >> 20} MB", name)
    return member(name, file.root, content)


CONTAINERS: tuple[Container, ...] = (
    Container("zip", _is_zip, _zip_members),
    Container("warc", warc.recognises, warc.pages),
    Container("tar", _is_tar, _tar_members),
    Container("mail", mail.recognises, mail.parts),
)


def find(file: InputFile) -> Container | None:
    """The kind of container that ``file`` is, None where it is an article or a table itself."""
    return next((one for one in CONTAINERS if one.recognises(file)), None)
