"""The people of an article: which mentions are one person, what they are called, of which gender."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from framing.lexicon import load
from framing.quotes.tree import Tree

_POSSESSIVE = re.compile(r"['’]s?$")
_MALE = frozenset({"mr", "mr.", "sir", "lord", "king", "prince", "pope", "father", "congressman", "chairman"})
_FEMALE = frozenset(
    {"mrs", "mrs.", "ms", "ms.", "miss", "madam", "madame", "lady", "queen", "princess", "congresswoman",
     "chairwoman", "sister"}
)  # fmt: skip
_HYPHENS = frozenset("-‐‑")
_SUFFIX = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_MALE_NOUN = frozenset(
    [
        "man",
        "father",
        "son",
        "brother",
        "husband",
        "businessman",
        "congressman",
        "spokesman",
        "chairman",
        "king",
        "prince",
    ]
)
_FEMALE_NOUN = frozenset(
    [
        "woman",
        "mother",
        "daughter",
        "sister",
        "wife",
        "businesswoman",
        "congresswoman",
        "spokeswoman",
        "chairwoman",
        "queen",
        "princess",
    ]
)


@functools.cache
def honorifics() -> frozenset[str]:
    """Titles that stand before a name: Mr, Senator, Gov. …, lower case without the dot."""
    return frozenset(e.text for e in load("roles").entries.values() if "title" in e.columns[0].split())


@functools.cache
def _first_names() -> dict[str, str]:
    return {e.text: e.category for e in load("first_names").entries.values()}


@dataclass(slots=True)
class Person:
    """One person of an article. ``descriptors`` are the lower-cased nouns said of them (president)."""

    name: str
    words: tuple[str, ...]
    gender: str = ""  # "m", "f" or "" for not known
    n_full: int = 0  # mentions of more than the surname
    mentions: list[Mention] = field(default_factory=list)
    descriptors: Counter[str] = field(default_factory=Counter)


class Mention(NamedTuple):
    """A name as printed: tree and tokens, article offset, words without titles, the title's gender."""

    tree: int
    first: int
    until: int
    start: int
    words: tuple[str, ...]
    gender: str = ""


def mentions(trees: Sequence[Tree]) -> list[Mention]:
    """The person names of the article in text order, titles and possessives stripped.

    Names that the parser's entities miss are found where they are the surname, in a
    proper noun, of somebody whom the article names in full.
    """
    out: list[Mention] = []
    taken: list[set[int]] = [set() for _ in trees]
    for n, tree in enumerate(trees):
        for first, until, label in tree.entities:
            if label == "PERSON":
                for mention in _split(tree, n, first, until):
                    out.append(mention)
                    taken[n].update(range(mention.first, mention.until))
    surnames = {m.words[-1] for m in out if len(m.words) > 1 and len(m.words[-1]) > 2}
    single = {m.words[0] for m in out if len(m.words) == 1}
    for n, tree in enumerate(trees):
        for first, until in _proper_runs(tree):
            if tree.starts[first] < 0 or not taken[n].isdisjoint(range(first, until)):
                continue
            words = _words(tree, list(range(first, until)))
            if (until - first > 1 and _like_name(words, single)) or (
                until - first == 1 and words[0] in surnames and not _inside_name(tree, first)
            ):
                found = _mention(tree, n, first, until)
                if found is not None:
                    out.append(found)
    return sorted(out, key=lambda m: m.start)


def _proper_runs(tree: Tree) -> Iterator[tuple[int, int]]:
    """Runs of capitalised proper nouns, hyphens inside, titles left out."""
    pos, words, n = tree.pos, tree.words, len(tree)
    t = 0
    while "PROPN" in pos[t:]:
        first = t = pos.index("PROPN", t)  # a run begins with one
        while t < n and (
            (pos[t] == "PROPN" and words[t][:1].isupper())
            or (first < t and (words[t] in _HYPHENS or words[t - 1] in _HYPHENS))
        ):
            if first == t and words[t].lower().rstrip(".") in honorifics():
                first = t + 1
            t += 1
        if t > first:
            yield first, t
        t = max(t, first) + 1


def _like_name(words: tuple[str, ...], single: set[str]) -> bool:
    """Whether a run of capitalised words is a person's: a first name, or one the article names shortly."""
    if len(words) > 4 or any(w.isupper() and len(w) > 2 for w in words):
        return False
    return words[0].lower() in _first_names() or words[0] in single or words[-1] in single


