"""Pronouns: resolved for what is said with them, counted apart from the words that outlets choose."""

from __future__ import annotations

import bisect
import functools
from collections.abc import Iterator, Sequence

from framing.article import Span
from framing.quotes.claim import Claim
from framing.quotes.speakers.resolve import Resolver
from framing.quotes.tree import SUBJECTS, Tree
from framing.referents import words
from framing.referents.groups import Key
from framing.referents.records import Mention
from framing.referents.scene import Scene

_PERSON = frozenset(["he", "him", "his", "himself", "she", "her", "hers", "herself"])
_SPEAKER = frozenset(["i", "me", "my", "mine", "myself"])
_SPEAKERS = frozenset(["we", "us", "our", "ours", "ourselves"])
_PLURAL = frozenset(["they", "them", "their", "theirs", "themselves"])
_THING = frozenset(["it", "its", "itself"])
# "it" and "they" reach back this far, in characters: a sentence or two of news.
_NEAR = 300
# Mentions in that stretch; more would only be nested ones.
_LOOK_BACK = 20


Named = tuple[int, Mention, Key]  # where it starts, the mention, what it names


def pronouns(scene: Scene, keys: Sequence[Key]) -> list[tuple[Mention, Key]]:
    """The pronouns of all articles whose referent is found, with its key."""
    named: list[list[Named]] = [[] for _ in scene.annotated]
    for m, key in zip(scene.mentions, keys, strict=True):
        if m.kind != "action" and key[0] != "alone":
            named[m.article].append((m.start, m, key))
    out: list[tuple[Mention, Key]] = []
    for article, before in enumerate(named):
        out += _of_article(scene, article, before)
    return out


def _of_article(scene: Scene, article: int, before: list[Named]) -> Iterator[tuple[Mention, Key]]:
    reader = _Reader(scene, article, sorted(before, key=lambda row: (row[0], row[1].end)))
    for n, tree in enumerate(scene.trees[article]):
        for t in [t for t, pos in enumerate(tree.pos) if pos == "PRON"]:
            key = reader.key(tree.words[t].lower(), Span(tree.starts[t], tree.ends[t]), (n, t))
            if key is not None:
                yield _pronoun(article, n, tree, t), key


def _pronoun(article: int, n: int, tree: Tree, t: int) -> Mention:
    start, end, word = tree.starts[t], tree.ends[t], tree.words[t]
    return Mention(article, start, end, start, end, n, tree, t, t, word, word.lower(), (), False, "pronoun")


class _Reader:
    """Resolves the pronouns of one article in text order."""

    def __init__(self, scene: Scene, article: int, before: list[Named]) -> None:
        self.scene = scene
        self.article = article
        self.annotated = scene.annotated[article]
        self.before = before
        self.starts = [row[0] for row in before]

    @functools.cached_property
    def resolver(self) -> Resolver:
        """Says whom "she" means: for the articles that have such a word."""
        names = self.scene.persons.names[self.article]
        return Resolver(self.annotated.article.text, self.scene.trees[self.article], names)

    def key(self, word: str, at: Span, head: tuple[int, int]) -> Key | None:
        """What the pronoun ``word`` names; None where that stays open."""
        if word in _PERSON:
            return self._person(self.resolver.resolve(Claim(at, speaker=at, head=head)).name)
        if word in _SPEAKER or word in _SPEAKERS:
            return self._speaker(at, several=word in _SPEAKERS)
        if word in _PLURAL or word in _THING:
            n = bisect.bisect_left(self.starts, at.start)
            return _near(self.scene, self.before[max(0, n - _LOOK_BACK) : n], at, word in _PLURAL)
        return None

    def _person(self, name: str) -> Key | None:
        person = self.scene.persons.of_name(name) if name else None
        return None if person is None else ("person", id(person))

    def _speaker(self, at: Span, *, several: bool) -> Key | None:
        """Who says "I"; for "we" the country whose office the speaker holds, else the speaker."""
        n = self.annotated.voice_at(at.start).quotation
        if n is None:
            return None
        quotation = self.annotated.quotations[n]
        key = self._person(quotation.speaker) or self._named_at(quotation.speaker_span)
        if several and key is not None and key[0] == "person":
            country = self.scene.persons.by_id(key[1]).country
            return ("country", country) if country else key
        return key

    def _named_at(self, span: Span | None) -> Key | None:
        """What the mention in ``span`` names that covers most of it: speakers without a name."""
        if span is None:
            return None
        first = bisect.bisect_left(self.starts, span.start)
        until = bisect.bisect_left(self.starts, span.end)
        inside = [(m, key) for _, m, key in self.before[first:until] if m.end <= span.end]
        return max(inside, key=lambda row: row[0].end - row[0].start)[1] if inside else None


def _near(scene: Scene, before: Sequence[Named], at: Span, plural: bool) -> Key | None:
    """What "it" or "they" means: the last subject that fits in number, else nothing."""
    fallback: Key | None = None
    for _, m, key in reversed(before):
        if at.start - m.end > _NEAR:
            break
        tree = m.tree
        if key[0] == "person" or m.is_plural != plural:
            continue
        if tree.deps[m.head] in SUBJECTS:
            return key
        if fallback is None and plural and _is_people(scene, m, key):
            fallback = key
    return fallback


def _is_people(scene: Scene, m: Mention, key: Key) -> bool:
    """Whether "they" may mean a plural that is no subject: people, not things."""
    return (
        key[0] == "country" or words.is_of_people(scene.set_of(m.lemma)) or "people" in words.classes(m.lemma)
    )
