"""What an outlet, a date and a count are called on a page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from framing.tables import records

NOT_STATED = "Outlet not stated"

VOICE_NAMES = {
    "all": "whole text",
    "outlet": "outlet's own words",
    "quoted": "quoted words",
    "attributed": "reported speech",
}


def outlet_name(row: Mapping[str, Any]) -> str:
    """The outlet of an article's row. Articles without one are told apart by their id, never merged.

    >>> outlet_name({"outlet": None, "article_id": "a1b2c3d4e5f6"})
    'Outlet not stated (a1b2c3)'
    """
    return str(row["outlet"]) if row.get("outlet") else f"{NOT_STATED} ({str(row['article_id'])[:6]})"


def outlet_key(articles: pd.DataFrame) -> pd.Series:
    """The name of every row's outlet, for grouping."""
    return pd.Series([outlet_name(r) for r in records(articles[["outlet", "article_id"]])], articles.index)


# Characters on each side of words in context: about a line each.
CONTEXT = 60
_FIRST_PART, _LAST_PART = re.compile(r"^\S*\s"), re.compile(r"\s\S*$")


def in_context(text: str, start: int, end: int) -> dict[str, str]:
    """The words ``start`` to ``end`` of a text with the whole words that stand before and after them.

    >>> found = in_context("before " * 20 + "word" + " after" * 20, 140, 144)
    >>> found["left"][:7], found["right"][-6:]
    ('before ', ' after')
    """
    left, right = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    if start > CONTEXT:
        left = _FIRST_PART.sub("", left)
    if end + CONTEXT < len(text):
        right = _LAST_PART.sub("", right)
    return {"left": left, "word": text[start:end], "right": right}


def when(row: Mapping[str, Any]) -> str:
    """The date of publication as printed, or that there is none."""
    return str(row.get("published") or "no date")


def plural(n: int, one: str, many: str = "") -> str:
    """A count with its noun.

    >>> plural(1, "article"), plural(2, "article")
    ('1 article', '2 articles')
    """
    return f"{n:,} {one if n == 1 else many or one + 's'}"
