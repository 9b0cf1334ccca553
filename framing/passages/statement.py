"""What a sentence states, as far as two sentences are compared: words, acts, numbers, quotations.

Read from the parse that stands already in the annotated article; nothing is parsed here.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

import numpy as np

from framing.annotation import AnnotatedArticle, Quotation
from framing.article import Span
from framing.events.background import table as common_words
from framing.events.vectors import STOP_WORDS, stem
from framing.passages.numbers import PARTS, may_count, numbers
from framing.text import fold

_CONTENT = frozenset(("NOUN", "PROPN", "VERB", "ADJ", "ADV", "NUM"))
NEGATIONS = frozenset(
    ("not", "no", "never", "n't", "nobody", "none", "nothing", "neither", "nor", "without", "cannot")
)
_NOT, _NONE = ("not", "n't", "never", "cannot"), ("no", "neither", "none")
# Verbs that say that what depends on them did not happen (Karttunen 1971), and those that undo it.
_UNDOING = frozenset(
    (
        *(
            "refuse",
            "fail",
            "deny",
            "drop",
            "cancel",
            "abandon",
            "scrap",
            "avert",
            "avoid",
            "prevent",
            "stop",
        ),
        *("stop", "lack", "reject", "spare", "halt", "decline", "dismiss", "lift", "reverse", "overturn"),
        *("postpone", "delay", "give_up", "turn_down", "call_off", "put_off", "hold_off", "back_down"),
    )
)
# Verbs and nouns of the stop list count ("found", "fire", "bill"), but for those that name no act or thing.
_LIGHT = frozenset(
    (
        "be",
        "have",
        "do",
        "get",
        "go",
        "make",
        "take",
        "give",
        "put",
        "come",
        "become",
        "seem",
        "say",
        "name",
        "part",
    )
)
_PREDICATES = frozenset(("VERB", "NOUN"))
_VERBS, _AUXILIARIES = frozenset(("VERB", "AUX")), frozenset(("aux", "auxpass"))
_SUBJECTS = frozenset(("nsubj", "csubj"))
_OBJECTS = frozenset(("dobj", "obj", "attr", "dative", "nsubjpass"))
_ARGUMENTS = _SUBJECTS | _OBJECTS
_GOVERNED = frozenset(("xcomp", "ccomp", "pcomp", "prep", "dobj", "advcl", "acl"))
_MODIFYING = frozenset(("amod", "compound", "relcl", "acl", "prep"))

NUMBER_WEIGHT = 6.0  # of a number, as of a rare word
_LEAST, _MOST = 0.7, 7.6  # weights of words: shares of 50 and 0.05 texts in 100
_MOST_WORDS = 300  # of a statement; a longer one is a list without full stops
_MOST_DEPENDENTS = 8  # of one predicate; a long sentence repeats no more than that
_WORD = re.compile(r"\d[\d,]*(?:\.\d+)?|[^\W_]+(?:['-][^\W_]+)*")
_DIGIT = re.compile(r"\d")
_SINGLE = re.compile(r"(?<!\w)'|'(?!\w)")
_QUOTED = re.compile(r'"([^"]*)(?:"|$)|^([^"]*)"')
MIN_QUOTED = 3  # words in marks; fewer are a name or a phrase


@dataclass(frozen=True, slots=True)
class Word:
    """A word: ``lemma`` with its particle ("give_up")."""

    text: str
    lemma: str
    stem: str
    weight: float
    number: float | None


class Act(NamedTuple):
    """A verb with those who act and what is acted on; ``word`` is its place among the content words."""

    word: int | None
    verb: Word
    negated: bool
    subjects: tuple[Word, ...]
    objects: tuple[Word, ...]


class Statement(NamedTuple):
    """A sentence as it is compared.

    ``body`` are the places of the content words outside the attribution ("said the minister"),
    ``predicates`` places of verbs and nouns with the places of the content words that hang on them.
    """

    words: tuple[Word, ...]
    body: tuple[int, ...]
    acts: tuple[Act, ...]
    predicates: tuple[tuple[int, tuple[int, ...]], ...]
    plain: tuple[str, ...]  # all words, lower case
    quoted: tuple[tuple[str, ...], ...]
    undone: int  # negations and undoing verbs

    @property
    def numbers(self) -> frozenset[float]:
        """The numbers that it gives."""
        return frozenset(w.number for w in self.words if w.number is not None)


class Reader:
    """Statements of the sentences of one article: its tokens with their dependents, read once."""

    def __init__(self, annotated: AnnotatedArticle) -> None:
        tokens = annotated.tokens
        self._text, self._tokens = annotated.article.text, tokens
        self._starts = [t.start for t in tokens]
        self._pos, self._dep = [t.pos for t in tokens], [t.dep for t in tokens]
        # What a token hangs on in its sentence; itself where that is none.
        sentence = [t.sentence for t in tokens]
        self._heads = [t.head if sentence[t.head] == sentence[i] else i for i, t in enumerate(tokens)]
        self._children: list[list[int]] = [[] for _ in tokens]
        for i, head in enumerate(self._heads):
            if head != i:
                self._children[head].append(i)
        self._forms = [_form(t.text, t.lemma, t.pos) for t in tokens]
        self._read = [form.alone for form in self._forms]
        self._may_count = [i for i, form in enumerate(self._forms) if form.may_count]
        self._particles = [i for i, dep in enumerate(self._dep) if dep == "prt"]
        self._attribution = self._attributed(annotated.quotations)

    def _attributed(self, quotations: Sequence[Quotation]) -> set[int]:
        """The cues and speakers of quotations, with what depends on them but for what hangs on a verb."""
        spans = (s for q in quotations if q.kind != "scare" for s in (q.cue_span, q.speaker_span))
        framed = [i for span in spans if span is not None for i in range(*self._within(span))]
        below = (self._below(i) for i in framed if self._pos[i] != "VERB")
        return set(chain(framed, *below))

    def _within(self, span: Span) -> tuple[int, int]:
        """The first of the tokens that start in ``span``, and the first after them."""
        return bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)

    def _below(self, i: int) -> list[int]:
        """``i`` and all that depends on it."""
        found = [i]
        for at in found:
            found += self._children[at]
        return found

    def read(self, span: Span, words: Sequence[str] | None = None) -> Statement:
        """What stands in ``span``, which is a sentence or some; ``words`` are its words where they are known.

        Words are parted as :func:`framing.passages.sentences.words` does it, numbers otherwise.
        """
        first, last = self._within(span)
        self._read_together(first, last)
        read = self._read
        content = [i for i in range(first, last) if read[i][1]][:_MOST_WORDS]
        place = {i: n for n, i in enumerate(content)}
        body = [i for i in content if i not in self._attribution] or content
        hanging = self._hanging(content)
        folded = fold(span.of(self._text))
        return Statement(
            words=tuple([read[i][0] for i in content]),
            body=tuple([place[i] for i in body]),
            acts=tuple(self._acts(first, last, place)),
            predicates=tuple(
                [
                    (place[i], self._dependents(i, hanging.get(i, ()), place))
                    for i in body
                    if self._pos[i] in _PREDICATES
                ]
            ),
            plain=tuple(_WORD.findall(folded.lower()) if words is None or _DIGIT.search(folded) else words),
            quoted=tuple(_quoted(folded)),
            undone=sum([undoes for _, _, undoes in read[first:last]]),
        )

    def _read_together(self, first: int, last: int) -> None:
        """Read words with their particles and what they are worth as numbers."""
        particles: dict[int, str] = {}
        for i in _among(self._particles, first, last):
            if self._heads[i] != i:
                particles.setdefault(self._heads[i], self._forms[i].lower)
        values: dict[int, float] = {}
        if _among(self._may_count, first, last):
            values = numbers([form.lower for form in self._forms[first:last]])
            values = {first + at: value for at, value in values.items()}
        for i in particles.keys() | values.keys():
            lemma, particle = self._tokens[i].lemma, particles.get(i, "")
            self._read[i] = _read(self._forms[i].lower, lemma, particle, values.get(i), self._pos[i])

    def _hanging(self, content: Sequence[int]) -> dict[int, list[int]]:
        """The content words that depend on each token, in their order."""
        found: dict[int, list[int]] = {}
        heads = self._heads
        for i in content:
            at, head = i, heads[i]
            while head != at:
                found.setdefault(head, []).append(i)
                at, head = head, heads[head]
        return found

    def _acts(self, first: int, last: int, place: Mapping[int, int]) -> Iterator[Act]:
        dep, read = self._dep, self._read
        for i in range(first, last):
            if self._pos[i] not in _VERBS or dep[i] in _AUXILIARIES or i in self._attribution:
                continue
            children = self._children[i]
            agents = [g for c in children if dep[c] == "agent" for g in self._children[c]]
            subjects = [c for c in children if dep[c] in _SUBJECTS] + agents
            objects = [c for c in children if dep[c] in _OBJECTS]
            yield Act(
                place.get(i),
                read[i][0],
                self._negated(i),
                tuple([read[c][0] for c in subjects]),
                tuple([read[c][0] for c in objects]),
            )

    def _negated(self, i: int) -> bool:
        """Whether an odd number of negations and undoing verbs govern the verb."""
        dep, read = self._dep, self._read
        n = int(read[i][0].lemma in _UNDOING)
        for c in self._children[i]:
            text = read[c][0].text
            n += dep[c] == "neg" or text in _NOT
            if dep[c] in _ARGUMENTS:
                n += text in NEGATIONS or any(read[g][0].text in _NONE for g in self._children[c])
        at = i
        for _ in range(3):
            if dep[at] not in _GOVERNED or self._heads[at] == at:
                break
            by, at = dep[at], self._heads[at]
            if self._pos[at] == "VERB":
                lemma = read[at][0].lemma
                n += (lemma in _UNDOING and by != "ccomp") or lemma in ("deny", "doubt")
                n += "neg" in [dep[c] for c in self._children[at]]
        return n % 2 == 1

    def _dependents(self, i: int, hanging: Sequence[int], place: Mapping[int, int]) -> tuple[int, ...]:
        found = [place[j] for j in hanging[:_MOST_DEPENDENTS]]
        if self._dep[i] in _MODIFYING and self._heads[i] in place:
            found.append(place[self._heads[i]])
        return tuple(found)


def _among(places: list[int], first: int, last: int) -> list[int]:
    """Those of ascending ``places`` from ``first`` on, before ``last``."""
    return places[bisect_left(places, first) : bisect_left(places, last)] if places else places


# A word, whether it tells something (numbers, and what is no word of grammar), and whether it negates or
# undoes.
_Read = tuple[Word, bool, bool]


@dataclass(frozen=True, slots=True)
class _Form:
    """A token in lower case, whether it may be a number, and how it is read without particle and number."""

    lower: str
    may_count: bool
    alone: _Read


@functools.lru_cache(maxsize=100_000)
def _form(text: str, lemma: str, pos: str) -> _Form:
    lower = fold(text).lower()
    return _Form(lower, may_count(lower), _read(lower, lemma, "", None, pos))


@functools.lru_cache(maxsize=100_000)
def _read(text: str, lemma: str, particle: str, number: float | None, pos: str) -> _Read:
    whole = lemma.lower() + (f"_{particle}" if particle else "")
    stemmed = stem(text)
    word = Word(text, whole, stemmed, NUMBER_WEIGHT if number is not None else word_weight(stemmed), number)
    undoes = text in NEGATIONS or whole in _UNDOING
    if number is not None:
        return word, True, undoes
    if pos not in _CONTENT or len(text) < 2 or text in PARTS or not any(map(str.isalnum, text)):
        return word, False, undoes
    tells = stemmed not in STOP_WORDS or pos in ("NOUN", "VERB")
    return word, tells and text not in NEGATIONS and whole not in _LIGHT, undoes


@functools.lru_cache(maxsize=100_000)
def word_weight(stemmed: str) -> float:
    """Minus the logarithm of the share of texts that hold the word, within bounds."""
    rarity = -float(np.log(max(common_words().get(stemmed, 0.0), 1e-9)))
    return min(max(rarity, _LEAST), _MOST)


def _quoted(folded: str) -> list[tuple[str, ...]]:
    """The words between quotation marks; a mark that opens or closes elsewhere counts as well."""
    double = _SINGLE.sub('"', folded) if "'" in folded else folded
    if '"' not in double:
        return []
    found = (tuple(_WORD.findall((m.group(1) or m.group(2) or "").lower())) for m in _QUOTED.finditer(double))
    return [words for words in found if len(words) >= MIN_QUOTED]
