"""The two doors through which names and texts reach a page: escaped Markdown, escaped HTML.

Outlet, speaker and file names are other people's strings. Streamlit reads Markdown in
headings, captions, messages and options, where a name could fetch an image or turn into
a formula; so every string that is not ours passes here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import urlencode

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
# Characters that reorder what stands beside them; shown as their code point.
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")


def visible(text: object) -> str:
    """``text`` on one line, with characters that would reorder the page made visible.

    >>> visible("a\\u202eb\\nc")
    'a[U+202E]b c'
    """
    return _BIDI.sub(lambda m: f"[U+{ord(m.group()):04X}]", _CONTROL.sub(" ", str(text)))


def md(text: object) -> str:
    r"""``text`` for a place that Streamlit reads as Markdown: shown as it is, whatever it holds.

    >>> md("![x](http://h/i.png) $a$")
    '\\!\\[x\\]\\(http\\:\\/\\/h\\/i\\.png\\) \\$a\\$'
    """
    return _PUNCTUATION.sub(r"\\\1", visible(text))


def href(page: str, params: Mapping[str, str]) -> str:
    """The address of a page of this dashboard.

    >>> href("compare", {"event": "e1", "a": "x y"})
    '/compare?event=e1&a=x+y'
    """
    query = urlencode(params)
    return f"/{page}?{query}" if query else f"/{page}"


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell that links to a page of this dashboard; ``value``: the number that it shows, if any."""

    text: str
    href: str
    value: float | None = None

    @classmethod
    def of(cls, value: float, href: str) -> Cell:
        """A number that leads to what it rests on."""
        return cls(number(value), href, value)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a drawn table: key in the row, heading, whether it holds numbers."""

    key: str
    label: str
    number: bool = False


def table_html(
    rows: Iterable[Mapping[str, Any]],
    columns: Sequence[Column],
    *,
    caption: str,
    keep: Mapping[str, str] | None = None,
) -> str:
    """Rows as an escaped HTML table with a caption, in a box that scrolls sideways by keyboard too.

    A row whose ``marked`` is true is set off; its words must say why as well. Missing values
    are drawn as an en dash, so that an empty cell is never mistaken for zero.
    ``keep``: parameters that every link of the table carries on.
    """
    kept = urlencode(keep or {})
    head = "".join(
        f'<th scope="col"{" class=number" if c.number else ""}>{escape(c.label)}</th>' for c in columns
    )
    body = "".join(
        ('<tr class="marked">' if row.get("marked") else "<tr>")
        + "".join(_td(row.get(c.key), c, kept) for c in columns)
        + "</tr>"
        for row in rows
    )
    label = escape(visible(caption))
    return (
        f'<div class="framing-table" role="region" aria-label="{label}" tabindex="0"><table>'
        f"<caption><span>{label}</span></caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def facts_html(facts: Iterable[tuple[str, object]]) -> str:
    """Name and value pairs as an escaped definition list."""
    items = "".join(
        f"<div><dt>{escape(visible(name))}</dt><dd>{escape(visible(value))}</dd></div>"
        for name, value in facts
    )
    return f'<dl class="framing-facts">{items}</dl>'


def number(value: object) -> str:
    """A number as a reader wants it: thousands apart, three significant digits below 100.

    >>> number(1234), number(0.12345), number(12.0), number(3.14159)
    ('1,234', '0.123', '12', '3.14')
    """
    if isinstance(value, int):
        return f"{value:,}"
    value = float(str(value))
    if abs(value) >= 100 or value.is_integer():
        return f"{value:,.0f}"
    return f"{value:.3g}"


def _td(value: Any, column: Column, kept: str) -> str:
    kind = ' class="number"' if column.number else ""
    if isinstance(value, Cell):
        text = escape(visible(value.text))
        address = value.href + ("&" if "?" in value.href else "?") + kept if kept else value.href
        return f'<td{kind} dir="auto"><a href="{escape(address)}" target="_self">{text}</a></td>'
    if value is None or value == "" or value != value:
        return f"<td{kind}>–</td>"
    text = number(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else str(value)
    return f'<td{kind} dir="auto">{escape(visible(text))}</td>'
