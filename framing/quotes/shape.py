"""Quotation marks that mark no speech: titles, terms, names, chants, banners; and scare candidates."""

from __future__ import annotations

import functools
import re

from framing.article import Span
from framing.quotes.marks import Marked
from framing.quotes.sight import CUE_FOLLOWS, VERB_FOLLOWS

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")

# The words right before the mark that make what follows a name or a term.
_NAMING = re.compile(
    r"\b(?:called|named|known as|titled|entitled|dubbed|nicknamed|nickname|so-called|labell?ed|"
    r"the (?:words?|term|phrase|name|slogan|motto|hashtag|title|song|film|movie|book|series|show|album|novel|"
    r"headline)|word|term|phrase|slogan|reading|song|film|movie|novel|album|code-?named)\s*(?:reading|saying|as|of|,|:)?\s*$",
    re.I,
)
_CROWD = re.compile(
    r"\b(?:chant(?:s|ed|ing)?|banners?|placards?|(?:a|the|his|her|one|yard|road) sign|signs|posters?|"
    r"t-shirts?|bumper stickers?)\b[^.;“\"]{0,40}$",
    re.I,
)
# One capitalised word is a name ("Scandal") unless it opens the line or a cue or colon stands before it.
_SPEECH_BEFORE = re.compile(
    r"(?:^|[:\n]|\b(?:said|says|say|shouted|yelled|asked|replied|answered|tweeted|wrote|added|responded),?)\s*$"
)
_MARKUP = re.compile(r"[=<]\s*$")
_MAX_TERM_WORDS = 3
# Small words that a title in title case leaves in lower case.
_SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "but",
        "by",
        "de",
        "for",
        "from",
        "in",
        "into",
        "la",
        "le",
        "nor",
        "of",
        "on",
        "or",
        "over",
        "per",
        "the",
        "to",
        "up",
        "via",
        "vs",
        "with",
    ]
)
_MAX_TITLE_WORDS = 9
_MAX_NAMED_WORDS = 20  # where the words before say that it is a book, a song, a memo


def is_title_case(content: str, most: int = _MAX_TITLE_WORDS) -> bool:
    """Whether the words are written as a title: The Art of the Deal."""
    words = _WORD.findall(content)
    if not 1 <= len(words) <= most:
        return False
    large = [w for w in words if w.lower() not in _SMALL]
    return len(large) >= 2 and all(w[0].isupper() or w[0].isdigit() for w in large)


def is_named(text: str, marked: Marked, region: Span) -> bool:
    """Whether the words before the mark say that a name, a slogan, a chant or a sign follows."""
    before = text[max(region.start, marked.span.start - 80) : marked.span.start]
    n = len(_WORD.findall(marked.inner.of(text)))
    return bool(_CROWD.search(before) or _MARKUP.search(before)) or (
        n <= 2 * _MAX_TERM_WORDS and bool(_NAMING.search(before))
    )


# Every rule about marks asks it of each of them, half a dozen times in all.
@functools.lru_cache(maxsize=1024)
def not_speech(text: str, marked: Marked, region: Span) -> str:
    """Why a marked stretch is no speech: "title", "term", "chant" or "markup"; empty where it may be."""
    before = text[max(region.start, marked.span.start - 80) : marked.span.start]
    content = marked.inner.of(text).strip()
    n = len(_WORD.findall(content))
    if _MARKUP.search(before):
        return "markup"
    if _CROWD.search(before):
        return "chant"
    if n == 0:
        return "term"
    single = n == 1 and content[:1].isupper() and not _SPEECH_BEFORE.search(before)
    if _NAMING.search(before) and is_title_case(content, _MAX_NAMED_WORDS):
        return "title"
    if (single or is_title_case(content)) and content[-1:] not in "?!":
        after = text[marked.span.end : region.end].lstrip(" ,")
        opens = not before.strip() or before.rstrip()[-1] in '.!?”"'
        cue = opens and (VERB_FOLLOWS.match(after) or CUE_FOLLOWS.match(after))
        return "" if cue else "title"
    if n <= 2 * _MAX_TERM_WORDS and _NAMING.search(before):
        return "term"
    return ""


def is_scare(text: str, marked: Marked) -> bool:
    """Whether an unattributed stretch may be scare quotes: short, lower case, no title, no name."""
    content = marked.inner.of(text).strip()
    words = _WORD.findall(content)
    return 1 <= len(words) <= 2 * _MAX_TERM_WORDS and content[:1].islower() and content[-1:] not in ".!?"
