"""Credits, dates, notes and cut texts: what a line that is neither text nor box says about itself."""

from __future__ import annotations

import re

from framing.clean import agencies, dates
from framing.clean.boxes import MAX_LABEL_CHARS

_I = re.IGNORECASE
WIRE = re.compile(
    rf"[(\[\s—–-]*(?:(?i:(?:with|additional|includes?|some)?\s*(?:inputs?|files?|reporting|information"
    rf"|contributions?|material|input)\s*(?:from|by|:))"
    rf"|(?i:source|agency|via|agencies|courtesy|from|by|©)\s*:?|)\s*(?:the )?(?:{agencies.NAME})\b"
    rf"(?:(?:\s*(?:,|/|and|&|\+|;)\s*|\s+)(?:the )?(?:{agencies.NAME}|agencies|other agencies|staff"
    rf"|agency|bureau)\b){{0,4}}\s*[)\].]*$"
)
CONTRIBUTED = re.compile(
    r"[(\[—–\s*-]*(?:(?:additional |further )?(?:reporting|writing|editing|research|translation"
    r"|compilation)(?: and (?:writing|editing))?\s*(?:by|from|:)"
    r"|(?:edited|compiled|translated|written and edited) by\b|with (?:additional )?(?:reporting"
    r"|inputs?|files|contributions?|agency inputs) (?:by|from)\b|with agency inputs"
    r"|this (?:story|article|report|piece|post|copy) (?:was|has been|has not been|is|originally"
    r"|first)\b.{0,60}\b(?:published|edited|produced|auto-generated|generated|translated|updated"
    r"|syndicated|appeared|written)"
    r"|(?:originally|first) published (?:in|by|on|at)\b"
    r"|(?-i:[A-Z][\w.'’-]+ [A-Z][\w.'’-]+(?: and [A-Z][\w.'’-]+ [A-Z][\w.'’-]+)?) reported from "
    r"(?-i:[A-Z])[^.]{2,60}\.?$)",
    _I,
)
_ENDS_CONTRIBUTED = re.compile(r"\bcontributed (?:to (?:this|the) (?:report|story|article)|reporting)\b", _I)
DATE_WORDS = re.compile(
    r"(?:\b(?:first |last |originally )?(?:published|updated|posted|modified|revised|created|released"
    r"|issued|uploaded|date|on|at|last|and|time|issue|edition|版|입력|수정|pub|stand|veröffentlicht"
    r"|aktualisiert|publié|mis à jour|le|publicado|actualizado|am|um|local|ist|gmt|utc|[ap]m|kst|est"
    r"|edt|et|bst)\b|[\W_])+",
    _I,
)
REPLY_MARK = re.compile(
    r"(?:reply|like|likes|report|\d+ (?:minute|hour|day|week|month|year)s? ago|.{1,40} says:)$", _I
)
_CLOCK_TIME = re.compile(r"\b\d{1,2}[:.h]\d\d(?::\d\d)?\b")
_YEAR = re.compile(r"\d{4}")
TRUNCATED = re.compile(r"(?:…|\.\.\.)?\s*\[\+(-?\d+) chars\]\s*$")
STUB = re.compile(
    r"\b(?:subscribers? only|for subscribers|subscribe (?:now |today )?to (?:continue|read|keep|access"
    r"|unlock)|to (?:continue|keep) reading|(?:continue|keep) reading (?:this|the|with|by)"
    r"|already a subscriber|subscription required"
    r"|exclusive to subscribers|log in to (?:continue|read)|sign in to (?:continue|read)"
    r"|register to (?:continue|read))\b",
    _I,
)
AUTHOR_NOTE = re.compile(
    r"(?:(?:[Tt]he )?(?:[Aa]uthor|[Ww]riter)|[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3}),? (?:is|was|are"
    r"|covers|writes|reports|has (?:covered|written|reported|been))\b"
    r".{0,120}\b(?:reporter|correspondent|editor|journalist|writer|columnist|author of|covers|covering"
    r"|bureau chief|contributor|professor|fellow|reporting on|producer|freelance)\b"
)
# A sentence of this many words can be other than prose only where it holds one of these,
# a short one also where a label stands before it.
_SENTENCE_WORDS = 6
_SHORT_SENTENCE_WORDS = 15
_CUE_WORDS = (
    "subscribe", "subscriber", "subscribers", "subscription", "subscribing", "newsletter", "newsletters",
    "cookie", "cookies", "comment", "comments", "sign", "log", "login", "register", "account", "©",
    "copyright", "rights", "read", "reading", "app", "follow", "click", "contact", "privacy",
    "advertisement", "advertiser", "inbox", "whatsapp", "telegram", "member", "members", "password",
    "disclaimer", "expressed", "earn", "tip", "tips", "error", "free", "permission", "consent", "agree",
    "accept", "journalism", "categories", "category", "tags", "tag", "share", "related", "join", "informed",
    "connected", "picture", "pictures", "pictured", "photo", "photos", "photograph", "image", "images",
    "left", "right", "centre", "center", "handout", "screengrab", "grab", "l", "r", "c", "contributed",
    "contributes", "reporting", "edited", "compiled", "translated", "published", "reported", "inputs",
    "input", "caption", "credit", "courtesy", "getty", "pool", "enjoyed", "signing", "website",
    "coverage", "independently", "commission", "commenting", "updated", "appeared", "originally", "listen",
    "reached", "limit", "tap", "stay", "WhatsApp",
)  # fmt: skip
_MARKS_AROUND = (
    *((mark, "") for mark in ("", "(", "[", "“", "‘")),
    *(("", mark) for mark in (",", ".", ":", ")", "),", ").", "]", "?", "!", ";", "’s", "'s", ".)")),
    ("(", ")"), ("[", "]"), ("(", "),"), ("(", ")."),
)  # fmt: skip
_CUES = frozenset(
    before + word + after
    for lower in _CUE_WORDS
    for word in {lower, lower.capitalize(), lower.upper()}
    for before, after in _MARKS_AROUND
)


def is_plain_sentence(text: str, n_words: int) -> bool:
    """Whether no pattern needs to look at ``text``: a sentence without any word they ask for."""
    if n_words < _SENTENCE_WORDS or text[-1] not in '.”"' or "/" in text or "@" in text:
        return False
    if n_words < _SHORT_SENTENCE_WORDS and ":" in text:
        return False
    return _CUES.isdisjoint(text[:MAX_LABEL_CHARS].split())


def credit(text: str, n_words: int) -> str:
    """Why ``text`` is a wire or contributors' credit, else empty."""
    if n_words > 40 or len(text) > MAX_LABEL_CHARS:
        return ""
    if n_words <= 16 and WIRE.match(text):
        return "wire credit"
    if CONTRIBUTED.match(text) or (
        n_words <= 30 and "contributed" in text and _ENDS_CONTRIBUTED.search(text)
    ):
        return "credit to contributors"
    return ""


def printed_date(text: str, n_words: int) -> bool:
    """Whether ``text`` holds a date and little else: a line that says when the page was published."""
    if n_words > 24 or len(text) > 200:
        return False
    if not _YEAR.search(text):
        return False
    if not (text[0].isdigit() or DATE_WORDS.match(text) or dates.DATE.match(text)):
        return False
    rest, n = dates.DATE.subn(" ", text)
    return n > 0 and not DATE_WORDS.sub("", _CLOCK_TIME.sub(" ", rest)).strip()
