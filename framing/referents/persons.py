"""The persons of an event: one for all articles that name them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from framing.lexicon import load
from framing.quotes.speakers.names import Mention as PersonName
from framing.quotes.speakers.names import honorifics, mentions, same_person
from framing.quotes.tree import Tree
from framing.referents import words

# How much a full name in the article at hand outweighs one elsewhere in the event.
_HERE = 3
_GENDER = {"mr": "m", "mrs": "f", "ms": "f", "miss": "f", "king": "m", "queen": "f"}
# Letters of the second half of a hyphenated Korean or Chinese given name (un, in, shek); longer
# words after a hyphen make compounds: the Trump-Abe summit, Trump-appointed.
_SYLLABLE = 4


@dataclass(slots=True)
class EventPerson:
    """A person across the articles of an event.

    ``forms`` are the names as printed, the longest first. ``roles`` are the nouns of
    offices said of the person ("president"), ``said`` the words before those nouns,
    ``countries`` whose office it is; :mod:`framing.referents.offices` fills the three.
    """

    forms: list[tuple[str, ...]]
    n: int = 0
    gender: str = ""
    titles: Counter[str] = field(default_factory=Counter)
    n_in: Counter[int] = field(default_factory=Counter)  # named in full or with a title, by article
    roles: Counter[str] = field(default_factory=Counter)
    said: Counter[str] = field(default_factory=Counter)  # the words before those nouns
    countries: Counter[str] = field(default_factory=Counter)

    @property
    def country(self) -> str:
        """The country that is most often said of the person; empty where none is."""
        return min(self.countries, key=lambda c: (-self.countries[c], c)) if self.countries else ""


class Persons:
    """Who is who in an event.

    Full names come first, longer ones before shorter. A single word is the person of that
    name whose title and gender fit, named most often in the article and then in the event.
    """

    def __init__(self, trees: Sequence[Sequence[Tree]], titles: Sequence[int | None]) -> None:
        self.persons: list[EventPerson] = []
        self._by_word: dict[str, list[EventPerson]] = {}
        self._at: dict[tuple[int, int, int], EventPerson] = {}
        self.names = [mentions(of_one) for of_one in trees]  # by article
        named = [
            (a, m, _title(of_one[m.tree], m))
            for a, (of_one, names) in enumerate(zip(trees, self.names, strict=True))
            for m in [*names, *_titled(of_one)]
        ]
        named = [(a, m, t) for a, m, t in named if _is_name(m)]
        # Headlines last: the tagger takes their capitals for names ("Trump Signals Openness").
        named.sort(
            key=lambda k: (
                k[1].tree == titles[k[0]],
                -min(2, len(k[1].words)),
                -len(k[1].words),
                not k[2],
                k[0],
                k[1].start,
            )
        )
        for article, name, title in named:
            if name.tree == titles[article] and (known := self._in_headline(article, name.words)) is not None:
                known.n += 1
                for t in range(name.first, name.until):
                    self._at[article, name.tree, t] = known
                continue
            self._add(article, name, title, trees[article][name.tree])
        self._by_id: dict[object, EventPerson] = {id(p): p for p in self.persons}
        self._in_full: dict[str, EventPerson] = {}  # by the name, its words parted by one space
        for word, listed in self._by_word.items():
            for p in listed:
                for form in p.forms:
                    if len(form) > 1 and _word(form[-1]) == word:
                        self._in_full.setdefault(" ".join(form), p)
        self._known: dict[tuple[int, str], EventPerson | None] = {}  # by article and surname: see `at`

    def _add(self, article: int, name: PersonName, title: str, tree: Tree) -> None:
        gender = name.gender
        if not gender and len(name.words) > 1:
            entry = load("first_names").entries.get(name.words[0].lower())
            gender = entry.category if entry else ""
        fits = [p for p in self._candidates(name.words) if not (gender and p.gender and gender != p.gender)]
        if fits:
            last = name.words[-1].lower()
            one = max(
                fits,
                key=lambda p: (
                    any(f[-1].lower() == last for f in p.forms),
                    p.titles[title] if title else 0,
                    _weight(p, article),
                    p.forms[0],
                ),
            )
        else:
            one = EventPerson([])
            self.persons.append(one)
        if len(name.words) > 1 or not fits:
            self._add_form(one, name.words)
        one.n += 1
        one.gender = one.gender or gender
        if title:
            one.titles[title] += 1
        if title or len(name.words) > 1:
            one.n_in[article] += 1
        for t in range(name.first, end_of_name(tree, name.until - 1) + 1):
            self._at[article, name.tree, t] = one

    def _in_headline(self, article: int, name: Sequence[str]) -> EventPerson | None:
        """The person of the body whose surname stands among the capitals of a headline."""
        fits = [
            p
            for w in name
            for p in self._by_word.get(_word(w), [])
            if any(_word(f[-1]) == _word(w) for f in p.forms)
        ]
        return max(fits, key=lambda p: (_weight(p, article), p.n, p.forms[0])) if fits else None

    def _add_form(self, one: EventPerson, form: tuple[str, ...]) -> None:
        if form in one.forms:
            return
        one.forms.append(form)
        for word in {_word(form[0]), _word(form[-1]), _word(_core(form)[-1])}:
            listed = self._by_word.setdefault(word, [])
            if all(p is not one for p in listed):
                listed.append(one)

    def _candidates(self, name: Sequence[str]) -> list[EventPerson]:
        listed = self._by_word.get(_word(_core(name)[-1]), []) + self._by_word.get(_word(name[0]), [])
        found = {id(p): p for p in listed}.values()
        return [p for p in found if any(_same(name, form) for form in p.forms)]

    def at(self, article: int, tree_n: int, tree: Tree, token: int) -> EventPerson | None:
        """The person whose name stands at a token; a known surname counts where the tagger saw no name."""
        person = self._at.get((article, tree_n, token))
        if person is not None:
            return person
        printed = tree.words[token]
        if not printed[0].isupper() or tree.pos[token] not in ("PROPN", "NOUN", "ADJ"):
            return None
        key = article, printed
        if key not in self._known:
            self._known[key] = self._of_surname(article, printed)
        return self._known[key]

    def _of_surname(self, article: int, printed: str) -> EventPerson | None:
        """The person of a surname that stands in an article."""
        word = words.normal(printed)
        if words.country(printed) or words.classes(word):
            return None
        fits = [p for p in self._by_word.get(word, []) if p.n > 1 or _is_surname(p, word)]
        return max(fits, key=lambda p: (_weight(p, article), p.n, p.forms[0])) if fits else None

    def of_name(self, name: str) -> EventPerson | None:
        """The person of a printed name: a speaker of a quotation."""
        parts = tuple(name.split())
        fits = self._candidates(parts) if parts else []
        if not fits:
            return self._in_headline(-1, parts)
        return max(fits, key=lambda p: (p.n, p.forms[0])) if fits else None

    def in_full(self, text: str) -> EventPerson | None:
        """The person whose full name ``text`` is, where the tagger took it for something else."""
        return self._in_full.get(text)

    def by_id(self, key: object) -> EventPerson:
        """The person whose ``id`` is ``key``: what a key of a mention holds."""
        return self._by_id[key]


def _is_surname(person: EventPerson, word: str) -> bool:
    """Whether a person is named in full, and ``word`` ends the name."""
    return any(len(form) > 1 and _word(form[-1]) == word for form in person.forms)


def _weight(person: EventPerson, article: int) -> int:
    """How much speaks for a person where only a surname is printed: full names here and elsewhere."""
    return sum(person.n_in.values()) + _HERE * person.n_in[article]


def end_of_name(tree: Tree, last: int) -> int:
    """The last token of a name that goes on after a hyphen where the tagger cut it: Kim Jong-un."""
    while (
        last + 2 < len(tree)
        and tree.words[last + 1] in ("-", "‐", "‑")
        and tree.ends[last] == tree.starts[last + 1]
        and tree.ends[last + 1] == tree.starts[last + 2]
        and len(tree.words[last + 2]) <= _SYLLABLE
    ):
        last += 2
    return last


def _same(name: Sequence[str], other: Sequence[str]) -> bool:
    """As :func:`same_person`; a name that the tagger cut short (Kim Jong for Kim Jong-un) fits too."""
    if same_person(name, other):
        return True
    n = min(len(name), len(other))
    return n > 1 and [w.lower() for w in name[:n]] == [w.lower() for w in other[:n]]


def _word(word: str) -> str:
    return words.normal(word)


def _core(name: Sequence[str]) -> Sequence[str]:
    """A name without Jr., Sr., III at its end."""
    core = [w for w in name if w.lower().rstrip(".") not in ("jr", "sr", "ii", "iii", "iv")]
    return core or name


def _title(tree: Tree, name: PersonName) -> str:
    """The title right before a name: "president"; empty where there is none."""
    before = tree.words[name.first - 1].lower().rstrip(".") if name.first else ""
    return before if before in honorifics() else ""


def _titled(of_one: Sequence[Tree]) -> Iterator[PersonName]:
    """Names taken for places or bodies although a title or a first name tells: President Valdivia."""
    for n, tree in enumerate(of_one):
        for first, until, label in tree.entities:
            if label not in ("GPE", "ORG", "NORP", "FAC", "LOC", "PRODUCT", "WORK_OF_ART"):
                continue
            start = first + (tree.words[first].lower().rstrip(".") in honorifics())
            last = until - 1 - (tree.tags[until - 1] == "POS")
            if last < start or any(tree.pos[t] != "PROPN" for t in range(start, last + 1)):
                continue
            title = tree.words[start - 1].lower().rstrip(".") if start else ""
            known = tree.words[start].lower() in load("first_names").entries and last > start
            if title in honorifics() or known:
                name = tuple(tree.words[start : last + 1])
                yield PersonName(n, start, last + 1, tree.starts[start], name, _GENDER.get(title, ""))


def _is_name(name: PersonName) -> bool:
    """No country, no noun of an office: what the tagger takes for a person in headlines."""
    if words.country(" ".join(name.words)) is not None:
        return False
    if name.words[-1].islower():
        return False
    if len(name.words) > 1 and name.words[0].lower() in load("first_names").entries:
        return True
    return not any(words.classes(words.normal(w)) or words.synonym_set(words.normal(w)) for w in name.words)
