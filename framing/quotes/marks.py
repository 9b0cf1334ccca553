"""Quotation marks of a paragraph, paired: curly, straight, ``''``, British single, « », odd and unclosed.

Apostrophes are told from single marks by their neighbours. Marks pair inside a
paragraph only; a mark that finds no partner is handled by the conventions of print:
an opening mark without a partner runs to the end of the paragraph (the next paragraph
of the same speech opens again), a closing mark without a partner closes what the
paragraph before left open.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from framing.article import Span

Family = Literal["double", "single"]

_OPEN = frozenset("“„«‟")
_CLOSE = frozenset("”»")
_DOUBLE = re.compile(r"[“”„‟\"«»″]|''|``|’’|‘‘|´´")
_SINGLE = re.compile(r"[‘’'‚‛`´]")

# What may stand before an opening mark: nothing, space, brackets, dashes, another mark.
_BEFORE_OPEN = re.compile(r"(?:^|[\s(\[{/—–\-:…“”„\"«‘'’])$")
# Words that begin with an apostrophe: no opening mark.
_ELISION = re.compile(
    r"(?:\d0s\b|\d\ds?\b|em\b|tis\b|twas\b|til\b|till\b|cause\b|n\b|bout\b|round\b|cos\b)", re.I
)
_WORD = re.compile(r"\w")

# An unclosed quotation ends before its cue where one is printed after a comma:
# "We will win, she said. Then she left."
_CUE_AFTER_COMMA = re.compile(
    r",\s+(?:(?:he|she|they|it|[A-Z][\w.’'-]+(?:\s[A-Z][\w.’'-]+){0,3})\s+(?:said|says|told|added|wrote|tweeted)"
    r"|(?:said|says|added|wrote|tweeted)\s+[A-Z]\w*)\b"
)


@dataclass(frozen=True, slots=True)
class Marked:
    """Text between a pair of marks. ``span`` has the marks, ``inner`` has not (offsets into the text)."""

    span: Span
    inner: Span
    family: Family
    unclosed: bool = False  # no closing mark: ran to the end of its paragraph
    unopened: bool = False  # no opening mark: carried on from the paragraph before


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    family: Family
    can_open: bool
    can_close: bool


def pair(text: str, paragraph: Span, *, carried: bool = False) -> list[Marked]:
    """The marked stretches of ``paragraph`` in text order, nested ones after the one around them.

    ``carried`` says that the paragraph before left a quotation open, so that a closing
    mark without a partner may close it.
    """
    marks = _marks(text, paragraph)
    found: list[Marked] = []
    stack: list[_Mark] = []
    for i, mark in enumerate(marks):
        partner = _partner(stack, mark)
        if partner is not None:
            del stack[partner + 1 :]
            opening = stack.pop()
            if mark.start > opening.end:
                found.append(_marked(opening.start, mark.end, opening.end, mark.start, mark.family))
        elif mark.can_open:
            for left in [m for m in stack if m.family == mark.family]:
                _add_unclosed(found, text, left, Span(paragraph.start, mark.start), closed_by_next=True)
                stack.remove(left)
            stack.append(mark)
        elif carried and not found and not stack and mark.can_close and i == 0:
            found.append(
                Marked(
                    Span(paragraph.start, mark.end),
                    Span(paragraph.start, mark.start),
                    mark.family,
                    unopened=True,
                )
            )
    for left in stack:
        # A single mark without a partner is an apostrophe more often than a quotation.
        if left.family == "double" or left.start == paragraph.start:
            _add_unclosed(found, text, left, paragraph)
    return sorted(found, key=lambda m: (m.span.start, -m.span.end))


def _marked(start: int, end: int, inner_start: int, inner_end: int, family: Family) -> Marked:
    return Marked(Span(start, end), Span(inner_start, inner_end), family)


def _add_unclosed(
    found: list[Marked], text: str, left: _Mark, within: Span, *, closed_by_next: bool = False
) -> None:
    """Add the quotation that ``left`` opens and nothing closes, where that is a plausible reading."""
    end = within.end
    cue = _CUE_AFTER_COMMA.search(text, left.end, end)
    if cue:
        end = cue.start() + 1
    while end > left.end and text[end - 1].isspace():
        end -= 1
    crossing = any(m.span.start < end < m.span.end for m in found)
    if end > left.end and not crossing:
        runs_on = not cue and not closed_by_next
        found.append(Marked(Span(left.start, end), Span(left.end, end), left.family, unclosed=runs_on))


def _partner(stack: list[_Mark], mark: _Mark) -> int | None:
    """The place in ``stack`` of the mark that ``mark`` closes, None where it closes none."""
    if not mark.can_close:
        return None
    for at in range(len(stack) - 1, -1, -1):
        if stack[at].family == mark.family:
            return at
    return None


def _marks(text: str, paragraph: Span) -> list[_Mark]:
    doubles = _doubles(text, paragraph)
    taken = {i for m in doubles for i in range(m.start, m.end)}
    return sorted([*doubles, *_singles(text, paragraph, taken)], key=lambda m: m.start)


def _doubles(text: str, paragraph: Span) -> list[_Mark]:
    out: list[_Mark] = []
    german = False  # inside „…“ the mark “ closes
    for m in _DOUBLE.finditer(text, paragraph.start, paragraph.end):
        glyph = m.group()
        if glyph == "″" or (glyph in ('"', "''") and _is_inches(text, m.start(), paragraph.start, out)):
            continue
        opens, closes = _directions(text, m.start(), m.end(), paragraph)
        if glyph == "„":
            german, opens, closes = True, True, False
        elif glyph == "“" and german and closes:
            german, opens = False, False
        elif glyph in _OPEN and opens:
            closes = False
        elif glyph in _CLOSE and closes:
            opens = False
        elif glyph in _OPEN:  # curled the wrong way, or glued to a word: trusted only where it can stand
            opens, closes = not closes, closes
        elif glyph in _CLOSE:
            opens, closes = opens, not opens
        out.append(_Mark(m.start(), m.end(), "double", opens, closes))
    return out


def _is_inches(text: str, at: int, start: int, before: list[_Mark]) -> bool:
    """A straight mark after a digit with no quotation open: 6'2"."""
    if at <= start or not text[at - 1].isdigit():
        return False
    return sum(m.can_open and not m.can_close for m in before) <= sum(m.can_close for m in before)


