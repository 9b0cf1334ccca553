"""What the room of referents speaks in: a mention, a referent, a portrayal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from framing.quotes.tree import Tree
from framing.referents.words import DETERMINERS

# How a mention names its referent. "metonym": a capital or a seat that stands for a
# government; "abstract": an event, an object or an issue; "action": a verb with what it acts on.
MentionKind = Literal["name", "description", "pronoun", "metonym", "abstract", "action"]
ReferentKind = Literal["person", "organisation", "place", "country", "group", "thing", "action"]
_DEFINITE = DETERMINERS - {"a", "an", "such"}
Polarity = Literal["positive", "negative", ""]


class Mention(NamedTuple):
    """One place where an article names something: some two hundred of them in an article of 500 words.

    ``start`` and ``end`` are the characters of the label: the noun with what stands before
    it, or the verb group of an action. Its phrase is the label with the phrases after it
    ("the war in Ukraine"). ``paragraph`` and its ``tree``, ``first`` and ``head`` say where it
    is: ``first`` is the token that the label begins with, ``head`` that of the head word.
    """

    article: int
    start: int
    end: int
    phrase_start: int
    phrase_end: int
    paragraph: int
    tree: Tree
    first: int
    head: int
    text: str  # the label as printed
    lemma: str  # of the head, lower case; of two words where a lexicon knows them as one ("asylum seeker")
    modifiers: tuple[str, ...]  # adjectives and nouns before the head, as printed
    is_title: bool  # a description right before the name it belongs to
    kind: MentionKind

    def of_kind(self, kind: MentionKind) -> Mention:
        """The same mention, of another kind."""
        return Mention(*self[:-1], kind)

    @property
    def is_plural(self) -> bool:
        """Whether the head is a plural noun."""
        return self.tree.tags[self.head] in ("NNS", "NNPS")

    @property
    def is_definite(self) -> bool:
        """Whether the label points at something known: "the", "this", a possessor."""
        first = self.tree.words[self.first].lower()
        return first in _DEFINITE or self.tree.child(self.head, "poss") is not None


@dataclass(frozen=True, slots=True)
class Referent:
    """One thing that is named, with all mentions of it in the articles of an event."""

    name: str
    kind: ReferentKind
    mentions: tuple[Mention, ...]


class Portrayal(NamedTuple):
    """What one place says of a referent.

    ``start`` and ``end`` are the characters of the describing expression. ``relation``:
    ``adjective``, ``apposition``, ``predicate``, ``agent`` (does what the verb says),
    ``patient`` (it is done to it, active voice), ``patient of a passive``, ``target`` (it is
    aimed at: "a threat to Japan"), ``owner`` (of what is described), ``label`` (the noun
    that names it says it).
    """

    mention: Mention
    start: int
    end: int
    word: str  # the describing word, in its lexicon form
    relation: str
    polarity: Polarity
