"""The articles of one event as the rules see them: trees, mentions, persons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from framing.annotation import AnnotatedArticle
from framing.lexicon import Entry
from framing.quotes.speakers.names import honorifics
from framing.quotes.tree import Tree
from framing.referents import words
from framing.referents.mentions import mentions
from framing.referents.persons import Persons
from framing.referents.records import Mention
from framing.referents.trees import trees

# The longest name in the list of countries has six words.
_LONGEST = 6


@dataclass(frozen=True, slots=True)
class Scene:
    """The articles of one event, read once."""

    annotated: Sequence[AnnotatedArticle]
    trees: Sequence[Sequence[Tree]]
    mentions: Sequence[Mention]
    persons: Persons
    sets: Mapping[str, str]  # which set an ambiguous word belongs to here

    def set_of(self, lemma: str) -> str:
        """The set of words for one thing that a word belongs to in this event; empty where there is none."""
        return self.sets.get(lemma) or words.synonym_set(lemma)

    def person_name(self, mention: Mention) -> str:
        """The label of a person's name without the title."""
        tree, first = mention.tree, mention.first
        if first < mention.head and tree.words[first].lower().rstrip(".") in honorifics():
            first += 1
        return " ".join(mention.text[tree.starts[first] - mention.start :].split())

    def countries(self, mention: Mention) -> list[str]:
        """The countries named before the head, or after it with "of": "the leader of Japan"."""
        tree = mention.tree
        found = [words.country_name(e) for e in entries_in(tree, mention.first, mention.head)]
        for prep in tree.childs(mention.head, "prep"):
            if tree.words[prep].lower() in ("of", "from"):
                for c in tree.childs(prep, "pobj"):
                    first = tree.first_below(c)
                    found += [words.country_name(e) for e in entries_in(tree, first, c + 1)][:1]
        return found


def entries_in(tree: Tree, first: int, until: int) -> list[Entry]:
    """The entries of the list of countries among tokens ``first`` to ``until``, the longest first."""
    found: list[Entry] = []
    printed = tree.words
    at = first
    while at < until:
        if printed[at][:1].isupper() and words.begins_country(printed[at]):
            for size in range(min(_LONGEST, until - at), 0, -1):
                entry = words.country(" ".join(printed[at : at + size]))
                if entry is not None:
                    found.append(entry)
                    at += size - 1
                    break
        at += 1
    return found


def scene(annotated: Sequence[AnnotatedArticle]) -> Scene:
    """Read the articles of one event."""
    all_trees = [trees(a) for a in annotated]
    found = [m for n, of_one in enumerate(all_trees) for m in mentions(n, annotated[n].article.text, of_one)]
    titles = [_title(a, t) for a, t in zip(annotated, all_trees, strict=True)]
    return Scene(annotated, all_trees, found, Persons(all_trees, titles), _sets(found))


def _title(annotated: AnnotatedArticle, of_one: Sequence[Tree]) -> int | None:
    """Which of an article's trees is the title; None where it has none."""
    span = annotated.article.title_span
    return (
        None
        if span is None
        else next((n for n, t in enumerate(of_one) if t.unit.region.overlaps(span)), None)
    )


def _sets(mentions: Sequence[Mention]) -> dict[str, str]:
    """For each ambiguous word the set whose other words the event uses most; else its first."""
    lemmas = Counter(m.lemma for m in mentions if m.kind != "action")
    used: Counter[str] = Counter()
    for lemma, n in lemmas.items():
        if not words.further_sets(lemma):
            used[words.synonym_set(lemma)] += n
    return {
        lemma: max((words.synonym_set(lemma), *words.further_sets(lemma)), key=lambda s: used[s])
        for lemma in lemmas
        if words.further_sets(lemma)
    }
