"""Source text to lines: where each stands, and its text without what nobody sees.

Positions never move: a character is either kept, turned into one other character
(no-break space to space) or left out, so that every kept character can be found in
the source again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, pairwise, repeat
from statistics import median

from framing.article import Role

# Rules look at this much of a line; a longer line is a paragraph whatever it says.
MAX_RULE_CHARS = 20_000

_ODD_SPACE = re.compile(r"[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# Controls (C0, C1), soft hyphen, zero-width and bidirectional controls, half surrogates.
_UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_LINE_END = re.compile(r"[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_ODD_LINE_END = re.compile(r"[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_LINE_BREAK = re.compile(rf"\r\n|{_LINE_END.pattern}")
_TOKEN = re.compile(rf" +|{_UNSEEN.pattern}+|(?:(?!{_UNSEEN.pattern})[^ ])+")
_BIDI = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_NOT_A_WORD = re.compile(r"[\W_]+")

_WRAP_MIN_LINES = 6  # fewer inner lines say nothing about wrapping
_WRAP_MAX_WIDTH = 100  # no one wraps mail or archive text wider than this
_WRAP_MIN_WIDTH = 50


@dataclass(slots=True)
class Part:
    """A stretch of a line with a role of its own, in source offsets."""

    role: Role
    start: int
    end: int
    reason: str


@dataclass(slots=True)
class Line:
    """One line (or one unwrapped block of lines) of the source while it is being judged.

    ``flat`` is the source slice with every odd space as a space: same length, so matches
    in it are offsets from ``start``. ``text`` is what a reader sees.
    """

    start: int
    end: int
    flat: str
    text: str
    n_words: int
    gap: bool  # a blank line stands before it
    role: Role | None = None
    reason: str = ""
    before: list[Part] = field(default_factory=list)  # split off at the line's beginning
    after: list[Part] = field(default_factory=list)  # split off at its end
    _key: str | None = field(default=None, init=False, repr=False)

    def take(self, role: Role, reason: str) -> None:
        """Settle what the line is; the first rule that speaks wins."""
        if self.role is None:
            self.role, self.reason = role, reason

    @property
    def settled(self) -> bool:
        """Whether a rule has spoken."""
        return self.role is not None

    @property
    def key(self) -> str:
        """:func:`line_key` of the line."""
        if self._key is None:
            self._key = line_key(self.text)
        return self._key


@dataclass(frozen=True, slots=True)
class Source:
    """A source text with its lines. ``flat``: every odd space as a plain one, same length."""

    flat: str
    has_unseen: bool
    lines: list[Line]


def line_key(text: str) -> str:
    """The words of a line alone, for telling that two lines say the same.

    >>> line_key("Putin thanks ‘friends’ | ") == line_key("PUTIN THANKS 'friends'")
    True
    """
    return _NOT_A_WORD.sub(" ", text[:MAX_RULE_CHARS]).strip().casefold()


def flatten(source: str) -> str:
    """``source`` with every odd space as a plain one; same length."""
    return _ODD_SPACE.sub(" ", source)


def split(source: str) -> Source:
    """The lines of ``source`` that hold anything visible; hard-wrapped blocks are one line each."""
    raw_lines = source.split("\n")
    ends: Iterable[int] = repeat(1)
    is_even = "".join(raw_lines).isprintable()
    odd = "" if is_even else "\n".join([line for line in raw_lines if not line.isprintable()])
    has_unseen = _UNSEEN.search(odd) is not None
    flat = flatten(source) if _ODD_SPACE.search(odd) else source
    if _ODD_LINE_END.search(odd):
        raw_lines = _LINE_BREAK.split(flat)
        ends = chain(map(len, _LINE_BREAK.findall(flat)), [0])
    elif flat is not source:
        raw_lines = flat.split("\n")
    is_plain = not has_unseen and "  " not in flat
    lines: list[Line] = []
    gap, at = False, 0
    for raw, n_end in zip(raw_lines, ends, strict=False):
        start, end = at, at + len(raw)
        at = end + n_end
        stripped = raw.strip(" ")
        if has_unseen and stripped:
            start, end = _visible(flat, start, end)
            stripped = flat[start:end]
        elif len(stripped) != len(raw):
            start += len(raw) - len(raw.lstrip(" "))
            end = start + len(stripped)
        if not stripped:
            gap = True
            continue
        text = stripped if is_plain else seen(stripped, has_unseen)
        lines.append(Line(start, end, stripped, text, count_words(text), gap))
        gap = False
    return Source(flat, has_unseen, _unwrap(lines, flat, has_unseen))


def count_words(text: str) -> int:
    """How many words a line has, roughly; scripts without spaces count three characters a word."""
    n = text.count(" ") + 1
    return len(text) // 3 if len(text) > 14 * n and not text.isascii() else n


def _visible(flat: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (flat[start] == " " or _UNSEEN.match(flat, start)):
        start += 1
    while end > start and (flat[end - 1] == " " or _UNSEEN.match(flat, end - 1)):
        end -= 1
    return start, end


def seen(flat: str, has_unseen: bool = True) -> str:
    """What a reader sees of ``flat``: controls left out, runs of spaces as one."""
    if has_unseen:
        flat = _UNSEEN.sub("", flat)
    return " ".join(flat.split()) if "  " in flat or "\n" in flat else flat


def pieces(flat: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """The visible runs of ``flat[start:end]``: (offset, the run with plain spaces).

    A run of spaces is kept as its first one, line ends inside an unwrapped block are
    spaces, controls are left out.
    """
    flat = flat[start:end]
    if "  " not in flat and flat.isprintable():
        yield start, flat
        return
    flat = _LINE_END.sub(" ", flat)
    run: list[str] = []
    run_start, last_is_space = 0, False
    for token in _TOKEN.finditer(flat):
        text = token.group()
        is_space = text[0] == " "
        if is_space:
            text = "" if last_is_space else " "
        elif _UNSEEN.match(text):
            text = ""
        if text:
            run_start = run_start if run else token.start()
            run.append(text)
            last_is_space = is_space
        if len(text) < token.end() - token.start() and run:
            yield start + run_start, "".join(run)
            run = []
    if run:
        yield start + run_start, "".join(run)


def unseen_warnings(source: str) -> list[str]:
    """What was left out of the text although it stands in the source, counted."""
    found = "".join(_UNSEEN.findall(source))
    n_bidi = sum(c in _BIDI for c in found)
    n_soft = found.count("\xad")
    n_other = len(found) - n_bidi - n_soft
    named = (
        (n_bidi, "bidirectional controls"),
        (n_soft, "soft hyphens"),
        (n_other, "control or zero-width characters"),
    )
    return [f"{n} {what} left out" for n, what in named if n]


def _unwrap(lines: list[Line], flat: str, has_unseen: bool) -> list[Line]:
    """Blocks of hard-wrapped lines as one line each, where the text is hard-wrapped."""
    if not _is_wrapped(lines):
        return lines
    blocks: list[Line] = []
    for line in lines:
        last = blocks[-1] if blocks else None
        if last is None or line.gap:
            blocks.append(line)
            continue
        start, end = last.start, line.end
        slice_ = _LINE_END.sub(" ", flat[start:end])
        text = seen(slice_, has_unseen)
        blocks[-1] = Line(start, end, slice_, text, count_words(text), last.gap)
    return blocks


def _is_wrapped(lines: list[Line]) -> bool:
    if len(lines) <= _WRAP_MIN_LINES:
        return False
    inner = []
    for line, following in pairwise(lines):
        if len(line.text) > _WRAP_MAX_WIDTH:
            return False
        if not following.gap:
            inner.append(line.text)
    if len(inner) < _WRAP_MIN_LINES:
        return False
    n_open = sum(text[-1] not in '.!?”"’:' for text in inner)
    return median(map(len, inner)) >= _WRAP_MIN_WIDTH and n_open >= 0.6 * len(inner)
