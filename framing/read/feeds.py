"""RSS, Atom and RDF feeds: one article an entry, whole where the feed carries the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from email.utils import parsedate_to_datetime
from typing import Any

from framing.clean import RawArticle
from framing.read.columns import is_web_address, iso_date, language, plain, with_title
from framing.read.decode import compose
from framing.read.files import InputFile
from framing.read.markup import local_name, one_line, xml_tree
from framing.read.records import Found, Reader, Rejected, Unreadable

_ROOT = re.compile(rb"<(?:\w+:)?(rss|feed|RDF|urlset|sitemapindex)\b")
_WHAT = "an RSS or Atom feed"
_ENTRIES = ("item", "entry")
_WHOLE = ("encoded", "content")
_TEASER = ("description", "summary", "subtitle")


def _recognises(file: InputFile, mapping: Mapping[str, str]) -> bool:
    start = file.start.lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith((b"<?xml", b"<rss", b"<feed", b"<rdf", b"<!DOCTYPE rss", b"<!--")) and (
        _ROOT.search(start) is not None
    )


def _read(file: InputFile, mapping: Mapping[str, str]) -> Iterator[Found]:
    tree = xml_tree(file.data, _WHAT)
    if local_name(tree) in ("urlset", "sitemapindex"):
        raise Unreadable("a sitemap: addresses without articles", _WHAT, f"{len(tree)} addresses")
    entries = [element for element in tree.iter() if local_name(element) in _ENTRIES]
    if not entries:
        raise Unreadable("no entries", _WHAT, local_name(tree))
    head = next((e for e in tree.iter() if local_name(e) == "channel"), tree)
    for index, entry in enumerate(entries):
        yield _article(entry, head, index)


def _child(element: Any, *names: str) -> Any:
    for name in names:
        for child in element:
            if local_name(child) == name and (len(child) or (child.text or "").strip()):
                return child
    return None


def _text(element: Any, *names: str) -> str:
    child = _child(element, *names)
    return "" if child is None else one_line(child)


def _article(entry: Any, head: Any, index: int) -> Found:
    title = " ".join(plain(_text(entry, "title")).split())
    whole, teaser = _child(entry, *_WHOLE), _child(entry, *_TEASER)
    chosen = teaser if whole is None else whole
    text = "" if chosen is None else plain("".join(chosen.itertext())).strip()
    if not text and not title:
        return Rejected("neither text nor title", "a title", "an empty entry", index)
    source = _child(entry, "source")
    outlet = _text(source, "title") or one_line(source) if source is not None else ""
    url = _link(entry)
    return RawArticle(
        source=with_title(title, compose(_lines(text))).rstrip(),
        truncated=whole is None,
        outlet=outlet or _text(head, "title"),
        title=title,
        published=_date(_text(entry, "pubDate", "published", "date", "issued", "updated")),
        url=url if is_web_address(url) else "",
        byline=_authors(entry),
        language=language(
            _text(head, "language") or head.get("{http://www.w3.org/XML/1998/namespace}lang", "")
        ),
        index=index,
        extracted=True,
    )


def _lines(text: str) -> str:
    return "\n\n".join(line for line in map(str.strip, text.split("\n")) if line)


def _link(entry: Any) -> str:
    for child in entry:
        if local_name(child) == "link":
            if (child.text or "").strip():
                return str(child.text.strip())
            if child.get("href") and child.get("rel", "alternate") == "alternate":
                return str(child.get("href"))
    return _text(entry, "guid", "id")


def _authors(entry: Any) -> str:
    names = []
    for child in entry:
        if local_name(child) in ("creator", "author"):
            name = _text(child, "name") or one_line(child)
            if name and not is_web_address(name):
                names.append(re.sub(r"^\S+@\S+ \((.+)\)$", r"\1", name))
    return "; ".join(dict.fromkeys(name for name in names if "@" not in name))


def _date(value: str) -> str:
    if found := iso_date(value):
        return found
    try:
        return parsedate_to_datetime(value).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


READER = Reader("feed", _recognises, _read)
