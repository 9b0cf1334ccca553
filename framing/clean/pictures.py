"""Captions and photo credits: what says that a line belongs to a picture."""

from __future__ import annotations

import re

from framing.clean.boxes import MAX_LABEL_CHARS

_I = re.IGNORECASE
CAPTION_LABEL = re.compile(
    r"(?:(?:file |handout |representative |representational |illustrative )?(?:photo(?:graph)?|image"
    r"|picture|pic|illustration|graphic|video|map|chart)s?"
    r"(?: (?:credit|caption|source|courtesy|by|via|from|for representation"
    r"|used for representation)s?)?|caption|credit|in pics|file)\s*[:|]\s*\S|(?:photo(?:graph)?|image"
    r"|picture|illustration|video) (?:by|courtesy|via|from|credit|provided by) \S"
    r"|(?:representational|representative|file) (?:image|photo|picture)\b.{0,60}$|image (?:source"
    r"|caption)\b[,:]? *\S",
    _I,
)
_AGENCY_PHOTO = (
    r"(?:[A-Z][A-Z./& ]{1,40} )?(?:PHOTOS?|FILE PHOTO|IMAGE|IMAGES|HANDOUT|POOL PHOTO)\b"
    r"(?: (?:VIA|BY|FROM|COURTESY OF)| ?/|,|:)"
)
_OPENS_WITH_CREDIT = re.compile(_AGENCY_PHOTO)
CREDIT_ONLY = re.compile(
    rf"[(\[|/—–\s-]*(?:{_AGENCY_PHOTO}.{{0,60}}|(?i:photo|image|picture|credit"
    rf"|photograph|foto|bildquelle|crédits? photo|фото)s?(?i: credit)?(?:\s*[:|]|\s+by)\s+.{{1,70}}"
    r"|(?:AP|AFP|EPA|Reuters|REUTERS|Getty|Getty Images|GETTY IMAGES|EPA-EFE|Yonhap|YONHAP|Xinhua|KCNA"
    r"|Sputnik|TASS|Bloomberg|Alamy|Shutterstock|Anadolu|iStock|Unsplash|PA|PTI|ANI|AAP|NurPhoto)"
    r"(?: (?:Photo|Images?|file photo|FILE PHOTO|Pool|News|Wire|via|file))?\s*/\s*[^.]{1,60}"
    r"|[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,4}\s*/\s*(?:AP|AFP|EPA|Reuters|REUTERS|Getty|Getty Images"
    r"|EPA-EFE|Yonhap|Xinhua|KCNA|Sputnik|Bloomberg|Alamy|Shutterstock|Anadolu|PA|Pool|AP Photo"
    r"|The New York Times|NurPhoto)\b[^.]{0,50}"
    r"|(?:via )?(?:Getty Images|AP Photo|AFP Photo|Reuters Photo|File [Pp]hoto|Handout|Courtesy photo"
    r"|Shutterstock|Alamy|iStock)(?:[ /,].{0,50})?)[)\]]*$"
)
# A credit at the end of the line in brackets or after a bar: the line is a caption.
CREDIT_AT_END = re.compile(
    r"(?:[(\[](?:[^()\[\]]{0,60}\b)?(?:photos?|images?|picture|file|handout|getty|pool|ap photo"
    r"|screengrab|screenshot|courtesy)\b[^()\[\]]{0,60}[)\]]"
    r"|[(\[](?:AP|AFP|EPA|REUTERS|Reuters|YONHAP|Yonhap|Getty|Xinhua|KCNA)\s*/\s*[^()\[\]]{1,50}[)\]]"
    r"|\|\s*(?:photo|image|picture|credit|pic)[^|]{0,60}|[/|–—]\s*(?:getty images|ap photo|afp photo"
    r"|reuters photo|file photo)[^|]{0,40}"
    r"|\b(?:photograph|photo|image|picture|credit)(?: credit)?: [^.:]{2,60}|\b(?:REUTERS|AP Photo|AFP"
    r"|EPA)/[A-Z][\w .,'’/-]{1,50})\.?$",
    _I,
)
_CREDIT_AT_END_CASED = re.compile(r"\[[A-Z][A-Z. ]{1,30}(?:[/,] ?[A-Z][A-Z. ]{1,30}){0,3}\]$")
_PLACE_IN_BRACKETS = re.compile(
    r"\((?:(?:top|bottom|front|back|far|second|third|centre|center|from)[ -]){0,3}(?:left|right|centre"
    r"|center|L|R|C|in red|pictured)(?:[ ,][^()]{0,20})?\)",
    _I,
)
_PLACE = re.compile(r"\b(?:front row|from) (?:left|right)[,:]", _I)
_PICTURED = re.compile(
    r"(?<!was )(?<!were )\bpictured (?:here|in|at|on|with|during|above|below)\b"
    r"|\bin this (?:\w+ ){0,3}(?:photo|image|picture|photograph|screengrab|frame grab|handout)\b"
    r"|\bfile (?:photo|image|picture)\b"
    r"|^this (?:\w+ ){0,4}(?:photo|image|picture|photograph)\b",
    _I,
)
BESIDE = re.compile(r", (?:left|right|center|centre|second from (?:left|right)|far (?:left|right)), ")
SHOWN = re.compile(
    r"\b(?:shakes?|stands?|walks?|poses?|looks?|attends?|greets?|waves?|arrives?|sits?|watch(?:es)?"
    r"|gathers?|reviews?|acknowledges?|search(?:es)?|listens?|reacts?|"
    r"address(?:es)?|gestures?|inspects?|march(?:es)?|rides?|smiles?|celebrates?|speaks?|holds?|carry"
    r"|carries|passes|pass|seen|fly|flies|rises?|makes?|lays?|toasts?|embraces?|hugs?|chats?|meets?"
    r"|visits?|burns?|queue|queues|wait|waits|protest|rally|board|boards)\b"
)
FULL_DATE_AT_END = re.compile(r"\b(?:19|20)\d\d\.?$")
_CREDIT_CUES = (
    "redit",
    "hoto",
    "mage",
    "icture",
    "etty",
    "creen",
    "andout",
    "/",
    "|",
    "pool",
    "Pool",
    "courtesy",
    "Courtesy",
)


