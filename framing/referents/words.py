"""Look-ups in the lists of countries, of nouns for people and bodies, and of words for one thing."""

from __future__ import annotations

import functools

from framing.lexicon import Entry, load
from framing.text import fold

DETERMINERS = frozenset(
    [
        "the",
        "a",
        "an",
        "this",
        "that",
        "these",
        "those",
        "its",
        "his",
        "her",
        "their",
        "our",
        "my",
        "your",
        "such",
    ]
)


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
def bare(label: str) -> str:
    """A label in normal form without determiners in front: "nuclear deal" of "the Nuclear Deal"."""
    parts = normal(label).split()
    while len(parts) > 1 and parts[0] in DETERMINERS:
        parts.pop(0)
    return " ".join(parts)


@functools.lru_cache(maxsize=20_000)
def country(text: str) -> Entry | None:
    """The entry of a country's name, adjective, people, capital or body; ``us`` only in capitals."""
    entry = load("countries").entries.get(normal(text))
    if entry is not None and entry.text == "us" and text.replace(".", "")[:2] != "US":
        return None
    return entry


@functools.lru_cache(maxsize=20_000)
def begins_country(word: str) -> bool:
    """Whether a country's name, as :func:`country` knows it, begins with this word."""
    return normal(word) in _first_words_of_countries()


@functools.cache
def _first_words_of_countries() -> frozenset[str]:
    first = [text.split()[0] for text in load("countries").entries]
    return frozenset([*first, *map(normal, first)])


def country_name(entry: Entry) -> str:
    """The country that an entry belongs to, as it is printed."""
    return entry.columns[0]


@functools.lru_cache(maxsize=20_000)
def country_named(label: str) -> Entry | None:
    """The entry that a whole label is, "the" in front or not."""
    return country(label[4:] if label[:4].lower() == "the " else label) or country(label)


@functools.lru_cache(maxsize=4096)
def classes(lemma: str) -> frozenset[str]:
    """The classes of a noun: leader, official, body, collective, country, …; empty where not listed."""
    entry = load("heads").entries.get(lemma)
    return frozenset(entry.columns[0].split()) if entry else frozenset()


@functools.lru_cache(maxsize=4096)
def kinds(lemma: str) -> frozenset[str]:
    """The classes of a noun and of the last word of one that has several."""
    return classes(lemma) | classes(lemma.split()[-1])


@functools.lru_cache(maxsize=4096)
def names_people(lemma: str) -> bool:
    """Whether a noun is of a class that people make up."""
    return not _OF_PEOPLE.isdisjoint(classes(lemma))


_OF_PEOPLE = frozenset({"people", "official", "leader", "man", "woman", "collective"})


@functools.lru_cache(maxsize=4096)
def synonym_set(lemma: str) -> str:
    """The set of words for one thing that ``lemma`` belongs to; empty where there is none."""
    entry = load("contested").entries.get(lemma)
    return entry.category if entry else ""


@functools.cache
def ends_of_synonyms() -> frozenset[str]:
    """What the synonyms of several words end with: "operation" of "military operation"."""
    texts = load("contested").entries
    return frozenset(text[at + 1 :] for text in texts for at, c in enumerate(text) if c in " -")


@functools.lru_cache(maxsize=4096)
def further_sets(lemma: str) -> tuple[str, ...]:
    """The other sets that an ambiguous word belongs to: a strike is an attack or a walkout."""
    entry = load("contested").entries.get(lemma)
    return tuple(s for s in entry.columns[2].split(";") if s) if entry else ()


@functools.cache
def contested() -> frozenset[str]:
    """The words whose choice over the others of their set is an argument of its own."""
    return frozenset(text for text, e in load("contested").entries.items() if e.columns[0] == "contested")


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
    for noun in _nouns_of_events():
        if noun.startswith(stem) and len(noun) <= len(verb) + 5:
            return noun
    return ""


@functools.cache
def _nouns_of_events() -> tuple[str, ...]:
    entries = load("contested").entries.items()
    return tuple(n for n, e in entries if e.columns[1] == "event" and " " not in n and n.endswith(_NOMINAL))


def is_of_people(group: str) -> bool:
    """Whether the words of a set name people, who may come from many places."""
    return group in _groups_of_people()


@functools.cache
def _groups_of_people() -> frozenset[str]:
    return frozenset(e.category for e in load("contested").entries.values() if e.columns[1] == "people")
