"""What a reader hands to the cleaner: the text as it was read and what is known beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from framing.clean.lines import flatten, seen


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


_FIELDS = ("outlet", "title", "published", "url", "byline", "dateline", "wire_agency", "language")
_HALF_SURROGATE = re.compile("[\ud800-\udfff]")


def visible(raw: RawArticle) -> RawArticle:
    """``raw`` without half surrogates, its fields without characters that nobody sees; both reported.

    A half surrogate is no character and no file can hold it: U+FFFD takes its place, so that
    offsets keep. In the text other unseen characters stay in the source and are left out of the
    cleaned text alone; a field has no source to go back to.

    >>> visible(RawArticle("One\\ud800.", title="Fer\\u202ery")).warnings
    ('1 half surrogates replaced', 'title: 1 unseen characters left out')
    """
    given = {name: value for name in _FIELDS if not (value := getattr(raw, name)).isprintable()}
    try:
        raw.source.encode("utf-8")
        source, n_halves = raw.source, 0
    except UnicodeEncodeError:
        source, n_halves = _HALF_SURROGATE.subn("\ufffd", raw.source)
    extra = tuple((_whole(name), _whole(value)) for name, value in raw.extra)
    if not given and not n_halves and extra == raw.extra:
        return raw
    warnings = [f"{n_halves} half surrogates replaced"] if n_halves else []
    for name, value in given.items():
        given[name] = _seen(value)
        if n_left_out := len(value) - len(given[name]):
            warnings.append(f"{name}: {n_left_out} unseen characters left out")
    return replace(raw, source=source, extra=extra, warnings=(*raw.warnings, *warnings), **given)


def _whole(value: str) -> str:
    return value if value.isprintable() else _HALF_SURROGATE.sub("\ufffd", value)


def _seen(value: str) -> str:
    """``value`` as a reader sees it, on one line."""
    if value.isprintable():
        return value
    value = _whole(value)
    return seen(flatten(" ".join(value.splitlines())))
