"""Cues: the lexicon of speech verbs, nouns and phrases, found in a tree by lemma.

The third column of ``lexicons/cues.txt`` says what the words a cue introduces look
like; see the card for the codes.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from framing.article import Span
from framing.lexicon import load
from framing.quotes.tree import Tree


@dataclass(frozen=True, slots=True)
class CueForm:
    """An entry of the lexicon: its words, stance, syntax codes, and whether they are of a verb, of a noun."""

    text: str
    stance: str
    codes: frozenset[str]
    of_verb: bool
    of_noun: bool

    def takes(self, *codes: str) -> bool:
        """Whether the entry has one of the syntax codes."""
        return not self.codes.isdisjoint(codes)


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue in a tree: its head token, all its tokens, and the entry. ``noun`` marks noun cues."""

    head: int
    tokens: tuple[int, ...]
    form: CueForm
    noun: bool = False

    def span(self, tree: Tree) -> Span | None:
        """Where the cue stands in the article."""
        return tree.span(self.tokens)


_Forms = tuple[tuple[tuple[str, ...], CueForm], ...]  # (further words, entry), longest first


@functools.cache
def _index() -> dict[str, _Forms]:
    """The entries by their first word."""
    index: dict[str, list[tuple[tuple[str, ...], CueForm]]] = {}
    for entry in load("cues").entries.values():
        first, *rest = entry.text.split()
        codes = frozenset(entry.columns[0].split())
        of_verb = any(":" not in c and c != "adv" for c in codes)
        of_noun = any(c.startswith("n:") for c in codes)
        form = CueForm(entry.text, entry.category, codes, of_verb, of_noun)
        index.setdefault(first, []).append((tuple(rest), form))
    return {w: tuple(sorted(f, key=lambda x: -len(x[0]))) for w, f in index.items()}


@functools.lru_cache(maxsize=50_000)
def _beginning_with(lemma: str, word: str) -> _Forms:
    """The entries whose first word is ``word`` as it stands or its lemma."""
    index, low, printed = _index(), lemma.lower(), word.lower()
    own = index.get(printed, ()) if printed != low else ()
    return (*own, *index.get(low, ()))


def verb_form(word: str) -> CueForm | None:
    """The one-word verb entry of a present form ("thanks", "vows", "denies"), None where there is none."""
    low = word.lower()
    if not low.endswith("s"):
        return None
    forms = (base_form(lemma) for lemma in (low[:-1], low[:-2], low[:-3] + "y"))
    return next((form for form in forms if form is not None), None)


def base_form(word: str) -> CueForm | None:
    """The one-word verb entry that ``word`` is, None where there is none."""
    for rest, form in _index().get(word.lower(), ()):
        if not rest and any(":" not in c and c not in ("adv", "prep") for c in form.codes):
            return form
    return None


def has_entry(lemma: str, code: str) -> bool:
    """Whether ``lemma`` alone is an entry with the syntax code."""
    return any(not rest and form.takes(code) for rest, form in _index().get(lemma.lower(), ()))


def find(tree: Tree) -> Iterator[Cue]:
    """The cues of a tree in text order; one token belongs to one cue."""
    taken = -1
    for i, forms in enumerate(map(_beginning_with, tree.lemmas, tree.words)):
        if not forms or i <= taken or i in tree.holes or tree.starts[i] < 0:
            continue
        verb = tree.pos[i] in ("VERB", "AUX") and not _is_adjective(tree, i)
        noun = tree.pos[i] == "NOUN"
        for rest, form in forms:
            tokens = _rest(tree, i, rest)
            if tokens is None:
                continue
            if form.takes("prep"):
                yield Cue(i, (i, *tokens), form)
                taken = tokens[-1] if tokens else i
            elif (verb and form.of_verb and not _other_verb(tree, i, tokens)) or _is_verb_after_all(
                tree, i, form
            ):
                yield Cue(i, (i, *tokens), form)
            elif noun and form.of_noun:
                yield Cue(i, (i, *tokens), form, noun=True)
            else:
                continue
            break


def _is_verb_after_all(tree: Tree, i: int, form: CueForm) -> bool:
    """A present verb that the tagger took for a plural: "Smith notes that …", "the poor, Lee notes, pay"."""
    if tree.tags[i] != "NNS" or not form.takes("that") or not 0 < i < len(tree) - 1:
        return False
    named = tree.words[i - 1][:1].isupper() and (tree.heads[i - 1] == i or tree.heads[i] == i - 1)
    after = tree.words[i + 1].lower()
    first = i - 1
    while first > 0 and tree.pos[first - 1] == "PROPN":
        first -= 1
    aside = after == "," and first > 0 and tree.words[first - 1] == ","
    return named and (after == "that" or aside)


def _is_adjective(tree: Tree, i: int) -> bool:
    """A participle that stands before its noun: "the pledged delegates"."""
    if tree.deps[i] in ("amod", "compound", "nmod"):
        return True
    if tree.tags[i] not in ("VBN", "VBD", "VBG") or not 0 < i < len(tree) - 1:
        return False
    if tree.lemmas[i] == "pledge" and tree.lemmas[i + 1] == "delegate":
        return True
    before, after = tree.pos[i - 1], tree.pos[i + 1]
    return (
        before in ("DET", "NUM", "ADJ") and after == "NOUN" and tree.deps[i - 1] not in ("nsubj", "nsubjpass")
    )


def _other_verb(tree: Tree, i: int, tokens: tuple[int, ...]) -> bool:
    """Whether a particle makes another verb of it: "find out", "show up"."""
    particle = tree.child(i, "prt")
    if particle is None or particle in tokens:
        return False
    return particle - i <= 2 or tree.pos[particle - 1] not in ("NOUN", "PROPN")  # "show Smith up by 5 points"


def _rest(tree: Tree, i: int, rest: tuple[str, ...]) -> tuple[int, ...] | None:
    """The tokens of an entry's further words, an adverb or pronoun between allowed; None where they fail."""
    out: list[int] = []
    at = i + 1
    for word in rest:
        for step in range(2):
            n = at + step
            same = n < len(tree) and tree.sentence[n] == tree.sentence[i] and tree.words[n].lower() == word
            if same and (step == 0 or tree.pos[at] in ("ADV", "PRON", "PART")):
                out.append(n)
                at = n + 1
                break
        else:
            return None
    if out and _is_time(tree, out[-1]):  # "reported on Tuesday" is no "report on"
        return None
    return tuple(out)


def _is_time(tree: Tree, preposition: int) -> bool:
    if tree.words[preposition].lower() not in ("on", "in", "at", "for"):
        return False
    found = tree.child(preposition, "pobj")
    return found is not None and any(
        a <= found < b and label in ("DATE", "TIME") for a, b, label in tree.entities
    )


@dataclass(frozen=True, slots=True)
class Content:
    """The tokens that a cue introduces, in text order, and the rule that took them."""

    tokens: tuple[int, ...]
    rule: str


def introduced(tokens: Iterable[int], cue: Cue, rule: str) -> Content | None:
    """``tokens`` without those of the cue as its content, None where none are left."""
    kept = sorted(set(tokens) - set(cue.tokens))
    return Content(tuple(kept), rule) if kept else None
