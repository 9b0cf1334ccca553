"""Saved web pages: trafilatura finds the article, htmldate its date; the cleaner judges the lines.

trafilatura (Barbaresi 2021) in its precision mode, completed; the title loses the outlet's
name that pages append to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from framing.clean import RawArticle
from framing.clean.lines import line_key
from framing.read import headlines, linked_data, page_body, page_head, stated_body
from framing.read.columns import is_web_address, iso_date, with_title
from framing.read.decode import compose
from framing.read.files import MAX_PAGE_BYTES, InputFile
from framing.read.markup import harmless
from framing.read.records import Found, Reader, Unreadable

_HTML = re.compile(rb"<!doctype html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
_XML = re.compile(rb"\s*<\?xml|\s*<(?:rss|feed|rdf)\b", re.IGNORECASE)
_FRAGMENT = re.compile(rb"\s*<(?:p|div|article|main|section|h1|table|meta|title|span)[\s>]", re.IGNORECASE)
_BY = re.compile(r"(?:by|von|par|por|autor|author):?\s+", re.IGNORECASE)
_JOINED = re.compile(r"\s*;\s*|\s+(?:and|und|et|og|och|&|e|y)\s+(?=[^\W\d_a-z])")


def _recognises(file: InputFile, mapping: Mapping[str, str]) -> bool:
    start = file.start
    if b"\0" in start and start.count(b"\0") > len(start) // 4:
        start = file.decoded.text[: len(start)].encode("utf-8", "replace")
    if _XML.match(start) and not re.search(rb"<html[\s>]|<!doctype html", start, re.IGNORECASE):
        return False
    return _HTML.search(start) is not None or _FRAGMENT.match(start) is not None


def _read(file: InputFile, mapping: Mapping[str, str]) -> Iterator[Found]:
    if file.head[:4] == b"PK\x03\x04":
        raise Unreadable("content and kind disagree", "a page", "an archive's mark before the page")
    if len(file.data) > MAX_PAGE_BYTES:
        raise Unreadable(
            "too large for one page", f"at most {MAX_PAGE_BYTES >> 20} MB", f"{len(file.data) >> 20} MB"
        )
    decoded = file.decoded
    yield page(decoded.text, decoded.warnings, file.url)


def page(text: str, warnings: tuple[str, ...] = (), url: str = "") -> RawArticle:
    """What trafilatura makes of a page, with what the page says of itself.

    Raises Unreadable where there is no article.
    """
    text = harmless(text)
    tree = _tree(text)
    linked = linked_data.of_page(text)
    pruned = None if tree is None else page_body.pruned(tree)
    body = "" if tree is None else page_body.of_tree(tree, pruned)
    if not body.strip():
        body = page_body.plainest(text)
    if not body.strip():
        raise Unreadable("no article was found on the page", "an article in HTML", "no text")
    head = page_head.Head() if tree is None else page_head.of_page(tree, pruned, linked)
    title = named = ""
    marked: frozenset[str] = frozenset()
    if tree is not None:
        title, named = headlines.headline(tree, linked.headline, head.title, head.outlet)
        marked = headlines.standfirsts(tree)
    address = url or head.url
    return RawArticle(
        source=with_title(title, compose(stated_body.reconciled(body, linked.body))),
        extracted=True,
        outlet=head.outlet or named,
        title=title,
        published=iso_date(linked.published) or iso_date(head.date),
        url=address if is_web_address(address) else "",
        byline=_byline(linked, head.author),
        inferred=() if head.is_date_stated or iso_date(linked.published) or not head.date else ("published",),
        standfirsts=marked,
        warnings=warnings,
    )


def _tree(text: str) -> Any:
    from trafilatura import load_html

    try:
        return load_html(text)
    except (ValueError, TypeError, AssertionError) as error:
        raise Unreadable("the page cannot be parsed", "an article in HTML", type(error).__name__) from error


def _byline(linked: linked_data.LinkedData, extracted: str) -> str:
    """Persons whom the page states as authors, else what was found on it, else organisations."""
    if linked.authors:
        return _names(linked.authors)
    others = {line_key(name) for name in linked.organisations}
    found = [name for name in extracted.split(";") if line_key(name) not in others]
    return _names(found) or _names(linked.organisations)


def _names(given: Iterable[str]) -> str:
    """Names without "By", addresses and repeats; "Last, First" turned round."""
    kept: dict[str, str] = {}
    for entry in given:
        for name in _JOINED.split(_BY.sub("", entry.strip())):
            if "," in name:
                last, _, first = name.partition(",")
                is_filed = " " not in last.strip() and first.strip().count(" ") <= 1 and "," not in first
                parts = [f"{first.strip()} {last.strip()}"] if is_filed else name.split(",")
            else:
                parts = [name]
            for part in map(str.strip, parts):
                if part and not page_head.NO_AUTHOR.search(part):
                    kept.setdefault(line_key(part), part)
    return "; ".join(kept.values())


READER = Reader("html", _recognises, _read)