def caption(text: str, n_words: int) -> str:
    """Why ``text`` is a caption or a photo credit, else empty."""
    if n_words > 90 or len(text) > MAX_LABEL_CHARS:
        return ""
    if n_words <= 60 and CAPTION_LABEL.match(text):
        return "labelled as a picture"
    if n_words <= 14 and CREDIT_ONLY.match(text):
        return "photo credit"
    if _OPENS_WITH_CREDIT.match(text):
        return "begins with a photo credit"
    tail = text[-130:]
    if tail[-1] == "]" and n_words > 5 and _CREDIT_AT_END_CASED.search(tail):
        return "ends with a photo credit"
    if any(map(tail.__contains__, _CREDIT_CUES)) and CREDIT_AT_END.search(tail):
        return "ends with a photo credit"
    return "describes a picture" if _describes_picture(text) else ""


def _describes_picture(text: str) -> bool:
    """Whether ``text`` says where in a picture someone stands, or speaks of the picture itself."""
    if "(" in text and _PLACE_IN_BRACKETS.search(text):
        return True
    lowered = text.casefold()
    has_side = "left" in lowered or "right" in lowered
    if has_side and (" left" in lowered or " right" in lowered) and _PLACE.search(text):
        return True
    if (has_side or "cent" in lowered) and BESIDE.search(text) and SHOWN.search(text):
        return True
    has_cue = "pictur" in lowered or "photo" in lowered or "image" in lowered
    has_cue = has_cue or "grab" in lowered or "handout" in lowered
    return has_cue and _PICTURED.search(text) is not None
