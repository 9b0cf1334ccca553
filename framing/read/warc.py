"""Web archives (WARC, ISO 28500; ARC, Burner & Kahle 1996): the pages of successful responses.

Written for what news crawls hold: ``response`` records with HTTP and HTML inside, one record
at a time. Lengths in the file are not believed: at most :data:`MAX_RECORD_BYTES` are kept.
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterator
from typing import IO, cast

from framing.read.files import InputFile, TooLarge, member
from framing.read.records import Rejected

MAX_RECORD_BYTES = 20 * 2**20  # trafilatura's own limit for a page, headers included
_MAX_SKIP_BYTES = 2 * 2**30  # recordings and pictures are skipped; nothing in a crawl is larger
_MAX_LINE = 64 * 1024
_MAX_HEADERS = 200
_CHUNK = 2**20
_HTML = ("text/html", "application/xhtml", "application/xml", "text/xml")
_CHARSET = re.compile(r"charset=[\"']?([\w.:-]{2,30})", re.IGNORECASE)
_STATUS = re.compile(rb"HTTP/[\d.]{1,5} (\d{3})\b")


def recognises(file: InputFile) -> bool:
    """Whether the file is a web archive, of today's form or of the one before (ARC)."""
    return file.start.startswith((b"WARC/", b"filedesc://"))


def pages(file: InputFile) -> Iterator[InputFile | Rejected]:
    """The pages of the archive as files without a name, with their address and charset."""
    of_stream = _arc_pages if file.start.startswith(b"filedesc://") else _pages
    with file.opened() as opened:
        stream = cast(IO[bytes], gzip.GzipFile(fileobj=opened)) if file.is_packed else opened
        try:
            yield from of_stream(stream, file.root)
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            yield Rejected("the web archive is damaged from here on", "a WARC file", str(error)[:120])


def _pages(stream: IO[bytes], root: str) -> Iterator[InputFile | Rejected]:
    while (headers := _warc_headers(stream)) is not None:
        length = headers.get("content-length", "")
        if not length.isdecimal():
            yield Rejected("a record without a length", "Content-Length", length[:40])
            return
        is_page = headers.get("warc-type") in ("response", "resource")
        url = headers.get("warc-target-uri", "").strip("<>")
        wanted = int(length) if len(length) < 16 else 2**60
        content, n_read = _take(stream, wanted, keep=is_page)
        if n_read < wanted:
            yield Rejected("a record is cut off", f"{length} bytes", f"{n_read} bytes")
            return
        if not is_page:
            continue
        if content is None:
            yield Rejected("a record is too large", f"at most {MAX_RECORD_BYTES >> 20} MB", url[:200])
        elif (found := _page(content, headers, url, root)) is not None:
            yield found


def _arc_pages(stream: IO[bytes], root: str) -> Iterator[InputFile | Rejected]:
    """The pages of an ARC file: a line ends in a record's length, its first word is the address."""
    while line := stream.readline(_MAX_LINE):
        cells = line.decode("utf-8", "replace").split()
        if not cells:
            continue
        length = cells[-1]
        if len(cells) < 5 or not length.isdecimal() or len(length) > 15:
            yield Rejected("not a record of an ARC file", "address, host, date, type and length", length[:40])
            return
        url = cells[0]
        content, n_read = _take(stream, int(length), keep=url.startswith("http"))
        if n_read < int(length):
            yield Rejected("a record is cut off", f"{length} bytes", f"{n_read} bytes")
            return
        if content is None and url.startswith("http"):
            yield Rejected("a record is too large", f"at most {MAX_RECORD_BYTES >> 20} MB", url[:200])
        elif content and (found := _page(content, {"warc-type": "response"}, url, root)) is not None:
            yield found


