"""Who is quoted, mentioned or not found in each text: as the tool sees it, cell by cell with its place.

"Not found in this text" is all that a cell can say: the tool looks for the words by which
settings or the study call a stakeholder, and for marks of quotations with that speaker.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from framing.article import Span
from framing.classroom.texts import Kind, Shown

Code = Literal["quoted", "mentioned", "absent"]
CODES: tuple[Code, ...] = get_args(Code)


@dataclass(frozen=True, slots=True)
class Stakeholder:
    """Somebody who is affected or knows something, and the words by which texts call them."""

    name: str
    called: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """What was found of a stakeholder in a text; ``places`` lie in the text, the first place first."""

    code: Code
    places: tuple[Span, ...] = ()


def parse(entry: str) -> Stakeholder:
    """A stakeholder as settings write it: ``name: words, words``.

    >>> parse("night nurse: Tobias Renn, Renn")
    Stakeholder(name='night nurse', called=('night nurse', 'Tobias Renn', 'Renn'))
    """
    name, _, rest = entry.partition(":")
    called = [name.strip(), *(part.strip() for part in rest.split(","))]
    return Stakeholder(name.strip(), tuple(dict.fromkeys(filter(None, called))))


def found(stakeholder: Stakeholder, text: Shown, kind: Kind) -> Cell:
    """What the marks of ``kind`` and the text's words say of a stakeholder."""
    pattern = _pattern(stakeholder.called)
    spoken = [
        mark.span
        for mark in text.marks(kind)
        if mark.layer in ("quote", "reported") and mark.speaker and pattern.search(mark.speaker)
    ]
    if spoken:
        return Cell("quoted", tuple(spoken))
    named = [Span(*match.span()) for match in pattern.finditer(text.text)]
    return Cell("mentioned", tuple(named)) if named else Cell("absent")


def _pattern(called: Sequence[str]) -> re.Pattern[str]:
    longest = sorted(called, key=lambda words: (-len(words), words))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)", re.IGNORECASE)


def paragraph(text: Shown, place: Span) -> int:
    """The number of the paragraph that a place is in, counted from 1, the headline included."""
    return max(1, sum(span.start <= place.start for _, span in text.paragraphs))


def sentence(text: str, place: Span) -> str:
    """The sentence around a place, as plain text.

    >>> sentence("One. Two has it! Three.", Span(5, 8))
    'Two has it!'
    """
    return around(text, place).of(text)


def around(text: str, place: Span) -> Span:
    """Where the sentence around a place stands; line breaks end sentences too."""
    start = 0
    for match in re.finditer(r"[.!?][\"”’')]*\s+(?=[\"“‘'(]?[A-Z0-9])|\n+", text):
        if match.end() > place.start:
            end = match.start() + len(match.group().rstrip())
            return Span(start, max(end, start))
        start = match.end()
    return Span(start, len(text.rstrip()))


def majority(codes: Iterable[str]) -> tuple[str, int, int]:
    """The code that most groups gave, how many gave it, and of how many; "" where two lead."""
    given = list(codes)
    counts = sorted(((given.count(code), code) for code in set(given)), reverse=True)
    if not counts:
        return "", 0, 0
    if len(counts) > 1 and counts[0][0] == counts[1][0]:
        return "", counts[0][0], len(given)
    return counts[0][1], counts[0][0], len(given)
