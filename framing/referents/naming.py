"""What a referent is called in tables: the most frequent full name, or the most frequent head phrase."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from framing.quotes.tree import Tree
from framing.referents import words
from framing.referents.groups import Key
from framing.referents.mentions import label_at
from framing.referents.records import Mention, ReferentKind
from framing.referents.scene import DETERMINERS, Scene

_DETERMINERS = DETERMINERS | {"some", "any", "no", "all", "both"}

# Words of amounts that the parser takes for adjectives or adverbs.
_AMOUNTS = frozenset(
    ["about", "around", "several", "many", "few", "more", "most", "over", "nearly", "some", "roughly"]
)


_PLACES = frozenset(["GPE", "LOC", "FAC"])


def label(scene: Scene, m: Mention) -> str:
    """The label without determiner, possessor and marks: "war" of "Moscow's war"."""
    tree = scene.tree(m)
    if m.kind in ("pronoun", "action"):
        return scene.text(m)
    first = scene.first_token(m)
    for t in range(first, m.head):
        if tree.tags[t] in ("POS", "PRP$") or tree.words[t].lower() in ("'s", "’s"):
            first = t + 1
    while first < m.head and _is_outside(tree, first):
        first += 1
    text = scene.annotated[m.article].article.text[tree.starts[first] : m.span.end]
    return " ".join(text.strip("“”\"'‘’«»„ ").split())


def _is_outside(tree: Tree, t: int) -> bool:
    """Determiners, amounts and marks before a label: "more than 150" of "more than 150 migrants"."""
    word = tree.words[t].lower()
    if word in _DETERMINERS or word in _AMOUNTS:
        return True
    if tree.pos[t] == "NUM" or tree.deps[t] in ("nummod", "quantmod"):
        return True
    return not any(c.isalnum() for c in word)


def kind_of(scene: Scene, key: Key, mentions: Sequence[Mention]) -> ReferentKind:
    """The kind of a referent, from the key that its mentions share."""
    kind = key[0]
    if kind == "person" or kind == "country" or kind == "action":
        return kind
    if kind == "name":
        labels = [label_at(scene.tree(m), m.head) for m in mentions if m.kind == "name"]
        return "place" if 2 * sum(label in _PLACES for label in labels) > len(labels) else "organisation"
    lemmas = {m.lemma for m in mentions}
    if kind == "thing" and (words.is_of_people(_group(key)) or any(_is_people(lemma) for lemma in lemmas)):
        return "group"
    return "thing"


def _group(key: Key) -> str:
    return str(key[1][0]) if isinstance(key[1], tuple) else str(key[1])


def _is_people(lemma: str) -> bool:
    return bool(words.classes(lemma) & {"people", "official", "leader", "man", "woman", "collective"})


def name_of(scene: Scene, key: Key, mentions: Sequence[Mention]) -> str:
    """The name of a referent, before equal names are told apart."""
    if key[0] == "country":
        return str(key[1])
    if key[0] == "person":
        person = scene.persons.by_id(key[1])
        printed = Counter(scene.person_name(m) for m in mentions if m.kind == "name")
        full = {n: c for n, c in printed.items() if len(n.split()) > 1}
        if full:
            return _most(full)
        return _most(printed) if printed else " ".join(person.forms[0])
    if key[0] == "name":
        return _most(Counter(label(scene, m) for m in mentions))
    if key[0] == "action":
        return _most(Counter(scene.text(m).lower() for m in mentions))
    nouns = [m for m in mentions if m.kind not in ("pronoun", "action")]
    if isinstance(key[1], tuple) and key[0] == "thing":
        return _most(Counter(_lower(scene, m) for m in nouns)) if nouns else str(key[1][0])
    heads = Counter(m.lemma for m in nouns)
    return _most(heads) if heads else _most(Counter(scene.text(m).lower() for m in mentions))


def _lower(scene: Scene, m: Mention) -> str:
    """A label in lower case, names in it as printed."""
    tree = scene.tree(m)
    text = label(scene, m)
    return text if tree.pos[m.head] == "PROPN" else text[:1].lower() + text[1:]


def _most(counted: Counter[str] | dict[str, int]) -> str:
    """The most frequent; of equal ones the shortest, then the first of the alphabet."""
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
