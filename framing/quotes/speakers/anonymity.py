"""Whether an article hides who speaks, and the reason that it states."""

from __future__ import annotations

import re

# The clause that grants anonymity and, where it is printed, the because of it.
_REASON = re.compile(
    r"(?:(?:speaking |spoke |talked |agreed to (?:speak|talk) |requested |granted |given |asking for |"
    r"asked for |insisting on |insisted on |on )?(?:on (?:the )?condition of |under |for )?anonymity"
    r"|(?:ask(?:ed|ing)?|request(?:ed|ing)?|wish(?:ed|ing)?|prefer(?:red|ring)?|want(?:ed|ing)?|declin(?:ed|ing)|"
    r"refus(?:ed|ing))"
    r" (?:that (?:he|she|they) )?(?:not )?(?:to )?(?:not )?be (?:named|identified|quoted by name)"
    r"|not (?:be )?authori[sz]ed to (?:speak|talk|comment|discuss)[^.;”\"]*"
    r"|(?:whose|his|her|their) (?:names?|identity) (?:is|are|was|were|has been)? ?(?:being )?withheld"
    r"|speaking on background)"
    r"(?:[^.;”\"]{0,40}?\b(?:because|as|since|to|citing|due to|in order to|for fear)\b[^.;”\"]*)?",
    re.I,
)
# One of these stands in every such clause; to look for them first is a hundred times as fast.
_HINTS = ("anonym", "named", "identified", "by name", "authori", "withheld", "background")
_INDEFINITE = frozenset(
    [
        "a",
        "an",
        "one",
        "some",
        "several",
        "two",
        "three",
        "four",
        "five",
        "many",
        "most",
        "few",
        "another",
        "other",
        "various",
        "numerous",
        "certain",
        "dozens",
        "hundreds",
        "multiple",
        "any",
    ]
)


def reason(sentence: str) -> str:
    """The words of ``sentence`` that state why a name is withheld; empty where none do.

    >>> reason("an official said on condition of anonymity because talks go on.")
    'on condition of anonymity because talks go on'
    """
    low = sentence.lower()
    if not any(hint in low for hint in _HINTS):
        return ""
    found = _REASON.search(sentence)
    return found.group().strip() if found else ""


def is_indefinite(phrase: str) -> bool:
    """Whether a phrase introduces somebody without a name: "a senior official", "two people"."""
    words = phrase.lower().split()
    return bool(words) and words[0] in _INDEFINITE
