"""Names that belong together: letters and full name, name and description."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from framing.quotes.tree import Tree
from framing.referents import words
from framing.referents.groups import Key
from framing.referents.records import Mention
from framing.referents.scene import Scene

_SMALL = frozenset(["of", "the", "and", "for", "in", "on", "to", "&"])
# Letters of an abbreviation that may stand for a name: two letters stand for too many.
_LETTERS = range(3, 8)
# A noun that names one thing in the whole event: used this often, a name put beside it is its name.
_ESTABLISHED = 3


def abbreviations(scene: Scene, keys: Sequence[Key | None]) -> list[tuple[Key, Key]]:
    """Pairs of keys: a name, and the letters that its words begin with (DNC, J.C.P.O.A.)."""
    by_letters: dict[str, Counter[Key]] = defaultdict(Counter)
    short: dict[str, Key] = {}
    for m, key in zip(scene.mentions, keys, strict=True):
        if key is None or key[0] not in ("name", "thing") or m.kind != "name":
            continue
        text = m.text
        plain = text.replace(".", "")
        if plain.isupper() and plain.isalpha() and len(plain) in _LETTERS:
            if key[0] == "name":
                short[plain.lower()] = key
            continue
        capitals = [w for w in text.split() if w.lower() not in _SMALL]
        if len(capitals) > 1 and all(w[0].isupper() for w in capitals):
            for spelled in ("".join(w[0] for w in capitals), "".join(w[0] for w in text.split())):
                by_letters[spelled.lower()][key] += 1
    pairs = []
    for letters, key in short.items():
        if by_letters[letters]:
            full = by_letters[letters].most_common(1)[0][0]
            pairs.append((full, key))
    return pairs


def appositions(
    scene: Scene, keys: Sequence[Key | None], heads: Mapping[tuple[int, int], Mapping[int, int]]
) -> tuple[list[tuple[Key, Key]], dict[int, Key]]:
    """Names and definite descriptions side by side: "the agreement, the J.C.P.O.A."; "the union, Unite".

    Gives pairs of keys to join where the noun is established in the event and of a set of
    words for one thing, and single mentions that take the key of the name elsewhere.
    """
    uses = Counter(key for key in keys if key is not None)
    join: list[tuple[Key, Key]] = []
    single: dict[int, Key] = {}
    for i, m in enumerate(scene.mentions):
        if m.kind == "action" or "appos" not in m.tree.relations:
            continue
        for c in m.tree.childs(m.head, "appos"):
            j = heads[m.article, m.paragraph].get(c)
            if j is None:
                continue
            for name, described in ((i, j), (j, i)):
                of_name, of_noun = keys[name], keys[described]
                if of_name is None or of_noun is None or of_name[0] != "name" or of_noun[0] != "thing":
                    continue
                noun = scene.mentions[described]
                if not noun.is_definite or noun.is_plural:
                    continue
                if uses[of_noun] >= _ESTABLISHED and words.synonym_set(noun.lemma):
                    join.append((of_noun, of_name))
                else:
                    single[described] = of_name
    return join, single


class NamesSaid:
    """The names of bodies and things in an article so far, for "the committee" and "the company"."""

    def __init__(self) -> None:
        self._ending: dict[str, list[tuple[int, Key]]] = defaultdict(
            list
        )  # where they end, by their last word
        self._bodies: list[tuple[int, Key]] = []  # those that are tagged as organisations

    def add(self, m: Mention, key: Key, tree: Tree) -> None:
        """Take in a name; in text order."""
        said = m.end, key
        self._ending[words.normal(m.text).rpartition(" ")[2]].append(said)
        if tree.labels[m.head] == "ORG":
            self._bodies.append(said)

    def before(self, m: Mention, *, any_body: bool) -> Key | None:
        """The name that a description means: the last one before it that ends with the noun.

        With ``any_body`` ("the company") the last one that is tagged as an organisation.
        """
        for said in (self._ending.get(m.lemma, ()), self._bodies if any_body else ()):
            for end, key in reversed(said):
                if end <= m.start:
                    return key
        return None
