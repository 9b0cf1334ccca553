"""Names that belong together: letters and full name, name and description."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from framing.referents import words
from framing.referents.groups import Key
from framing.referents.mentions import label_at
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
        text = scene.text(m)
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
    scene: Scene, keys: Sequence[Key | None], heads: Mapping[tuple[int, int, int], int]
) -> tuple[list[tuple[Key, Key]], dict[int, Key]]:
    """Names and definite descriptions side by side: "the agreement, the J.C.P.O.A."; "the union, Unite".

    Gives pairs of keys to join where the noun is established in the event and of a set of
    words for one thing, and single mentions that take the key of the name elsewhere.
    """
    uses = Counter(key for key in keys if key is not None)
    join: list[tuple[Key, Key]] = []
    single: dict[int, Key] = {}
    for i, m in enumerate(scene.mentions):
        if m.kind == "action":
            continue
        for c in scene.tree(m).childs(m.head, "appos"):
            j = heads.get((m.article, m.tree, c))
            if j is None:
                continue
            for name, described in ((i, j), (j, i)):
                of_name, of_noun = keys[name], keys[described]
                if of_name is None or of_noun is None or of_name[0] != "name" or of_noun[0] != "thing":
                    continue
                if not scene.is_definite(scene.mentions[described]) or scene.is_plural(
                    scene.mentions[described]
                ):
                    continue
                if uses[of_noun] >= _ESTABLISHED and words.synonym_set(scene.mentions[described].lemma):
                    join.append((of_noun, of_name))
                else:
                    single[described] = of_name
    return join, single


def last_named(
    scene: Scene, names: Sequence[tuple[Mention, Key]], m: Mention, *, any_body: bool
) -> Key | None:
    """The name that "the committee" means: the last one before it in the article that ends with the noun.

    With ``any_body`` ("the company") the last one that is tagged as an organisation.
    """
    before = [(named, key) for named, key in names if named.span.end <= m.span.start]
    for named, key in reversed(before):
        if words.normal(scene.text(named)).split()[-1] == m.lemma:
            return key
    if any_body:
        for named, key in reversed(before):
            if label_at(scene.tree(named), named.head) == "ORG":
                return key
    return None