def _take(stream: IO[bytes], wanted: int, *, keep: bool) -> tuple[bytes | None, int]:
    """(The next ``wanted`` bytes, None where they are too many or not to be kept; how many there were)."""
    parts: list[bytes] = []
    n_read = 0
    keep = keep and wanted <= MAX_RECORD_BYTES
    while n_read < min(wanted, _MAX_SKIP_BYTES):
        chunk = stream.read(min(_CHUNK, wanted - n_read))
        if not chunk:
            break
        n_read += len(chunk)
        if keep:
            parts.append(chunk)
    return (b"".join(parts) if keep else None), n_read


def _warc_headers(stream: IO[bytes]) -> dict[str, str] | None:
    """The header fields of the next record, names in lower case; None at the end."""
    while not (line := stream.readline(_MAX_LINE)).startswith(b"WARC/"):
        if not line:
            return None
    return _fields(stream)


def _fields(stream: IO[bytes]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for _ in range(_MAX_HEADERS):
        line = stream.readline(_MAX_LINE).strip(b"\r\n")
        if not line:
            break
        name, _, value = line.decode("utf-8", "replace").partition(":")
        fields.setdefault(name.strip().lower(), value.strip())
    return fields


def _page(content: bytes, warc: dict[str, str], url: str, root: str) -> InputFile | Rejected | None:
    """The page in an HTTP response; None where it is another thing: a picture, a redirect."""
    http: dict[str, str] = {"content-type": warc.get("content-type", "")}
    if warc.get("warc-type") == "response":
        head, found, body = content.partition(b"\r\n\r\n")
        if not found:
            head, found, body = content.partition(b"\n\n")
        status = _STATUS.match(head)
        if status is None or status.group(1) != b"200":
            return None
        lines = head.decode("latin-1").splitlines()[1 : _MAX_HEADERS + 1]
        http = {n.strip().lower(): v.strip() for n, _, v in (line.partition(":") for line in lines)}
    else:
        body = content
    kind = http.get("content-type", "")
    if kind and not kind.lower().startswith(_HTML):
        return None
    try:
        body = _plain_body(body, http)
    except (ValueError, zlib.error, TooLarge) as error:
        return Rejected("the page of a record cannot be unpacked", "a page", f"{url[:150]}: {error}"[:200])
    charset = _CHARSET.search(kind)
    return member("", root, body, url=url, charset=charset.group(1) if charset else "")


def _plain_body(body: bytes, http: dict[str, str]) -> bytes:
    if "chunked" in http.get("transfer-encoding", "").lower():
        body = _dechunked(body)
    encoding = http.get("content-encoding", "").lower()
    if encoding in ("gzip", "x-gzip", "deflate") and body:
        return _inflated(body, 47 if encoding != "deflate" or body[:1] == b"\x78" else -15)
    if encoding and encoding not in ("identity", "none", "utf-8"):
        raise ValueError(f"packed with {encoding[:20]}")
    return body


def _inflated(body: bytes, wbits: int) -> bytes:
    if wbits == 47 and body[:2] not in (b"\x1f\x8b",) and body[:1] != b"\x78":
        return body  # said to be packed, but stored plain
    unpacker = zlib.decompressobj(wbits=wbits)
    found = unpacker.decompress(body, MAX_RECORD_BYTES + 1)
    if len(found) > MAX_RECORD_BYTES:
        raise TooLarge("unpacks to too much")
    return found


def _dechunked(body: bytes) -> bytes:
    """A body in HTTP's chunked coding; as it is where it does not begin with a chunk's length."""
    parts: list[bytes] = []
    at = 0
    while at < len(body):
        end = body.find(b"\r\n", at, at + 40)
        size = body[at:end].split(b";")[0].strip() if end >= 0 else b""
        if not re.fullmatch(rb"[0-9a-fA-F]{1,8}", size):
            return b"".join(parts) if parts else body
        length = int(size, 16)
        if not length:
            break
        parts.append(body[end + 2 : end + 2 + length])
        at = end + 2 + length + 2
    return b"".join(parts)
