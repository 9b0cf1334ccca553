"""Which of the headlines that a page gives itself is the one over the article, and its standfirst.

Pages name their article three to five times: in JSON-LD, over the text (``h1``), in
``<title>``, for social networks (``og:title``). They differ where an outlet words the
headline for networks anew or appends its name. Each speaks for its wording with a weight.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import Any

from framing.clean import outlets
from framing.clean.lines import line_key
from framing.read.markup import one_line

# How far each is to be believed, set on one half of 89 pages of 60 outlets and the same on the other.
_WEIGHTS = {"linked": 2.0, "og": 1.2, "h1": 0.7, "found": 0.5, "title": 0.3}
_MAX_H1 = 4  # more are a list of articles
_MIN_KEY = 2  # letters; less is no headline
_STANDFIRST = re.compile(
    r"standfirst|sub-?(?:title|head|line|deck)|strapline|\bdek\b|\bdeck\b|\bintro|\bteaser|\blead\b|lede\b"
    r"|summary|abstract|excerpt|\bdescription|article__?desc|vorspann|chapo|chapeau|sommario|sottotitolo"
    r"|entradilla|bajada",
    re.IGNORECASE,
)
_MAX_STANDFIRST = 700  # characters
_MIN_STANDFIRST = 30
_LOOKED_AT = 4_000  # elements; a standfirst stands near the top
_MAX_NAME = 300  # characters
# One of these stands in every name that the pattern finds; a search for plain letters is many times faster.
_STANDFIRST_CUES = (
    "standfirst", "sub", "strapline", "dek", "deck", "intro", "teaser", "lead", "lede", "summary", "abstract",
    "excerpt", "desc", "vorspann", "chapo", "chapeau", "sommario", "sottotitolo", "entradilla", "bajada",
)  # fmt: skip


def headline(tree: Any, linked: str, found: str, outlet: str) -> tuple[str, str]:
    """(headline without what is printed after it, the outlet named there).

    ``linked``: the one in JSON-LD, ``found``: the extractor's, both empty where there is none.
    """
    candidates: list[tuple[str, str]] = []
    if linked:
        candidates.append(("linked", linked))
    over = [line for h1 in tree.iter("h1") if (line := one_line(h1))][: _MAX_H1 + 1]
    if len(over) <= _MAX_H1:
        candidates += [("h1", line) for line in dict.fromkeys(over)]
    title = next((line for e in tree.iter("title") if (line := one_line(e))), "")
    og = next((m.get("content") or "" for m in tree.iter("meta") if m.get("property") == "og:title"), "")
    more = (("title", title), ("og", " ".join(og.split())), ("found", found))
    candidates += [(kind, text) for kind, text in more if text]
    others = frozenset(line_key(text) for _, text in candidates)
    named = ""
    cut: list[tuple[str, str, str]] = []
    for kind, text in candidates:
        end, suffix = outlets.suffix_start(text, outlet, others - {line_key(text)})
        named = named or suffix
        short = text[:end].strip().replace("\xad", "")
        if len(key := line_key(short)) >= _MIN_KEY:
            cut.append((kind, short, key))
    if not cut:
        return "", named
    best = max(cut, key=lambda one: _votes(one[0], one[2], cut))
    return best[1], named


def _votes(kind: str, key: str, candidates: Sequence[tuple[str, str, str]]) -> float:
    """How much speaks for a headline: its own place, and every other that says the same."""
    total = _WEIGHTS[kind]
    for other, _, other_key in candidates:
        if other != kind and other_key == key:
            total += _WEIGHTS[other]
    return total


def standfirsts(tree: Any) -> frozenset[str]:
    """Keys of the paragraphs that the page marks as standfirst, by the name of their class."""
    named: dict[str, list[Any]] = {}
    for element in islice(tree.iter("p", "h2", "h3", "div", "span", "strong"), _LOOKED_AT):
        name = f"{element.get('class', '')} {element.get('itemprop', '')}"[:_MAX_NAME]
        named.setdefault(name, []).append(element)
    lowered = "\n".join(named).lower()
    cues = [cue for cue in _STANDFIRST_CUES if cue in lowered]
    if not cues:
        return frozenset()
    names = (name for name in named if any(map(name.lower().__contains__, cues)))
    texts = (one_line(e) for name in names if _STANDFIRST.search(name) for e in named[name])
    return frozenset(line_key(text) for text in texts if _MIN_STANDFIRST <= len(text) <= _MAX_STANDFIRST)
