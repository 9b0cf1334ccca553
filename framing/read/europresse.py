"""Europresse's HTML export: one ``<article>`` a document, or one table cell in older exports.

Classes carry the fields: ``DocPublicationName``, ``DocHeader`` (section, date, pages in any
order), ``titreArticleVisu``, the text in ``docOcurrContainer`` or the rest of the cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from framing.clean import RawArticle, dates
from framing.clean.bylines import credited
from framing.read.columns import with_title
from framing.read.decode import compose
from framing.read.files import InputFile
from framing.read.markup import html_tree, lines, one_line
from framing.read.records import Found, Reader, Rejected

_ISSUE = re.compile(r",? (?:no|n°|nº)\.? ?\d.*$", re.IGNORECASE)
_NOTICE = re.compile(
    r"(?:©|Tous droits réservés|All rights reserved|news[·•]\d{8}|Ce document est destiné|Note\(s\) ?:"
    r"|Illustration\(s\) ?:|Référence au document imprimé)",
    re.IGNORECASE,
)
_CLASS = (
    "contains(concat(' ', translate(normalize-space(@class), 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',"
    " 'abcdefghijklmnopqrstuvwxyz'), ' '), '{} ')"
)


def _recognises(file: InputFile, mapping: Mapping[str, str]) -> bool:
    if b"<" not in file.start[:2_000]:
        return False
    text = file.decoded.text
    named = "DocPublicationName" in text or "docPublicationName" in text
    return named or ("titreArticleVisu" in text and "DocHeader" in text)


def _read(file: InputFile, mapping: Mapping[str, str]) -> Iterator[Found]:
    tree = html_tree(file.decoded.text, "a page saved from Europresse")
    blocks = [block for block in tree.iter("article", "td") if _first(block, "docpublicationname")]
    inner = {id(below) for block in blocks for below in block.iterdescendants("article", "td")}
    index = 0
    for block in blocks:
        if id(block) not in inner:
            yield _article(block, index)
            index += 1


def _all(block: Any, name: str) -> list[Any]:
    return list(block.xpath(f".//*[{_CLASS.format(name)}]"))


def _first(block: Any, name: str) -> str:
    return next((line for e in _all(block, name) if (line := one_line(e))), "")


def _article(block: Any, index: int) -> Found:
    title = (
        _first(block, "titrearticlevisu")
        or _first(block, "rdp__articletitle")
        or _first(block, "titrearticle")
    )
    outlet = _ISSUE.sub("", _first(block, "docpublicationname")).strip(" ,;")
    published = next((found for e in _all(block, "docheader") if (found := dates.first_iso(one_line(e)))), "")
    byline = _first(block, "sm-margin-bottomnews") or _first(block, "docauthors")
    containers = _all(block, "dococurrcontainer") or _all(block, "doctext")
    if containers:
        body = [line for container in containers for line in lines(container)]
    else:
        body = _after_title(lines(block), title)
    body = [line for line in body if not _NOTICE.match(line) and line != title]
    if not body:
        return Rejected("no text", "paragraphs", title[:60], index)
    return RawArticle(
        source=with_title(title, compose("\n\n".join(body))),
        outlet=outlet,
        title=title,
        published=published or _date_in(lines(block)),
        byline=credited(byline),
        index=index,
        extracted=True,
    )


def _after_title(found: list[str], title: str) -> list[str]:
    at = next((n for n, line in enumerate(found) if title and title in line), -1)
    return found[at + 1 :]


def _date_in(found: list[str]) -> str:
    """The first date among the lines of the head."""
    return next((iso for line in found[:8] if len(line) < 120 and (iso := dates.first_iso(line))), "")


READER = Reader("europresse", _recognises, _read)
