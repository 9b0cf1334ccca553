"""Which addresses an input lists: a text file of addresses, or any list of articles that is read."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from framing.article import FramingError
from framing.read import read
from framing.read.text import is_list_of_addresses

_MAX_LIST_BYTES = 20 * 2**20
# What an index says of a page goes along; title and text are the page's own to tell.
FIELDS = ("outlet", "published")


@dataclass(frozen=True, slots=True)
class Listed:
    """An address, and what its list says of the page. Empty where it does not say."""

    url: str
    outlet: str = ""
    published: str = ""


def listed(inputs: Sequence[Path]) -> Iterator[Listed]:
    """The addresses in ``inputs``, each once.

    Raises FramingError where an input does not exist or lists no address.
    """
    seen: set[str] = set()
    for path in inputs:
        n_found = 0
        for one in _of_file(path):
            n_found += 1
            if one.url not in seen:
                seen.add(one.url)
                yield one
        if not n_found:
            raise FramingError(
                f"{path} lists no address; expected a text file with one http(s) address a line, or a list"
                " of articles with their addresses (Media Cloud, GDELT, NewsAPI, Zotero, a feed)"
            )


def _of_file(path: Path) -> Iterator[Listed]:
    if path.is_file() and path.stat().st_size <= _MAX_LIST_BYTES:
        text = path.read_text(encoding="utf-8-sig", errors="replace")
        if is_list_of_addresses(text):
            lines = (line.strip() for line in text.split("\n"))
            yield from (Listed(line) for line in lines if line and not line.startswith("#"))
            return
    for item in read([path]):
        article = item.article
        if article is not None and article.url:
            published = "" if "published" in article.inferred else article.published
            outlet = "" if "outlet" in article.inferred else article.outlet
            yield Listed(article.url, outlet, published)


def write_sidecar(path: Path, rows: Sequence[tuple[str, Listed]]) -> None:
    """What the lists say of the pages that were fetched, by the address that gave the page."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("url", *FIELDS, "listed_url"))
        for url, one in rows:
            writer.writerow((url, one.outlet, one.published, one.url if one.url != url else ""))
