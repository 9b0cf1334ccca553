"""The formats that are read, in the order in which they are asked; the first that knows a file reads it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from framing.read import (
    delimited,
    docx,
    europresse,
    factiva,
    factiva_text,
    factiva_xml,
    feeds,
    gdelt,
    html_page,
    json_records,
    nexis,
    nexis_html,
    parquet,
    proquest,
    proquest_html,
    ris,
    rtf,
    text,
    workbook,
)
from framing.read.files import InputFile
from framing.read.records import Reader, Unreadable

READERS: tuple[Reader, ...] = (
    parquet.READER,
    workbook.READER,
    nexis.DOCX_READER,
    factiva_text.DOCX_READER,
    docx.READER,
    rtf.NEXIS_READER,
    factiva_text.RTF_READER,
    rtf.READER,
    proquest.READER,
    nexis.TEXT_READER,
    nexis_html.READER,
    proquest_html.READER,
    europresse.READER,
    factiva_text.TEXT_READER,
    factiva.READER,
    factiva_xml.READER,
    feeds.READER,
    html_page.READER,
    json_records.READER,
    ris.READER,
    gdelt.READER,
    delimited.READER,
    text.READER,
)

# Content that no reader knows: what it is, and what a user can do.
_UNKNOWN: tuple[tuple[re.Pattern[bytes], str, str], ...] = tuple(
    (re.compile(pattern), name, advice)
    for pattern, name, advice in (
        (
            rb"%PDF-",
            "PDF",
            "download the articles from the archive as Word (.docx), RTF or text, save pages as HTML",
        ),
        (rb"PK\x03\x04|PK\x05\x06", "another Office file", "save it as text, .docx or .xlsx"),
        (rb"\xd0\xcf\x11\xe0", "an old Office file", "save it as text or .xlsx"),
        (
            rb"\x89PNG|\xff\xd8\xff|GIF8|RIFF|\x00\x00\x00.ftyp|OggS|ID3",
            "a picture or recording",
            "leave it out",
        ),
        (rb"BZh|7z\xbc\xaf|\xfd7zXZ|Rar!|.{257}ustar", "an archive", "unpack it"),
        (rb"\x7fELF|MZ.{50,200}This program", "a program", "leave it out"),
        (rb"SQLite format 3", "a database", "export the articles as CSV"),
        (rb"\s*<\?xml|\s*<(?:rss|feed|rdf)\b", "XML", "save the articles as text, HTML or CSV"),
    )
)


_IS_UNKNOWN = re.compile(b"|".join(pattern.pattern for pattern, _, _ in _UNKNOWN))


def recognise(file: InputFile, mapping: Mapping[str, str]) -> Reader:
    """The reader for ``file``, by its content. Raises Unreadable where no reader knows it."""
    if not file.data:
        raise Unreadable("empty", "an article", "0 bytes")
    for reader in READERS[:-1]:
        if reader.recognises(file, mapping):
            return reader
    if not _IS_UNKNOWN.match(file.start):
        return READERS[-1]
    for pattern, name, advice in _UNKNOWN:
        if pattern.match(file.start):
            raise Unreadable(f"{name} is not read: {advice}", "text, HTML, CSV, JSON, .xlsx or Parquet", name)
    return READERS[-1]