def _inside_name(tree: Tree, t: int) -> bool:
    """Whether a surname is part of a longer name of something else: the Clinton Foundation."""
    return tree.deps[t] == "compound" or any(a <= t < b and b - a > 1 for a, b, _ in tree.entities)


def _split(tree: Tree, n: int, first: int, until: int) -> Iterator[Mention]:
    """The names of an entity; "Trump and Ryan" are two."""
    start = first
    for t in range(first, until + 1):
        if t == until or tree.words[t].lower() in ("and", "&", ","):
            mention = _mention(tree, n, start, t)
            if mention is not None:
                yield mention
            start = t + 1


def _mention(tree: Tree, n: int, first: int, until: int) -> Mention | None:
    tokens = [t for t in range(first, until) if tree.starts[t] >= 0]
    while tokens and (
        tree.words[tokens[0]].lower().rstrip(".") in honorifics() or tree.pos[tokens[0]] in ("DET", "PUNCT")
    ):
        tokens.pop(0)
    while tokens and (tree.words[tokens[-1]] in ("'s", "’s", "'", "’") or tree.pos[tokens[-1]] == "PUNCT"):
        tokens.pop()
    if tokens:
        tokens = _glued(tree, tokens)
    words = _words(tree, tokens)
    if not words or not words[-1][0].isupper() or not any(c.isalpha() for c in words[-1]):
        return None
    return Mention(
        n, tokens[0], tokens[-1] + 1, tree.starts[tokens[0]], words, _title_gender(tree, tokens[0])
    )


def _glued(tree: Tree, tokens: list[int]) -> list[int]:
    """``tokens`` and what a hyphen ties to them: Kim Jong-un, cut by the tokenizer."""
    last = tokens[-1]
    while (
        last + 2 < len(tree) and tree.words[last + 1] in _HYPHENS and tree.ends[last] == tree.starts[last + 1]
    ):
        if tree.ends[last + 1] != tree.starts[last + 2]:
            break
        last += 2
    return list(range(tokens[0], last + 1))


def _words(tree: Tree, tokens: list[int]) -> tuple[str, ...]:
    """The words of a name, glued tokens as one."""
    out: list[str] = []
    for n, t in enumerate(tokens):
        glued = (
            n > 0
            and tree.ends[tokens[n - 1]] == tree.starts[t]
            and (tree.words[t] in _HYPHENS or tree.words[tokens[n - 1]] in _HYPHENS)
        )
        if glued:
            out[-1] += tree.words[t]
        elif tree.pos[t] != "PUNCT":
            out.append(tree.words[t])
    return tuple(w for w in (_POSSESSIVE.sub("", w) for w in out) if w)


def _title_gender(tree: Tree, t: int) -> str:
    before = tree.words[t - 1].lower() if t > 0 else ""
    return "m" if before in _MALE else "f" if before in _FEMALE else ""


class People:
    """The persons of an article and the way from a mention to the person."""

    def __init__(self, trees: Sequence[Tree], found: Sequence[Mention]) -> None:
        """``found``: what :func:`mentions` finds in ``trees``."""
        self.persons: list[Person] = []
        self._by_mention: dict[tuple[int, int], Person] = {}
        self._by_part: dict[str, list[int]] = {}  # part of a name: the persons that have it
        full = [m for m in found if len(m.words) > 1]
        for mention in sorted(full, key=lambda m: (-_n_core(m.words), m.start)):
            self._add(mention, trees)
        for mention in found:
            if len(mention.words) == 1:
                self._add(mention, trees)
        for person in self.persons:
            person.mentions.sort(key=lambda m: m.start)
            if not person.gender and len(person.words) > 1:
                person.gender = _first_names().get(person.words[0].lower(), "")

    def _add(self, mention: Mention, trees: Sequence[Tree]) -> None:
        person = self._find(mention)
        if person is None:
            person = Person(" ".join(mention.words), mention.words)
            for part in set(name_parts(mention.words)):
                self._by_part.setdefault(part, []).append(len(self.persons))
            self.persons.append(person)
        person.mentions.append(mention)
        person.n_full += len(mention.words) > 1
        person.gender = person.gender or mention.gender
        for t in range(mention.first, mention.until):
            self._by_mention[mention.tree, t] = person
        _describe(person, trees[mention.tree], mention)

    def at(self, tree: int, token: int) -> Person | None:
        """The person that token ``token`` of tree ``tree`` names."""
        return self._by_mention.get((tree, token))

    def _find(self, mention: Mention) -> Person | None:
        """Whom a name means: of several with the surname the one named in full most often."""
        near = {n for part in name_parts(mention.words) for n in self._by_part.get(part, ())}
        fits = [p for n in sorted(near) if same_person(mention.words, (p := self.persons[n]).words)]
        if mention.gender:
            fits = [p for p in fits if self._gender(p) in ("", mention.gender)] or fits
        if len(fits) <= 1:
            return fits[0] if fits else None
        last = mention.words[-1].lower()
        surname = [p for p in fits if _surname(p.words).lower() == last] or fits
        return max(surname, key=lambda p: (p.n_full, -p.mentions[0].start))

    @staticmethod
    def _gender(person: Person) -> str:
        return person.gender or _first_names().get(person.words[0].lower(), "")


