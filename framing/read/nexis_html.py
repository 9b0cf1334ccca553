"""LexisNexis and Nexis downloads in HTML (until 2018): many documents a page, one after another.

Every document opens with an anchor ``DOC_ID_…`` and a line ``3 of 74 DOCUMENTS``; each of
its blocks (outlet, date, title, labelled fields, text) is a ``<div>`` of its own. Numbers of
the style classes differ from file to file; search hits split words into spans.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from framing.read import markup, nexis
from framing.read.files import InputFile
from framing.read.records import Found, Reader, Rejected, Unreadable

_WHAT = "a page saved from LexisNexis"
_ANCHOR = re.compile(r"<a\s+name=[\"']?DOC_ID_\d+_\d+", re.IGNORECASE)
_DOCUMENT = re.compile(r"<!--[^>]{0,200}<DOCFULL>\s*-->|<DOCFULL>", re.IGNORECASE)
_DECLARED = re.compile(r"<meta\b[^>]{0,200}\bdocuments=[\"']?(\d{1,6})", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?:Document|Dokument|Documento)?\s*(\d{1,6}) (?:of|von|de|sur|di) (\d{1,6})(?: DOCUMENT\w*)?$",
    re.IGNORECASE,
)
_START_CHARS = 400_000  # the list of documents on a cover is long; the first document is no further down


def _recognises(file: InputFile, mapping: Mapping[str, str]) -> bool:
    if b"<" not in file.start[:2_000]:
        return False
    start = file.decoded.text[:_START_CHARS]
    if "DOC_ID_" not in start and "<DOCFULL>" not in start:
        return False
    return _ANCHOR.search(start) is not None or _DOCUMENT.search(start) is not None


def _read(file: InputFile, mapping: Mapping[str, str]) -> Iterator[Found]:
    text = file.decoded.text
    mark = _ANCHOR if _ANCHOR.search(text) else _DOCUMENT
    starts = [match.start() for match in mark.finditer(text)]
    numbers: list[int] = []
    total = 0
    for index, start in enumerate(starts):
        end = starts[index + 1] if index + 1 < len(starts) else len(text)
        blocks = _blocks(text[start:end])
        if blocks and (number := _NUMBER.match(" ".join(blocks[0]))):
            numbers.append(int(number.group(1)))
            total = int(number.group(2))
            blocks = blocks[1:]
        yield (
            nexis.block_document(blocks, index)
            if blocks
            else Rejected("an empty document", "outlet, date, title, text", "no lines", index)
        )
    yield from _count(text, len(starts), numbers, total)


def _count(text: str, n_found: int, numbers: list[int], total: int) -> Iterator[Rejected]:
    """What the file says it holds, where that is not what was found. A part of a larger
    result (2001 to 2100 of 2146) is complete where its numbers run through."""
    if numbers and max(numbers) - min(numbers) + 1 == n_found:
        if min(numbers) > 1 or max(numbers) == total:
            return
        stated = total
    else:
        declared = _DECLARED.search(text[:_START_CHARS])
        stated = int(declared.group(1)) if declared else total
    if stated and stated != n_found:
        yield nexis.wrong_count(stated, n_found)


def _blocks(fragment: str) -> list[list[str]]:
    """The lines of each block of a document, outermost ``<div>`` by outermost ``<div>``."""
    try:
        tree = markup.html_tree(fragment, _WHAT)
    except Unreadable:
        return []
    blocks: list[list[str]] = []
    for div in tree.iter("div"):
        if any(parent.tag == "div" for parent in div.iterancestors()):
            continue
        if found := _lines(div):
            blocks.append(found)
    return blocks


def _lines(div: Any) -> list[str]:
    """One line a ``<p>``; line breaks inside a paragraph are spaces, as in two-line headlines."""
    paragraphs = [p for p in div.iter("p") if not any(a.tag == "p" for a in p.iterancestors())]
    found = [" ".join(markup.lines(p)) for p in paragraphs] if paragraphs else markup.lines(div)
    return [line for line in found if line]


READER = Reader("nexis_html", _recognises, _read)
