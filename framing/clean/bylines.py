"""Bylines and datelines: who wrote it, and from where, as pages print them."""

from __future__ import annotations

import re

from framing.clean import agencies, dates

_TOKEN = (
    r"(?:[^\W\d_a-z][\w.'’-]*|(?:de|van|von|der|den|bin|al|el|la|le|di|da|dos|del|du|ter|zu|y|ibn)(?=[ -]))"
)
_NAME = rf"{_TOKEN}(?: {_TOKEN}){{0,5}}"
_NAMES = rf"{_NAME}(?:(?:, and |, & |, |; | and | & | und | et | y ){_NAME}){{0,7}}"
_BY = re.compile(
    r"(?:by|written by|story by|reported by|words by|text by|posted by|author|authors|reporter|writer"
    r"|von|par|por)\s*:?\s+(?=\S)",
    re.IGNORECASE,
)
_STAFF = re.compile(
    r"(?:(?:our |a |the )?(?:staff|special|web|news|foreign|own)? ?(?:reporters?|correspondents?"
    r"|writers?|desk|bureau|editors?|agenc(?:y|ies)|staff)\b|.{2,30}\b(?:staff|desk|bureau|agencies)$)",
    re.IGNORECASE,
)
_ROLE = (
    r"(?:(?:senior|chief|deputy|foreign|political|diplomatic|defen[cs]e|world|staff|special"
    r"|international|national|economics|business|science|health|technology|news|europe|asia|africa|us"
    r"|uk|security|legal|data|global|affairs|environment|culture|sports?|education|[A-Z][\w.-]+|and|&"
    r"|the|of|at)[ ,]+){0,5}"
    r"(?:reporter|correspondent|editor|writer|journalist|columnist|producer|contributor|analyst"
    r"|bureau chief|staff|photographer|news desk)s?"
)
_ROLE_CUES = (
    "report", "correspondent", "edit", "writ", "journalist", "columnist", "producer", "contributor",
    "analyst", "chief", "staff", "photograph", "news desk",
)  # fmt: skip
_NOT_NAMES = re.compile(
    r"\b(?:navigation|subscribe|log in|sign in|menu|type|section|topic|date|category|default|email"
    r"|share|follow|newsletter)\b",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"\s*(?:[,|/–—·•(\[-]|\bin\b|\bfor\b|\bat\b|\bfrom\b|\bon\b|\band agencies\b|@|<|{_ROLE}\b|updated"
    rf"|published|posted|last updated)",
    re.IGNORECASE,
)
_NAMES_RE = re.compile(_NAMES)
_MAIL = re.compile(r"[<\[(]?[\w.+-]+@[\w-]+(?:\.[\w-]+)+[>\])]?")
_ROLE_ONLY = re.compile(rf"{_ROLE}(?: (?:in|at|for|covering) [^.]{{1,40}})?$", re.IGNORECASE)
_NAME_THEN_ROLE = re.compile(
    rf"(?P<names>{_TOKEN}(?: {_TOKEN}){{1,4}}?)\s*[,"
    rf"|–—-]?\s+(?i:{_ROLE})\b[^.]{{0,60}}$"
)
_MONTHLY = r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}\.?)"

_UPPER_PLACE = r"[^\W\d_a-z][^\W\d_a-z.'’-]+(?:[ -][^\W\d_a-z][^\W\d_a-z.'’-]*){0,4}"
_TITLE_PLACE = r"[^\W\d_a-z][^\W\d_]+(?:[ ’'.-](?:[^\W\d_a-z][^\W\d_]*|am|an|de|del|al|la|upon|sur|d)){0,3}"
_REST = rf"(?:, ?(?!and |but )[^\W\d_a-z][\w.'’ -]{{1,30}}){{0,2}}(?:[,/] ?{_MONTHLY}(?:, \d{{4}})?)?"
_AGENCY = rf"(?:\((?:{agencies.NAME})(?:[/,&] ?(?:{agencies.NAME}))?\)|/(?:{agencies.NAME})/)"
_DASH = r"(?:[–—―]|--?|‒)"
DATELINE = re.compile(
    rf"(?P<place>(?:{_UPPER_PLACE}|{_TITLE_PLACE}){_REST})\s*(?P<agency>{_AGENCY})\s*(?:{_DASH}|:"
    rf"|\.)\s*(?=\S)"
    rf"|(?P<upper>{_UPPER_PLACE}{_REST})\s*(?:\s[–—―-]\s|[–—―]|\s--\s|:\s)\s*(?=[^\W_a-z]|[\"“‘'(])"
    rf"|(?P<dash>{_TITLE_PLACE}{_REST})\s(?:[–—―]|--)\s(?=[^\W_a-z]|[\"“‘'(])"
    rf"|(?P<colon>{_TITLE_PLACE}(?:[,/] ?(?:{_TITLE_PLACE}|{_MONTHLY})){{0,2}}): (?=[^\W_a-z]|[\"“‘'(])"
)
_DATELINE_MARK = re.compile(r"[-‒–—―:(/]")
_AGENCY_FIRST = re.compile(rf"(?:{_AGENCY}|(?:{agencies.NAME}))\s*(?:{_DASH}|:)\s*(?=[^\W_a-z]|[\"“‘'(])")
_NOT_PLACES = frozenset({
    "update", "updated", "breaking", "exclusive", "analysis", "opinion", "watch", "live", "video", "photos",
    "photo", "explainer", "explained", "note", "question", "answer", "editorial", "review", "interview",
    "profile", "comment", "listen", "read", "summary", "factbox", "timeline", "q", "a", "here",
    "correction", "clarification", "editor's", "obituary", "podcast", "report", "special", "just",
    "background", "context", "what's", "why", "how", "who", "what", "when", "where", "warning", "caution",
    "source", "sources", "image", "caption", "credit", "file", "related", "key", "highlights",
    "advertisement",
})  # fmt: skip
MAX_ROLE_CHARS = 79
MAX_NAME_WORDS = 4
MIN_DATELINE_WORDS = 12  # a shorter line that begins "Word: " is a label and its value


