"""The text that a page states in JSON-LD (``articleBody``) against the text found on it.

The statement is the publisher's own, but often a beginning only, and without paragraphs.
So it serves as a check: lines found on the page that it lacks are boxes where it is whole,
and it takes their place where most of it was not found.
"""

from __future__ import annotations

import re

from framing.clean.lines import line_key

_MIN_WORDS = 80  # a shorter statement is a teaser
_RUN = 4  # words in a row that tell a text from another
_WHOLE_SHARE = 0.75  # of what was found stands in the statement: it is no excerpt
_FOUND_SHARE = 0.6  # less of the statement was found: the extractor lost the article
_LINE_SHARE = 0.3  # of a line's runs stand in the statement: the line is part of it
_SHORT_LINE_WORDS = 14  # subheads, which statements leave out
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")
_SENTENCE_END = re.compile(r"[.!?…:][\"”’»)]*$")


def reconciled(found: str, stated: str) -> str:
    """``found`` without the lines that ``stated`` shows to be none of the article, or ``stated``."""
    stated = _TAG.sub(" ", stated) if "<" in stated else stated
    if stated.count(" ") < _MIN_WORDS:
        return found
    said = _runs(line_key(stated).split())
    lines = found.split("\n")
    keys = [line_key(line).split() for line in lines]
    have = _runs([word for key in keys for word in key])
    common = len(said & have)
    if not said or not have:
        return found
    if common < _FOUND_SHARE * len(said) and len(said) > len(have):
        return stated
    if common < _WHOLE_SHARE * len(have):
        return found
    last = max((n for n, key in enumerate(keys) if key and _is_part(key, said)), default=-1)
    kept = [
        line
        for n, (line, key) in enumerate(zip(lines, keys, strict=True))
        if _is_part(key, said) or (n < last and _may_be_subhead(line, key))
    ]
    return "\n".join(kept)


def _runs(words: list[str]) -> set[tuple[str, ...]]:
    return set(zip(*(words[n:] for n in range(_RUN)), strict=False))


def _is_part(words: list[str], said: set[tuple[str, ...]]) -> bool:
    runs = _runs(words)
    return bool(runs) and len(runs & said) >= _LINE_SHARE * len(runs)


def _may_be_subhead(line: str, words: list[str]) -> bool:
    return 0 < len(words) <= _SHORT_LINE_WORDS and not line.lstrip().startswith(("-", "•", "*"))
