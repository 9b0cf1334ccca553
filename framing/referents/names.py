"""What a name names: a person, a country with its government, an organisation."""

from __future__ import annotations

from framing.referents import words
from framing.referents.groups import Key
from framing.referents.mentions import label_at
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
    tree = scene.tree(m)
    country = country_of(scene, m)
    if country:
        return ("country", country)
    person = scene.persons.at(m.article, m.tree, tree, m.head) or scene.persons.in_full(scene.person_name(m))
    if person is not None:
        return ("person", id(person))
    if m.kind != "name":
        return None
    entries = list(entries_in(tree, scene.first_token(m), m.head + 1))
    kinds = words.classes(m.lemma)
    if entries and (kinds & {"official", "body"} or _ends_with_country(scene, m, entries[-1].text)):
        return ("country", words.country_name(entries[0] if kinds else entries[-1]))
    is_body = label_at(tree, m.head) == "ORG" and " " in scene.bare(m)
    if (kinds or words.synonym_set(m.lemma)) and not is_body:
        return None
    return ("name", scene.bare(m))


def _ends_with_country(scene: Scene, m: Mention, country: str) -> bool:
    """Whether common words and a country make a label: "impoverished Mali", not "Latin America"."""
    parts = scene.bare(m).split()
    size = len(country.split())
    if " ".join(parts[-size:]) != country:
        return False
    before = scene.text(m).split()[:-size]
    return not any(w[0].isupper() for w in before if words.normal(w) != "the")


def country_of(scene: Scene, m: Mention) -> str:
    """The country that a whole label names; empty where it names none."""
    text = scene.text(m)
    without = text[4:] if text[:4].lower() == "the " else text
    entry = words.country(without) or words.country(text)
    if entry is not None:
        return words.country_name(entry)
    side = _SIDES.get(scene.bare(m), "")
    if side and scene.tree(m).words[m.head][0].isupper() and side in scene.annotated[m.article].article.text:
        return side
    return ""


def is_metonym(m: Mention, scene: Scene) -> bool:
    """Whether a country is named by its capital or a seat or organ of its government."""
    text = scene.text(m)
    entry = words.country(text[4:] if text[:4].lower() == "the " else text)
    return entry is not None and entry.category in ("capital", "body", "media")