def byline(text: str) -> str:
    """The names in a byline, empty where ``text`` is none.

    Addresses are left out: a byline says who wrote, not how to reach them.

    >>> byline("BY MICHAEL LEE [lee@paper.example]"), byline("By Friday the talks had failed.")
    ('Michael Lee', '')
    >>> byline("By Jane O’Hara and Paul van Dyk in Seoul")
    'Jane O’Hara and Paul van Dyk'
    """
    if len(text) > 250:
        return ""
    bare = _MAIL.sub("", text).strip(" ,;|") if "@" in text else text
    by = _BY.match(bare)
    if by is None:
        has_role = len(bare) < 120 and any(map(bare.casefold().__contains__, _ROLE_CUES))
        match = _NAME_THEN_ROLE.match(bare) if has_role else None
        names = match.group("names") if match else ""
        return _tidy(names) if len(names.split()) >= 2 and not _ROLE_ONLY.match(names) else ""
    rest = bare[by.end() :]
    if _STAFF.match(rest) and len(rest.split()) <= 5:
        return rest.strip(" .")
    match = _NAMES_RE.match(rest)
    if match is None or _NOT_NAMES.search(match.group()):
        return ""
    names, tail = match.group(), rest[match.end() :]
    if tail.strip(" .") and not _AFTER.match(tail):
        return ""
    is_bare = not tail.strip(" .") and len(names.split()) >= 2
    labelled = ":" in by.group() or by.group()[0].isupper()
    if not (labelled or is_bare) or (tail.strip().endswith(".") and len(tail.split()) > 8):
        return ""
    n_names = len(names.split())
    if n_names < 2 and not (agencies.is_agency(names) or names.isupper() or not tail.strip(" .")):
        return ""
    if dates.DATE.match(rest) or (n_names == 1 and len(names) < 3 and not agencies.is_agency(names)):
        return ""
    return _tidy(names)


def _tidy(names: str) -> str:
    names = names.strip(" .,")
    if agencies.is_agency(names) or not names.isupper() or " " not in names:
        return names
    lowered = re.sub(r"[^\W\d_]+", lambda m: m.group().capitalize(), names)
    lowered = re.sub(r"\bMc([a-z])", lambda m: "Mc" + m.group(1).upper(), lowered)
    return re.sub(r" (And|Und|Et|Van|Von|De|Der)\b", lambda m: m.group().lower(), lowered)


def credited(value: str) -> str:
    """The names in an author field, which may or may not begin with "By".

    >>> credited("By Paul Brandt"), credited("PAUL BRANDT, Staff Reporter"), credited("pb")
    ('Paul Brandt', 'Paul Brandt', 'pb')
    """
    return byline(value) or byline(f"By {value}") or value


def each(names: str) -> list[str]:
    """The single names in a byline."""
    return [name for name in re.split(r",? (?:and|und|et|y|&) |[,;] ", names) if name]


def is_role_line(text: str) -> bool:
    """Whether ``text`` is what stands under a name: "Diplomatic correspondent"."""
    return len(text) <= MAX_ROLE_CHARS and _ROLE_ONLY.match(text) is not None


def is_name(text: str) -> bool:
    """Whether ``text`` could be a person's name and nothing else: two to four capitalised words."""
    if not 2 <= text.count(" ") + 1 <= MAX_NAME_WORDS or text.isupper() or _NOT_NAMES.search(text):
        return False
    return _NAMES_RE.fullmatch(text) is not None


def dateline(text: str, n_words: int) -> tuple[int, str, str]:
    """(Where the report begins, place, agency) of a paragraph; (0, "", "") where it has no dateline.

    >>> dateline("SEOUL, May 9 (Yonhap) -- North Korea said on Thursday that it had done so again.", 15)[1:]
    ('SEOUL', 'Yonhap')
    >>> dateline("Kim: a life in pictures", 5)
    (0, '', '')
    """
    if n_words < MIN_DATELINE_WORDS:
        return 0, "", ""
    head = text[:140]
    if not _DATELINE_MARK.search(head):
        return 0, "", ""
    if match := _AGENCY_FIRST.match(head):
        return match.end(), "", agencies.found_in(match.group())
    match = DATELINE.match(head)
    if match is None:
        return 0, "", ""
    place = match.group("place") or match.group("upper") or match.group("dash") or match.group("colon")
    first = re.split(r"[ ,]", place, maxsplit=1)[0].casefold()
    if first in _NOT_PLACES or (match.group("colon") and n_words < 20):
        return 0, "", ""
    place = re.sub(rf"[,/] ?{_MONTHLY}(?:, \d{{4}})?$", "", place.strip()).strip(" ,")
    return match.end(), place, agencies.found_in(match.group("agency") or "")