def _n_core(words: Iterable[str]) -> int:
    return sum(w.lower() not in _SUFFIX for w in words)


def _surname(words: Sequence[str]) -> str:
    core = [w for w in words if w.lower() not in _SUFFIX]
    return core[-1] if core else words[-1]


def same_person(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether two names can be one person's: Clinton and Hillary Rodham Clinton, not Bill and Hillary.

    Hyphens and case do not count: Kim Jong-un is Kim Jong Un. A single word may be the
    surname at either end (Kim, Putin).
    """
    x, y = name_parts(a), name_parts(b)
    if not x or not y:
        return False
    short, long = (x, y) if len(x) <= len(y) else (y, x)
    if short == long:
        return True
    if len(short) == 1:
        return short[0] in (long[-1], long[0])
    if short[-1] != long[-1]:
        return False
    return _given_agree(short[0], long[0]) or set(short) <= set(long)


def _given_agree(a: str, b: str) -> bool:
    a, b = a.rstrip("."), b.rstrip(".")
    return a == b or (len(a) == 1 and b.startswith(a)) or (len(b) == 1 and a.startswith(b))


def name_parts(words: Sequence[str]) -> tuple[str, ...]:
    """What names are compared by: their words in lower case, parted at hyphens, without Jr., Sr., III."""
    return _name_parts(tuple(words))


@functools.lru_cache(maxsize=4096)
def _name_parts(words: tuple[str, ...]) -> tuple[str, ...]:
    out: list[str] = []
    for word in words:
        if word.lower() not in _SUFFIX:
            out += [p.lower() for p in word.replace("‐", "-").replace("‑", "-").split("-") if p]
    return tuple(out)


def _describe(person: Person, tree: Tree, mention: Mention) -> None:
    """Note what stands around a mention: titles, appositions, copulas; and the gender they tell."""
    last = mention.until - 1
    head = last
    while tree.heads[head] != head and mention.first <= tree.heads[head] < mention.until:
        head = tree.heads[head]
    nouns: list[str] = []
    for t in range(mention.first - 1, max(-1, mention.first - 7), -1):
        word = tree.words[t].lower()
        if word in _MALE or word in _FEMALE:
            person.gender = person.gender or ("m" if word in _MALE else "f")
        if tree.sentence[t] != tree.sentence[last] or tree.pos[t] not in ("PROPN", "NOUN", "ADJ"):
            break
        nouns.append(tree.lemmas[t].lower())
    for c in tree.childs(head, "appos", "compound", "amod", "nmod"):
        if not mention.first <= c < mention.until:
            nouns += [
                tree.lemmas[t].lower() for t in tree.subtree(c) if tree.pos[t] in ("NOUN", "PROPN", "ADJ")
            ]
    if tree.deps[head] == "appos":
        up = tree.heads[head]
        while tree.deps[up] in ("pobj", "prep") and tree.heads[up] != up:  # "the mayor of Lund, Eva Sand"
            up = tree.heads[up]
        nouns.append(tree.lemmas[up].lower())
        nouns += [tree.lemmas[t].lower() for t in tree.childs(up, "compound", "amod", "poss")]
    if tree.deps[head] == "nsubj":
        verb = tree.heads[head]
        attr = tree.child(verb, "attr") if tree.lemmas[verb] == "be" else None
        if attr is not None:
            nouns.append(tree.lemmas[attr].lower())
    for noun in nouns:
        person.descriptors[noun] += 1
        if not person.gender and noun in _MALE_NOUN | _FEMALE_NOUN:
            person.gender = "m" if noun in _MALE_NOUN else "f"
