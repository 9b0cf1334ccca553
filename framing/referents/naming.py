"""What a referent is called in tables: the most frequent full name, or the most frequent head phrase."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Sequence

from framing.quotes.tree import Tree
from framing.referents import words
from framing.referents.groups import Key
from framing.referents.records import Mention, ReferentKind
from framing.referents.scene import Scene

_DETERMINERS = words.DETERMINERS | {"some", "any", "no", "all", "both"}

# Words of amounts that the parser takes for adjectives or adverbs.
_AMOUNTS = frozenset(
    ["about", "around", "several", "many", "few", "more", "most", "over", "nearly", "some", "roughly"]
)


_POSSESSIVE = frozenset(["'s", "'S", "’s", "’S"])
_PLACES = frozenset(["GPE", "LOC", "FAC"])


def label(scene: Scene, m: Mention) -> str:
    """The label without determiner, possessor and marks: "war" of "Moscow's war"."""
    if m.kind in ("pronoun", "action"):
        return m.text
    text = m.text
    if m.first < m.head:
        tree = m.tree
        first = m.first
        for t in range(first, m.head):
            if tree.tags[t] in ("POS", "PRP$") or tree.words[t] in _POSSESSIVE:
                first = t + 1
        while first < m.head and _is_outside(tree, first):
            first += 1
        text = text[tree.starts[first] - m.start :]
    return " ".join(text.strip("“”\"'‘’«»„ ").split())


def _is_outside(tree: Tree, t: int) -> bool:
    """Determiners, amounts and marks before a label: "more than 150" of "more than 150 migrants"."""
    word = tree.words[t].lower()
    if word in _DETERMINERS or word in _AMOUNTS:
        return True
    if tree.pos[t] == "NUM" or tree.deps[t] in ("nummod", "quantmod"):
        return True
    return not word.isalnum() and not any(c.isalnum() for c in word)


def kind_of(scene: Scene, key: Key, mentions: Sequence[Mention]) -> ReferentKind:
    """The kind of a referent, from the key that its mentions share."""
    kind = key[0]
    if kind == "person" or kind == "country" or kind == "action":
        return kind
    if kind == "name":
        labels = [m.tree.labels[m.head] for m in mentions if m.kind == "name"]
        return "place" if 2 * sum(label in _PLACES for label in labels) > len(labels) else "organisation"
    return "group" if any(names_group(key, m.lemma) for m in mentions) else "thing"


@functools.lru_cache(maxsize=4096)
def names_group(key: Key, lemma: str) -> bool:
    """Whether a noun with a key of its own means people."""
    group = key[1][0] if isinstance(key[1], tuple) else key[1]
    return key[0] == "thing" and (words.is_of_people(str(group)) or words.names_people(lemma))


def name_of(scene: Scene, key: Key, mentions: Sequence[Mention]) -> str:
    """The name of a referent, before equal names are told apart."""
    if key[0] == "country":
        return str(key[1])
    if key[0] == "person":
        printed = [scene.person_name(m) for m in mentions if m.kind == "name"]
        full = [name for name in printed if " " in name]
        return _most(full or printed or [" ".join(scene.persons.by_id(key[1]).forms[0])])
    if key[0] == "name":
        return _most([label(scene, m) for m in mentions])
    if key[0] == "action":
        return _most([m.text.lower() for m in mentions])
    nouns = [m for m in mentions if m.kind not in ("pronoun", "action")]
    if isinstance(key[1], tuple) and key[0] == "thing":
        return _most([_lower(scene, m) for m in nouns] or [str(key[1][0])])
    return _most([m.lemma for m in nouns] or [m.text.lower() for m in mentions])


def _lower(scene: Scene, m: Mention) -> str:
    """A label in lower case, names in it as printed."""
    tree = m.tree
    text = label(scene, m)
    return text if tree.pos[m.head] == "PROPN" else text[:1].lower() + text[1:]


def _most(texts: Sequence[str]) -> str:
    """The most frequent; of equal ones the shortest, then the first of the alphabet."""
    if len(texts) == 1:
        return texts[0]
    counted = Counter(texts)
    return min(counted, key=lambda text: (-counted[text], len(text), text))


def apart(names: Sequence[str]) -> list[str]:
    """Equal names told apart by a number, in order.

    >>> apart(["deal", "war", "deal"])
    ['deal', 'war', 'deal (2)']
    """
    seen: Counter[str] = Counter()
    out = []
    for name in names:
        seen[name] += 1
        out.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return out
