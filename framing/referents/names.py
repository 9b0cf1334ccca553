"""What a name names: a person, a country with its government, an organisation."""

from __future__ import annotations

from framing.referents import words
from framing.referents.groups import Key
from framing.referents.records import Mention
from framing.referents.scene import Scene, entries_in

# Halves of one country that news shortens to a point of the compass.
_SIDES = {
    "north": "North Korea",
    "south": "South Korea",
}
_STATE = frozenset({"official", "body", "leader"})


def key_of_name(scene: Scene, m: Mention) -> Key | None:
    """The key of a name; None for descriptions, and for names that are nouns in capitals ("the Summit")."""
    tree = m.tree
    country = country_of(scene, m)
    if country:
        return ("country", country)
    person = scene.persons.at(m.article, m.paragraph, tree, m.head)
    if person is None:
        *before, last = m.text.rsplit(None, 1)
        if before and not last.islower():  # a full name has two words, the last in capitals
            person = scene.persons.in_full(scene.person_name(m))
    if person is not None:
        return ("person", id(person))
    if m.kind != "name":
        return None
    entries = entries_in(tree, m.first, m.head + 1)
    kinds = words.classes(m.lemma)
    if entries and (kinds & {"official", "body"} or _ends_with_country(m, entries[-1].text)):
        return ("country", words.country_name(entries[0] if kinds else entries[-1]))
    is_body = tree.labels[m.head] == "ORG" and " " in words.bare(m.text)
    if (kinds or words.synonym_set(m.lemma)) and not is_body:
        return None
    return ("name", words.bare(m.text))


def _ends_with_country(m: Mention, country: str) -> bool:
    """Whether common words and a country make a label: "impoverished Mali", not "Latin America"."""
    parts = words.bare(m.text).split()
    size = len(country.split())
    if " ".join(parts[-size:]) != country:
        return False
    before = m.text.split()[:-size]
    return not any(w[0].isupper() for w in before if words.normal(w) != "the")


def country_of(scene: Scene, m: Mention) -> str:
    """The country that a whole label names; empty where it names none."""
    entry = words.country_named(m.text)
    if entry is not None:
        return words.country_name(entry)
    if m.tree.words[m.head][0].isupper():
        side = _SIDES.get(words.bare(m.text), "")
        if side and side in scene.annotated[m.article].article.text:
            return side
    return ""


def is_metonym(m: Mention) -> bool:
    """Whether a country is named by its capital or a seat or organ of its government."""
    entry = words.country(m.text[4:] if m.text[:4].lower() == "the " else m.text)
    return entry is not None and entry.category in ("capital", "body", "media")
