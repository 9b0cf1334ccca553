"""GDELT's Global Knowledge Graph 2.1: 27 columns between tabs, no header, no quotation marks.

It holds no text: title, authors and date of publication stand in the last column where
GDELT found them; the second column is when GDELT saw the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from framing.clean import RawArticle
from framing.read.columns import is_web_address, iso_date, plain
from framing.read.files import InputFile
from framing.read.records import Found, Reader, Rejected

_FIRST = re.compile(r"\d{14}-T?\d+\t\d{14}\t\d*\t")
_COLUMNS = 27
_SEEN, _DOMAIN, _ADDRESS, _EXTRA = 1, 3, 4, 26
_TITLE = re.compile(r"<PAGE_TITLE>(.*?)</PAGE_TITLE>")
_AUTHORS = re.compile(r"<PAGE_AUTHORS>(.*?)</PAGE_AUTHORS>")
_PUBLISHED = re.compile(r"<PAGE_PRECISEPUBTIMESTAMP>(\d{14})</PAGE_PRECISEPUBTIMESTAMP>")


def _recognises(file: InputFile, mapping: Mapping[str, str]) -> bool:
    return _FIRST.match(file.decoded.text[:200].lstrip("\ufeff")) is not None


def _read(file: InputFile, mapping: Mapping[str, str]) -> Iterator[Found]:
    for index, line in enumerate(file.decoded.text.lstrip("\ufeff").split("\n")):
        if line.strip():
            yield _article(line.rstrip("\r").split("\t"), index)


def _article(cells: list[str], index: int) -> Found:
    if len(cells) != _COLUMNS:
        return Rejected("not a GKG row", f"{_COLUMNS} columns", f"{len(cells)} columns", index)
    title = _TITLE.search(cells[_EXTRA])
    if title is None or not title.group(1).strip():
        return Rejected("no text and no title", "PAGE_TITLE", cells[_ADDRESS][:80], index)
    authors, published = _AUTHORS.search(cells[_EXTRA]), _PUBLISHED.search(cells[_EXTRA])
    headline = " ".join(plain(title.group(1)).split())
    date = iso_date((published.group(1) if published else cells[_SEEN])[:8])
    return RawArticle(
        source=headline,
        truncated=True,
        outlet=cells[_DOMAIN],
        title=headline,
        published=date,
        url=cells[_ADDRESS] if is_web_address(cells[_ADDRESS]) else "",
        byline=plain(authors.group(1)).strip() if authors else "",
        index=index,
        inferred=() if published else ("published",),
        warnings=("headline only: GDELT holds no text",),
        extracted=True,
    )


READER = Reader("gdelt_gkg", _recognises, _read)
