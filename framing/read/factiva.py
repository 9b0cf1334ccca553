"""Factiva's saved pages: one article a block, as a table of field codes or as bare lines.

The field names and months come in the language of the user's interface, the text in
another; the label of the encoding is often wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from framing.clean import RawArticle, dates
from framing.clean.bylines import credited
from framing.read.columns import language, with_title
from framing.read.decode import compose
from framing.read.files import InputFile
from framing.read.markup import html_tree
from framing.read.records import Found, Reader, Rejected

_MARKS = tuple(
    (beginning, re.compile(beginning + rest))  # a search for plain letters is many times faster
    for beginning, rest in (
        ('id="article-', r"[A-Z0-9]{10,}"),
        ("articleParagraph", r"\b"),
        ('class="article ', r'[a-z]{2}Article"'),
    )
)
_START_CHARS = 400_000
CODES = frozenset(
    {"HD", "BY", "WC", "PD", "ET", "SN", "SC", "LA", "CY", "LP", "TD", "AN", "SE", "PG", "ED", "CR"}
)
LENGTH = re.compile(r"^[\d.,]+ ?(?:words|wörter|mots|palabras|parole|字|文字|語|단어|слов)", re.IGNORECASE)
_TIME = re.compile(r"\d{1,2}[:.]\d\d")
_CLASS = "contains(concat(' ', normalize-space(@class), ' '), ' {} ')"
_BLOCKS = f"//div[starts-with(@id, 'article-')] | //div[{_CLASS.format('article')} and .//table]"
_PARAGRAPHS = f".//p[{_CLASS.format('articleParagraph')}]"


def _recognises(file: InputFile, mapping: Mapping[str, str]) -> bool:
    start = file.start
    if b"<" not in start[:500]:
        return False
    text = file.decoded.text[:_START_CHARS]
    return sum(len(mark.findall(text)) for beginning, mark in _MARKS if beginning in text) >= 2


def _read(file: InputFile, mapping: Mapping[str, str]) -> Iterator[Found]:
    tree = html_tree(file.decoded.text, "a page saved from Factiva")
    blocks = [block for block in tree.xpath(_BLOCKS) if block.xpath(_PARAGRAPHS)]
    inner = {id(child) for block in blocks for child in block.iterdescendants("div")}
    index = 0
    for block in blocks:
        if id(block) in inner:
            continue
        yield _article(block, index)
        index += 1


def _article(block: Any, index: int) -> Found:
    fields = _table(block) or _bare(block)
    parts = [_line(p) for p in block.xpath(_PARAGRAPHS)]
    return record(fields, parts, index)


def record(fields: Mapping[str, str], lines: Sequence[str], index: int) -> Found:
    """One document; ``fields`` by their codes, ``lines`` its paragraphs."""
    title = fields.get("HD", "")
    body = [line for line in lines if line and line != title]
    if not body:
        return Rejected("no text", "paragraphs", title[:60], index)
    return RawArticle(
        source=with_title(title, compose("\n\n".join(body))),
        outlet=fields.get("SN", ""),
        title=title,
        published=dates.first_iso(fields.get("PD", "")),
        byline=credited(fields.get("BY", "")),
        language=language(fields.get("LA", "")),
        index=index,
        extra=tuple(
            (name, fields[code])
            for name, code in (("section", "SE"), ("accession", "AN"))
            if fields.get(code)
        ),
        extracted=True,
    )


def _table(block: Any) -> dict[str, str]:
    """The fields of the layout with codes; empty where the block has no such table."""
    fields: dict[str, str] = {}
    for row in block.iter("tr"):
        cells = [_line(cell) for cell in row if cell.tag in ("td", "th")]
        if len(cells) >= 2 and cells[0] in CODES:
            fields.setdefault(cells[0], cells[1])
    return fields if "HD" in fields else {}


def _bare(block: Any) -> dict[str, str]:
    """The fields of the layout without codes: known by what they look like and where they stand."""
    lines = [_line(div) for div in block.iter("div") if len(div.xpath(".//div")) == 0]
    headline = next((_line(s) for s in block.iter("span") if "eadline" in (s.get("class") or "")), "")
    fields = {"HD": headline}
    for n, line in enumerate(lines):
        if LENGTH.match(line):
            above = lines[n - 1] if n else ""
            if above and above != headline and headline in lines[: n - 1]:
                fields["BY"] = above
            rest = lines[n + 1 : n + 6]
            fields |= after_length(rest)
            break
    fields["LA"] = next((line for line in lines if language(line) and len(line) > 2), "")
    return fields


def after_length(lines: list[str]) -> dict[str, str]:
    """Date and outlet among the lines below the number of words."""
    for n, line in enumerate(lines):
        if dates.first_iso(line):
            following = [other for other in lines[n + 1 :] if not _TIME.match(other)]
            return {"PD": line, "SN": following[0] if following else ""}
    return {}


def _line(element: Any) -> str:
    return " ".join(str(element.text_content()).split())


READER = Reader("factiva_html", _recognises, _read)
