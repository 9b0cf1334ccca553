"""Texts without their names: outlet, byline, references to oneself, links.

What is taken out leaves a placeholder, and every place in the text can be translated in
both directions. Style can still give an outlet away; a lesson says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from framing.article import Span

LINK, REPORTER, OTHER = "[link]", "[reporter]", "[another outlet]"

# Addresses, mail, handles: each may hold the name of the outlet or the reporter.
_LINKS = re.compile(
    r"(?i:(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)|(?<![\w@])@\w{2,}"
    # A bare domain; endings that are words too ("said.in") only after another ending.
    r"|\b[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|info|news|example|tv|fm|eu|uk|ca|au|de|fr|ph|kr|jp|ie|nz|za"
    r"|co\.\w\w|com\.\w\w)(?:/\S*)?(?!\w)"
)
_PERSON = r"[A-Z][\w'’.-]+(?:\s+(?:[A-Z][\w'’.-]*|de|van|von|der|al|bin))*\s+[A-Z][\w'’-]+"
_CREDIT = re.compile(
    rf"(?<=[Rr]eporting by ){_PERSON}(?:(?:,| and| &)\s+{_PERSON})*"
    rf"|{_PERSON}(?:(?:,| and| &)\s+{_PERSON})*(?= contributed to this)"
)
_BY = re.compile(r"^\s*(?:by|von|par|por)\s*:?\s+", re.IGNORECASE)
_AND = re.compile(r"\s*(?:,|;|&|\||/|\band\b|\bin\b|\bfor\b)\s*")
# Words of an author line that are no name; in a text they are words like others.
_NO_NAME = frozenset(
    (
        "staff",
        "editor",
        "editors",
        "reporter",
        "reporters",
        "correspondent",
        "desk",
        "writer",
        "news",
        "admin",
    )
)
# A short form of its own that many papers use: "told the Courier".
_TAIL_WORDS = frozenset(
    re.findall(
        r"\w+",
        "argus bulletin chronicle citizen courier daily dispatch echo examiner express gazette globe guardian"
        " herald independent inquirer journal ledger mail mercury mirror monitor nation news observer post"
        " press record register review standard star sun telegraph times tribune voice weekly world",
    )
)


@dataclass(frozen=True, slots=True)
class BlindText:
    """A text with its names taken out; ``cuts`` are the places in the original and what stands there now."""

    text: str
    cuts: tuple[tuple[Span, str], ...]

    def to_blind(self, span: Span) -> Span:
        """Where ``span`` of the original stands now; a place inside a cut grows to the whole placeholder."""
        return Span(self._forward(span.start, False), self._forward(span.end, True))

    def to_original(self, span: Span) -> Span:
        """Where ``span`` of this text stood; a place inside a placeholder grows to the whole cut."""
        return Span(self._back(span.start, False), self._back(span.end, True))

    def _forward(self, at: int, is_end: bool) -> int:
        shift = 0
        for span, instead in self.cuts:
            if at <= span.start:
                break
            if at < span.end:
                return span.start + shift + (len(instead) if is_end else 0)
            shift += len(instead) - len(span)
        return at + shift

    def _back(self, at: int, is_end: bool) -> int:
        shift = 0
        for span, instead in self.cuts:
            start = span.start + shift
            if at <= start:
                break
            if at < start + len(instead):
                return span.end if is_end else span.start
            shift += len(instead) - len(span)
        return at - shift


@dataclass(frozen=True, slots=True)
class Blinder:
    """Takes names out of texts. ``names`` maps a pattern to the placeholder; build with :func:`blinder`."""

    names: tuple[tuple[re.Pattern[str], str], ...]

    def __call__(self, text: str) -> BlindText:
        """``text`` without names and links; where two hits overlap, the one that starts first wins."""
        hits = [
            (Span(*match.span()), instead)
            for pattern, instead in (*self.names, (_LINKS, LINK), (_CREDIT, REPORTER))
            for match in pattern.finditer(text)
            if match.group().strip()
        ]
        cuts: list[tuple[Span, str]] = []
        for span, instead in sorted(hits, key=lambda hit: (hit[0].start, -hit[0].end)):
            if cuts and span.start < cuts[-1][0].end:
                last, kept = cuts[-1]
                cuts[-1] = (Span(last.start, max(last.end, span.end)), kept)
            else:
                cuts.append((span, instead))
        return BlindText(_cut(text, cuts), tuple(cuts))

    def string(self, text: str) -> str:
        """``text`` without names, where no place in it matters."""
        return self(text).text


def _cut(text: str, cuts: Sequence[tuple[Span, str]]) -> str:
    starts = [0, *accumulate((span.end for span, _ in cuts), lambda _, end: end)]
    kept = [text[start : span.start] + instead for start, (span, instead) in zip(starts, cuts, strict=False)]
    return "".join(kept) + text[starts[-1] :]


def blinder(outlets: Mapping[str, str], bylines: Iterable[str], others: Iterable[str] = ()) -> Blinder:
    """A blinder for the outlets of a lesson.

    ``outlets`` maps each name to what stands in its place, ``others`` are further outlets of the
    study (they become :data:`OTHER`), ``bylines`` the author lines as printed.
    """
    found: list[tuple[re.Pattern[str], str]] = []
    named = dict(sorted(outlets.items(), key=lambda item: -len(item[0])))
    for outlet, instead in named.items():
        # Behind a headline the name stands after a bar or a dash: both go, and nothing comes instead.
        found += [(pattern, "") for pattern in _outlet_patterns(outlet, own=True, behind=True)]
        found += [(pattern, instead) for pattern in _outlet_patterns(outlet, own=True)]
    for outlet in sorted(set(others) - outlets.keys(), key=lambda name: (-len(name), name)):
        found += [(pattern, OTHER) for pattern in _outlet_patterns(outlet, own=False)]
    for person in sorted({p for line in bylines for p in persons(line)}, key=lambda p: (-len(p), p)):
        # One word alone may be a word of the language: only as it is printed.
        flags = re.IGNORECASE if " " in person else re.NOFLAG
        found.append((re.compile(_core(re.findall(r"\w+", person)), flags), REPORTER))
    return Blinder(tuple(found))


def persons(byline: str) -> list[str]:
    """The names in an author line.

    >>> persons("By Hanne Brook and Piet Wallin, Staff Writer")
    ['Hanne Brook', 'Piet Wallin', 'Staff Writer']
    """
    parts = (part.strip(" .:()[]") for part in _AND.split(_BY.sub("", byline)))
    return [part for part in parts if len(part) > 2 and part.lower() not in _NO_NAME]


def _outlet_patterns(outlet: str, *, own: bool, behind: bool = False) -> list[re.Pattern[str]]:
    """How an outlet is named: in full, without its article, run together, and for its own texts in short."""
    name = outlet.strip()
    if not name:
        return []
    core = re.sub(r"^the\s+", "", name, flags=re.IGNORECASE) or name
    pieces = re.findall(r"\w+", core)
    if not pieces:
        return [re.compile(re.escape(name))]
    # One plain word ("Nation", "Time") is a word of the language too: only with its capital.
    flags = re.IGNORECASE if len(pieces) > 1 else 0
    lead = r"(?:\b[Tt]he\s+)?" if len(pieces) > 1 else ""
    if behind:
        dash = r"(?:[^\S\n]*[|–—:·»][^\S\n]*|(?<=\S)[^\S\n]+-[^\S\n]+)"
        return [re.compile(rf"{dash}{lead}{_core(pieces)}[^\S\n]*$", flags | re.MULTILINE)]
    found = [re.compile(lead + _core(pieces), flags)]
    if len(pieces) == 1:
        found.append(re.compile(_core([pieces[0].upper()])))
    together = "".join(pieces)
    if len(pieces) > 1 and len(together) > 5:
        found.append(re.compile(rf"\w*{re.escape(together)}\w*", re.IGNORECASE))
    initials = "".join(piece[0] for piece in pieces)
    if own and len(initials) > 1:
        # Two letters stand for much else, too, except in brackets: "BERLIN (AP)".
        short = (
            rf"\b{re.escape(initials.upper())}\b"
            if len(initials) > 2
            else rf"(?<=\(){initials.upper()}(?=\))"
        )
        found.append(re.compile(short))
    if own and len(pieces) > 1 and pieces[-1].lower() in _TAIL_WORDS:
        found.append(re.compile(rf"\b[Tt]he\s+{re.escape(pieces[-1].capitalize())}\b(?!\s+[A-Z])"))
    return found


def _core(pieces: Sequence[str]) -> str:
    return r"(?<!\w)" + r"[\W_]{1,3}".join(map(re.escape, pieces)) + r"(?!\w)"
