"""The records that everything speaks in: a span, a line of the source, an article.

Offsets are Python string offsets (Unicode code points), end excluded, and always
point into :attr:`Article.text`, the cleaned text. The text as it was read stays in
:attr:`Article.source`; every line of it is a :class:`Paragraph` that says what the
line was taken for and why, so that nothing that was dropped is lost.
"""

from __future__ import annotations

import bisect
import hashlib
from dataclasses import dataclass, field
from typing import Literal, get_args

Role = Literal[
    "title", "standfirst", "subhead", "body", "caption", "byline", "dateline", "credit", "furniture"
]
ROLES: tuple[Role, ...] = get_args(Role)

# What stays in the cleaned text. The rest of an article's lines is kept in
# `Article.source` and listed in paragraphs.csv with the reason.
TEXT_ROLES: frozenset[Role] = frozenset({"title", "standfirst", "subhead", "body"})


class FramingError(Exception):
    """A mistake in the input or the call: says what was given, what was expected, what to do."""


@dataclass(frozen=True, slots=True, order=True, init=False)
class Span:
    """Characters ``start`` up to, not including, ``end`` of an article's text."""

    start: int
    end: int

    def __init__(self, start: int, end: int) -> None:
        if not 0 <= start <= end:
            raise ValueError(f"span {start}:{end}; expected 0 <= start <= end")
        _set_start(self, start)
        _set_end(self, end)

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The characters of ``text`` that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether ``other`` lies inside this span."""
        return self.start <= other.start and other.end <= self.end


# An article has a thousand spans; by its slots one is made in half the time that a frozen dataclass takes.
_set_start, _set_end = (Span.__dict__[name].__set__ for name in ("start", "end"))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the source, or the part of a line that has a role of its own.

    ``source`` points into :attr:`Article.source`. ``span`` points into
    :attr:`Article.text` and is None where the line is no part of it.
    """

    n: int
    role: Role
    source: Span
    span: Span | None
    reason: str


@dataclass(frozen=True, slots=True)
class Article:
    """One published text of one outlet. Empty strings mean "not known".

    ``pieces`` maps the cleaned text back: each ``(start, source_start, length)`` says
    that ``text[start:start + length]`` was read at ``source[source_start:]``; characters
    between pieces (paragraph breaks) are not in the source.
    """

    id: str
    text: str
    source: str
    paragraphs: tuple[Paragraph, ...]
    pieces: tuple[tuple[int, int, int], ...]
    outlet: str = ""
    title: str = ""
    published: str = ""  # ISO 8601 date or date-time
    url: str = ""
    byline: str = ""
    dateline: str = ""
    wire_agency: str = ""
    language: str = ""  # ISO 639-1
    truncated: bool = False
    source_file: str = ""
    source_format: str = ""
    inferred: tuple[str, ...] = ()  # names of the fields above that were inferred, not printed
    warnings: tuple[str, ...] = ()
    extra: tuple[tuple[str, str], ...] = field(default=())  # the user's own metadata columns

    def to_source(self, span: Span) -> Span:
        """Where ``span`` of the cleaned text stands in the source.

        >>> article = Article("a", "One.\\n\\nTwo.", "One.\\nMENU\\nTwo.", (), ((0, 0, 4), (6, 10, 4)))
        >>> article.to_source(Span(6, 9)).of(article.source)
        'Two'
        """
        if span.end > len(self.text):
            raise ValueError(f"span {span.start}:{span.end} in a text of {len(self.text)} characters")
        return Span(self._source_offset(span.start), self._source_offset(span.end - 1) + 1)

    def _source_offset(self, offset: int) -> int:
        starts = [piece[0] for piece in self.pieces]
        at = max(0, bisect.bisect_right(starts, offset) - 1)
        start, source_start, length = self.pieces[at]
        return source_start + min(max(0, offset - start), length)

    @property
    def title_span(self) -> Span | None:
        """Where the title stands in the cleaned text, None where there is no title line."""
        return next((p.span for p in self.paragraphs if p.role == "title" and p.span), None)

    def body_spans(self) -> list[Span]:
        """The paragraphs of the cleaned text other than the title, in order."""
        return [p.span for p in self.paragraphs if p.span and p.role != "title"]


def article_id(source: str, outlet: str = "") -> str:
    """A stable id from content and outlet: the same article read twice gets the same id.

    >>> article_id("Some text", "Daily") == article_id("Some text", "Daily")
    True
    >>> article_id("Some text", "Daily") == article_id("Some text", "Post")
    False
    """
    digest = hashlib.blake2b(digest_size=6)
    for field_ in (source, outlet):
        digest.update(field_.encode("utf-8", "surrogatepass") + b"\0")
    return "a" + digest.hexdigest()
