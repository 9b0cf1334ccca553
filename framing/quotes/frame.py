"""What the parser gets to see: paragraphs whose quotations are replaced by a short clause.

A parser trained on edited sentences stumbles over long quotations and loose marks. So a
quotation that is a clause of its own becomes "It is so," in the *frame* of its
paragraph, and its content becomes a unit of its own; the marks of short quotations
inside a sentence are left out. Every character is parsed once, and an offset map leads
back to the article.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass

from framing.article import Span
from framing.quotes.marks import Marked
from framing.quotes.shape import is_named, is_title_case, not_speech
from framing.quotes.sight import CUE_FOLLOWS, CUE_VERB, VERB_FOLLOWS, VERBS

PLACEHOLDER = "It is so"

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_SENTENCE_END = frozenset(".!?…")


# A place, perhaps an agency and a date, and a dash before the first sentence: DALLAS (AP) —
_DATELINE = re.compile(
    r"(?:[A-Z][A-Z.'’]+(?:[ ,/-]+(?:[A-Z][\w.'’]*))*?)"
    r"(?:,? (?:Jan|Feb|March|April|May|June|July|Aug|Sept|Oct|Nov|Dec)\w*\.? \d{1,2})?"
    r"(?:\s?\([A-Z][\w .]+\))?\s+(?:—|–|--|-)\s+(?=\S)"
)


@dataclass(frozen=True, slots=True)
class Hole:
    """Where a placeholder stands in a unit's text, and for which of the paragraph's quotations."""

    start: int
    end: int
    mark: int


@dataclass(frozen=True, slots=True)
class Unit:
    """A text to parse and the map back.

    ``pieces`` are ``(unit_start, text_start, length)``, in order. ``inside`` is the index
    of the quotation whose content the unit is, None for a paragraph's frame; ``marks``
    are the paragraph's quotations that the indices of ``holes`` and ``inside`` point to.
    """

    text: str
    pieces: tuple[tuple[int, int, int], ...]
    holes: tuple[Hole, ...]
    region: Span
    paragraph: int
    inside: int | None = None
    marks: tuple[Marked, ...] = ()

    def to_article(self, offset: int) -> int:
        """The article offset of character ``offset``, -1 where it is no character of the article."""
        at = bisect.bisect_right(self.pieces, (offset, 1 << 60, 0)) - 1
        if at < 0:
            return -1
        start, text_start, length = self.pieces[at]
        return text_start + offset - start if offset < start + length else -1


def units(text: str, paragraph: Span, n: int, marks: Sequence[Marked]) -> list[Unit]:
    """The frame of paragraph ``n`` and one unit for each quotation taken out of it."""
    out: list[Unit] = []
    dateline = _DATELINE.match(text, paragraph.start, paragraph.end)
    body = Span(dateline.end(), paragraph.end) if dateline else paragraph
    if dateline and not any(m.span.start < dateline.end() for m in marks):
        out.append(_unit(text, Span(paragraph.start, dateline.end()), n, (), None))
    else:
        body = paragraph
    todo: list[tuple[Span, int | None]] = [(body, None)]
    while todo:
        region, inside = todo.pop(0)
        unit = _unit(text, region, n, tuple(marks), inside)
        out.append(unit)
        todo += [(marks[hole.mark].inner, hole.mark) for hole in unit.holes]
    return out


def is_clause(text: str, marked: Marked, region: Span) -> bool:
    """Whether a quotation is a clause of its own, so that a placeholder may stand for it."""
    content = marked.inner.of(text).strip()
    n = len(_WORD.findall(content))
    if n == 0:
        return False
    before = text[region.start : marked.span.start].rstrip()
    after = text[marked.span.end : region.end].lstrip(" ")
    opens = not before or before[-1] in '.!?”"'
    cue = opens and (VERB_FOLLOWS.match(after.lstrip(" ,")) or CUE_FOLLOWS.match(after.lstrip(" ,")))
    ended = content[-1] in "?!" or (content[-1] in ".," and (cue or not before))
    if is_title_case(content) and not ended:
        return False
    if is_named(text, marked, region) or not_speech(text, marked, region) == "title":
        return False
    starts_fresh = not before or before[-1] in '.!?:…”"—–'
    capital = content[0].isupper() or (starts_fresh and not content[0].isalpha())
    ends = content[-1] in _SENTENCE_END or content[-1] in ",—–-;"
    if marked.unclosed or marked.unopened:
        return n >= 3
    if (
        content[-1] == ","
        and n >= 4
        and _OPENER.search(before)
        and (VERB_FOLLOWS.match(after) or CUE_FOLLOWS.match(after))
    ):
        return True
    if capital and starts_fresh and _NEW_SENTENCE.search(content):
        return True
    if not ends and after[:1].isalpha() and after[0].islower() and not VERB_FOLLOWS.match(after):
        return False  # the sentence goes on: "I would vote for him" if she …
    if starts_fresh and _ATTRIBUTED.match(after):
        return True
    if ends and n >= 4 and _GOVERNED.search(before):
        return True
    if before[-1:] == "," and content[0].islower() and not _INTRODUCED.search(before):
        return False
    if starts_fresh or before[-1] == ",":
        return ends or (capital and n >= 3) or n >= 6
    return capital and n >= 3 and (ends or n >= 6)


@dataclass(frozen=True, slots=True)
class _Cut:
    """``start:end`` of the text leaves the unit and ``new`` comes in; a hole at ``hole`` inside ``new``."""

    start: int
    end: int
    new: str = ""
    mark: int | None = None
    hole: tuple[int, int] = (0, 0)


def _unit(text: str, region: Span, n: int, marks: tuple[Marked, ...], inside: int | None) -> Unit:
    parts: list[str] = []
    pieces: list[tuple[int, int, int]] = []
    holes: list[Hole] = []
    at, length = region.start, 0
    for cut in [*_cuts(text, region, marks, inside), _Cut(region.end, region.end)]:
        if cut.start > at:
            pieces.append((length, at, cut.start - at))
            parts.append(text[at : cut.start])
            length += cut.start - at
        if cut.mark is not None:
            holes.append(Hole(length + cut.hole[0], length + cut.hole[1], cut.mark))
        parts.append(cut.new)
        length += len(cut.new)
        at = max(at, cut.end)
    # The tagger takes a curly apostrophe after a plural ("the workers’ union") for a closing mark.
    shown = "".join(parts).replace("’", "'").replace("‘", "'")
    return Unit(shown, tuple(pieces), tuple(holes), region, n, inside, marks)


def _cuts(text: str, region: Span, marks: tuple[Marked, ...], inside: int | None) -> list[_Cut]:
    """What is taken out of ``region``, in order and without overlap."""
    cuts: list[_Cut] = []
    done = region.start  # the end of the last quotation that was taken out
    last: Marked | None = None
    for i, marked in enumerate(marks):
        if i == inside or not region.contains(marked.span) or marked.span.start < done:
            continue
        if not is_clause(text, marked, region):
            cuts += [c for c in _loose(text, marked) if c.start >= done]
            continue
        if last is not None and _is_second_half(text, last, marked):
            comma = _COMMA_BEFORE.search(text, last.span.end, marked.span.start)
            start = comma.start() if comma else marked.span.start
            new = _end_of(text, marked, region).replace(",", "")
            cuts.append(_Cut(start, marked.span.end, new, i))
        else:
            glued = [text[k : k + 1].strip() for k in (marked.span.start - 1, marked.span.end)]
            before = " " if glued[0] in (",", ":") and marked.span.start > region.start else ""
            after = " " if glued[1].isalnum() else ""
            new = f'{before}"{PLACEHOLDER}{_end_of(text, marked, region)}"{after}'
            first = len(before) + 1
            cuts.append(_Cut(marked.span.start, marked.span.end, new, i, (first, first + len(PLACEHOLDER))))
        last, done = marked, marked.span.end
    cuts.sort(key=lambda c: c.start)
    return [c for n, c in enumerate(cuts) if n == 0 or c.start >= max(x.end for x in cuts[:n])]


_COMMA_BEFORE = re.compile(r"[,;]?\s*$")
_BETWEEN_HALVES = re.compile(r"[^.!?;\n“”\"]{2,120},\s*$")
_ABBREVIATION = re.compile(r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|St|Jr|Sr|Prof|Rev|Hon)\.")


def _is_second_half(text: str, first: Marked, second: Marked) -> bool:
    """Whether a cue breaks one sentence in two: "A," said Smith, "b"."""
    between = _ABBREVIATION.sub("", text[first.span.end : second.span.start])
    last, begins = first.inner.of(text).rstrip()[-1:], second.inner.of(text).lstrip()[:1]
    if last == "." or (last in "?!" and begins.isupper()) or len(CUE_VERB.findall(between)) > 1:
        return False
    return bool(_BETWEEN_HALVES.fullmatch(between))


def _loose(text: str, marked: Marked) -> list[_Cut]:
    """The marks of a quotation that stays in the sentence; a space where letters would grow together."""
    out = []
    for start, end in ((marked.span.start, marked.inner.start), (marked.inner.end, marked.span.end)):
        if start < end:
            glued = text[max(0, start - 1) : start].isalnum() and text[end : end + 1].isalnum()
            out.append(_Cut(start, end, " " if glued else ""))
    return out


# A verb of saying right before a quotation that ends its clause: cautioned "let's not be hasty," before …
_GOVERNED = re.compile(rf"\b(?:{VERBS})(?:\s\w+)?(?:\sthat)?$")
# A quotation of more than one sentence.
_NEW_SENTENCE = re.compile(r"[a-z][.!?]\s+[A-Z]")
# British style: the comma stands after the mark.
_ATTRIBUTED = re.compile(rf",\s(?:{VERBS})\s")
# What makes a quotation after a comma one of its own although it begins in lower case.
_INTRODUCED = re.compile(rf"(?:[,?!][”\"][^.!?]*|\b(?:{VERBS})\b[^.!?;]{{0,50}}),$")
# A quotation may begin in the middle of its sentence, after a word of the reporter's: But "if you …," said X.
_OPENER = re.compile(r"(?:^|[.!?”\"]\s)(?:But|And|So|Then|Still|Yet|Now|Also|Plus|Or)$")


def _end_of(text: str, marked: Marked, region: Span) -> str:
    """What ends the placeholder: a comma where the sentence goes on after the quotation."""
    after = text[marked.span.end : region.end].lstrip()
    last = marked.inner.of(text).rstrip()[-1:]
    if not after:
        return "."
    if after[0] in ",.;:)—–":
        return ""
    if last == "," or not after[0].isupper() or CUE_FOLLOWS.match(after):
        return ","
    return "." if last in _SENTENCE_END else ","
