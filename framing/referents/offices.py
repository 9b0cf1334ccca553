"""Who is meant by an office or a role: "the president", "the North's leader"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from framing.lexicon import load
from framing.quotes.tree import Tree
from framing.referents import words
from framing.referents.persons import EventPerson
from framing.referents.records import Mention
from framing.referents.scene import Scene

# Offices whose holder is "the leader" of a country, whatever the outlet calls the person.
_RULERS = frozenset(
    [
        "president",
        "leader",
        "minister",
        "premier",
        "chancellor",
        "king",
        "dictator",
        "ruler",
        "strongman",
        "autocrat",
        "tyrant",
        "despot",
        "emperor",
        "sultan",
    ]
)
# Endings of nouns for persons: banker, actor, dentist, politician, policeman.
_PERSONAL = ("er", "or", "ist", "ian", "man", "woman", "ant", "ee")
# How far before a name its title may begin, in tokens.
_TITLE = 8

Heads = Mapping[tuple[int, int], Mapping[int, int]]  # by article and paragraph: token -> index of the mention


def roles_said(scene: Scene, heads: Heads) -> dict[int, EventPerson]:
    """Mentions that a title, an apposition or a copula puts beside a name, with the person.

    Notes at each person which roles, and whose, were said.
    """
    out: dict[int, EventPerson] = {}
    for m in scene.mentions:
        if m.kind == "action":
            continue
        tree = m.tree
        person = scene.persons.at(m.article, m.paragraph, tree, m.head)
        if person is None:
            continue
        for i in _beside(scene, heads[m.article, m.paragraph], m, tree):
            said = scene.mentions[i]
            if i in out or said.is_plural or said.kind == "name" or not is_role(said.lemma):
                continue
            out[i] = person
            person.roles[said.lemma] += 1
            person.said.update(words.normal(w) for w in said.modifiers)
            for country in scene.countries(said)[:1]:
                person.countries[country] += 1
    for person in scene.persons.persons:
        person.roles.update(person.titles)
    return out


def is_role(lemma: str) -> bool:
    """Whether a noun is said of persons: listed as one, or with an ending that makes such nouns."""
    noun = lemma.split()[-1]
    if words.classes(noun) & {"leader", "official", "man", "woman", "people"}:
        return True
    entry = load("roles").entries.get(noun)
    return (entry is not None and entry.category != "document") or noun.endswith(_PERSONAL)


def _beside(scene: Scene, heads: Mapping[int, int], m: Mention, tree: Tree) -> list[int]:
    """The mentions that a title, an apposition or a copula puts beside a name of a paragraph."""
    near = tree.childs(m.head, "appos")
    if tree.deps[m.head] == "appos":
        near.append(tree.heads[m.head])
    if tree.deps[m.head] == "nsubj" and tree.lemmas[tree.heads[m.head]] == "be":
        near += tree.childs(tree.heads[m.head], "attr")
    name = m.head
    if tree.labels[name]:
        name = next(e[0] for e in tree.entities if e[0] <= name < e[1])
    for t in range(name, max(-1, name - _TITLE), -1):
        if t in heads and scene.mentions[heads[t]].is_title:
            near.append(t)
            break
    return [heads[t] for t in near if t in heads]


def holder(scene: Scene, m: Mention, countries: Sequence[str]) -> EventPerson | None:
    """The person whose office ``m`` names, None where nobody's is; ``countries`` are those that it names.

    With a country, the person must be of that country; for heads of state and
    government any word for the office will do ("dictator" of one that is elsewhere
    called "leader"). Without one, the same word must have been said of the person;
    the person named in the article goes before others, then who was called so most.
    """
    lemma = m.lemma.split()[-1]
    if not (m.is_definite or countries or m.is_title):
        return None
    best: tuple[tuple[float, ...], EventPerson] | None = None
    ruling = bool(countries) and lemma in _RULERS
    for person in scene.persons.persons:
        said = person.roles.get(lemma, 0)
        if not said and not (ruling and not _RULERS.isdisjoint(person.roles)):
            continue
        if countries and person.country != countries[0]:
            continue
        here = person.n_in[m.article] > 0
        agree = sum(person.said[w] for w in map(words.normal, m.modifiers) if w in person.said)
        score = (float(here), float(agree), float(said if not countries else 0), float(person.n))
        if best is None or score > best[0]:
            best = (score, person)
    return best[1] if best else None
