"""Factiva's XML: ``PPSResponse`` with one ``article`` a document, search hits marked inside words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from framing.clean import RawArticle
from framing.clean.bylines import credited
from framing.read.columns import iso_date, language, with_title
from framing.read.decode import compose
from framing.read.files import InputFile
from framing.read.markup import local_name, one_line, xml_tree
from framing.read.nexis import wrong_count
from framing.read.records import Found, Reader, Rejected

_ROOT = re.compile(rb"<(?:\w+:)?PPS(?:Article)?Response\b", re.IGNORECASE)
_PARTS = ("leadParagraph", "tailParagraphs")
_INDENT = re.compile(r"\n[ \t]{2,}(?=\S)")


def _recognises(file: InputFile, mapping: Mapping[str, str]) -> bool:
    return _ROOT.search(file.start) is not None


def _read(file: InputFile, mapping: Mapping[str, str]) -> Iterator[Found]:
    tree = xml_tree(file.data, "Factiva's XML")
    articles = [element for element in tree.iter() if local_name(element) == "article"]
    for index, element in enumerate(articles):
        yield _article(element, index)
    counts = (e.get("count", "") for e in tree.iter() if local_name(e) == "ppsarticleResultSet")
    stated = sum(int(count) for count in counts if count.isascii() and count.isdigit() and len(count) < 9)
    if stated and stated != len(articles):
        yield wrong_count(stated, len(articles))


def _article(element: Any, index: int) -> Found:
    parts: dict[str, Any] = {}
    for child in element:
        parts.setdefault(local_name(child), child)
    title = one_line(parts["headline"]) if "headline" in parts else ""
    body = [line for name in _PARTS if name in parts for line in _paragraphs(parts[name])]
    if not body:
        return Rejected("no text", "leadParagraph or tailParagraphs", title[:60], index)

    def field(name: str) -> str:
        return one_line(parts[name]) if name in parts else ""

    accession = field("accessionNo")
    return RawArticle(
        source=with_title(title, compose("\n\n".join(body))),
        outlet=field("sourceName"),
        title=title,
        published=iso_date(field("publicationDate").split(" ")[0]),
        byline=credited(field("byline")),
        language=language(field("baseLanguage").lower()),
        index=index,
        extra=(("accession", accession),) if accession else (),
        extracted=True,
    )


def _paragraphs(part: Any) -> list[str]:
    """Paragraph elements; without them the text itself, where an indented line begins a paragraph."""
    found = [one_line(child) for child in part if local_name(child) == "paragraph"]
    if not found:
        found = [" ".join(block.split()) for block in _INDENT.split("".join(part.itertext()))]
    return [line for line in found if line]


READER = Reader("factiva_xml", _recognises, _read)