def _directions(text: str, start: int, end: int, paragraph: Span) -> tuple[bool, bool]:
    """Whether a mark at ``start:end`` may open and may close, by its neighbours."""
    before = text[max(paragraph.start, start - 1) : start]
    after = text[end : min(paragraph.end, end + 1)]
    opens = bool(_BEFORE_OPEN.search(before)) and bool(after) and not after.isspace()
    closes = bool(before) and not before.isspace() and not (after and _WORD.match(after) and opens)
    if before in ("(", "[", "{"):
        closes = False
    if before in (",", ":") and after and _WORD.match(after):
        opens = True  # the space is missing: said,“We …
    if not opens and not closes:
        # Space on both sides ( " like this " ): either, by what is open.
        opens = closes = bool(after)
        closes = closes or bool(before)
    return opens, closes


def _singles(text: str, paragraph: Span, taken: set[int]) -> list[_Mark]:
    """Single marks that quote: an opening one together with the mark that closes it."""
    places = [
        m.start() for m in _SINGLE.finditer(text, paragraph.start, paragraph.end) if m.start() not in taken
    ]
    out: list[_Mark] = []
    closed_until = -1
    for n, at in enumerate(places):
        if at <= closed_until or not _single_opens(text, at, paragraph):
            continue
        close = _single_close(text, places[n + 1 :], paragraph)
        if close is not None:
            out.append(_Mark(at, at + 1, "single", True, False))
            out.append(_Mark(close, close + 1, "single", False, True))
            closed_until = close
        elif at == paragraph.start:
            out.append(_Mark(at, at + 1, "single", True, False))
    return out


def _single_opens(text: str, at: int, paragraph: Span) -> bool:
    before = text[max(paragraph.start, at - 1) : at]
    after = text[at + 1 : min(paragraph.end, at + 2)]
    if not after or after.isspace() or not _BEFORE_OPEN.search(before) or text[at] == "’":
        return False
    if _ELISION.match(text, at + 1):
        return False
    return bool(_WORD.match(after)) or after in '“"…£$€[(¡¿.@#'


def _single_close(text: str, places: list[int], paragraph: Span) -> int | None:
    """The mark that closes: the first that no apostrophe explains.

    After punctuation a mark closes for sure. After a letter it closes unless a plural
    possessive ("the workers' rights") explains it and a surer mark follows.
    """
    doubtful: int | None = None
    for at in places:
        before = text[at - 1]
        after = text[at + 1 : min(paragraph.end, at + 2)]
        if text[at] == "‘" or (_single_opens(text, at, paragraph) and before.isspace()):
            if doubtful is not None:
                return doubtful
            if text[at] == "‘":
                continue  # a quotation inside the quotation
        if (after and _WORD.match(after)) or before.isspace():
            continue
        possessive = before in "sSzx" and after == " " and text[at + 2 : at + 3].islower()
        if not possessive:
            return at
        if doubtful is None:
            doubtful = at
    return doubtful
