"""Look-ups in the lists of countries, of nouns for people and bodies, and of words for one thing."""

from __future__ import annotations

import functools

from framing.lexicon import Entry, load
from framing.text import fold


# Every word of an event is asked for many times, by one rule after another.
@functools.lru_cache(maxsize=20_000)
def normal(text: str) -> str:
    """Lower case, straight marks, no dots, no possessive: the form of the lists' entries.

    >>> normal("U.S."), normal("the North’s")
    ('us', 'the north')
    """
    low = fold(text).lower().replace(".", "")
    for ending in ("'s", "'"):
        if low.endswith(ending):
            low = low[: -len(ending)]
    return " ".join(low.split())


@functools.lru_cache(maxsize=20_000)
def country(text: str) -> Entry | None:
    """The entry of a country's name, adjective, people, capital or body; ``us`` only in capitals."""
    entry = load("countries").entries.get(normal(text))
    if entry is not None and entry.text == "us" and text.replace(".", "")[:2] != "US":
        return None
    return entry


def country_name(entry: Entry) -> str:
    """The country that an entry belongs to, as it is printed."""
    return entry.columns[0]


@functools.lru_cache(maxsize=4096)
def classes(lemma: str) -> frozenset[str]:
    """The classes of a noun: leader, official, body, collective, country, …; empty where not listed."""
    entry = load("heads").entries.get(lemma)
    return frozenset(entry.columns[0].split()) if entry else frozenset()


@functools.lru_cache(maxsize=4096)
def synonym_set(lemma: str) -> str:
    """The set of words for one thing that ``lemma`` belongs to; empty where there is none."""
    entry = load("contested").entries.get(lemma)
    return entry.category if entry else ""


@functools.lru_cache(maxsize=4096)
def further_sets(lemma: str) -> tuple[str, ...]:
    """The other sets that an ambiguous word belongs to: a strike is an attack or a walkout."""
    entry = load("contested").entries.get(lemma)
    return tuple(s for s in entry.columns[2].split(";") if s) if entry else ()


@functools.lru_cache(maxsize=4096)
def is_contested(lemma: str) -> bool:
    """Whether the choice of this word over the others of its set is an argument of its own."""
    entry = load("contested").entries.get(lemma)
    return entry is not None and entry.columns[0] == "contested"


# Endings that make the noun of a verb: suspend, suspension; announce, announcement.
_STEM = 4  # letters that a verb and its noun must share; fewer are shared by chance
_NOMINAL = ("ion", "ment", "ing", "al", "ance", "ence", "ure")


@functools.lru_cache(maxsize=4096)
def noun_of(verb: str) -> str:
    """The noun of an event in the list of words for one thing that names what ``verb`` does; else empty.

    >>> noun_of("suspend"), noun_of("investigate"), noun_of("attack"), noun_of("stay")
    ('suspension', 'investigation', 'attack', '')
    """
    entries = load("contested").entries
    if verb in entries:
        return verb if entries[verb].columns[1] == "event" else ""
    stem = verb[:-1] if verb[-1] in "ey" else verb
    stem = stem[:-1] if len(stem) > _STEM else stem
    if len(stem) < _STEM:
        return ""
    for noun, entry in entries.items():
        is_event = entry.columns[1] == "event" and " " not in noun
        if is_event and noun.startswith(stem) and noun.endswith(_NOMINAL) and len(noun) <= len(verb) + 5:
            return noun
    return ""


@functools.lru_cache(maxsize=4096)
def is_of_people(group: str) -> bool:
    """Whether the words of a set name people, who may come from many places."""
    return any(e.category == group and e.columns[1] == "people" for e in load("contested").entries.values())
