"""Mails with articles in them (RFC 5322, MIME): the page or text they carry, and their attachments."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from email.message import Message

from framing.read.files import InputFile, member, shown
from framing.read.records import Rejected, Unreadable

_HEADER = re.compile(
    rb"(?:Received|Return-Path|MIME-Version|Content-Type|Message-ID|Delivered-To|X-[A-Z][\w-]+"
    rb"|ARC-[A-Z][\w-]+|DKIM-Signature|Authentication-Results): ",
    re.IGNORECASE,
)
_FIRST = re.compile(rb"(?:From|To|Subject|Date): [^\r\n]*\r?\n", re.IGNORECASE)
_MIME = re.compile(rb"^(?:MIME-Version|Message-ID): ", re.IGNORECASE | re.MULTILINE)
_MAX_PARTS = 200
_DOCUMENTS = ("text/html", "text/plain", "application/rtf", "text/rtf", "application/zip")


def recognises(file: InputFile) -> bool:
    """Whether the file is a mail."""
    start = file.start
    return _HEADER.match(start) is not None or (
        _FIRST.match(start) is not None and _MIME.search(start) is not None
    )


def parts(file: InputFile) -> Iterator[InputFile | Rejected]:
    """The attached documents; without any the page or, failing that, the text of the mail itself."""
    try:
        message = email.message_from_bytes(file.data)
        found: list[Message] = []
        for part in message.walk():
            if len(found) >= _MAX_PARTS:
                raise Unreadable("too many parts in the mail", f"at most {_MAX_PARTS} parts")
            if not part.is_multipart():
                found.append(part)
    except RecursionError as error:
        raise Unreadable("parts of the mail are nested too deep", "a mail with articles") from error
    attached = [part for part in found if _is_document(part)]
    for part in attached:
        yield member(shown(part.get_filename() or "attachment"), file.root, _content(part))
    if attached:
        return
    for kind in ("text/html", "text/plain"):
        bodies = [part for part in found if part.get_content_type() == kind and _content(part).strip()]
        if bodies:
            for part in bodies:
                yield member("", file.root, _content(part), charset=part.get_content_charset() or "")
            return
    raise Unreadable("the mail holds no text", "a page, a text or an attached document")


def _is_document(part: Message) -> bool:
    if part.get_content_disposition() != "attachment":
        return False
    kind = part.get_content_type()
    return kind in _DOCUMENTS or "officedocument" in kind or kind == "application/octet-stream"


def _content(part: Message) -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError):
        return b""
    return payload if isinstance(payload, bytes) else b""
