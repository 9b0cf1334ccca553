"""What a page says of its article in JSON-LD (schema.org): headline, date, authors, text.

Publishers fill it for search engines, so it is where date and authors are told most
plainly. Wrong types, broken scripts and deep nesting are passed over one by one.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_SCRIPT = re.compile(
    r"<script\b[^>]{0,300}application/ld\+json[^>]{0,300}>(.*?)</script", re.IGNORECASE | re.DOTALL
)
_MAX_SCRIPTS = 40
_MAX_CHARS = 2_000_000
_MAX_DEPTH = 6
_MAX_AUTHORS = 30
_TYPES = ("Article", "Posting", "Report", "Review")  # NewsArticle, BlogPosting, ReportageNewsArticle, …
_COMMENT = re.compile(r"^\s*(?:<!--|<!\[CDATA\[|//.*\n)|(?:-->|\]\]>)\s*$")


@dataclass(frozen=True, slots=True)
class LinkedData:
    """The fields of the page's article; empty where the page does not say."""

    headline: str = ""
    published: str = ""
    authors: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()  # authors that are no persons
    body: str = ""
    publisher: str = ""


def of_page(text: str) -> LinkedData:
    """The article in the JSON-LD of a page; empty fields where it has none."""
    if "ld+json" not in text:
        return LinkedData()
    found = [node for value in _values(text) for node in _articles(value)]
    if not found:
        return LinkedData()
    main = max(
        found, key=lambda node: sum(bool(node.get(key)) for key in ("headline", "datePublished", "author"))
    )
    authors = list(dict.fromkeys(_authors(main.get("author"))))[:_MAX_AUTHORS]
    return LinkedData(
        headline=_string(main.get("headline")),
        published=_string(main.get("datePublished")),
        authors=tuple(name for name, is_person in authors if is_person),
        organisations=tuple(name for name, is_person in authors if not is_person),
        body=_string(main.get("articleBody"), keep_lines=True),
        publisher=next((name for name, _ in _authors(main.get("publisher"))), ""),
    )


def _values(text: str) -> Iterator[Any]:
    for n, match in enumerate(_SCRIPT.finditer(text)):
        script = match.group(1)
        if n >= _MAX_SCRIPTS or len(script) > _MAX_CHARS:
            continue
        try:
            yield json.loads(_COMMENT.sub("", script), strict=False)
        except (ValueError, RecursionError):
            continue


def _articles(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """The nodes that are articles, outermost first."""
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, list):
        for one in value[:200]:
            yield from _articles(one, depth + 1)
    elif isinstance(value, dict):
        kinds = value.get("@type")
        kinds = kinds if isinstance(kinds, list) else [kinds]
        if any(isinstance(kind, str) and kind.endswith(_TYPES) for kind in kinds):
            yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _articles(value.get(key), depth + 1)


def _authors(value: Any, depth: int = 0) -> Iterator[tuple[str, bool]]:
    """(name, whether a person's) of everyone named as author."""
    if depth > 3:
        return
    if isinstance(value, list):
        for one in value[:_MAX_AUTHORS]:
            yield from _authors(one, depth + 1)
    elif isinstance(value, str):
        if plain := _string(value):
            yield plain, True
    elif isinstance(value, dict):
        kind = value.get("@type")
        is_person = not (isinstance(kind, str) and kind.endswith("Organization"))
        name = value.get("name")
        if isinstance(name, list):
            for one in name[:_MAX_AUTHORS]:
                if text := _string(one):
                    yield text, is_person
        elif single := _string(name):
            yield single, is_person


def _string(value: Any, *, keep_lines: bool = False) -> str:
    if isinstance(value, list) and value:
        value = value[0]
    if not isinstance(value, str):
        return ""
    value = html.unescape(value).replace("\xad", "")
    return value.strip() if keep_lines else " ".join(value.split())
