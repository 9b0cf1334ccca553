"""How much of an article is analysed, and which overlong lines are no prose.

A text of a million characters, or one line of forty thousand brackets, would take the
parser minutes and gigabytes. What is cut stays in the source and is listed with its reason.
"""

from __future__ import annotations

import zlib

from framing.article import TEXT_ROLES
from framing.clean.lines import Line, Part

MAX_TEXT_CHARS = 150_000  # some 25,000 words: more than the longest magazine pieces
LONG_LINE_CHARS = 4_000  # no paragraph of print is longer; whole texts without line ends are
KEPT_CHARS = 2_000  # of a line that repeats itself
OVERLONG = "overlong: "  # what every account of a cut begins with
_SAMPLE_CHARS = 40_000
# zlib packs prose to 0.35 to 0.55 of its size, tables to 0.1 and more; what packs better repeats itself.
_MIN_PACKED_SHARE = 0.04
_MIN_LETTER_SHARE = 0.5
_MAX_WORD_CHARS = 60  # on average, in scripts that put spaces between words


def shorten(lines: list[Line]) -> str:
    """Cut what is too long off ``lines``; what was done, empty where nothing was.

    >>> line = Line(0, 9_000, "word, " * 1_500, "word, " * 1_500, 1_500, True, "body")
    >>> shorten([line]), line.after[0].start
    ('overlong: a line of 9,000 characters repeats itself; its first 2,000 are analysed', 2000)
    """
    done = ""
    left = MAX_TEXT_CHARS
    for line in lines:
        if line.role not in TEXT_ROLES:
            continue
        n_chars, what = len(line.flat), ""
        kept = n_chars
        if n_chars > LONG_LINE_CHARS:
            kept, what = _prose(line.flat[:_SAMPLE_CHARS], n_chars)
        if kept > left:
            what = f"the text is longer than the {MAX_TEXT_CHARS:,} characters that are analysed"
            kept, left = _end_of_sentence(line.flat, left), 0
        left = max(0, left - kept)
        if not what:
            continue
        done = done or OVERLONG + what
        if kept:
            line.after = [Part("furniture", line.start + kept, line.end, OVERLONG + what)]
        else:
            line.role, line.reason = "furniture", OVERLONG + what
            line.before, line.after = [], []
    return done


def _prose(text: str, n_chars: int) -> tuple[int, str]:
    """(How many characters of a long line are analysed, why not all), by its beginning ``text``."""
    if sum(map(str.isalpha, text)) + text.count(" ") < _MIN_LETTER_SHARE * len(text):
        return 0, f"a line of {n_chars:,} characters has more signs than letters; it is left out"
    if text.isascii() and len(text) > _MAX_WORD_CHARS * (text.count(" ") + 1):
        return 0, f"a line of {n_chars:,} characters has no spaces between words; it is left out"
    if len(zlib.compress(text.encode("utf-8", "replace"), 1)) < _MIN_PACKED_SHARE * len(text):
        what = f"a line of {n_chars:,} characters repeats itself; its first {KEPT_CHARS:,} are analysed"
        return KEPT_CHARS, what
    return n_chars, ""


def _end_of_sentence(text: str, limit: int) -> int:
    """Where the last sentence that ends before ``limit`` does; of a long line else the last word."""
    found = text.rfind(". ", 0, limit) + 1
    return found or (max(0, text.rfind(" ", 0, limit)) if limit > LONG_LINE_CHARS else 0)
