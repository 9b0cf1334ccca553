"""Factiva's downloads as rich text, Word or plain text: the fields of its pages, one a line.

Every document ends with ``Document`` and its accession number. The fields stand with their
codes (``HD``, ``WC``, ``PD`` …) or bare in a fixed order: headline, author, length, date,
outlet, language, copyright, text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from framing.clean import bylines
from framing.read import docx, rtf
from framing.read.columns import language
from framing.read.decode import compose
from framing.read.factiva import CODES, LENGTH, after_length, record
from framing.read.files import InputFile
from framing.read.records import Found, Reader, Rejected

# The source filled up with zeros to eight places, the day, a running part: NYTF000020240305ek350001x
_ACCESSION = r"(?:Document|Dokument|Documento) ([A-Z][A-Z0-9]{7}(?:19|20)\d{6}[a-z0-9]{5,12})"
_END = re.compile(rf"{_ACCESSION}$")
_NUMBERED = re.compile(_ACCESSION)
_CODED = re.compile(r"([A-Z]{2,3})(?:[\t ]+|$)(.*)$", re.DOTALL)
_COPYRIGHT = re.compile(r"(?:©|\(c\)|Copyright\b)", re.IGNORECASE)
_BYLINE = re.compile(r"(?:By|Von|Par|Por|Special to|From)\b", re.IGNORECASE)
_PUBLISHER = re.compile(
    r"\b(?:Limited|Ltd|Inc|LLC|Company|Corporation|Corp|GmbH|AG|S\.?A|plc|Digital|Media|Group|Publish\w+)\b"
    r"\.?(?: \([^()]*\))?$"
)
_PUBLISHER_WORDS = 8
_HEAD_LINES = 12  # from the length to the copyright


def _lines_of_text(file: InputFile) -> Sequence[str]:
    text = file.decoded.text
    return text.splitlines() if _NUMBERED.search(text) else ()


def _lines_of_rtf(file: InputFile) -> Sequence[str]:
    return [compose(line) for line in rtf.paragraphs(file.data)] if rtf.is_rtf(file) else ()


def _lines_of_docx(file: InputFile) -> Sequence[str]:
    return docx.paragraphs(file.data) if docx.is_docx(file) else ()


def _reader(name: str, lines: Callable[[InputFile], Sequence[str]]) -> Reader:
    def recognises(file: InputFile, mapping: Mapping[str, str]) -> bool:
        found = [line.replace("\u00a0", " ").strip() for line in lines(file)]
        return any(map(_END.match, found)) and any(
            LENGTH.match(line) or line.partition("\t")[0] in CODES for line in found
        )

    def read(file: InputFile, mapping: Mapping[str, str]) -> Iterator[Found]:
        yield from documents(lines(file))

    return Reader(name, recognises, read)


def documents(lines: Sequence[str]) -> Iterator[Found]:
    """The documents in the lines of a download."""
    part: list[str] = []
    index = 0
    for line in lines:
        line = line.replace("\u00a0", " ").strip()
        if end := _END.match(line):
            yield _document(part, end.group(1), index)
            index, part = index + 1, []
        elif line:
            part.append(line)
    if any(map(LENGTH.match, part)):
        yield Rejected("a document is cut off", "Document and its number at the end", part[0][:60], index)


def _document(lines: Sequence[str], accession: str, index: int) -> Found:
    coded = _coded(lines)
    if "HD" in coded:
        fields = {code: " ".join(values) for code, values in coded.items()}
        return record({**fields, "AN": accession}, [*coded.get("LP", ()), *coded.get("TD", ())], index)
    return _bare(lines, accession, index)


def _coded(lines: Sequence[str]) -> dict[str, list[str]]:
    """The lines under each code."""
    fields: dict[str, list[str]] = {}
    code = ""
    for line in lines:
        match = _CODED.match(line)
        if match and match.group(1) in CODES | {
            "IPC",
            "IPD",
            "PUB",
            "NS",
            "RE",
            "IN",
            "CO",
            "CT",
            "RF",
            "VOL",
        }:
            code, line = match.group(1), match.group(2)
            fields.setdefault(code, [])
        if code and line:
            fields[code].append(line)
    return fields


def _bare(lines: Sequence[str], accession: str, index: int) -> Found:
    length_at = next((n for n, line in enumerate(lines) if LENGTH.match(line)), None)
    if not length_at:
        return Rejected("no length under a headline", "a number of words", accession, index)
    above, below = list(lines[:length_at]), list(lines[length_at + 1 :])
    byline = ""
    if len(above) > 1 and (_BYLINE.match(above[-1]) or bylines.is_name(above[-1])):
        byline = above.pop()
    head = below[:_HEAD_LINES]
    marks = [n for n, line in enumerate(head) if _COPYRIGHT.match(line)]
    told = next((n for n, line in enumerate(head) if len(line) > 2 and language(line)), None)
    start = marks[0] + 1 if marks else (told + 1 if told is not None else 0)
    fields = {"HD": above[-1], "BY": byline, "AN": accession, **after_length(head)}
    if told is not None:
        fields["LA"] = head[told]
    body = below[start:]
    if len(body) > 1 and body[-1].count(" ") < _PUBLISHER_WORDS and _PUBLISHER.search(body[-1]):
        body.pop()
    return record(fields, body, index)


RTF_READER = _reader("factiva_rtf", _lines_of_rtf)
DOCX_READER = _reader("factiva_docx", _lines_of_docx)
TEXT_READER = _reader("factiva_text", _lines_of_text)
