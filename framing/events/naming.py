"""What an event is called: a stable id, a headline, the terms that hold it together."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from framing.events.records import EventInput
from framing.events.vectors import spellings, terms

_LABEL_LENGTH = 90
_N_KEYWORDS = 8


def new_id(members: Iterable[EventInput]) -> str:
    """An id from the event's first article: the oldest dated one, else the one with the least id.

    Articles that come later do not change it.
    """
    first = min(members, key=lambda m: (not m.published, m.published, m.article_id))
    return "e" + hashlib.blake2b(first.article_id.encode("utf-8"), digest_size=5).hexdigest()


def ids(
    groups: Sequence[Sequence[EventInput]], previous: Mapping[str, str], taken: Collection[str] = ()
) -> list[str]:
    """An id for each group; a group keeps the id that most of its articles had in ``previous``.

    No id is given twice, and none of ``taken``: of two groups that claim one, the group with
    more of its articles keeps it, and of equals the one with the least article id.
    """
    claims: list[tuple[int, str, int, str]] = []
    for g, group in enumerate(groups):
        had = Counter(previous[m.article_id] for m in group if m.article_id in previous)
        least = min(m.article_id for m in group)
        claims += [(-count, least, g, event) for event, count in had.items()]
    given: dict[int, str] = {}
    taken = set(taken)
    for _, _, g, event in sorted(claims):
        if g not in given and event not in taken:
            given[g] = event
            taken.add(event)
    for g, group in enumerate(groups):
        if g not in given:
            given[g] = _free(new_id(group), taken)
            taken.add(given[g])
    return [given[g] for g in range(len(groups))]


def _free(wanted: str, taken: set[str]) -> str:
    n = 2
    name = wanted
    while name in taken:
        name = f"{wanted}-{n}"
        n += 1
    return name


def label(central: EventInput, keywords: Sequence[str]) -> str:
    """A name for people: the most typical article's headline, else the keywords, else its first words."""
    text = " ".join(central.title.split()) or ", ".join(keywords[:4]) or " ".join(central.text.split())
    if len(text) <= _LABEL_LENGTH:
        return text
    return text[: _LABEL_LENGTH - 1].rsplit(" ", 1)[0].rstrip(",.;:– ") + "…"


def keywords(strongest: Sequence[str], items: Sequence[EventInput]) -> tuple[str, ...]:
    """The strongest terms as the articles spell them; a name is given in full where entities hold it."""
    entities = Counter(entity for item in items for entity in item.entities)
    spelt: dict[str, str] = {}
    for item in items:
        missing = set(strongest) - spelt.keys()
        if not missing:
            break
        spelt |= spellings(missing, f"{item.title} {item.text}")
    chosen: list[str] = []
    said: set[str] = set()
    for term in strongest:
        if len(chosen) == _N_KEYWORDS:
            break
        if term not in said:
            chosen.append(_name(term, entities) or spelt.get(term, term))
            said |= {term, *terms(chosen[-1])}
    return tuple(chosen)


def _name(term: str, entities: Counter[str]) -> str:
    holders = [e for e in entities if term in e.lower() and term in terms(e)]
    return min(holders, key=lambda name: (-entities[name], name), default="")
