"""What a reader hands to the cleaner: the text as it was read and what is known beside it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RawArticle:
    """One article before cleaning. Empty strings mean "not given".

    ``source`` holds one paragraph a line; a title known from elsewhere stands as its
    first line, so that it has a place in the text. ``inferred`` names the given fields
    that were inferred and not stated, such as an outlet taken from a folder's name.
    ``extracted`` says that an extractor or an archive has separated the article from its
    page: position alone then makes no line furniture. ``furniture`` holds keys
    (:func:`framing.clean.lines.line_key`) of lines that stand in many articles of the outlet,
    ``standfirsts`` those of lines that the page marks as standfirst.
    """

    source: str
    outlet: str = ""
    title: str = ""
    published: str = ""
    url: str = ""
    byline: str = ""
    dateline: str = ""
    wire_agency: str = ""
    language: str = ""
    truncated: bool = False
    source_file: str = ""
    source_format: str = "text"
    index: int = 0
    inferred: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    extra: tuple[tuple[str, str], ...] = ()
    extracted: bool = False
    furniture: frozenset[str] = frozenset()
    standfirsts: frozenset[str] = frozenset()
