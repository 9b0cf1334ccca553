"""What the room of referents speaks in: a mention, a referent, a portrayal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from framing.article import Span

# How a mention names its referent. "metonym": a capital or a seat that stands for a
# government; "abstract": an event, an object or an issue; "action": a verb with what it acts on.
MentionKind = Literal["name", "description", "pronoun", "metonym", "abstract", "action"]
ReferentKind = Literal["person", "organisation", "place", "country", "group", "thing", "action"]
Polarity = Literal["positive", "negative", ""]


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where an article names something.

    ``span`` is the label: the noun with what stands before it, or the verb group of an
    action. ``phrase`` is the label with the phrases after it ("the war" of "the war in
    Ukraine"). ``tree`` and ``head`` say where the head word is: paragraph and token.
    """

    article: int
    tree: int
    head: int
    span: Span
    phrase: Span
    kind: MentionKind
    lemma: str  # of the head, lower case; of two words where a lexicon knows them as one ("asylum seeker")
    modifiers: tuple[str, ...] = ()  # adjectives and nouns before the head, as printed
    is_title: bool = False  # a description right before the name it belongs to


@dataclass(frozen=True, slots=True)
class Referent:
    """One thing that is named, with all mentions of it in the articles of an event."""

    name: str
    kind: ReferentKind
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Portrayal:
    """What one place says of a referent.

    ``span`` is the describing expression. ``relation``: ``adjective``, ``apposition``,
    ``predicate``, ``agent`` (does what the verb says), ``patient`` (it is done to it,
    active voice), ``patient of a passive``, ``target`` (it is aimed at: "a threat to Japan"),
    ``owner`` (of what is described), ``label`` (the noun that names it says it).
    """

    mention: Mention
    span: Span
    word: str  # the describing word, in its lexicon form
    relation: str
    polarity: Polarity
    property: str
