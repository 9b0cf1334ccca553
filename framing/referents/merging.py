"""From mentions to referents: every mention gets the key of what it names."""

from __future__ import annotations

from collections import Counter, defaultdict

from framing.quotes.tree import SUBJECTS, Tree
from framing.referents import words
from framing.referents.groups import Groups, Key
from framing.referents.names import key_of_name
from framing.referents.offices import holder, roles_said
from framing.referents.organisations import NamesSaid, abbreviations, appositions
from framing.referents.records import Mention
from framing.referents.scene import Scene
from framing.referents.splitting import split

# A collective is its members where this many mentions say so: "a caravan of migrants".
_SAY_SO = 2


# Labels of who acts or owns.
_ACTING = SUBJECTS | {"poss"}
# How far "the country" reaches back to one that acts, in characters: two sentences of news.
_NEAR = 300
_OF_STATES = frozenset(["official", "body", "leader"])  # classes of nouns that mean a country with its name
# Who acts for the country that the event is about where no other is named beside it.
_STATE = frozenset(["official", "officer", "authority", "agent", "lawmaker", "troop"])


def merge(scene: Scene) -> list[Key]:
    """The key of each mention of ``scene.mentions``: equal where they name the same thing."""
    return _Merger(scene).keys()


class _Merger:
    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.groups = Groups()
        self.heads: dict[tuple[int, int], dict[int, int]] = defaultdict(dict)
        for i, m in enumerate(scene.mentions):
            if m.kind != "action":
                self.heads[m.article, m.paragraph][m.head] = i
        self.found: list[Key | None] = [None] * len(scene.mentions)
        self.home = ""
        self.countries: dict[int, list[tuple[int, str]]] = defaultdict(list)
        self.acting: dict[int, list[tuple[int, str]]] = defaultdict(list)  # countries and persons that act
        self.names: dict[int, NamesSaid] = defaultdict(NamesSaid)
        self.citizens: dict[int, list[tuple[int, str]]] = defaultdict(list)  # where named people come from

    def keys(self) -> list[Key]:
        """Names first, then what is described, then what is done."""
        mentions = self.scene.mentions
        for i, m in enumerate(mentions):
            if m.kind != "action":
                self.found[i] = key_of_name(self.scene, m)
        for i, person in roles_said(self.scene, self.heads).items():
            self.found[i] = ("person", id(person))
        self._note_countries()
        for i, m in enumerate(mentions):
            if self.found[i] is None and m.kind != "action":
                self.found[i] = self._described(m)
        self._collectives()
        self._names_beside()
        self.named_things = {k for k in self.found if k is not None and k[0] == "thing"}
        for i, m in enumerate(mentions):
            if m.kind == "action":
                self.found[i] = self._action(m)
        for i, key in split(self.scene, self.found).items():
            self.found[i] = key
        return [self.groups.find(k or ("alone", i)) for i, k in enumerate(self.found)]

    def _names_beside(self) -> None:
        """Join names with their abbreviations and with what stands in apposition to them."""
        for full, short in abbreviations(self.scene, self.found):
            self.groups.join(full, short)
        pairs, single = appositions(self.scene, self.found, self.heads)
        for noun, name in pairs:
            self.groups.join(noun, name)
        for i, key in single.items():
            self.found[i] = key

    def _note_countries(self) -> None:
        seats: Counter[str] = Counter()
        for m, key in zip(self.scene.mentions, self.found, strict=True):
            if key is not None and key[0] == "person" and (home := self.scene.persons.by_id(key[1]).country):
                self.citizens[m.article].append((m.start, home))
                if self._acts(m):
                    self.acting[m.article].append((m.start, home))
            if key is not None and key[0] == "name":
                self.names[m.article].add(m, key, m.tree)
            if key is None or key[0] != "country":
                continue
            self.countries[m.article].append((m.start, str(key[1])))
            if self._acts(m):
                self.acting[m.article].append((m.start, str(key[1])))
            entry = words.country(words.bare(m.text))
            if entry is not None and entry.category == "body":
                seats[str(key[1])] += 1
        self.home = min(seats, key=lambda c: (-seats[c], c)) if seats else ""

    def _acts(self, m: Mention) -> bool:
        """Whether a mention is the subject of its clause, or owns something."""
        return m.tree.deps[m.head] in _ACTING

    def _described(self, m: Mention) -> Key:
        tree = m.tree
        kinds = words.kinds(m.lemma)
        plural = m.is_plural
        if not _OF_STATES.isdisjoint(kinds) or m.lemma in _STATE:
            countries = self.scene.countries(m)
            if "leader" in kinds and not plural:
                person = holder(self.scene, m, countries)
                if person is not None:
                    return ("person", id(person))
            if countries and not _OF_STATES.isdisjoint(kinds):
                return ("country", countries[0])
            if m.lemma in _STATE and not countries and self.home:
                return ("country", self.home)
        if "government" in kinds and (owner := self._owner(m, tree)):
            return ("country", owner)
        if "country" in kinds and not plural and m.is_definite and (last := self._last_country(m, tree)):
            return ("country", last)
        if "vague" in kinds:
            return ("alone", (m.article, m.start, m.end))
        if kinds & {"collective", "amount"} and (member := self._member(m, tree)) is not None:
            return member
        if not plural and not words.synonym_set(m.lemma) and m.is_definite:
            named = self.names[m.article].before(m, any_body="organisation" in kinds)
            if named is not None:
                return named
        return self._thing(m.lemma)

    def _owner(self, m: Mention, tree: Tree) -> str:
        """The country of a government: that of the person before it, else the home one."""
        for c in tree.childs(m.head, "poss", "compound"):
            person = self.scene.persons.at(m.article, m.paragraph, tree, c)
            if person is not None and person.country:
                return person.country
        return self._last_country(m, tree) if tree.child(m.head, "poss") is not None else self.home

    def _last_country(self, m: Mention, tree: Tree) -> str:
        """The country that "the country", "his country", "our country" means.

        The last one that acts, or whose head acts, else the last one named; for "his" that of
        the last person named, for "our" that of who speaks.
        """
        owner = tree.child(m.head, "poss")
        whose = tree.words[owner].lower() if owner is not None else ""
        if whose in ("our", "my"):
            speaker = self.scene.persons.of_name(self.scene.annotated[m.article].speaker_at(m.start))
            return (speaker.country if speaker is not None else "") or self.home
        named = self.citizens if whose in ("his", "her") else self.countries
        if not whose:
            near = m.start - _NEAR
            acting = [c for at, c in self.acting[m.article] if near < at < m.start]
            if acting:
                return acting[-1]
        before = [c for at, c in named[m.article] if at < m.start]
        return before[-1] if before else ""

    def _member(self, m: Mention, tree: Tree) -> Key | None:
        """What an amount or a group consists of: "a group of migrants", "the caravan's members"."""
        for prep in tree.childs(m.head, "prep"):
            if tree.words[prep].lower() == "of":
                for c in tree.childs(prep, "pobj"):
                    return self._key_at(m, c)
        if m.lemma in ("member", "participant", "rest", "part", "majority", "people"):
            for c in tree.childs(m.head, "poss", "compound"):
                key = self._key_at(m, c)
                if key is not None and key[0] == "thing":
                    return key
        return None

    def _key_at(self, m: Mention, token: int) -> Key | None:
        i = self.heads[m.article, m.paragraph].get(token)
        if i is None:
            tree = m.tree
            lemma = words.normal(tree.lemmas[token])
            return self._thing(lemma) if words.synonym_set(lemma) else None
        if self.found[i] is None:
            self.found[i] = self._described(self.scene.mentions[i])
        return self.found[i]

    def _collectives(self) -> None:
        """Join a collective with what most of its mentions say it consists of."""
        said: dict[Key, Counter[Key]] = defaultdict(Counter)
        for m in self.scene.mentions:
            if m.kind == "action" or "collective" not in words.classes(m.lemma):
                continue
            tree = m.tree
            own = self._thing(m.lemma)
            member = self._member(m, tree)
            if member is not None and member != own:
                said[own][member] += 1
            for c in tree.childs(m.head, "compound", "amod"):
                lemma = words.normal(tree.lemmas[c])
                if words.synonym_set(lemma):
                    said[own][self._thing(lemma)] += 1
        for own, members in said.items():
            member, n = members.most_common(1)[0]
            if n >= _SAY_SO and member[0] in ("thing", "name"):
                self.groups.join(member, own)

    def _action(self, m: Mention) -> Key:
        tree = m.tree
        done_to = next((c for c in tree.childs(m.head, "dobj") if c > m.head), None)
        key = self._key_at(m, done_to) if done_to is not None else None
        noun = words.noun_of(m.lemma)
        if noun and self._thing(noun) in self.named_things:
            return self._thing(noun)
        return ("action", (m.lemma, self.groups.find(key) if key else ""))

    def _thing(self, lemma: str) -> Key:
        """The key of a common noun: its set of words for one thing, else the noun itself."""
        return ("thing", self.scene.set_of(lemma) or lemma)
