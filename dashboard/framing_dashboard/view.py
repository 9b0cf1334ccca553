"""What a link says: which event, which articles, which marks. One contract for every page.

``?event=ID&a=ID&b=ID&c=ID&d=ID&hide=cue.hedge&show=passage&plain=1&mark=ARTICLE.MARK&measure=NAME&voice=V
&speaker=NAME&referent=NAME&name=WORDS&trait=WORDS&outlet=NAME
&find=WORDS``
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from framing.annotation import VOICES
from framing.highlight import LAYERS

MAX_ARTICLES = 4
MAX_NAME = 200  # characters
MAX_FIND = 80
_SLOTS = ("a", "b", "c", "d")
_STRINGS = ("mark", "measure", "voice", "speaker", "referent", "name", "trait", "outlet", "find")
_LAYERS = tuple(layer.id for layer in LAYERS)
# Not shown unless a reader asks: much of a text can be in it alone or copied, and lines over all of it
# hide the rest; what models pick out stands where the lists have marks already.
OFF = ("model", "passage", "copied")


def showing(layer: str) -> tuple[str, ...]:
    """What is hidden where a link shows one of :data:`OFF`.

    >>> showing("passage")
    ('model', 'copied')
    """
    return tuple(other for other in OFF if other != layer)


_MARK = re.compile(r"(?P<article>[^.]{1,64})\.[a-z]+-\d{1,9}-\d{1,9}")


@dataclass(frozen=True, slots=True)
class Known:
    """What a link may name: events, and each article with its event ("" = none)."""

    events: Collection[str] = ()
    articles: Mapping[str, str] = field(default_factory=dict)
    measures: Collection[str] = ()
    speakers: Collection[str] = ()
    outlets: Collection[str] = ()  # as pages call them


@dataclass(frozen=True, slots=True)
class View:
    """What a page shows. Empty = the page chooses."""

    event: str = ""
    articles: tuple[str, ...] = ()
    hidden: tuple[str, ...] = OFF
    plain: bool = False
    mark: str = ""
    measure: str = ""
    voice: str = ""
    speaker: str = ""
    referent: str = ""
    name: str = ""
    trait: str = ""  # a word before the referent's names, or what it is said to be
    outlet: str = ""
    find: str = ""

    def to_params(self) -> dict[str, str]:
        """The view as query parameters; :func:`parse_view` reads them back."""
        params = {"event": self.event} if self.event else {}
        params |= dict(zip(_SLOTS, self.articles, strict=False))
        for name, layers in (
            ("hide", [layer for layer in self.hidden if layer not in OFF]),
            ("show", [layer for layer in OFF if layer not in self.hidden]),
        ):
            if layers:
                params[name] = ".".join(layers)
        if self.plain:
            params["plain"] = "1"
        for name in _STRINGS:
            if getattr(self, name):
                params[name] = getattr(self, name)
        return params


def parse_view(params: Mapping[str, str], known: Known) -> tuple[View, list[str]]:
    """The view that ``params`` describe, and a sentence for each value that names nothing here.

    Never raises: a link is other people's input, and an old one may name what is gone.
    """
    warnings: list[str] = []

    def accept(name: str, value: str, allowed: Collection[str], what: str) -> str:
        if not value or value in allowed:
            return value
        warnings.append(f"The link names a {what} that this study does not hold ({name}={_short(value)}).")
        return ""

    event = accept("event", params.get("event", ""), known.events, "event")
    found = [accept(slot, params.get(slot, ""), known.articles, "article") for slot in _SLOTS]
    articles = tuple(dict.fromkeys(a for a in found if a))
    if event and any(known.articles[a] != event for a in articles):
        warnings.append("The link names articles of another event; they are left out.")
        articles = tuple(a for a in articles if known.articles[a] == event)
    switched = {name: [part for part in params.get(name, "").split(".") if part] for name in ("hide", "show")}
    off = [*switched["hide"], *(layer for layer in OFF if layer not in switched["show"])]
    hidden = tuple(layer for layer in _LAYERS if layer in off)
    for name, parts in switched.items():
        for part in dict.fromkeys(parts):
            accept(name, part, _LAYERS, "kind of mark")
    mark = params.get("mark", "")
    match = _MARK.fullmatch(mark)
    if mark and (match is None or accept("mark", match["article"], known.articles, "article") == ""):
        if match is None:
            warnings.append(f"The link names a mark that cannot be read (mark={_short(mark)}).")
        mark = ""
    measure = accept("measure", params.get("measure", ""), known.measures, "measure")
    voice = accept("voice", params.get("voice", ""), ("all", *VOICES), "voice")
    speaker = accept("speaker", params.get("speaker", ""), known.speakers, "speaker")
    outlet = accept("outlet", params.get("outlet", ""), known.outlets, "outlet")
    # Strings of the texts: a page looks them up among those of its event.
    referent = params.get("referent", "")[:MAX_NAME]
    name, trait = (params.get(key, "")[:MAX_NAME] if referent else "" for key in ("name", "trait"))
    plain = params.get("plain", "") == "1"
    find = params.get("find", "")[:MAX_FIND].strip()
    words = (measure, voice, speaker, referent, name, trait, outlet, find)
    view = View(event, articles, hidden, plain, mark, *words)
    return view, warnings


def _short(value: str) -> str:
    return repr(value if len(value) <= 40 else value[:39] + "…")
