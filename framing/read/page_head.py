"""What a page says beside its text: outlet, address, date, authors, by its marks or by a search.

The marks are read first. trafilatura (Barbaresi 2021) and htmldate (Barbaresi 2020) search
the page for what they do not tell, and for nothing else: the search takes longer than
all the rest together.
"""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass
from typing import Any

from framing.clean import dates, outlets, patterns
from framing.read import linked_data
from framing.read.columns import iso_date
from framing.read.records import Unreadable

NO_AUTHOR = re.compile(r"https?://|@|\b(?:admin|editor-in-chief)\b", re.IGNORECASE)
_MIN_DATE_CHARS, _MAX_DATE_CHARS = 8, 80
_DATE_ATTRIBUTES = ("content", "datetime", "href")
_DATE_LABELS = frozenset({
    "date", "published", "published on", "publication date", "date published", "posted", "posted on", "datum",
    "veröffentlicht", "veröffentlicht am", "date de publication", "publié le", "fecha",
    "fecha de publicación",
    "publicado", "publicado el", "data", "data di pubblicazione", "pubblicato il", "publicado em",
})  # fmt: skip
# What trafilatura and lxml raise on pages that are none.
FAULTS = (ValueError, TypeError, AttributeError, RecursionError, AssertionError, LookupError)


@dataclass(frozen=True, slots=True)
class Head:
    """What a page says beside its text; empty where it does not."""

    outlet: str = ""
    title: str = ""
    date: str = ""
    author: str = ""
    url: str = ""
    is_date_stated: bool = True  # in a mark or a line of its own, not somewhere in the text


def of_page(tree: Any, pruned: Any, linked: linked_data.LinkedData) -> Head:
    """From the page's own marks where they tell all, else by trafilatura's search, which takes longer."""
    marks: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name, content = (meta.get("property") or meta.get("name") or "").lower(), meta.get("content") or ""
        if name == "author" and content and marks.get(name):
            content = f"{marks[name]}; {content}"
        marks[name] = content
    outlet = one_line(marks.get("og:site_name")).removeprefix("@") or linked.publisher
    canonical = next((e.get("href") or "" for e in tree.iter("link") if e.get("rel") == "canonical"), "")
    address = canonical.strip() or marks.get("og:url", "").strip()
    author = "" if linked.authors else one_line(marks.get("author"))
    date = "" if iso_date(linked.published) else marks.get("article:published_time", "")
    date = date if iso_date(date) or iso_date(linked.published) else _of_microdata(tree)
    is_signed = bool(linked.authors) or (author and not NO_AUTHOR.search(author))
    if outlet and address and is_signed and (iso_date(linked.published) or iso_date(date)):
        return Head(outlet, "", date, author, address)
    has_date = bool(iso_date(linked.published) or iso_date(date))
    date = date if has_date else _labelled(tree)
    has_date = has_date or bool(date)
    document = _searched(
        tree, pruned, has_outlet=bool(outlet), has_authors=bool(linked.authors), has_date=has_date
    )
    found = date or document.date or ""
    is_stated = bool(date) or _states(tree, found) or _prints(tree, found)
    return Head(
        outlet or one_line(document.sitename).removeprefix("@"),
        one_line(document.title),
        found,
        one_line(document.author),
        document.url or address,
        is_stated,
    )


def _of_microdata(tree: Any) -> str:
    """The first date that schema.org's microdata name as that of publication, empty where none is."""
    for element in tree.xpath("//*[@itemprop='datePublished']"):
        value = element.get("datetime") or element.get("content") or one_line(element.text)
        if iso_date(value):
            return str(value)
    return ""


def _labelled(tree: Any) -> str:
    """A date behind its label ("Datum 28.04.2023"), as pages print it beside the text."""
    for element in tree.iter("li", "dd", "p", "div", "span", "td", "time"):
        label = element[0] if len(element) == 1 else element.getprevious()
        name = one_line(label.text).rstrip(" :") if label is not None and isinstance(label.tag, str) else ""
        if name.casefold() not in _DATE_LABELS:
            continue
        text = element[0].tail if len(element) == 1 else element.text
        match = dates.DATE.fullmatch(one_line(text))
        if match and (found := dates.iso(match)):
            return found
    return ""


def _states(tree: Any, date: str) -> bool:
    """Whether a mark of the page, made for programs, holds ``date``."""
    forms = (date, date.replace("-", ""), date.replace("-", "/"))
    values = (e.get(name) or "" for e in tree.iter("meta", "time", "link") for name in _DATE_ATTRIBUTES)
    return not date or any(form in value for value in values for form in forms)


def _prints(tree: Any, date: str) -> bool:
    """Whether ``date`` stands on the page with little else, and not in a sentence or a caption."""
    for element in tree.iter("p", "div", "span", "li", "small", "em", "td", "b", "strong", "a", "time"):
        for text in (element.text, *(child.tail for child in element)):
            line = " ".join((text or "").split())
            if not _MIN_DATE_CHARS <= len(line) <= _MAX_DATE_CHARS:
                continue
            if dates.first_iso(line).startswith(date) and patterns.printed_date(line, line.count(" ") + 1):
                return True
    return False


def _searched(tree: Any, pruned: Any, *, has_outlet: bool, has_authors: bool, has_date: bool) -> Any:
    """trafilatura's document with title, address and what is not there yet, found as it finds them itself."""
    from htmldate import find_date
    from trafilatura import metadata

    try:
        found = metadata.examine_meta(tree)
        if found.author and " " not in found.author:
            found.author = None
        with contextlib.suppress(Exception):  # scripts that hold what no one expects
            found = metadata.extract_meta_json(tree, found)
        found.title = found.title or metadata.extract_title(tree)
        if not has_authors and not found.author:
            found.author = metadata.extract_author(pruned)
        found.url = found.url or metadata.extract_url(tree)
        if not has_date:
            found.date = find_date(tree, extensive_search=False, original_date=True, url=found.url)
        if not has_outlet:
            found.sitename = _outlet(found.sitename or metadata.extract_sitename(tree) or "", found.url or "")
        found.clean_and_trim()
    except FAULTS as error:
        raise Unreadable("the page cannot be parsed", "an article in HTML", type(error).__name__) from error
    return found


def _outlet(name: str, address: str) -> str:
    """``name`` as an outlet's, the host of ``address`` where there is none."""
    if not name:
        return outlets.of_url(address)
    name = name.removeprefix("@")
    return name if "." in name or name[:1].isupper() else name.title()


def one_line(value: object) -> str:
    return " ".join(str(value).replace("\xad", "").split()) if value else ""
