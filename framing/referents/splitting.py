"""One word, two things: the Korean War is not the war in Ukraine.

What is named beside a noun (places, peoples, parties) tells its referents apart. The
thing that the event is about is the one whose mentions name its most frequent place or
party, the hub. A mention that names only others, one of which never stands beside the
hub, is something else; a bare mention right after such a one means the same.
"""

from __future__ import annotations

import bisect
from collections import Counter, defaultdict
from collections.abc import Sequence

from framing.referents import words
from framing.referents.groups import Key
from framing.referents.records import Mention
from framing.referents.scene import Scene, entries_in

# Prepositions after which a party or a place of an event or an agreement stands.
_OF_PARTIES = frozenset(["in", "with", "between", "against", "on", "of", "over", "into", "from", "to"])
# How far a bare mention reaches back to one that says more, in characters: two sentences of news.
_NEAR = 250


def split(scene: Scene, keys: Sequence[Key | None]) -> dict[int, Key]:
    """New keys for the mentions of things that are told apart by what is named beside them."""
    by_thing: dict[Key, list[int]] = defaultdict(list)
    for i, key in enumerate(keys):
        if key is not None and key[0] == "thing":
            by_thing[key].append(i)
    out: dict[int, Key] = {}
    for key, members in by_thing.items():
        if len(members) == 1 or words.is_of_people(str(key[1])):
            continue
        out.update(_split_one(scene, key, members))
    return out


def _split_one(scene: Scene, key: Key, members: Sequence[int]) -> dict[int, Key]:
    beside = {i: _named_beside(scene, scene.mentions[i]) for i in members}
    count = Counter(name for names in beside.values() for name in names)
    if not count:
        return {}
    hub = min(count, key=lambda name: (-count[name], name))
    if count[hub] < 2:
        return {}
    allied = {name for names in beside.values() if hub in names for name in names}
    others: dict[int, Key] = {}
    for i, names in beside.items():
        strange = sorted(names - allied)
        if strange and hub not in names:
            others[i] = ("thing", (key[1], min(strange, key=lambda name: (-count[name], name))))
    last: tuple[Mention, Key] | None = None
    for i in sorted(members, key=lambda i: scene.mentions[i][:3]):
        m = scene.mentions[i]
        if i in others:
            last = (m, others[i])
        elif beside[i]:
            last = None
        elif (
            last is not None
            and m.is_definite
            and last[0].article == m.article
            and m.start - last[0].end < _NEAR
        ):
            others[i] = last[1]
    return others


def _named_beside(scene: Scene, m: Mention) -> set[str]:
    """Countries (a person counts as the country), places, peoples in the label and right after it."""
    tree, first, head = m.tree, m.first, m.head
    if m.kind == "action":
        until = bisect.bisect_right(tree.ends, m.phrase_end)
        return {words.country_name(e) for e in entries_in(tree, head, until)}
    found = {words.country_name(e) for e in entries_in(tree, first, head)} if first < head else set()
    tokens = list(range(first, head))
    for prep in tree.childs(head, "prep"):
        if tree.words[prep].lower() in _OF_PARTIES:
            below = tree.subtree(prep)
            found.update(words.country_name(e) for e in entries_in(tree, below[0], below[-1] + 1))
            tokens += below
    if not tokens:
        return found
    for t in tokens:
        if tree.pos[t] == "PROPN" and tree.deps[t] != "poss":
            person = scene.persons.at(m.article, m.paragraph, tree, t)
            if person is not None:
                found.add(person.country or " ".join(person.forms[0]))
    if not any(tree.labels[first:head]):
        return found
    for a, b, label in tree.entities:
        if label in ("GPE", "NORP", "LOC", "EVENT") and a <= head and b > first:
            text = " ".join(tree.words[max(a, first) : min(b, head)])
            if text and words.country(text) is None and not entries_in(tree, a, b):
                found.add(words.normal(text))
    return found
